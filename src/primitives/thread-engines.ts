import { BackendError } from '../errors.js'
import { equalBytes } from './compare.js'
import type { JobKind } from './engine.js'
import type { Job } from './job.js'
import { createKernelEngine } from './kernel-engines.js'
import type { KernelEngine } from './kernel-engines.js'
import { findKnownAnswer, nameKnownAnswer } from './known-answers.js'
import { fitsKernel } from './routing.js'
import { computeSync } from './sync-engines.js'

/** The engines of one thread. */
export interface ThreadEngines {
  /** The bytes of jobs of one kind, two bcrypt jobs of one cost as two lanes. */
  readonly compute: (jobs: readonly Job[]) => readonly Uint8Array[]
  /** The memory in bytes that kernels hold. */
  readonly bytes: () => number
}

/**
 * Makes the engines of one thread: kernels where they can be compiled and the job fits them, else bcryptjs, scrypt-js
 * and node:crypto. Each is held to a published answer before its first job of each variant, version and algorithm.
 */
export function createThreadEngines({ kernels }: { readonly kernels: boolean }): ThreadEngines {
  const byKind = new Map<JobKind, KernelEngine>()
  const withoutKernel = new Set<JobKind>()
  const sound = new Set<string>()

  const kernelOf = (kind: JobKind): KernelEngine | undefined => {
    const known = byKind.get(kind)
    if (known !== undefined || !kernels || withoutKernel.has(kind)) return known
    const kernel = tryCreateKernel(kind)
    if (kernel === undefined) withoutKernel.add(kind)
    else byKind.set(kind, kernel)
    return kernel
  }

  const assertSound = (
    jobs: readonly Job[],
    engine: string,
    compute: (job: Job) => Uint8Array | undefined,
  ): void => {
    for (const asked of jobs) {
      const trial = `${engine} ${nameKnownAnswer(asked)}`
      if (sound.has(trial)) continue
      const { job, bytes } = findKnownAnswer(asked)
      const answer = compute(job)
      if (answer === undefined || !equalBytes(answer, bytes)) {
        throw new BackendError(
          'ERR_BACKEND_FAILED',
          `${asked.kind}: the engine ${engine} gives wrong answers.`,
        )
      }
      sound.add(trial)
    }
  }

  const computeWithKernel = (
    kind: JobKind,
    kernel: KernelEngine,
    jobs: readonly Job[],
  ): readonly Uint8Array[] => {
    try {
      assertSound(jobs, 'kernel', (job) => kernel.compute([job])[0])
      return kernel.compute(jobs)
    } catch (error) {
      // After a trap or a growth that failed nothing is known of its memory.
      byKind.delete(kind)
      throw error
    }
  }

  return {
    compute: (jobs) => {
      const [first] = jobs
      if (first === undefined) return []
      const { kind } = first
      const kernel = jobs.every(fitsKernel) ? kernelOf(kind) : undefined
      if (kernel !== undefined) return computeWithKernel(kind, kernel, jobs)
      assertSound(jobs, 'fallback', computeSync)
      return jobs.map(computeSync)
    },
    bytes: () => [...byKind.values()].reduce((sum, kernel) => sum + kernel.bytes(), 0),
  }
}

/** There were addresses for one memory (see kernel-support.ts), but perhaps not for one more. */
function tryCreateKernel(kind: JobKind): KernelEngine | undefined {
  try {
    return createKernelEngine(kind)
  } catch {
    return undefined
  }
}
