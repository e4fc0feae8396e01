import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
import { createRuntime } from './runtime.js'
import { startWorker } from './threads/start-worker.js'

vi.mock('./threads/start-worker.js')

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a thread that never answers is given up after half a minute plus twenty times the estimate of its job', async () => {
  const silent = Object.assign(new EventEmitter(), {
    ref: () => undefined,
    unref: () => undefined,
    postMessage: () => undefined,
    terminate: vi.fn(() => Promise.resolve(0)),
  })
  vi.mocked(startWorker).mockResolvedValue(asWorker(silent))
  const settled = vi.fn()
  // The job is estimated at 26 ms.
  const pending = createRuntime()
    .run(
      pbkdf2Job({
        password: new Uint8Array(8),
        salt: new Uint8Array(8),
        algorithm: 'sha256',
        iterations: 100_000,
        length: 32,
      }),
    )
    .finally(settled)
  pending.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(30_400)
  expect(settled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(300)
  await expect(pending).rejects.toMatchObject({ code: 'ERR_ENGINE_LOST' })
  expect(silent.terminate).toHaveBeenCalled()
})

function asWorker(value: object): Worker {
  if (!isWorker(value)) throw new Error('It must look like a thread.')
  return value
}

function isWorker(value: object): value is Worker {
  return 'postMessage' in value && 'terminate' in value
}
