import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { BackendError } from '../errors.js'
import { startWorker } from './start-worker.js'

// In the place of the worker's own text: one that tells what it sees of the process.
vi.mock('./worker.js?embedded', () => ({
  default: `const { parentPort, workerData } = require('node:worker_threads')
    const { env, argv, execArgv } = process
    parentPort.postMessage({ env: { ...env }, arguments: argv.slice(2), execArgv, workerData })`,
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

describe('the worker', () => {
  test('sees nothing of the environment and of the arguments', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://user:hunter2@db')
    vi.stubEnv('NODE_OPTIONS', '--require=/no/such/module.cjs')
    const worker = await startWorker({ kernels: true })
    const seen = await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    expect(seen).toEqual({ env: {}, arguments: [], execArgv: [], workerData: { kernels: true } })
  })

  test('is started anew each time', async () => {
    const [first, second] = await Promise.all([
      startWorker({ kernels: true }),
      startWorker({ kernels: true }),
    ])
    expect(first).not.toBe(second)
    await Promise.all([first.terminate(), second.terminate()])
  })
})

test('where threads are forbidden the error says so, without the text of the cause', async () => {
  const denied = Object.assign(new Error('Access to this API has been restricted: hunter2'), {
    code: 'ERR_ACCESS_DENIED',
  })
  refuse.mockReturnValue(denied)
  const error: unknown = await startWorker({ kernels: true }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(BackendError)
  expect(error).toMatchObject({
    code: 'ERR_BACKEND_UNAVAILABLE',
    message: 'Worker threads cannot be started here.',
    cause: { name: 'Error', code: 'ERR_ACCESS_DENIED' },
  })
})
