import { EngineError, isPassliftError, OverloadedError, PasswordError } from '../errors.js'
import type { PassliftError } from '../errors.js'
import { createAdmission } from './admission.js'
import { guardEngine } from '../compute/engine.js'
import type { JobFields } from '../compute/job.js'
import type { AnyEngine, Job, Kind } from '../compute/kind.js'
import { once } from '../once.js'
import { hasKernels } from './kernel-support.js'
import { availableCores, availableMemory, threadPoolSize } from '../platform/node.js'
import { readRuntimeOptions } from './options.js'
import type { RuntimeOptions, RuntimeSettings } from './options.js'
import { createScheduler } from './scheduler.js'
import { startWorker } from './threads/start-worker.js'
import { isRestricted } from './task.js'
import type { Task } from './task.js'
import { createWorkerPool } from './threads/worker-pool.js'
import type { StartWorker, WorkerPool } from './threads/worker-pool.js'
import type { WorkerResult } from './threads/worker-protocol.js'

/** The options with which a runtime runs one job. */
export interface RunOptions {
  /** A signal whose abort rejects, and drops the job while it waits. A running job keeps its place until it ends unheard. */
  readonly signal?: AbortSignal | undefined
  /** The milliseconds above which a job is heavy by its estimate: heavy jobs never hold all places. Default Infinity. */
  readonly heavyAbove?: number | undefined
  /** The engine that computes the job instead of the built-in one. */
  readonly engine?: AnyEngine | undefined
}

/** Decides where a job runs, and how many run at once. */
export interface Runtime {
  /**
   * Takes a place for one call, before the password and the digest of the call are read.
   *
   * @returns a function that gives the place back
   * @throws OverloadedError where the queue is full
   */
  readonly admit: () => () => void
  /**
   * Computes the bytes of a job. The password and salt of the job are copied before `run` returns its promise.
   *
   * @throws EngineError where the engine is missing, was lost or ran out of memory
   * @throws OverloadedError where the job is heavy or uses the thread pool, and such jobs hold half of the queue
   */
  readonly run: (job: Job, options?: RunOptions) => Promise<Uint8Array>
  /** The name of the built-in engine for a kind of job. */
  readonly engineOf?: (kind: Kind) => string
}

/**
 * The functions of a runtime that tests replace: what starts a thread, how many milliseconds a thread has for an estimate in
 * milliseconds, and whether kernels run.
 *
 * @internal
 */
export interface Threads {
  readonly startWorker: StartWorker
  readonly patience: (estimate: number) => number
  readonly kernels: () => boolean
}

interface RuntimeTask extends Task {
  readonly row: Kind
  /** The job, whose bytes are copies. */
  readonly job: JobFields
  readonly engine: AnyEngine | undefined
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: unknown) => void
  readonly stopListening: () => void
}

const GIB = 2 ** 30

// A slow thread may run at a twentieth of the usual speed. A thread that takes longer does not answer at all.
const THREADS: Threads = {
  startWorker,
  patience: (estimate) => 30_000 + 20 * estimate,
  kernels: hasKernels,
}

/**
 * Makes a runtime, which runs jobs on worker threads, by default at most one job for each core at once. Jobs start in the
 * order they came, but short jobs pass jobs that wait for memory or for a place that heavy jobs may have.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is not a positive number
 */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  return createRuntimeOn(THREADS, options)
}

/**
 * Makes a runtime on other threads than the usual ones.
 *
 * @internal
 */
export function createRuntimeOn(threads: Threads, options: RuntimeOptions = {}): Runtime {
  const settings = readRuntimeOptions(options)
  // The cores and the memory of the machine are read when there is work, and not at import.
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

  const addons = new Map<Kind, AnyEngine>()
  const findAddon = ({ row }: Job): AnyEngine | undefined => {
    const known = addons.get(row)
    if (known !== undefined || row.addon === undefined) return known
    const { name, compute } = row.addon
    const engine = guardEngine(row.name, { name, usesThreadPool: true, compute })
    addons.set(row, engine)
    return engine
  }
  const findEngine = (job: Job): AnyEngine | undefined =>
    kernels && job.row.fitsKernel(job) ? undefined : findAddon(job)

  const scheduler = createScheduler<RuntimeTask>({
    places,
    threadPoolPlaces,
    maxBytes,
    start: (tasks, leave) => {
      for (const task of tasks) task.stopListening()
      computeAll(tasks, pool)
        .finally(() => {
          for (const task of tasks) wipe(task)
          leave()
        })
        .catch((error: unknown) => {
          for (const { row, reject } of tasks) reject(asEngineError(row, error))
        })
    },
  })

  const run: Runtime['run'] = (job, { signal, heavyAbove = Infinity, engine: given } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const { row } = job
      const engine = given ?? findEngine(job)
      const cost = row.cost(job)
      const needs = {
        cost,
        heavy: cost.milliseconds > heavyAbove,
        usesThreadPool: engine?.usesThreadPool ?? false,
        pairKey: kernels && engine === undefined ? row.pairKey(job) : undefined,
      }
      // Restricted jobs wait for each other while other jobs pass, so the admission of calls does not bound their number.
      if (isRestricted(needs) && scheduler.countRestricted() >= settings.maxQueue / 2) {
        const message = 'Too many slow password checks are waiting. Try again later.'
        throw new OverloadedError('ERR_OVERLOADED', message)
      }
      const abort = (): void => {
        if (!scheduler.remove(task)) return
        wipe(task)
        // The rejection is the caller's own reason, whatever it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(signal?.reason)
      }
      const task: RuntimeTask = {
        ...needs,
        row,
        job: row.copy(job),
        engine,
        resolve,
        reject,
        stopListening: () => signal?.removeEventListener('abort', abort),
      }
      // No options are given, since a polluted prototype would add to them.
      signal?.addEventListener('abort', abort)
      scheduler.add(task)
    })

  return {
    admit: createAdmission(settings, scheduler.estimateWait),
    run,
    engineOf: ({ hasKernel, standIn }) => (kernels && hasKernel ? 'WebAssembly kernel' : standIn),
  }
}

/** The runtime that all registries share unless they are given another. */
export const sharedRuntime: () => Runtime = /* @__PURE__ */ once(() => createRuntime())

async function computeAll(tasks: readonly RuntimeTask[], pool: WorkerPool): Promise<void> {
  const [first] = tasks
  if (first === undefined) return
  const { row, engine } = first
  if (engine !== undefined) {
    first.resolve(await engine.compute(first.job, row))
    return
  }
  const estimate = tasks.reduce((sum, { cost }) => sum + cost.milliseconds, 0)
  const jobs = tasks.map(({ job }) => job)
  const results = new Map((await pool.compute(row, jobs, estimate)).map((result) => [result.lane, result]))
  for (const [lane, { resolve, reject }] of tasks.entries()) {
    const result = results.get(lane)
    if (result !== undefined && 'bytes' in result) resolve(result.bytes)
    else reject(errorOf(row, result))
  }
}

function errorOf(
  { name: kind }: Kind,
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

/** Replaces an engine's own error, whose text may hold the password. */
function asEngineError({ name }: Kind, error: unknown): PassliftError {
  if (isPassliftError(error)) return error
  return new EngineError('ERR_ENGINE_FAILED', `${name}: the engine failed.`, error)
}

/** Overwrites the bytes of a job on this thread. Bytes that were transferred are gone. */
function wipe({ row, job }: RuntimeTask): void {
  for (const bytes of row.bytes(job)) if (bytes.byteLength > 0) bytes.fill(0)
}
