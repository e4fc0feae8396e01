import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { EngineError, OverloadedError } from '../errors.js'
import { hostileThings } from '../registry/hostile-errors.fixture.js'
import { computeArgon2 } from '../compute/argon2-addon.js'
import type { Argon2Job } from '../compute/job.js'
import type { Job } from '../compute/kind.js'
import { argon2Job } from '../compute/kinds/argon2.js'
import { availableCores, availableMemory, threadPoolSize } from '../platform/node.js'
import { createRuntimeOn } from './runtime.js'
import type { RunOptions, Runtime } from './runtime.js'
import type { RuntimeOptions } from './options.js'
import { startWorker } from './threads/start-worker.js'

// A fake of Argon2's addon runs the jobs on no thread. It shows the jobs that run at once, and a test ends them.
vi.mock('../compute/argon2-addon.js', () => ({ computeArgon2: vi.fn() }))
// The guard that asks for known answers is left out, since the fake gives none. engine.test.ts tests the guard.
vi.mock('../compute/engine.js', () => ({ guardEngine: (_: string, engine: object) => engine }))
vi.mock('../platform/node.js', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  availableCores: vi.fn(),
  availableMemory: vi.fn(),
  threadPoolSize: vi.fn(),
}))

const GIB = 2 ** 30
const REASON = new Error('the client went away')

/** The jobs that run, in the order they started. */
const running: { readonly job: Argon2Job; readonly end: (error?: unknown) => Promise<void> }[] = []

beforeEach(() => {
  vi.mocked(availableCores).mockReturnValue(4)
  vi.mocked(availableMemory).mockReturnValue(Infinity)
  vi.mocked(threadPoolSize).mockReturnValue(1_024)
  running.length = 0
  vi.mocked(computeArgon2).mockImplementation(
    (job) =>
      new Promise((resolve, reject) => {
        const entry = {
          job,
          end: async (error?: unknown): Promise<void> => {
            running.splice(running.indexOf(entry), 1)
            if (error instanceof Error) reject(error)
            else resolve(new Uint8Array(job.length))
            await setImmediate()
          },
        }
        running.push(entry)
      }),
  )
})

const createRuntime = (options?: RuntimeOptions): Runtime =>
  createRuntimeOn({ startWorker, patience: () => 60_000, kernels: () => false }, options)

/** A job of so many KiB, each estimated at 0.00062 ms, and at more above 64 MiB. */
const jobOf = (memory = 8): ReturnType<typeof argon2Job> =>
  argon2Job({
    password: Uint8Array.from(Buffer.from('hunter2')),
    salt: new Uint8Array(16),
    variant: 'id',
    version: 19,
    memory,
    iterations: 1,
    parallelism: 1,
    length: 32,
  })

/** Rejects with a thrown value, as an engine would. */
async function rejectWith(thrown: unknown): Promise<never> {
  await setImmediate()

  throw thrown
}

/** Runs a job whose answer no test awaits. */
function begin(runtime: Runtime, job: Job, options?: RunOptions): void {
  runtime.run(job, options).catch((error: unknown) => expect.fail(String(error)))
}

describe('the jobs that run at once are', () => {
  test.each([
    ['as many as there are cores', 4, {}, 4],
    ['as many as the option concurrency says', 4, { concurrency: 2 }, 2],
    ['no more on the thread pool than cores, even where concurrency is higher', 4, { concurrency: 9 }, 4],
    ['one where there is one core', 1, {}, 1],
  ])('%s', async (_, cores, options, expected) => {
    vi.mocked(availableCores).mockReturnValue(cores)
    const runtime = createRuntime(options)
    const answers = Array.from({ length: 12 }, () => runtime.run(jobOf()))
    for (let left = 12; left > 0; left--) {
      expect(running).toHaveLength(Math.min(expected, left))
      await running[0]?.end()
    }
    expect(await Promise.all(answers)).toHaveLength(12)
  })

  test.each([
    [4, 2],
    [5, 3],
    [6, 4],
    [64, 4],
    [3, 1],
    [2, 1],
    [1, 1],
  ])(
    'with a thread pool of %i threads no more than %i, so that the file system and DNS still work',
    (size, most) => {
      vi.mocked(threadPoolSize).mockReturnValue(size)
      const runtime = createRuntime()
      for (let count = 0; count < 12; count++) begin(runtime, jobOf())
      expect(running).toHaveLength(most)
    },
  )

  test('on all places but one where they are heavy', () => {
    const runtime = createRuntime()
    for (let count = 0; count < 12; count++) begin(runtime, jobOf(4_096), { heavyAbove: 1 })
    expect(running).toHaveLength(3)
    begin(runtime, jobOf(1_024), { heavyAbove: 1 })
    expect(running.map(({ job }) => job.memory)).toEqual([4_096, 4_096, 4_096, 1_024])
  })

  test.each([
    ['1 GiB', Infinity, {}, 2],
    ["half of a container's memory", GIB, {}, 1],
    ['the option maxBytes', Infinity, { maxBytes: 1.5 * GIB }, 3],
  ])('as many as fit into %s', (_, memory, options, expected) => {
    vi.mocked(availableMemory).mockReturnValue(memory)
    const runtime = createRuntime(options)
    for (let count = 0; count < 5; count++) begin(runtime, jobOf(2 ** 19))
    expect(running).toHaveLength(expected)
  })

  test('one where it needs more memory than all may have together', async () => {
    const runtime = createRuntime()
    const answer = runtime.run(jobOf(2 ** 22))
    begin(runtime, jobOf(1_024))
    expect(running).toHaveLength(1)
    await running[0]?.end()
    expect(await answer).toHaveLength(32)
    expect(running).toHaveLength(1)
  })
})

