import type { Worker } from 'node:worker_threads'
import { EngineError } from '../../errors.js'
import type { JobFields, JobKind } from '../../compute/job.js'
import type { Kind } from '../../compute/kind.js'
import { unpack } from '../../platform/node.js'
import { buffersOf } from './worker-protocol.js'
import type { Answers, WorkerData, WorkerReply, WorkerRequest, WorkerResult } from './worker-protocol.js'

/** Starts one worker thread. */
export type StartWorker = (data: WorkerData) => Promise<Worker>

export interface WorkerPool {
  /**
   * Computes jobs of one kind together on one thread that nothing else uses meanwhile. The bytes of the jobs are transferred.
   * The lane of a result is the index of its job. `estimate` is in milliseconds.
   *
   * @throws EngineError `ERR_ENGINE_LOST` where the thread died or ran far beyond its estimate
   */
  readonly compute: (
    row: Kind,
    jobs: readonly JobFields[],
    estimate: number,
  ) => Promise<readonly WorkerResult[]>
}

interface Pending {
  readonly id: number
  readonly settle: (results: readonly WorkerResult[]) => void
  readonly fail: (error: EngineError) => void
}

interface Thread {
  readonly worker: Worker
  /** The kinds whose engine the thread has, and the trials whose answers it has. */
  readonly told: Set<string>
  pending: Pending | undefined
  /** The bytes of memory that the thread's engines held after its last job. */
  held: number
  /** The kind of the last jobs that needed memory. */
  kind: JobKind | undefined
  /** The bytes of memory that the thread will hold after its jobs; 0 while the thread is idle. */
  expected: number
  /** The timer that ends the thread when it was idle for long with much memory. */
  timer: NodeJS.Timeout | undefined
}

// Memory of WebAssembly never shrinks, and V8 frees it at any later time. A thread that ends frees its memory at once. An
// idle thread with more than this is kept for a while, since the first use of fresh pages can take longer than a job.
const MAX_IDLE_BYTES = 64 * 2 ** 20
// The memory of earlier jobs that a thread may hold beside what a job needs. A thread with more waits for a job of its kind.
const MAX_SPARE_BYTES = 128 * 2 ** 20
// One second is longer than the gap between two checks of a busy server.
const IDLE_MILLISECONDS = 1_000
// Kernels begin with less memory than this, so that ending a thread for it would free nothing.
const NEGLIGIBLE_BYTES = 2 ** 20

// A timer with a longer delay than this fires at once.
const MAX_DELAY = 2 ** 31 - 1
// The patience for a thread is divided into this many waits, each of which counts as one even if it ended late. Where the
// whole process stood still, for instance on a suspended machine, the thread still has the other waits to answer.
const WAITS = 8

/**
 * Makes a pool of threads, which start when they are needed, keep the process alive only while they have work, and are
 * replaced when they die or hang. The caller bounds how many compute at once.
 */
