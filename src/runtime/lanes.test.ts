import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import type { Job } from '../compute/kind.js'
import { computeWithStandIn } from '../compute/kinds.fixture.js'
import { BCRYPT, bcryptJob } from '../compute/kinds/bcrypt.js'
import { scryptJob } from '../compute/kinds/scrypt.js'
import { unpack } from '../platform/node.js'
import { createRuntimeOn } from './runtime.js'
import type { Runtime } from './runtime.js'
import { startWorker } from './threads/start-worker.js'
import type { StartWorker } from './threads/worker-pool.js'
import type { WorkerReply, WorkerRequest } from './threads/worker-protocol.js'

// These passwords have digests that libxcrypt made at cost 4.
const ACCOUNTS = [
  ['correct horse', '$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e'],
  ['correct horsf', '$2b$04$bcdefghijklmnopqrstuvuXCbkoH4FjwC7jVJ5ysulYnjymfbzc9y'],
  ['Correct horse', '$2b$04$cdefghijklmnopqrstuvwumFzxR4UeM9VQA2k6NAqI.li30eVZm7C'],
  [' correct horse', '$2b$04$defghijklmnopqrstuvwxucpnhtuiemZDEtOMXZRjvUxCencKVD5i'],
  ['trombone', '$2b$04$efghijklmnopqrstuvwxyuLcSMkdewZzOVZyN2Sq7r9HEZQrywM..'],
  ['zwölf Boxkämpfer', '$2b$04$fghijklmnopqrstuvwxyzuq6SxLCou5WmmMA3PltQfj263V4nIJny'],
  ['a', '$2b$04$ghijklmnopqrstuvwxyz.utMeg8lQnuwp7YQbmvJSXFPy3cQrMXfe'],
  ['b', '$2b$04$hijklmnopqrstuvwxyz./uAUntRTCzU.K6uBUFmUrDtcIJTjaRyAK'],
] as const

// These replies of a worker give the salts as answers, which show to which job an answer belongs.
const IN_REVERSE = `results: lanes.map(({ lane, job }) => ({ lane, bytes: job.salt })).reverse()`
const ONE_MISSING = `results: lanes.slice(0, 1).map(({ lane, job }) => ({ lane, bytes: job.salt }))`
const SAME_LANE = `results: lanes.map(({ job }) => ({ lane: 0, bytes: job.salt }))`
const ONE_FAILED = `results: lanes.map(({ lane, job }) =>
  lane === 0 && lanes.length > 1 ? { lane, code: 'ERR_ENGINE_MEMORY' } : { lane, bytes: job.salt })`

afterEach(() => {
  vi.useRealTimers()
})

describe('two waiting bcrypt jobs of one cost', () => {
  test('go to one thread together', async () => {
    const { runtime, requests, threads } = watchedRuntime()
    const jobs = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => jobOf(number, 4))
    const answers = await Promise.all(jobs.map((job) => runtime.run(job)))
    expect(answers.map(hex)).toEqual(jobs.map(computeWithStandIn).map(hex))
    expect(requests).toEqual([[4], [4, 4], [4, 4], [4, 4], [4]])
    expect(threads()).toBe(1)
  })

  test('go to one thread together, even with a job of another kind between them', async () => {
    const { runtime, requests } = watchedRuntime()
    const jobs = [jobOf(1, 4), jobOf(2, 4), scryptOf(), jobOf(3, 4)]
    const answers = await Promise.all(jobs.map((job) => runtime.run(job)))
    expect(answers.map(hex)).toEqual(jobs.map(computeWithStandIn).map(hex))
    expect(requests).toEqual([[4], [4, 4], ['scrypt']])
  })

  test('go to a thread alone where the other job was dropped', async () => {
    const { runtime, requests } = watchedRuntime()
    const controller = new AbortController()
    const { signal } = controller
    const first = runtime.run(jobOf(1, 4))
    const second = runtime.run(jobOf(2, 4))
    const third = runtime.run(jobOf(3, 4), { signal })
    const reason = new Error('the client went away')
    controller.abort(reason)
    await expect(third).rejects.toBe(reason)
    await Promise.all([first, second])
    expect(requests).toEqual([[4], [4]])
  })
})

describe('one bcrypt job', () => {
  test('does not wait for a partner', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
    const { runtime, requests } = watchedRuntime({ start: answering(IN_REVERSE) })
    const pending = runtime.run(jobOf(1, 4))
    await setImmediate()
    expect(requests).toEqual([[4]])
    await pending
  })

  test('is computed alone where no other job waits', async () => {
    const { runtime, requests } = watchedRuntime()
    for (const number of [1, 2, 3]) await runtime.run(jobOf(number, 4))
    expect(requests).toEqual([[4], [4], [4]])
  })

  test('takes a free place rather than share one', async () => {
    const { runtime, requests, threads } = watchedRuntime({ concurrency: 2 })
    await Promise.all([1, 2].map((number) => runtime.run(jobOf(number, 4))))
    expect(requests).toEqual([[4], [4]])
    expect(threads()).toBe(2)
  })
})

