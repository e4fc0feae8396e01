import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { EngineError } from '../../errors.js'
import { startWorker } from './start-worker.js'

// This text replaces the text of the worker, and reports what the worker sees of the process.
vi.mock('./worker.js?embedded', () => ({
  default: `const { parentPort, workerData } = require('node:worker_threads')
    const { env, argv, execArgv } = process
    const { kernels, replies } = workerData
    // The listener keeps the thread alive, since a thread that ends at once may lose its messages.
    parentPort.on('message', () => undefined)
    replies.postMessage({ env: { ...env }, arguments: argv.slice(2), execArgv, kernels })`,
}))

const { refuse } = vi.hoisted(() => ({ refuse: vi.fn<() => Error | undefined>() }))

vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<{ readonly Worker: typeof Worker }>()
  const { Worker: Original } = original
  const Refusing = new Proxy(Original, {
    construct: (target, args: ConstructorParameters<typeof Worker>) => {
      const error = refuse()
      if (error !== undefined) throw error
      return new target(...args)
    },
  })
  return { ...original, Worker: Refusing }
})

afterEach(() => {
  refuse.mockReset()
  vi.unstubAllEnvs()
})

describe('the worker thread', () => {
  test('sees nothing of the environment and of the arguments', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://user:hunter2@db')
    vi.stubEnv('NODE_OPTIONS', '--require=/no/such/module.cjs')
    const worker = await startWorker({ kernels: true })
    const seen = await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    expect(seen).toEqual({ env: {}, arguments: [], execArgv: [], kernels: true })
    await worker.terminate()
  })

  test('is a new thread for each start', async () => {
    const [first, second] = await Promise.all([
      startWorker({ kernels: true }),
      startWorker({ kernels: true }),
    ])
    expect(first).not.toBe(second)
    await Promise.all([first.terminate(), second.terminate()])
  })
})

describe('the error says why no thread can be started and what to do, without the text of the cause, where', () => {
  const WITHOUT = 'Only what needs no thread is checked without them.'

  const failureOf = async (start = startWorker): Promise<unknown> =>
    start({ kernels: true }).then(
      () => undefined,
      (reason: unknown) => reason,
    )

  test.each([
    [
      "Node's permission model allows no threads",
      'ERR_ACCESS_DENIED',
      'Threads are not allowed: start Node with --allow-worker.',
    ],
    ['the system gives no more threads', 'ERR_WORKER_INIT_FAILED', 'The system gives none.'],
  ])('%s', async (_, code, why) => {
    refuse.mockReturnValue(Object.assign(new Error('restricted: hunter2'), { code }))
    const error = await failureOf()
    expect(error).toBeInstanceOf(EngineError)
    expect(error).toMatchObject({
      code: 'ERR_ENGINE_UNAVAILABLE',
      message: `Worker threads cannot be started here. ${why} ${WITHOUT}`,
      cause: { name: 'Error', code },
    })
  })

  test('the runtime has no module for threads', async () => {
    vi.resetModules()
    vi.doMock('node:worker_threads', () => {
      throw new Error('Cannot find hunter2')
    })
    const { startWorker: start } = await import('./start-worker.js')
    expect(await failureOf(start)).toMatchObject({
      name: 'EngineError',
      code: 'ERR_ENGINE_UNAVAILABLE',
      message: `Worker threads cannot be started here. This runtime has no node:worker_threads. ${WITHOUT}`,
    })
    vi.doUnmock('node:worker_threads')
  })
})