describe('admission', () => {
  test('is refused exactly while running and waiting jobs are estimated at more than 5 s', async () => {
    const runtime = createRuntime({ concurrency: 1 })
    begin(runtime, jobOf(3_000_000))
    expect(runtime.admit).not.toThrow()
    begin(runtime, jobOf(3_000_000))
    expect(runtime.admit).toThrow(OverloadedError)
    await running[0]?.end()
    expect(runtime.admit).not.toThrow()
  })

  test('is refused over 1000 calls, even calls without a job', () => {
    const runtime = createRuntime()
    const leaves = Array.from({ length: 1_000 }, () => runtime.admit())
    expect(runtime.admit).toThrow(OverloadedError)
    leaves[0]?.()
    expect(runtime.admit).not.toThrow()
  })

  test('does not count heavy jobs that wait while a place is idle, since a new short job would pass them', () => {
    const runtime = createRuntime({ concurrency: 2 })
    for (let count = 0; count < 7; count++) begin(runtime, jobOf(2_000_000), { heavyAbove: 1_000 })
    expect(running).toHaveLength(1)
    expect(runtime.admit).not.toThrow()
    begin(runtime, jobOf(11), { heavyAbove: 1_000 })
    expect(running.map(({ job }) => job.memory)).toEqual([2_000_000, 11])
    // A new job would now wait for the short job, and still pass the heavy jobs.
    expect(runtime.admit).not.toThrow()
  })

  const inPlace: RunOptions = {
    heavyAbove: 1_000,
    engine: { name: 'fake', usesThreadPool: false, compute: ({ kind }) => computeArgon2(jobOf(kind.length)) },
  }

  test('covers all short jobs outside the thread pool: none of them is refused later', () => {
    const runtime = createRuntime({ concurrency: 1, maxQueue: 1, maxWaitMilliseconds: 1 })
    runtime.admit()
    const refused = vi.fn()
    for (let count = 0; count < 50; count++) runtime.run(jobOf(2 ** 20), inPlace).catch(refused)
    expect(runtime.admit).toThrow(OverloadedError)
    expect(refused).not.toHaveBeenCalled()
  })

  test.each<[string, ReturnType<typeof jobOf>, RunOptions]>([
    ['heavy jobs', jobOf(2_000_000), inPlace],
    ['jobs of the thread pool', jobOf(11), {}],
  ])(
    'does not cover %s where such jobs hold half of the queue, while other jobs still run',
    async (_, job, options) => {
      const runtime = createRuntime({ maxQueue: 9 })
      for (let count = 0; count < 5; count++) begin(runtime, job, options)
      const refused = runtime.run(job, options)
      await expect(refused).rejects.toThrow(OverloadedError)
      await expect(refused).rejects.toMatchObject({
        code: 'ERR_OVERLOADED',
        message: 'Too many slow password checks are waiting. Try again later.',
      })
      expect(job.password).toEqual(jobOf().password)
      begin(runtime, jobOf(12), inPlace)
      // A job that ends makes room, and so does a job that is dropped while it waits.
      await running[0]?.end()
      const controller = new AbortController()
      const dropped = runtime.run(job, { ...options, signal: controller.signal })
      await expect(runtime.run(job, options)).rejects.toThrow(OverloadedError)
      controller.abort(REASON)
      await expect(dropped).rejects.toBe(REASON)
      begin(runtime, job, options)
    },
  )

  test('covers the first heavy job even with the smallest queue', () => {
    const runtime = createRuntime({ maxQueue: 1 })
    begin(runtime, jobOf(2_000_000), { heavyAbove: 1_000 })
    expect(running).toHaveLength(1)
  })
})

