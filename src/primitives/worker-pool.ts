import type { Worker } from 'node:worker_threads'
import { BackendError } from '../errors.js'
import { bytesOf } from './job.js'
import type { Job } from './job.js'
import { buffersOf } from './worker-protocol.js'
import type { WorkerData, WorkerReply, WorkerRequest, WorkerResult } from './worker-protocol.js'

/** Starts one worker thread. */
export type StartWorker = (data: WorkerData) => Promise<Worker>

export interface WorkerPool {
  /**
   * Computes jobs together on one thread that nothing else uses meanwhile. Their bytes are transferred. Each result
   * names its job's place as its lane.
   *
   * @throws BackendError `ERR_BACKEND_LOST` where the thread died or ran far beyond its estimate
   */
  readonly compute: (jobs: readonly Job[], estimate: number) => Promise<readonly WorkerResult[]>
}

/** Its `exit` event tells the rest. */
function stop(worker: Worker): void {
  worker.terminate().catch(() => undefined)
}

interface Pending {
  readonly id: number
  readonly settle: (results: readonly WorkerResult[]) => void
  readonly fail: () => void
}

interface Thread {
  readonly worker: Worker
  pending: Pending | undefined
}

/**
 * Threads that start when they are needed, keep the process alive while they have work and not otherwise, and are
 * replaced when they die or hang. The caller bounds how many compute at once.
 */
export function createWorkerPool({
  startWorker,
  patience,
  workerData,
}: {
  readonly startWorker: StartWorker
  readonly workerData: WorkerData
  /** The milliseconds after which a thread is given up, by the estimate of its jobs. */
  readonly patience: (estimate: number) => number
}): WorkerPool {
  const idle: Thread[] = []
  let lastId = 0

  const start = async (): Promise<Thread> => {
    const thread: Thread = { worker: await startWorker(workerData), pending: undefined }
    const { worker } = thread
    const lose = (): void => {
      const index = idle.indexOf(thread)
      if (index >= 0) idle.splice(index, 1)
      thread.pending?.fail()
      thread.pending = undefined
    }
    worker.on('message', (reply: WorkerReply) => {
      const { pending } = thread
      if (pending?.id !== reply.id) return
      thread.pending = undefined
      worker.unref()
      idle.push(thread)
      pending.settle(reply.results)
    })
    // An error in a thread ends it; without a listener it would end the process.
    worker.on('error', lose)
    worker.on('messageerror', () => {
      stop(worker)
    })
    worker.on('exit', lose)
    return thread
  }

  return {
    compute: async (jobs, estimate) => {
      const thread = idle.pop() ?? (await start())
      const { worker } = thread
      const id = ++lastId
      const lanes = jobs.map((job, lane) => ({ lane, job }))
      let timer: NodeJS.Timeout | undefined
      try {
        return await new Promise<readonly WorkerResult[]>((resolve, reject) => {
          const fail = (): void => {
            reject(
              new BackendError(
                'ERR_BACKEND_LOST',
                'A thread that was checking a password was lost. Try again.',
              ),
            )
          }
          thread.pending = { id, settle: resolve, fail }
          timer = setTimeout(stop, patience(estimate), worker)
          worker.ref()
          worker.postMessage({ id, lanes } satisfies WorkerRequest, buffersOf(jobs.flatMap(bytesOf)))
        })
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
