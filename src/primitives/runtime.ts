import { BackendError, PassliftError, PasswordError, RegistryError } from '../errors.js'
import { createAdmission } from './admission.js'
import type { AdmissionOptions } from './admission.js'
import { computeArgon2 } from './argon2-addon.js'
import { bytesOf, copyJob, costOfJob } from './job.js'
import type { Job } from './job.js'
import { availableCores, threadPoolSize } from './machine.js'
import { createScheduler } from './scheduler.js'
import { startWorker } from './start-worker.js'
import { createWorkerPool } from './worker-pool.js'
import type { StartWorker, WorkerPool } from './worker-pool.js'
import type { WorkerResult } from './worker-protocol.js'

/** How a job is run. */
export interface RunOptions {
  /** Drops the job while it waits; a running job keeps its place until it ends, unheard. */
  readonly signal?: AbortSignal | undefined
  /** Jobs estimated above this many milliseconds never hold all places; default: none is. */
  readonly heavyAbove?: number | undefined
}

/** Decides where a job runs, and how many run at once. */
export interface Runtime {
  /**
   * Takes a place for one call, before anything about it is looked at.
   *
   * @returns gives the place back
   * @throws OverloadedError where the queue is full
   */
  readonly admit: () => () => void
  /**
   * The bytes of a job. Its own bytes are copied before this returns.
   *
   * @throws BackendError where the engine is missing, was lost or ran out of memory
   */
  readonly run: (job: Job, options?: RunOptions) => Promise<Uint8Array>
}

export interface RuntimeOptions extends AdmissionOptions {
  /** How many jobs run at once; default one for each core. */
  readonly concurrency?: number
  /** The memory in bytes that jobs take together, but for the largest, which runs alone; default 1 GiB. */
  readonly maxBytes?: number
}

/** What tests put in the place of threads and of patience with them. */
export interface Threads {
  readonly startWorker: StartWorker
  readonly patience: (estimate: number) => number
}

const GIB = 2 ** 30

// A thread at a fraction of its speed is slow; one beyond this has lost its way.
const THREADS: Threads = { startWorker, patience: (estimate) => 30_000 + 20 * estimate }

/**
 * Makes a runtime: slow work runs on worker threads, at most one job for each core at once, the others in the order
 * they came.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is not a positive number
 */
export function createRuntime(options: RuntimeOptions = {}, threads: Threads = THREADS): Runtime {
  assertOptions(options)
  // Nothing of the machine is asked before there is work.
  let started: Runtime | undefined
  const start = (): Runtime => (started ??= startRuntime(options, threads))
  return Object.freeze({
    admit: () => start().admit(),
    run: (job, runOptions) => start().run(job, runOptions),
  } satisfies Runtime)
}

const NAMES: readonly string[] = ['concurrency', 'maxBytes', 'maxQueue', 'maxWaitMilliseconds']

/** A misspelled option would silently be its default. */
function assertOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (NAMES.includes(name) && typeof value === 'number' && value > 0) continue
    const message = `createRuntime: takes ${NAMES.join(', ')}, each a positive number.`
    throw new RegistryError('ERR_REGISTRY_OPTION', message)
  }
}

function startRuntime(options: RuntimeOptions, threads: Threads): Runtime {
  const { concurrency: places = availableCores(), maxBytes = GIB } = options
  // Two of the pool's threads stay free for the file system and DNS.
  const threadPoolPlaces = Math.max(1, Math.min(places, threadPoolSize() - 2))
  const scheduler = createScheduler({ places, threadPoolPlaces, maxBytes })
  const pool = createWorkerPool(threads)

  const run: Runtime['run'] = (job, { signal, heavyAbove = Infinity } = {}) => {
    const cost = costOfJob(job)
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const own = copyJob(job)
      const abort = (): void => {
        if (!remove()) return
        wipe(own)
        // The caller's own reason, whatever it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      const remove = scheduler.add({
        cost,
        heavy: cost.milliseconds > heavyAbove,
        usesThreadPool: job.kind === 'argon2',
        start: (leave) => {
          signal?.removeEventListener('abort', abort)
          compute(own, cost.milliseconds, pool)
            .finally(() => {
              wipe(own)
              leave()
            })
            .then(resolve, reject)
        },
      })
    })
  }

  return { admit: createAdmission(options, scheduler.estimateWait), run }
}

/** The runtime that every registry shares unless it is given another. */
export const sharedRuntime: Runtime = /* @__PURE__ */ createRuntime()

async function compute(job: Job, estimate: number, pool: WorkerPool): Promise<Uint8Array> {
  try {
    if (job.kind === 'argon2') return await computeArgon2(job)
    const [result] = await pool.compute([job], estimate)
    return readResult(job, result)
  } catch (error) {
    if (error instanceof PassliftError) throw error
    // An engine's own error can print what it was given, so it goes no further.
    throw new BackendError('ERR_BACKEND_FAILED', `${job.kind}: the engine failed.`, error)
  }
}

function readResult({ kind }: Job, result: WorkerResult | undefined): Uint8Array {
  if (result !== undefined && 'bytes' in result) return result.bytes
  const code = result?.code ?? 'ERR_BACKEND_FAILED'
  if (code === 'ERR_PASSWORD_ENCODING') {
    throw new PasswordError(code, `${kind}: the engine takes passwords in UTF-8 only.`)
  }
  const what = code === 'ERR_BACKEND_MEMORY' ? 'ran out of memory' : 'failed'
  throw new BackendError(code, `${kind}: the engine ${what}.`)
}

/** Overwrites what a job on this thread was given; of what was transferred nothing is left to overwrite. */
function wipe(job: Job): void {
  for (const bytes of bytesOf(job)) if (bytes.byteLength > 0) bytes.fill(0)
}