describe('the abort of a job', () => {
  test('before the job rejects with its reason, and no job runs', async () => {
    const runtime = createRuntime()
    await expect(runtime.run(jobOf(), { signal: AbortSignal.abort(REASON) })).rejects.toBe(REASON)
    expect(running).toHaveLength(0)
  })

  test('rejects a waiting job at once, and the other jobs go on', async () => {
    const runtime = createRuntime({ concurrency: 1 })
    const controller = new AbortController()
    const first = runtime.run(jobOf(11))
    const waiting = runtime.run(jobOf(12), { signal: controller.signal })
    const last = runtime.run(jobOf(13))
    controller.abort(REASON)
    await expect(waiting).rejects.toBe(REASON)
    await running[0]?.end()
    expect(running.map(({ job }) => job.memory)).toEqual([13])
    await running[0]?.end()
    expect(await Promise.all([first, last])).toHaveLength(2)
  })

  test('lets a running job keep its place until it ends', async () => {
    const runtime = createRuntime({ concurrency: 1 })
    const controller = new AbortController()
    const first = runtime.run(jobOf(11), { signal: controller.signal })
    begin(runtime, jobOf(12))
    controller.abort(REASON)
    await setImmediate()
    expect(running.map(({ job }) => job.memory)).toEqual([11])
    await running[0]?.end()
    expect(await first).toHaveLength(32)
    expect(running.map(({ job }) => job.memory)).toEqual([12])
  })

  test('is listened for only while a job waits', async () => {
    const { signal } = new AbortController()
    const runtime = createRuntime({ concurrency: 1 })
    const listeners = (): number => getEventListeners(signal, 'abort').length
    const answers = [1, 2, 3].map(() => runtime.run(jobOf(), { signal }))
    for (const left of [2, 1, 0]) {
      expect(listeners()).toBe(left)
      await running[0]?.end()
    }
    expect(await Promise.all(answers)).toHaveLength(3)
    expect(listeners()).toBe(0)
  })

  test('rejects with a reason of any type', async () => {
    const runtime = createRuntime({ concurrency: 1 })
    begin(runtime, jobOf())
    const controller = new AbortController()
    const waiting = runtime.run(jobOf(), { signal: controller.signal })
    controller.abort('a text')
    await expect(waiting).rejects.toBe('a text')
  })
})

describe('an engine that fails', () => {
  test('gives its place back, and makes the job reject without the text of its error', async () => {
    const runtime = createRuntime({ concurrency: 1 })
    const failing = runtime.run(jobOf(11))
    const next = runtime.run(jobOf(12))
    await Promise.all([
      expect(failing).rejects.toThrow(EngineError),
      running[0]?.end(Object.assign(new TypeError('bad password hunter2'), { code: 'ERR_INVALID_ARG_TYPE' })),
    ])
    const error: unknown = await failing.catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'ERR_ENGINE_FAILED',
      message: 'argon2: the engine failed.',
      cause: { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' },
    })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
    await running[0]?.end()
    expect(await next).toHaveLength(32)
  })

  test.each(hostileThings)(
    'by throwing %s gives its place back, and its job rejects with an EngineError',
    async (_, make) => {
      const runtime = createRuntime({ concurrency: 1 })
      const engine = { name: 'theirs', usesThreadPool: false, compute: () => rejectWith(make()) }
      const failing = runtime.run(jobOf(11), { engine })
      const next = runtime.run(jobOf(12))
      await expect(failing).rejects.toMatchObject({
        name: 'EngineError',
        code: 'ERR_ENGINE_FAILED',
        message: 'argon2: the engine failed.',
      })
      await setImmediate()
      await running[0]?.end()
      expect(await next).toHaveLength(32)
    },
  )

  test('leaves no copy of the password', async () => {
    const failing = createRuntime().run(jobOf())
    const [{ job } = expect.fail()] = running
    await Promise.all([expect(failing).rejects.toThrow(EngineError), running[0]?.end(new Error('no'))])
    expect(job.password).toEqual(new Uint8Array(7))
  })
})
