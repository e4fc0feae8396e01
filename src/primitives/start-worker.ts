import { BackendError } from '../errors.js'
import text from './worker.js?embedded'
import type { StartWorker } from './worker-pool.js'

/**
 * Starts the worker thread from its embedded text: an application's own bundler would lose a worker file. The text is
 * not loaded on first use: Rollup, writing one file, defines what `import()` loads after the application, which may
 * await a check at its top level. The thread sees neither the environment nor the arguments of the process.
 */
export const startWorker: StartWorker = async (workerData) => {
  const { Worker } = await import('node:worker_threads')
  try {
    return new Worker(text, { eval: true, name: 'passlift', env: {}, execArgv: [], argv: [], workerData })
  } catch (error) {
    throw new BackendError('ERR_BACKEND_UNAVAILABLE', 'Worker threads cannot be started here.', error)
  }
}
