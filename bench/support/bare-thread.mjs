import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A worker thread with the bare primitives, for one job at a time. */
export function startBareThread() {
  const worker = new Worker(new URL('bare-worker.mjs', import.meta.url))
  return {
    check: async (job) => {
      worker.postMessage(job)
      const [answer] = await once(worker, 'message')
      return answer
    },
    stop: () => worker.terminate(),
  }
}
