import { BackendError } from '../errors.js'
import type { StartWorker } from './worker-pool.js'

/**
 * Starts the worker thread from its embedded text: an application's own bundler would lose a worker file. It sees
 * neither the environment nor the arguments of the process.
 */
export const startWorker: StartWorker = async (workerData) => {
  const [{ Worker }, { default: text }] = await Promise.all([
    import('node:worker_threads'),
    import('./worker.js?embedded'),
  ])
  try {
    return new Worker(text, { eval: true, name: 'passlift', env: {}, execArgv: [], argv: [], workerData })
  } catch (error) {
    throw new BackendError('ERR_BACKEND_UNAVAILABLE', 'Worker threads cannot be started here.', error)
  }
}
