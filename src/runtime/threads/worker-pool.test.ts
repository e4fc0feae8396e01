import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { EngineError } from '../../errors.js'
import type { JobFields } from '../../compute/job.js'
import type { Job } from '../../compute/kind.js'
import { answersFor, EVERY_JOB, EVERY_KIND, usualJobOf } from '../../compute/kinds.fixture.js'
import { unpack } from '../../platform/node.js'
import { createWorkerPool } from './worker-pool.js'
import type { WorkerPool } from './worker-pool.js'
import type { WorkerRequest } from './worker-protocol.js'

const HEAD = `const { parentPort } = require('node:worker_threads')
parentPort.on('message', ({ id, lanes }) => {`
const answering = `${HEAD}
  parentPort.postMessage({ id, held: 0, results: lanes.map(({ lane, job }) => ({ lane, bytes: job.password })) })
})`
const thatDoes = (what: string): string => `${HEAD} ${what} })`

const started: Worker[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()))
})

/** A pool whose first threads run the given texts in turn. All later threads run the last text. */
function poolOf(
  texts: readonly string[],
  { patience = () => 60_000, maxBytes = Infinity }: Partial<Parameters<typeof createWorkerPool>[0]> = {},
): WorkerPool {
  let next = 0
  return createWorkerPool({
    workerData: { kernels: false },
    maxBytes,
    patience,
    startWorker: () => {
      const worker = new Worker(texts[Math.min(next++, texts.length - 1)] ?? '', {
        eval: true,
        resourceLimits: { maxOldGenerationSizeMb: 16 },
      })
      started.push(worker)
      return Promise.resolve(worker)
    },
  })
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))

const jobOf = (text: string): JobFields => ({
  kind: 'bcrypt',
  variant: 'standard',
  password: bytesOf(text),
  salt: new Uint8Array(16),
  cost: 4,
})

/** Runs jobs as a runtime does, with the row of their kind. */
function computeOn(
  pool: WorkerPool,
  jobs: readonly JobFields[],
  estimate: number,
): ReturnType<WorkerPool['compute']> {
  const row = EVERY_KIND.find((one) => one.row.name === jobs[0]?.kind)?.row ?? expect.fail('no row')
  return pool.compute(row, jobs, estimate)
}

async function answerOf(pool: WorkerPool, text: string): Promise<string> {
  const [result] = await computeOn(pool, [jobOf(text)], 1)
  return result !== undefined && 'bytes' in result ? Buffer.from(result.bytes).toString() : inspect(result)
}