describe('no pair of jobs is made', () => {
  test('while another place is free', async () => {
    const { runtime, requests } = watchedRuntime({ concurrency: 3 })
    await Promise.all([1, 2].map((number) => runtime.run(jobOf(number, 4))))
    expect(requests).toEqual([[4], [4]])
  })

  test('of heavy jobs while they may have another place', async () => {
    const { runtime, requests } = watchedRuntime({ concurrency: 3 })
    const jobs = [1, 2, 3, 4, 5].map((number) => runtime.run(jobOf(number, 4), { heavyAbove: 0 }))
    await Promise.all(jobs)
    // Heavy jobs may have two of three places: the first two jobs run alone, and the next two share the place that is free.
    expect(requests.flat()).toHaveLength(5)
    expect(requests.slice(0, 2)).toEqual([[4], [4]])
    expect(requests.slice(2).some((lanes) => lanes.length === 2)).toBe(true)
  })

  test('of different costs', async () => {
    const { runtime, requests } = watchedRuntime()
    const jobs = [4, 5, 4, 6, 5, 4].map((cost, number) => jobOf(number, cost))
    const answers = await Promise.all(jobs.map((job) => runtime.run(job)))
    expect(answers.map(hex)).toEqual(jobs.map(computeWithStandIn).map(hex))
    expect(requests).toEqual([[4], [5, 5], [4, 4], [6]])
  })

  test('of other jobs than bcrypt', async () => {
    const { runtime, requests } = watchedRuntime()
    await Promise.all([1, 2, 3].map(() => runtime.run(scryptOf())))
    expect(requests).toEqual([['scrypt'], ['scrypt'], ['scrypt']])
  })

  test('without kernels', async () => {
    const { runtime, requests } = watchedRuntime({ kernels: false })
    const jobs = [1, 2, 3].map((number) => jobOf(number, 4))
    const answers = await Promise.all(jobs.map((job) => runtime.run(job)))
    expect(answers.map(hex)).toEqual(jobs.map(computeWithStandIn).map(hex))
    expect(requests).toEqual([[4], [4], [4]])
  })
})

describe('sign-ins that share a thread', () => {
  test('each match with their own password and with no other', async () => {
    const { runtime, requests } = watchedRuntime()
    const { verify } = createRegistry({ equalize: false, runtime })
    const checks = ACCOUNTS.flatMap(([password]) => ACCOUNTS.map(([, digest]) => verify(password, digest)))
    const own = ACCOUNTS.flatMap((owner) => ACCOUNTS.map((account) => account === owner))
    expect(await Promise.all(checks)).toEqual(own)
    expect(requests.filter((lanes) => lanes.length === 2)).toHaveLength(31)
  })

  test('with a right and a wrong password for one account are told apart', async () => {
    const { runtime, requests } = watchedRuntime()
    const { verify } = createRegistry({ equalize: false, runtime })
    const [[right, digest], [wrong]] = ACCOUNTS
    const passwords = [right, wrong, right, wrong, wrong, right, wrong]
    const answers = await Promise.all(passwords.map((password) => verify(password, digest)))
    expect(answers).toEqual(passwords.map((password) => password === right))
    expect(requests.map((lanes) => lanes.length)).toEqual([1, 2, 2, 2])
  })
})

// An answer belongs to the job whose lane number it has. This test shows the effect of a thread that exchanges the numbers.
describe('answers with exchanged lane numbers', () => {
  test('lose matches, and make no match for another digest', async () => {
    const { runtime } = watchedRuntime({ start: exchanging })
    const { verify } = createRegistry({ equalize: false, runtime })
    const checks = ACCOUNTS.flatMap(([password]) => ACCOUNTS.map(([, digest]) => verify(password, digest)))
    // The first check and the last have no partner, so they match.
    expect(await Promise.all(checks)).toEqual(checks.map((_, index) => index === 0 || index === 63))
  })
})

describe('the answers of a thread for two lanes', () => {
  test('are matched by the number of the lane, not by their order', async () => {
    const { runtime, requests } = watchedRuntime({ start: answering(IN_REVERSE) })
    const jobs = [1, 2, 3].map((number) => jobOf(number, 4))
    const answers = await Promise.all(jobs.map((job) => runtime.run(job)))
    expect(requests).toEqual([[4], [4, 4]])
    expect(answers.map(hex)).toEqual(jobs.map(({ salt }) => hex(salt)))
  })

  test.each([
    ['is missing', ONE_MISSING],
    ['has the number of the other lane', SAME_LANE],
  ])('fail a job whose answer %s', async (_, answer) => {
    const { runtime } = watchedRuntime({ start: answering(answer) })
    const [, , third] = await Promise.allSettled([1, 2, 3].map((number) => runtime.run(jobOf(number, 4))))
    expect(third).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ENGINE_FAILED' } })
  })

  test('may fail one lane without the other', async () => {
    const { runtime } = watchedRuntime({ start: answering(ONE_FAILED) })
    const [, second, third] = await Promise.allSettled(
      [1, 2, 3].map((number) => runtime.run(jobOf(number, 4))),
    )
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ENGINE_MEMORY' } })
    expect(third).toMatchObject({ status: 'fulfilled', value: jobOf(3, 4).salt })
  })
})