export function createWorkerPool({
  startWorker,
  patience,
  workerData,
  maxBytes,
}: {
  readonly startWorker: StartWorker
  /** The bytes of memory that all threads may hold and need together. Idle threads are ended to stay below. */
  readonly maxBytes: number
  readonly workerData: WorkerData
  /** The milliseconds after which a thread is given up, from the estimated milliseconds of its jobs. */
  readonly patience: (estimate: number) => number
}): WorkerPool {
  const threads = new Set<Thread>()
  const idle: Thread[] = []
  let startingBytes = 0
  let lastId = 0

  const start = async (kind: JobKind, needed: number): Promise<Thread> => {
    let worker
    startingBytes += needed
    try {
      worker = await startWorker(workerData)
    } finally {
      startingBytes -= needed
    }
    const thread: Thread = {
      ...{ worker, told: new Set<string>(), pending: undefined },
      ...{ held: 0, kind, expected: needed, timer: undefined },
    }
    threads.add(thread)
    worker.on('message', (reply: WorkerReply) => {
      const { pending } = thread
      if (pending?.id !== reply.id) return
      thread.pending = undefined
      worker.unref()
      thread.held = reply.held
      thread.expected = 0
      rest(thread)
      pending.settle(reply.results)
    })
    // An error in a thread ends the thread; without this listener it would end the process.
    worker.on('error', (error) => {
      discard(thread, error)
    })
    worker.on('messageerror', (error) => {
      discard(thread, error)
    })
    worker.on('exit', () => {
      discard(thread)
    })
    return thread
  }

  const rest = (thread: Thread): void => {
    idle.push(thread)
    if (thread.held > MAX_IDLE_BYTES) thread.timer = setTimeout(discard, IDLE_MILLISECONDS, thread).unref()
    // A thread that ran alone may hold more memory than all threads may hold together. Ending a thread with little would
    // gain nothing.
    if (thread.held > MAX_SPARE_BYTES) makeRoom(0)
  }

  /**
   * Takes the idle thread that holds just enough memory, or else the most, since a kernel uses its memory again. Jobs without
   * memory take the thread that holds the least.
   */
  const takeIdle = (kind: JobKind, needed: number): Thread | undefined => {
    const needsMemory = needed > NEGLIGIBLE_BYTES
    const expect = (thread: Thread): number =>
      needsMemory && thread.kind === kind ? Math.max(thread.held, needed) : thread.held + needed
    const byHeld = idle
      .filter((thread) => expect(thread) <= needed + MAX_SPARE_BYTES)
      .sort((first, second) => first.held - second.held)
    const thread = needsMemory ? (byHeld.find(({ held }) => held >= needed) ?? byHeld.at(-1)) : byHeld.at(0)
    if (thread === undefined) return undefined
    idle.splice(idle.indexOf(thread), 1)
    clearTimeout(thread.timer)
    thread.expected = expect(thread)
    if (needsMemory) thread.kind = kind
    return thread
  }

  /** Ends idle threads, those with the most memory first, until there is room for jobs that begin. */
  const makeRoom = (starting: number): void => {
    const memoryOf = ({ held, expected }: Thread): number => Math.max(held, expected)
    let used = [...threads].reduce((sum, thread) => sum + memoryOf(thread), startingBytes + starting)
    for (const thread of idle.toSorted((first, second) => second.held - first.held)) {
      if (used <= maxBytes || thread.held <= NEGLIGIBLE_BYTES) return
      used -= thread.held
      discard(thread)
    }
  }

  /** Ends a thread without waiting for its end: a thread in native code ends only when that code returns. */
  const discard = (thread: Thread, cause?: unknown): void => {
    const { worker, pending } = thread
    const index = idle.indexOf(thread)
    if (index >= 0) idle.splice(index, 1)
    threads.delete(thread)
    clearTimeout(thread.timer)
    thread.pending = undefined
    worker.unref()
    worker.terminate().catch(() => undefined)
    pending?.fail(
      new EngineError('ERR_ENGINE_LOST', 'A thread that was checking a password was lost. Try again.', cause),
    )
  }

  return {
    compute: async (row, jobs, estimate) => {
      const { name: kind } = row
      const needed = jobs.reduce((sum, job) => sum + row.cost(job).bytes, 0)
      const idleThread = takeIdle(kind, needed)
      makeRoom(idleThread === undefined ? needed : 0)
      const thread = idleThread ?? (await start(kind, needed))
      const { worker } = thread
      const id = ++lastId
      let timer: NodeJS.Timeout | undefined
      const wait = (delay: number, left: number): void => {
        timer = setTimeout(() => {
          if (left > 1) wait(delay, left - 1)
          else giveUp()
        }, delay)
      }
      const giveUp = (): void => {
        // An answer that came while the main thread was busy is heard first.
        setImmediate(() => {
          if (thread.pending?.id === id) discard(thread)
        })
      }
      try {
        return await new Promise<readonly WorkerResult[]>((resolve, reject) => {
          thread.pending = { id, settle: resolve, fail: reject }
          wait(Math.min(patience(estimate) / WAITS, MAX_DELAY), WAITS)
          worker.ref()
          worker.postMessage(prepare(thread, { id, row, jobs }), buffersOf(jobs.flatMap(row.bytes)))
        })
      } catch (error) {
        // Without this, a thread that could not be sent its work would keep the process alive.
        discard(thread)
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

/** The request for jobs, with the engine and the answers that the thread lacks. The thread ends if it cannot be sent. */
function prepare(
  { told }: Thread,
  { id, row, jobs }: { readonly id: number; readonly row: Kind; readonly jobs: readonly JobFields[] },
): WorkerRequest {
  const isNew = (name: string): boolean => !told.has(name) && told.add(name).size > 0
  const trials = jobs.map((job) => row.trial(job))
  const answers: Answers = trials
    .filter(({ name }) => isNew(name))
    .map(({ name, answers }) => ({ trial: name, answers: answers() }))
  return {
    id,
    kind: row.name,
    engine: isNew(`the engine of ${row.name}`) ? unpack(row.packed) : undefined,
    answers,
    lanes: jobs.map((job, lane) => ({
      lane,
      job,
      fitsKernel: row.fitsKernel(job),
      trial: trials[lane]?.name ?? row.name,
    })),
  }
}
