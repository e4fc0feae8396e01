import { EngineError, isPassliftError } from '../../errors.js'
import { equalBytes } from '../../platform/node.js'
import type { JobKind } from '../../compute/engine.js'
import type { Job } from '../../compute/job.js'
import { createKernelEngine } from '../../compute/kernel-engines.js'
import type { KernelEngine } from '../../compute/kernel-engines.js'
import { findKnownAnswer, nameKnownAnswer } from '../../compute/known-answers.js'
import { fitsKernel } from '../../compute/routing.js'
import { computeSync } from '../../compute/sync-engines.js'

/** The engines of one thread. */
export interface ThreadEngines {
  /** The bytes of jobs of one kind, two bcrypt jobs of one cost as two lanes. */
  readonly compute: (jobs: readonly Job[]) => readonly Uint8Array[]
  /** The memory in bytes that kernels hold. */
  readonly bytes: () => number
}

/**
 * Makes the engines of one thread: kernels where they run and the job fits them, else bcryptjs, scrypt-js
 * and node:crypto. Each is held to a known answer before its first job of each variant, version and algorithm.
 */
export function createThreadEngines({ kernels }: { readonly kernels: boolean }): ThreadEngines {
  const byKind = new Map<JobKind, KernelEngine>()
  const sound = new Set<string>()

  const kernelOf = (kind: JobKind): KernelEngine | undefined => {
    const known = byKind.get(kind)
    if (known !== undefined || !kernels) return known
    const kernel = tryCreateKernel(kind)
    if (kernel !== undefined) byKind.set(kind, kernel)
    return kernel
  }

  /** As many at once as the jobs are: two lanes are computed by other instructions than one. */
  const assertSound = (jobs: readonly Job[], engine: string, compute: KernelEngine['compute']): void => {
    for (const asked of jobs) {
      const trial = `${engine} ${nameKnownAnswer(asked)}, ${jobs.length} at once`
      if (sound.has(trial)) continue
      const { job, bytes } = findKnownAnswer(asked)
      const answers = compute(jobs.map(() => job))
      if (answers.length !== jobs.length || !answers.every((answer) => equalBytes(answer, bytes))) {
        const message = `${asked.kind}: the engine ${engine} gives wrong answers.`
        throw new EngineError('ERR_ENGINE_FAILED', message)
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
      assertSound(jobs, 'kernel', kernel.compute)
      return kernel.compute(jobs)
    } catch (error) {
      // After a trap or a growth that failed nothing is known of its memory.
      byKind.delete(kind)
      throw error
    }
  }

  const computeWithFallback = (jobs: readonly Job[]): readonly Uint8Array[] => {
    for (const job of jobs) assertSound([job], 'fallback', (all) => all.map(computeSync))
    return jobs.map(computeSync)
  }

  return {
    compute: (jobs) => {
      const [first] = jobs
      if (first === undefined) return []
      const { kind } = first
      if (!jobs.every(fitsKernel)) return computeWithFallback(jobs)
      const kernel = kernelOf(kind)
      if (kernel !== undefined) return computeWithKernel(kind, kernel, jobs)
      try {
        return computeWithFallback(jobs)
      } catch (error) {
        // There is an engine for it, but there was no memory for that just now.
        if (kernels && isUnavailable(error))
          throw new EngineError('ERR_ENGINE_MEMORY', `${kind}: there is no memory for the engine.`)
        throw error
      }
    },
    bytes: () => [...byKind.values()].reduce((sum, kernel) => sum + kernel.bytes(), 0),
  }
}

/** Undefined where there is none for the kind, or no memory for it; the next job tries again. */
function tryCreateKernel(kind: JobKind): KernelEngine | undefined {
  try {
    return createKernelEngine(kind)
  } catch {
    return undefined
  }
}

function isUnavailable(error: unknown): boolean {
  return isPassliftError(error) && error.code === 'ERR_ENGINE_UNAVAILABLE'
}