describe('the worker thread', () => {
  test.each([
    ['with kernels', true],
    ['without kernels', false],
  ])('answers each lane under its own number, in any order of the numbers, %s', async (_, kernels) => {
    const jobs = new Map([7, 3].map((lane) => [lane, jobOf(lane, 4)]))
    const { id, results } = await ask(await startWorker({ kernels }), requestOf(41, jobs))
    expect(id).toBe(41)
    expect(results.map((result) => [result.lane, 'bytes' in result ? hex(result.bytes) : ''])).toEqual(
      [...jobs].map(([lane, job]) => [lane, hex(computeWithStandIn(job))]),
    )
  })

  test('overwrites passwords and salts when it has answered or failed', async () => {
    for (const cost of [4, 99]) {
      // Shared memory shows that the other thread overwrites the bytes.
      const password = new Uint8Array(new SharedArrayBuffer(16)).fill(0x61)
      const salt = new Uint8Array(new SharedArrayBuffer(16)).fill(0x62)
      const jobs = new Map([[0, bcryptJob({ ...jobOf(1, cost), password, salt })]])
      const { results } = await ask(await startWorker({ kernels: true }), requestOf(1, jobs))
      expect(results.map((result) => 'bytes' in result)).toEqual([cost === 4])
      expect([...password, ...salt].every((byte) => byte === 0)).toBe(true)
    }
  })
})

/** The first request to a thread, with the engine and the answers of the trial. The bytes of the jobs are not copied. */
function requestOf(id: number, jobs: ReadonlyMap<number, ReturnType<typeof bcryptJob>>): WorkerRequest {
  const trials = [...jobs.values()].map((job) => job.row.trial(job))
  return {
    id,
    kind: 'bcrypt',
    engine: unpack(BCRYPT.packed),
    answers: trials.map(({ name, answers }) => ({ trial: name, answers: answers() })),
    lanes: [...jobs].map(([lane, job]) => {
      const { kind, variant, password, salt, cost } = job
      const trial = BCRYPT.trial(job).name
      return { lane, job: { kind, variant, password, salt, cost }, fitsKernel: true, trial }
    }),
  }
}

interface Watched {
  readonly concurrency?: number
  readonly kernels?: boolean
  readonly start?: StartWorker
}

/** A runtime of one place, with a record of the requests to its threads: the costs of bcrypt's lanes, or else the kinds. */
function watchedRuntime({ concurrency = 1, kernels = true, start = startWorker }: Watched = {}): {
  readonly runtime: Runtime
  readonly requests: readonly (readonly (number | string)[])[]
  readonly threads: () => number
} {
  const requests: (number | string)[][] = []
  let threads = 0
  const watchedStart: StartWorker = async (data) => {
    threads++
    const worker = await start(data)
    const post = worker.postMessage.bind(worker)
    worker.postMessage = (request: WorkerRequest, transfer) => {
      requests.push(request.lanes.map(({ job }) => (job.kind === 'bcrypt' ? job.cost : job.kind)))
      post(request, transfer)
    }
    return worker
  }
  const threadsOfTest = { startWorker: watchedStart, patience: () => 20_000, kernels: () => kernels }
  return { runtime: createRuntimeOn(threadsOfTest, { concurrency }), requests, threads: () => threads }
}

/** Starts a thread that computes for each of two lanes the job of the other. */
const exchanging: StartWorker = async (data) => {
  const worker = await startWorker(data)
  const post = worker.postMessage.bind(worker)
  worker.postMessage = ({ lanes, ...request }: WorkerRequest, transfer) => {
    const jobs = lanes.map(({ job }) => job).reverse()
    post({ ...request, lanes: lanes.map((lane, place) => ({ ...lane, job: jobs[place] })) }, transfer)
  }
  return worker
}

/** Makes the start of threads that reply with the value of an expression. */
function answering(results: string): StartWorker {
  const text = `
    const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ id, lanes }) => parentPort.postMessage({ id, ${results} }))`
  return () => Promise.resolve(new Worker(text, { eval: true }))
}

async function ask(worker: Worker, request: WorkerRequest): Promise<WorkerReply> {
  const replied = new Promise<WorkerReply>((resolve) => {
    worker.once('message', resolve)
  })
  worker.postMessage(request)
  try {
    return await replied
  } finally {
    await worker.terminate()
  }
}

/** The job of a number, with a password and a salt of its own. */
function jobOf(number: number, cost: number): ReturnType<typeof bcryptJob> {
  const salt = new Uint8Array(16).fill(number)
  return bcryptJob({ variant: 'standard', password: Buffer.from(`password ${number}`), salt, cost })
}

function scryptOf(): Job {
  return scryptJob({ password: Buffer.from('a'), salt: Buffer.from('b'), N: 16, r: 1, p: 1, length: 32 })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
