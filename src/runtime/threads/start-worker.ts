import { EngineError, readErrorText } from '../../errors.js'
import text from './worker.js?embedded'
import type { StartWorker } from './worker-pool.js'

/**
 * Starts the worker thread from its embedded text, since an application's own bundler would lose a worker file. The texts of
 * the worker and of the engines are imported statically: where Rollup writes one file, it defines what `import()` loads after
 * the code of the application, which may await a check at its top level. The thread sees neither the environment nor the
 * arguments of the process.
 *
 * @throws EngineError `ERR_ENGINE_UNAVAILABLE` where no thread can be started
 */
export const startWorker: StartWorker = async (workerData) => {
  const { MessageChannel, Worker } = await import('node:worker_threads').catch(
    explain('This runtime has no node:worker_threads.'),
  )
  try {
    const { port1, port2 } = new MessageChannel()
    const worker = new Worker(text, {
      eval: true,
      name: 'passlift',
      env: {},
      execArgv: [],
      argv: [],
      workerData: { ...workerData, replies: port2 },
      transferList: [port2],
    })
    // Replies come on a port of their own. Node listens to the thread's usual port with options to which a polluted prototype
    // adds: with `once` Node would hear the first reply alone, and with an aborted `signal` no reply.
    const options: object = { once: false, passive: false, signal: undefined }
    const listener = (event: Event): void => {
      if ('data' in event) worker.emit('message', event.data)
    }
    port1.addEventListener('message', listener, options)
    port1.start()
    port1.unref()
    return worker
  } catch (error) {
    const isDenied = readErrorText(error, 'code') === 'ERR_ACCESS_DENIED'
    return explain(
      isDenied ? 'Threads are not allowed: start Node with --allow-worker.' : 'The system gives none.',
    )(error)
  }
}

/** Makes a function that throws an EngineError with the reason why no thread can be started. Its argument becomes the cause. */
function explain(why: string): (cause: unknown) => never {
  return (cause) => {
    const message = `Worker threads cannot be started here. ${why} Only what needs no thread is checked without them.`
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', message, cause)
  }
}
