import { EngineError, isPassliftError, OverloadedError, PasswordError } from '../errors.js'
import type { PassliftError } from '../errors.js'
import { createAdmission } from './admission.js'
import { computeArgon2 } from '../compute/argon2-addon.js'
import { guardEngine } from '../compute/engine.js'
import type { AnyEngine, JobKind } from '../compute/engine.js'
import { bytesOf, copyJob, costOfJob } from '../compute/job.js'
import type { Job } from '../compute/job.js'
import { hasKernels } from './kernel-support.js'
import { availableCores, availableMemory, threadPoolSize } from '../platform/node.js'
import { findPairKey, fitsKernel } from '../compute/routing.js'
import { readRuntimeOptions } from './options.js'
import type { RuntimeOptions, RuntimeSettings } from './options.js'
import { createScheduler } from './scheduler.js'
import { startWorker } from './threads/start-worker.js'
import { isRestricted } from './task.js'
import type { Task } from './task.js'
import { createWorkerPool } from './threads/worker-pool.js'
import type { StartWorker, WorkerPool } from './threads/worker-pool.js'
import type { WorkerResult } from './threads/worker-protocol.js'

/** How a job is run. */
export interface RunOptions {
  /** Drops the job while it waits; a running job keeps its place until it ends, unheard. */
  readonly signal?: AbortSignal | undefined
  /** Jobs estimated above this many milliseconds never hold all places; default: none is. */
  readonly heavyAbove?: number | undefined
  /** Computes the job in the place of the built-in engine. */
  readonly engine?: AnyEngine | undefined
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
   * @throws EngineError where the engine is missing, was lost or ran out of memory
   * @throws OverloadedError where the job is heavy or uses the thread pool, and such jobs hold half of the queue
   */
  readonly run: (job: Job, options?: RunOptions) => Promise<Uint8Array>
  /** The name of the built-in engine for a kind of job. */
  readonly engineOf?: (kind: JobKind) => string
}

/**
 * The threads of a runtime, the patience with them, and whether they have kernels. Tests put others in their place.
 *
 * @internal
 */
export interface Threads {
  readonly startWorker: StartWorker
  readonly patience: (estimate: number) => number
  readonly kernels: () => boolean
}

interface RuntimeTask extends Task {
  readonly job: Job
  readonly engine: AnyEngine | undefined
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: unknown) => void
  readonly stopListening: () => void
}

const GIB = 2 ** 30

// A thread at a fraction of its speed is slow; one beyond this has lost its way.
const THREADS: Threads = {
  startWorker,
  patience: (estimate) => 30_000 + 20 * estimate,
  kernels: hasKernels,
}

/**
 * Makes a runtime: slow work runs on worker threads, at most one job for each core at once, the others in the order
 * they came, but that short ones pass those that wait for memory or for their class.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is not a positive number
 */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  return createRuntimeOn(THREADS, options)
}

/**
 * The same on other threads than the usual ones.
 *
 * @internal
 */
export function createRuntimeOn(threads: Threads, options: RuntimeOptions = {}): Runtime {
  const settings = readRuntimeOptions(options)
  // Nothing of the machine is asked before there is work.
  let started: Required<Runtime> | undefined
  const start = (): Required<Runtime> => (started ??= startRuntime(settings, threads))
  return Object.freeze({
    admit: () => start().admit(),
    run: (job, runOptions) => start().run(job, runOptions),
    engineOf: (kind) => start().engineOf(kind),
  } satisfies Runtime)
}

