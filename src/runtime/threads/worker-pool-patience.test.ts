import { Worker } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import type { JobFields } from '../../compute/job.js'
import { BCRYPT } from '../../compute/kinds/bcrypt.js'
import { createWorkerPool } from './worker-pool.js'
import type { WorkerPool } from './worker-pool.js'

const started: Worker[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()))
})

/** A pool whose threads answer after the given milliseconds. */
function poolOf(patience: (estimate: number) => number, milliseconds = 0): WorkerPool {
  const text = `const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ id }) => {
      setTimeout(() => parentPort.postMessage({ id, held: 0, results: [] }), ${milliseconds})
    })`
  return createWorkerPool({
    workerData: { kernels: false },
    maxBytes: Infinity,
    patience,
    startWorker: () => {
      const worker = new Worker(text, { eval: true })
      started.push(worker)
      return Promise.resolve(worker)
    },
  })
}

const job = (): JobFields => ({
  kind: 'bcrypt',
  variant: 'standard',
  password: new Uint8Array(8),
  salt: new Uint8Array(16),
  cost: 4,
})

// A first answer shows that the thread has started, so the patience of the tests does not include its start.
async function warmPool(): Promise<WorkerPool> {
  const pool = poolOf((estimate) => (estimate === 1 ? 60_000 : 200))
  await pool.compute(BCRYPT, [job()], 1)
  return pool
}

test('the patience with a thread depends on the estimate of its jobs', async () => {
  const patience = vi.fn(() => 60_000)
  await poolOf(patience).compute(BCRYPT, [job()], 123)
  expect(patience.mock.calls).toEqual([[123]])
})

test.each([2 ** 31, 1e15, Infinity])(
  'the patience with a thread may be longer than the delay of a timer can be: %d',
  async (delay) => {
    expect(await poolOf(() => delay, 100).compute(BCRYPT, [job()], 1)).toEqual([])
  },
)

test('the patience with a thread does not run out where the answer came while the calling thread was busy', async () => {
  const pool = await warmPool()
  const computing = pool.compute(BCRYPT, [job()], 2)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  expect(await computing).toEqual([])
  await pool.compute(BCRYPT, [job()], 1)
  expect(started).toHaveLength(1)
})

test('the patience with a thread does not run out while the whole process stands still', async () => {
  const pool = poolOf((estimate) => (estimate === 1 ? 60_000 : 1_000), 1_300)
  await pool.compute(BCRYPT, [job()], 1)
  const computing = pool.compute(BCRYPT, [job()], 2)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_100)
  expect(await computing).toEqual([])
  expect(started).toHaveLength(1)
})

test('the patience with a thread ends with the answer of the thread', async () => {
  const pool = await warmPool()
  await pool.compute(BCRYPT, [job()], 2)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await pool.compute(BCRYPT, [job()], 1)
  expect(started).toHaveLength(1)
})
