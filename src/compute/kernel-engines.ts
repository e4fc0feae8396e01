import { createArgon2Kernel } from './kernels/argon2.js'
import argon2Module from './kernels/argon2.as.js?wasm'
import { createBcryptKernel } from './kernels/bcrypt.js'
import bcryptModule from './kernels/bcrypt.as.js?wasm'
import { createDigestLoopsKernel } from './kernels/digest-loops.js'
import digestLoopsModule from './kernels/digest-loops.as.js?wasm'
import { createScryptKernel } from './kernels/scrypt.js'
import scryptModule from './kernels/scrypt.as.js?wasm'
import { isKind } from './engine.js'
import type { JobKind, JobOf } from './engine.js'
import type { Job } from './job.js'

/** The kernel of one kind of job: on one thread, and with memory of its own that grows with the jobs. */
export interface KernelEngine {
  /** The bytes of each job; two of bcrypt at one cost are computed as two lanes. */
  readonly compute: (jobs: readonly Job[]) => readonly Uint8Array[]
  /** The memory that it holds. */
  readonly bytes: () => number
}

/** The kernel for a kind of job; undefined where node:crypto is the faster. */
export function createKernelEngine(kind: JobKind): KernelEngine | undefined {
  switch (kind) {
    case 'bcrypt':
      return createBcryptEngine()
    case 'argon2': {
      const kernel = createArgon2Kernel(new WebAssembly.Module(argon2Module))
      return { compute: (jobs) => jobsOf(kind, jobs).map(kernel.derive), bytes: kernel.bytes }
    }
    case 'scrypt': {
      const kernel = createScryptKernel(new WebAssembly.Module(scryptModule))
      return { compute: (jobs) => jobsOf(kind, jobs).map(kernel.derive), bytes: kernel.bytes }
    }
    case 'digest-loop': {
      const kernel = createDigestLoopsKernel(new WebAssembly.Module(digestLoopsModule))
      return { compute: (jobs) => jobsOf(kind, jobs).map(kernel.iterate), bytes: kernel.bytes }
    }
    case 'pbkdf2':
      return undefined
  }
}

function createBcryptEngine(): KernelEngine {
  const kernel = createBcryptKernel(new WebAssembly.Module(bcryptModule))
  return {
    compute: (jobs) => {
      const [first, second, ...others] = jobsOf('bcrypt', jobs)
      if (first === undefined) return []
      if (second?.cost === first.cost && others.length === 0)
        return kernel.derive([first, second], first.cost)
      return [first, second, ...others].flatMap((job) =>
        job === undefined ? [] : kernel.derive([job], job.cost),
      )
    },
    bytes: kernel.bytes,
  }
}

function jobsOf<K extends JobKind>(kind: K, jobs: readonly Job[]): readonly JobOf<K>[] {
  return jobs.map((job) => {
    if (!isKind(job, kind)) throw new TypeError(`A kernel for ${kind} was given a job for ${job.kind}.`)
    return job
  })
}