function startRuntime(settings: RuntimeSettings, threads: Threads): Required<Runtime> {
  const cores = availableCores()
  const { concurrency: places = cores, maxBytes = Math.min(GIB, availableMemory() / 2) } = settings
  // Two of the pool's threads stay free for the file system and DNS.
  const threadPoolPlaces = Math.max(1, Math.min(cores, threadPoolSize() - 2))
  const kernels = threads.kernels()
  const pool = createWorkerPool({ ...threads, maxBytes, workerData: { kernels } })

  // libargon2 works on the process's thread pool wherever it is called from, so its jobs need no thread of ours.
  const addon = guardEngine('argon2', { name: 'argon2', usesThreadPool: true, compute: computeArgon2 })
  const findEngine = (job: Job): AnyEngine | undefined =>
    job.kind === 'argon2' && !(kernels && fitsKernel(job)) ? addon : undefined

  const scheduler = createScheduler<RuntimeTask>({
    places,
    threadPoolPlaces,
    maxBytes,
    start: (tasks, leave) => {
      for (const task of tasks) task.stopListening()
      computeAll(tasks, pool)
        .finally(() => {
          for (const { job } of tasks) wipe(job)
          leave()
        })
        .catch((error: unknown) => {
          for (const { job, reject } of tasks) reject(asEngineError(job, error))
        })
    },
  })

  const run: Runtime['run'] = (job, { signal, heavyAbove = Infinity, engine = findEngine(job) } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const cost = costOfJob(job)
      const needs = {
        cost,
        heavy: cost.milliseconds > heavyAbove,
        usesThreadPool: engine?.usesThreadPool ?? false,
        pairKey: engine === undefined ? findPairKey(job, kernels) : undefined,
      }
      // These hold each other up and are passed by others, so that their own line is all that bounds it.
      if (isRestricted(needs) && scheduler.countRestricted() >= settings.maxQueue / 2) {
        const message = 'Too many slow password checks are waiting. Try again later.'
        throw new OverloadedError('ERR_OVERLOADED', message)
      }
      const abort = (): void => {
        if (!scheduler.remove(task)) return
        wipe(task.job)
        // The caller's own reason, whatever it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(signal?.reason)
      }
      const task: RuntimeTask = {
        ...needs,
        job: copyJob(job),
        engine,
        resolve,
        reject,
        stopListening: () => signal?.removeEventListener('abort', abort),
      }
      // Without options, which a polluted prototype would add to.
      signal?.addEventListener('abort', abort)
      scheduler.add(task)
    })

  return {
    admit: createAdmission(settings, scheduler.estimateWait),
    run,
    engineOf: (kind) => nameEngine(kind, kernels),
  }
}

/** The runtime that every registry shares unless it is given another. */
export const sharedRuntime: Runtime = /* @__PURE__ */ createRuntime()

function nameEngine(kind: JobKind, kernels: boolean): string {
  if (kind === 'pbkdf2') return 'node:crypto'
  if (kernels) return 'WebAssembly kernel'
  return { bcrypt: 'bcryptjs', argon2: 'argon2', scrypt: 'node:crypto', 'digest-loop': 'node:crypto' }[kind]
}

async function computeAll(tasks: readonly RuntimeTask[], pool: WorkerPool): Promise<void> {
  const [first] = tasks
  if (first?.engine !== undefined) {
    first.resolve(await first.engine.compute(first.job))
    return
  }
  const estimate = tasks.reduce((sum, { cost }) => sum + cost.milliseconds, 0)
  const jobs = tasks.map(({ job }) => job)
  const results = new Map((await pool.compute(jobs, estimate)).map((result) => [result.lane, result]))
  for (const [lane, { job, resolve, reject }] of tasks.entries()) {
    const result = results.get(lane)
    if (result !== undefined && 'bytes' in result) resolve(result.bytes)
    else reject(errorOf(job, result))
  }
}

function errorOf(
  { kind }: Job,
  result: Extract<WorkerResult, { readonly code: string }> | undefined,
): PassliftError {
  const code = result?.code ?? 'ERR_ENGINE_FAILED'
  switch (code) {
    case 'ERR_PASSWORD_ENCODING':
      return new PasswordError(code, `${kind}: its engine here takes passwords in UTF-8 only.`)
    case 'ERR_ENGINE_UNAVAILABLE':
      return new EngineError(
        code,
        kind === 'digest-loop'
          ? 'digest-loop: OpenSSL refuses MD5 here, as FIPS asks, and without WebAssembly nothing else computes it.'
          : `${kind}: there is no engine here for this digest, as it needs WebAssembly.`,
      )
    case 'ERR_ENGINE_MEMORY':
      return new EngineError(code, `${kind}: the engine ran out of memory.`)
    case 'ERR_ENGINE_FAILED':
      return new EngineError(code, `${kind}: the engine failed.`)
  }
}

/** An engine's own error can print what it was given, so it goes no further. */
function asEngineError({ kind }: Job, error: unknown): PassliftError {
  if (isPassliftError(error)) return error
  return new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine failed.`, error)
}

/** Overwrites what a job on this thread was given; of what was transferred nothing is left to overwrite. */
function wipe(job: Job): void {
  for (const bytes of bytesOf(job)) if (bytes.byteLength > 0) bytes.fill(0)
}
