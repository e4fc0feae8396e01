import { BackendError, OverloadedError, PassliftError, RegistryError } from '../errors.js'
import type { Job } from './job.js'
import { compute } from './engines.js'

/** Decides where a job runs, and how many run at once. */
export interface Runtime {
  /**
   * Takes a place for one call, before anything about it is looked at.
   *
   * @returns gives the place back
   * @throws OverloadedError where the queue is full
   */
  readonly admit: () => () => void
  /** Runs a job and gives its bytes. A signal drops it while it waits. */
  readonly run: (job: Job, signal?: AbortSignal) => Promise<Uint8Array>
}

const MAX_ADMITTED = 1_000

/** A runtime that runs at most `concurrency` jobs at once, the others in the order they came. */
export function createRuntime({ concurrency }: { readonly concurrency: number }): Runtime {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new RegistryError('ERR_REGISTRY_OPTION', 'createRuntime: concurrency must be a positive integer.')
  }
  const waiting: (() => void)[] = []
  let running = 0
  let admitted = 0

  const release = (): void => {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }

  const acquire = (): Promise<void> | undefined => {
    if (running === concurrency) return new Promise((resolve) => waiting.push(resolve))
    running++
    return undefined
  }

  return {
    admit: () => {
      if (admitted >= MAX_ADMITTED)
        throw new OverloadedError('ERR_OVERLOADED', 'The queue of password checks is full. Try again later.')
      admitted++
      let held = true
      return () => {
        if (held) admitted--
        held = false
      }
    },
    run: async (job, signal) => {
      await acquire()
      try {
        signal?.throwIfAborted()
        return await computeSafely(job)
      } finally {
        release()
      }
    },
  }
}

/** An engine's own error can print what it was given, so it goes no further. */
async function computeSafely(job: Job): Promise<Uint8Array> {
  try {
    return await compute(job)
  } catch (error) {
    if (error instanceof PassliftError) throw error
    throw new BackendError('ERR_BACKEND_FAILED', `${job.kind}: the engine failed.`, error)
  }
}

/** The runtime that every registry shares unless it is given another. */
export const sharedRuntime: Runtime = /* @__PURE__ */ createRuntime({ concurrency: 2 })