/** The error of a computation; undefined where it did not fail. */
async function failureOf(computing: Promise<unknown>): Promise<unknown> {
  return computing.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('the threads of a pool', () => {
  test('start when there is work, one for each of the computations at once, and are used again', async () => {
    const pool = poolOf([answering])
    expect(started).toHaveLength(0)
    expect(await answerOf(pool, 'a')).toBe('a')
    expect(await answerOf(pool, 'b')).toBe('b')
    expect(started).toHaveLength(1)
    const texts = ['c', 'd', 'e']
    expect(await Promise.all(texts.map((text) => answerOf(pool, text)))).toEqual(texts)
    expect(await Promise.all(texts.map((text) => answerOf(pool, text)))).toEqual(texts)
    expect(started).toHaveLength(3)
  })

  test('get the bytes of their jobs, of which none is left on the calling thread', async () => {
    const pool = poolOf([answering])
    const jobs = [jobOf('a password'), jobOf('another'), jobOf('')]
    const results = await computeOn(pool, jobs, 1)
    expect(results).toEqual(
      ['a password', 'another', ''].map((text, lane) => ({ lane, bytes: bytesOf(text) })),
    )
    for (const job of jobs) {
      if (job.kind === 'bcrypt') expect([job.password.byteLength, job.salt.byteLength]).toEqual([0, 0])
    }
  })

  test('keep the process alive while they have work, and not while they are idle', async () => {
    const pool = poolOf([answering])
    await answerOf(pool, 'a')
    const [worker] = started
    const ref = vi.spyOn(worker ?? expect.fail(), 'ref')
    const unref = vi.spyOn(worker ?? expect.fail(), 'unref')
    const computing = answerOf(pool, 'b')
    expect([ref.mock.calls.length, unref.mock.calls.length]).toEqual([1, 0])
    await computing
    expect([ref.mock.calls.length, unref.mock.calls.length]).toEqual([1, 1])
  })

  test('fail only their own job where they cannot be started', async () => {
    const error = new EngineError('ERR_ENGINE_UNAVAILABLE', 'none')
    const startWorker = vi
      .fn<() => Promise<Worker>>()
      .mockRejectedValueOnce(error)
      .mockImplementation(() => Promise.resolve(new Worker(answering, { eval: true })))
    const pool = createWorkerPool({
      startWorker,
      workerData: { kernels: false },
      maxBytes: Infinity,
      patience: () => 60_000,
    })
    expect(await failureOf(answerOf(pool, 'a'))).toBe(error)
    expect(await answerOf(pool, 'b')).toBe('b')
  })

  test('answer once, and only for the job that they have', async () => {
    const pool = poolOf([
      thatDoes(`for (const other of [id - 1, id + 1]) parentPort.postMessage({ id: other, held: 0, results: [] })
        parentPort.postMessage({ id, held: 0, results: [{ lane: 0, bytes: Buffer.from('first') }] })
        parentPort.postMessage({ id, held: 0, results: [{ lane: 0, bytes: Buffer.from('second') }] })`),
    ])
    for (let round = 0; round < 5; round++) expect(await answerOf(pool, 'a')).toBe('first')
    expect(started).toHaveLength(1)
  })
})

describe('a request to a thread has', () => {
  /** A pool of threads, and the requests to each thread. */
  const createWatched = (): { readonly pool: WorkerPool; readonly requests: WorkerRequest[][] } => {
    const requests: WorkerRequest[][] = []
    const pool = createWorkerPool({
      workerData: { kernels: false },
      maxBytes: Infinity,
      patience: () => 60_000,
      startWorker: () => {
        const worker = new Worker(answering, { eval: true })
        const own: WorkerRequest[] = []
        const post = worker.postMessage.bind(worker)
        worker.postMessage = (request: WorkerRequest, transfer) => {
          own.push({ ...request })
          post(request, transfer)
        }
        started.push(worker)
        requests.push(own)
        return Promise.resolve(worker)
      },
    })
    return { pool, requests }
  }
  const copyOf = (job: Job): JobFields => job.row.copy(job)
  const [bcrypt, scrypt] = [usualJobOf('bcrypt'), usualJobOf('scrypt')]
  const trialsOf = ({ answers }: WorkerRequest): readonly string[] => answers.map(({ trial }) => trial)

  test("the engine of a kind with the thread's first job of that kind alone", async () => {
    const { pool, requests } = createWatched()
    for (const job of [bcrypt, scrypt, bcrypt, scrypt]) await computeOn(pool, [copyOf(job)], 1)
    expect(requests.flat().map(({ kind, engine }) => [kind, engine])).toEqual([
      ['bcrypt', unpack(bcrypt.row.packed)],
      ['scrypt', unpack(scrypt.row.packed)],
      ['bcrypt', undefined],
      ['scrypt', undefined],
    ])
  })

  test("the known answers of a trial with the thread's first job of that trial alone", async () => {
    const { pool, requests } = createWatched()
    const other = EVERY_JOB.find((job) => job.kind === 'bcrypt' && job.variant === 'no-nul') ?? expect.fail()
    for (const jobs of [[bcrypt], [bcrypt, other], [other, bcrypt], [scrypt], [scrypt]]) {
      await computeOn(pool, jobs.map(copyOf), 1)
    }
    expect(requests.flat().map(trialsOf)).toEqual([
      ['bcrypt standard'],
      ['bcrypt no-nul'],
      [],
      ['scrypt'],
      [],
    ])
    const [first] = requests.flat()
    expect(first?.answers).toEqual([{ trial: 'bcrypt standard', answers: answersFor(bcrypt) }])
  })

  test('both the engine and the answers where a kind and its trial have the same name', async () => {
    const { pool, requests } = createWatched()
    expect(scrypt.row.trial(scrypt).name).toBe(scrypt.row.name)
    await computeOn(pool, [copyOf(scrypt)], 1)
    const [request = expect.fail()] = requests.flat()
    expect(request.engine).toBeInstanceOf(Uint8Array)
    expect(trialsOf(request)).toEqual(['scrypt'])
  })

  test('the answers of a trial once for two jobs', async () => {
    const { pool, requests } = createWatched()
    await computeOn(pool, [copyOf(bcrypt), copyOf(bcrypt)], 1)
    expect(requests.flat().map(trialsOf)).toEqual([['bcrypt standard']])
  })

  test('the engine and the answers again where it goes to a new thread', async () => {
    const { pool, requests } = createWatched()
    await computeOn(pool, [copyOf(bcrypt)], 1)
    await started[0]?.terminate()
    await computeOn(pool, [copyOf(bcrypt)], 1)
    await Promise.all([1, 2].map(() => computeOn(pool, [copyOf(bcrypt)], 1)))
    const told = requests.map((own) =>
      own.map((request) => [trialsOf(request), request.engine !== undefined]),
    )
    expect(told).toEqual([
      [[['bcrypt standard'], true]],
      [
        [['bcrypt standard'], true],
        [[], false],
      ],
      [[['bcrypt standard'], true]],
    ])
  })

  test('the lane of each job, its trial and whether it fits the kernel', async () => {
    const { pool, requests } = createWatched()
    const large = { ...copyOf(scrypt), ...{ password: new Uint8Array(4_097) } }
    await computeOn(pool, [copyOf(scrypt), large], 1)
    expect(requests.flat().map(({ lanes }) => lanes)).toMatchObject([
      [
        { lane: 0, trial: 'scrypt', fitsKernel: true },
        { lane: 1, trial: 'scrypt', fitsKernel: false },
      ],
    ])
  })
})

describe('the memory of threads', () => {
  const holding = (mebibytes: number): string =>
    thatDoes(`parentPort.postMessage({ id, held: ${mebibytes * 2 ** 20}, results: [] })`)

  test('above 64 MiB is given back with the thread after one second without work', async () => {
    const pool = poolOf([holding(65)])
    const begin = performance.now()
    await computeOn(pool, [jobOf('a')], 1)
    const [thread = expect.fail()] = started
    const ended = once(thread, 'exit').then(() => performance.now())
    await sleep(700)
    await computeOn(pool, [jobOf('b')], 1)
    expect((await ended) - begin).toBeGreaterThan(1_600)
    await computeOn(pool, [jobOf('c')], 1)
    expect(started).toHaveLength(2)
  })

  test('of 64 MiB is kept', async () => {
    const pool = poolOf([holding(64)])
    await computeOn(pool, [jobOf('a')], 1)
    await sleep(1_300)
    await computeOn(pool, [jobOf('b')], 1)
    expect(started).toHaveLength(1)
  })

  const MIB = 2 ** 20

  /** A job of argon2 that needs the given mebibytes; for 0 a job of bcrypt. */
  const needing = (mebibytes: number): JobFields =>
    mebibytes === 0
      ? jobOf('a')
      : {
          kind: 'argon2',
          password: bytesOf('a'),
          salt: new Uint8Array(16),
          variant: 'id',
          version: 19,
          memory: mebibytes * 1_024,
          iterations: 1,
          parallelism: 1,
          length: 32,
        }

  const scryptOf = (mebibytes: number): JobFields => ({
    kind: 'scrypt',
    password: bytesOf('a'),
    salt: new Uint8Array(16),
    N: 1_024 * mebibytes,
    r: 8,
    p: 1,
    length: 32,
  })

  /** A thread that answers after 50 ms, and reports that it holds the memory that its last job needed. */
  const keeping = `let held = 0
    ${thatDoes(`for (const { job } of lanes) held = Math.max(held, (job.memory ?? 0) * 1_024)
      setTimeout(() => parentPort.postMessage({ id, held, results: [] }), 50)`)}`

  const running = (): number => started.filter(({ threadId }) => threadId !== -1).length

  test('is used again by the next job, for which no other thread is started', async () => {
    const pool = poolOf([keeping], { maxBytes: 70 * MIB })
    for (let round = 0; round < 5; round++) await computeOn(pool, [needing(60)], 1)
    expect(started).toHaveLength(1)
  })

  test('of hundreds of MiB is used again by jobs of its kind, which take less time than fresh pages', async () => {
    const pool = poolOf([keeping])
    for (let round = 0; round < 3; round++) await computeOn(pool, [needing(512)], 1)
    await computeOn(pool, [needing(400)], 1)
    expect(started).toHaveLength(1)
  })

  test.each([
    ['that need no memory', () => needing(0)],
    ['that need little memory', () => needing(100)],
    ['of another kind', () => scryptOf(200)],
  ])('above 128 MiB is not used by jobs %s', async (_, jobOfOthers) => {
    for (const [held, threads] of [
      [128, 1],
      [300, 2],
    ] as const) {
      started.length = 0
      const pool = poolOf([keeping])
      await computeOn(pool, [needing(held)], 1)
      await computeOn(pool, [jobOfOthers()], 1)
      expect(started).toHaveLength(threads)
      await computeOn(pool, [needing(held)], 1)
      expect(started).toHaveLength(threads)
    }
  })

  test('is chosen so that a job leaves the least memory unused', async () => {
    const pool = poolOf([keeping], { maxBytes: 300 * MIB })
    await Promise.all([120, 40, 80].map((mebibytes) => computeOn(pool, [needing(mebibytes)], 1)))
    const [large = expect.fail(), , medium = expect.fail()] = started
    const posted = vi.spyOn(medium, 'postMessage')
    await computeOn(pool, [needing(60)], 1)
    expect(posted).toHaveBeenCalledOnce()
    expect(large.threadId).not.toBe(-1)
  })

  test('is bounded for all threads together, even after a job that ran alone above the bound', async () => {
    const pool = poolOf([keeping], { maxBytes: 100 * MIB })
    const computing = computeOn(pool, [needing(400)], 1)
    const [thread] = await vi.waitUntil(() => (started.length > 0 ? started : undefined))
    const ended = once(thread ?? expect.fail(), 'exit')
    await computing
    await ended
  })

  test('is left to jobs that need memory, while jobs that need none take a thread that holds none', async () => {
    const pool = poolOf([keeping], { maxBytes: 70 * MIB })
    await Promise.all([computeOn(pool, [needing(60)], 1), computeOn(pool, [needing(0)], 1)])
    for (let round = 0; round < 3; round++) {
      await computeOn(pool, [needing(0)], 1)
      await computeOn(pool, [needing(60)], 1)
    }
    expect(started).toHaveLength(2)
  })

  test('of idle threads is given back for a job that needs memory, the largest first and no more than needed', async () => {
    const pool = poolOf([keeping], { maxBytes: 100 * MIB })
    await Promise.all([10, 30, 20].map((mebibytes) => computeOn(pool, [needing(mebibytes)], 1)))
    const [, largest = expect.fail()] = started
    const [second] = [started[2] ?? expect.fail()]
    const ended = once(second, 'exit')
    // The thread with the most memory takes the job. Beside its 85 MiB the thread with 10 MiB may stay.
    await computeOn(pool, [needing(85)], 1)
    await ended
    expect(largest.threadId).not.toBe(-1)
    expect(running()).toBe(2)
    expect(started).toHaveLength(3)
  })

  test('of a thread that died is no longer counted', async () => {
    const pool = poolOf([keeping], { maxBytes: 120 * MIB })
    await Promise.all([60, 20, 20].map((mebibytes) => computeOn(pool, [needing(mebibytes)], 1)))
    await started[0]?.terminate()
    await computeOn(pool, [needing(60)], 1)
    expect(running()).toBe(2)
  })

  test('of threads that compute, start or hold almost nothing is not given back', async () => {
    const pool = poolOf([keeping], { maxBytes: 100 * MIB })
    await Promise.all([0, 0, 0].map((mebibytes) => computeOn(pool, [needing(mebibytes)], 1)))
    await Promise.all([90, 90, 90].map((mebibytes) => computeOn(pool, [needing(mebibytes)], 1)))
    expect(running()).toBe(3)
    expect(started).toHaveLength(3)
  })

  test('of a thread that computes is counted, and that of a thread that died is not', async () => {
    const pool = poolOf([keeping], { maxBytes: 100 * MIB })
    await Promise.all([60, 20].map((mebibytes) => computeOn(pool, [needing(mebibytes)], 1)))
    const [large = expect.fail(), small = expect.fail()] = started
    const computing = computeOn(pool, [needing(60)], 1)
    const ended = once(small, 'exit')
    await Promise.all([computing, computeOn(pool, [needing(50)], 1), computeOn(pool, [needing(0)], 1)])
    expect(large.threadId).not.toBe(-1)
    await large.terminate()
    await computeOn(pool, [needing(20)], 1)
    expect(running()).toBe(2)
    await small.terminate()
    await ended
  })
})

describe('a thread is replaced and only its own job rejects where it', () => {
  const lost: unknown = expect.objectContaining({ code: 'ERR_ENGINE_LOST' })

  test.each([
    ['throws', thatDoes('throw new TypeError(Buffer.from(lanes[0].job.password).toString())')],
    ['throws a text', thatDoes('throw Buffer.from(lanes[0].job.password).toString()')],
    ['rejects', thatDoes('Promise.reject(new Error(Buffer.from(lanes[0].job.password).toString()))')],
    ['ends with an exit code', thatDoes('process.exit(3)')],
    ['ends without an error', thatDoes('process.exit(0)')],
    ['runs out of heap', thatDoes('for (let all = []; ; ) all.push(new Array(1e6).fill(id))')],
    ['has no valid code', 'this is no JavaScript'],
  ])('%s', async (_, text) => {
    const pool = poolOf([answering, text, answering])
    const good = answerOf(pool, 'right')
    const failure = await failureOf(answerOf(pool, 'hunter2'))
    expect(failure).toBeInstanceOf(EngineError)
    expect(failure).toEqual(lost)
    expect(inspect(failure)).not.toContain('hunter2')
    expect(await good).toBe('right')
    expect(await Promise.all([answerOf(pool, 'c'), answerOf(pool, 'd')])).toEqual(['c', 'd'])
    expect(started).toHaveLength(3)
  })

  test('is ended from outside', async () => {
    const pool = poolOf([thatDoes('for (;;);'), answering])
    const failing = failureOf(answerOf(pool, 'a'))
    const [worker] = await vi.waitUntil(() => (started.length > 0 ? started : undefined))
    await worker?.terminate()
    expect(await failing).toEqual(lost)
    expect(await answerOf(pool, 'b')).toBe('b')
  })

  test('sends a message that cannot be read', async () => {
    const pool = poolOf([thatDoes(''), answering])
    const failing = failureOf(answerOf(pool, 'a'))
    const [worker] = await vi.waitUntil(() => (started.length > 0 ? started : undefined))
    worker?.emit('messageerror', new Error('unreadable'))
    expect(await failing).toEqual(lost)
    expect(await answerOf(pool, 'b')).toBe('b')
  })

  test('never answers', async () => {
    const pool = poolOf([thatDoes('for (;;);'), answering], {
      patience: (estimate) => (estimate === 2 ? 100 : 60_000),
    })
    expect(await failureOf(computeOn(pool, [jobOf('a')], 2))).toEqual(lost)
    expect(await answerOf(pool, 'b')).toBe('b')
  })

  test('never answers from native code that nothing can stop', async () => {
    const pool = poolOf(
      [thatDoes("require('node:crypto').pbkdf2Sync('a', 'b', 2_000_000, 20, 'sha1')"), answering],
      { patience: (estimate) => (estimate === 1 ? 100 : 60_000) },
    )
    const failing = failureOf(answerOf(pool, 'a'))
    const [worker] = await vi.waitUntil(() => (started.length > 0 ? started : undefined))
    const ended = vi.fn()
    worker?.on('exit', ended)
    expect(await failing).toEqual(lost)
    expect(ended).not.toHaveBeenCalled()
    expect(await computeOn(pool, [jobOf('b')], 2)).toEqual([{ lane: 0, bytes: bytesOf('b') }])
  })

  test('died while it was idle, and the next job has another thread', async () => {
    const pool = poolOf([answering])
    await answerOf(pool, 'a')
    await started[0]?.terminate()
    expect(await answerOf(pool, 'b')).toBe('b')
    expect(started).toHaveLength(2)
  })

  test('cannot be sent its job', async () => {
    const pool = poolOf([answering])
    await answerOf(pool, 'a')
    const unsendable = { ...jobOf('b'), log: () => undefined }
    const [worker] = started
    const ended = once(worker ?? expect.fail(), 'exit')
    expect(await failureOf(computeOn(pool, [unsendable], 1))).toHaveProperty('name', 'DataCloneError')
    // The thread has ended, so it does not keep the process alive.
    await ended
    expect(await answerOf(pool, 'c')).toBe('c')
  })
})
