import { BackendError, readErrorText } from '../errors.js'
import type { StartWorker } from './worker-pool.js'

/**
 * Starts the worker thread from its embedded text: an application's own bundler would lose a worker file. It sees
 * neither the environment nor the arguments of the process.
 */
export const startWorker: StartWorker = async (workerData) => {
  const [{ Worker }, { default: text }] = await Promise.all([
    import('node:worker_threads').catch(explain('This runtime has no node:worker_threads.')),
    import('./worker.js?embedded').catch(
      explain(
        'A file of passlift, dist/chunks/worker-*.js, cannot be loaded. If a bundler left it out: mark passlift as external there.',
      ),
    ),
  ])
  try {
    return new Worker(text, { eval: true, name: 'passlift', env: {}, execArgv: [], argv: [], workerData })
  } catch (error) {
    const isDenied = readErrorText(error, 'code') === 'ERR_ACCESS_DENIED'
    return explain(
      isDenied ? 'Threads are not allowed: start Node with --allow-worker.' : 'The system gives none.',
    )(error)
  }
}

/** What an error of the runtime means here, and what to do. */
function explain(why: string): (cause: unknown) => never {
  return (cause) => {
    const message = `Worker threads cannot be started here. ${why} Only md5 and sha256 are checked without them.`
    throw new BackendError('ERR_BACKEND_UNAVAILABLE', message, cause)
  }
}
