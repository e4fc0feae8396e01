import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RegistryError } from '../errors.js'
import type * as addon from '../compute/argon2-addon.js'
import { computeArgon2 } from '../compute/argon2-addon.js'
import type { Argon2Job } from '../compute/job.js'
import type { Job } from '../compute/kind.js'
import { usualJobOf } from '../compute/kinds.fixture.js'
import { argon2Job } from '../compute/kinds/argon2.js'
import { bcryptJob } from '../compute/kinds/bcrypt.js'
import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
import { scryptJob } from '../compute/kinds/scrypt.js'
import { availableCores, availableMemory, threadPoolSize } from '../platform/node.js'
import { createRuntime, createRuntimeOn } from './runtime.js'
import type { Runtime } from './runtime.js'
import type { RuntimeOptions } from './options.js'
import { startWorker } from './threads/start-worker.js'

vi.mock('../platform/node.js', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  availableCores: vi.fn(),
  availableMemory: vi.fn(),
  threadPoolSize: vi.fn(),
}))
vi.mock('../compute/argon2-addon.js', async (importOriginal) => ({
  computeArgon2: vi.fn((await importOriginal<typeof addon>()).computeArgon2),
}))

const workers: Worker[] = []

beforeEach(() => {
  vi.mocked(availableCores).mockReturnValue(4)
  vi.mocked(availableMemory).mockReturnValue(Infinity)
  vi.mocked(threadPoolSize).mockReturnValue(64)
})

afterEach(async () => {
  vi.mocked(computeArgon2).mockReset()
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()))
})

function createWatched(options: RuntimeOptions = {}, kernels = true): Runtime {
  const start: typeof startWorker = async (data) => {
    const worker = await startWorker(data)
    workers.push(worker)
    return worker
  }
  return createRuntimeOn({ startWorker: start, patience: () => 60_000, kernels: () => kernels }, options)
}

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A job whose answer, ANSWER, is in RFC 6070. */
const pbkdf2 = (password = utf8('password')): Job =>
  pbkdf2Job({ password, salt: utf8('salt'), algorithm: 'sha1', iterations: 4_096, length: 20 })
const ANSWER = '4b007901b765489abead49d926f721d065a429c1'

const argon2 = (numbers: Partial<Argon2Job> = {}): ReturnType<typeof argon2Job> =>
  argon2Job({
    password: utf8('password'),
    salt: utf8('somesalt'),
    variant: 'id',
    version: 19,
    memory: 256,
    iterations: 2,
    parallelism: 1,
    length: 32,
    ...numbers,
  })

describe('the options of a runtime', () => {
  test.each([
    null,
    7,
    { concurrency: 0 },
    { concurrency: -1 },
    { concurrency: NaN },
    { concurrency: '2' },
    { maxBytes: 0 },
    { maxQueue: null },
    { maxWaitMilliseconds: -5 },
    { concurency: 2 },
  ])('are refused when the runtime is made where they are wrong: %j', (options) => {
    const create = (): unknown => Reflect.apply(createRuntime, undefined, [options])
    expect(create).toThrow(RegistryError)
    expect(create).toThrow(expect.objectContaining({ code: 'ERR_REGISTRY_OPTION' }))
  })

  test('are read when the runtime is made, and not later', async () => {
    const options = { concurrency: 2 }
    const runtime = createWatched(options)
    options.concurrency = 0
    expect(hexOf(await runtime.run(pbkdf2()))).toBe(ANSWER)
  })
})

describe('a job of a runtime', () => {
  test.each<[string, Job, string]>([
    ['RFC 6070', pbkdf2(), ANSWER],
    [
      'RFC 7914 section 12',
      scryptJob({ password: utf8('password'), salt: utf8('NaCl'), N: 1024, r: 8, p: 16, length: 64 }),
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    ],
    [
      'libxcrypt',
      bcryptJob({
        variant: 'standard',
        password: utf8('dragon'),
        salt: Buffer.from('10410410410410410410410410410410', 'hex'),
        cost: 5,
      }),
      '35bb613f69f5e8458d847c1396c6645ce47aff43d024c9',
    ],
    [
      "passlib's tests",
      digestLoopJob({
        algorithm: 'md5',
        first: utf8('IQRaTwmftest12345'),
        tail: utf8('test12345'),
        count: 2 ** 11,
      }),
      '6a47277aba44ad01115b4a095e710397',
    ],
    ["libargon2's tests", argon2(), '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
    [
      "libargon2's tests",
      argon2({ variant: 'i', version: 16, parallelism: 2 }),
      'b6c11560a6a9d61eac706b79a2f97d68b4463aa3ad87e00c07e2b01e90c564fb',
    ],
  ])('gives the bytes of a known answer, with kernels and without: %s (case %#)', async (_, job, hex) => {
    const answers = [true, false].map((kernels) => createWatched({}, kernels).run(job))
    expect((await Promise.all(answers)).map(hexOf)).toEqual([hex, hex])
  })

  test('gives its bytes where it shares a thread with a job that fails', async () => {
    const runtime = createWatched({ concurrency: 1 })
    const bcrypt = (password: string, saltBytes = 16): Job =>
      bcryptJob({
        variant: 'standard',
        password: utf8(password),
        salt: new Uint8Array(saltBytes),
        cost: 4,
      })
    const alone = hexOf(await runtime.run(bcrypt('a')))
    const [, right, wrong, other] = await Promise.allSettled([
      runtime.run(pbkdf2()),
      runtime.run(bcrypt('a')),
      runtime.run(bcrypt('a', 15)),
      runtime.run(bcrypt('b')),
    ])
    expect(right).toMatchObject({ status: 'fulfilled', value: Uint8Array.from(Buffer.from(alone, 'hex')) })
    expect(wrong).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ENGINE_FAILED' } })
    expect(other).toMatchObject({ status: 'fulfilled' })
  })

  test('copies its bytes, which the caller may overwrite at once, and does not change them', async () => {
    const runtime = createWatched({ concurrency: 1 })
    const passwords = [1, 2, 3].map(() => utf8('password'))
    const answers = passwords.map((password) => runtime.run(pbkdf2(password)))
    const kept = utf8('password')
    answers.push(runtime.run(pbkdf2(kept)))
    for (const password of passwords) password.fill(0)
    expect((await Promise.all(answers)).map(hexOf)).toEqual([ANSWER, ANSWER, ANSWER, ANSWER])
    expect(kept).toEqual(utf8('password'))
  })

  test('may have bytes in shared memory, and in the middle of a larger buffer', async () => {
    const runtime = createWatched()
    const shared = new Uint8Array(new SharedArrayBuffer(16), 3, 8)
    shared.set(utf8('password'))
    expect(hexOf(await runtime.run(pbkdf2(shared)))).toBe(ANSWER)
    expect(hexOf(await runtime.run(pbkdf2(Buffer.from('password'))))).toBe(ANSWER)
    expect(shared).toEqual(utf8('password'))
  })

  test('rejects where the buffer of its password is gone, and does not take it for the empty password', async () => {
    const runtime = createWatched()
    const password = Uint8Array.from(utf8('password'))
    structuredClone(password, { transfer: [password.buffer] })
    const running = runtime.run(pbkdf2(password))
    await expect(running).rejects.toThrow(TypeError)
    await expect(runtime.run({ ...argon2(), password })).rejects.toThrow(TypeError)
  })

  test.each([
    ['a job without a row', { kind: 'md4' }],
    ["a job with another kind's row", { ...usualJobOf('scrypt'), row: pbkdf2().row }],
  ])('rejects where it is %s', async (_, job) => {
    const run: unknown = Reflect.apply(createWatched().run, undefined, [job])
    await expect(run).rejects.toThrow(TypeError)
  })

  test('leaves no copy of its bytes on the calling thread when it has ended', async () => {
    await createWatched({}, false).run(argon2())
    await setImmediate()
    const [job] = vi.mocked(computeArgon2).mock.lastCall ?? []
    expect(job?.password).toEqual(new Uint8Array(8))
    expect(job?.salt).toEqual(new Uint8Array(8))
  })
})

describe('a job of argon2 that its kernel does not take', () => {
  const withoutThreads = (kernels: boolean): Runtime =>
    createRuntimeOn({
      startWorker: () => Promise.reject(new Error('no thread was wanted')),
      patience: () => 10_000,
      kernels: () => kernels,
    })

  test('is computed by the argon2 package, on no thread of the runtime', async () => {
    const runtime = withoutThreads(true)
    const long = argon2({ password: new Uint8Array(4_097).fill(0x61) })
    expect(await runtime.run(long)).toEqual(Uint8Array.from(await computeArgon2(long)))
    await expect(runtime.run(argon2())).rejects.toMatchObject({ code: 'ERR_ENGINE_FAILED' })
  })

  test('is every job of argon2 without kernels, once the package gave both known answers', async () => {
    const runtime = withoutThreads(false)
    const expected = Uint8Array.from(await computeArgon2(argon2()))
    vi.mocked(computeArgon2).mockClear()
    expect(await Promise.all([runtime.run(argon2()), runtime.run(argon2())])).toEqual([expected, expected])
    expect(computeArgon2).toHaveBeenCalledTimes(4)
  })
})

describe('the threads of a runtime', () => {
  test('start with the first job that needs one, as many as run at once', async () => {
    const runtime = createWatched({ concurrency: 2 }, false)
    runtime.admit()()
    await runtime.run(argon2())
    expect(workers).toHaveLength(0)
    await runtime.run(pbkdf2())
    await runtime.run(pbkdf2())
    expect(workers).toHaveLength(1)
    const answers = await Promise.all(Array.from({ length: 12 }, () => runtime.run(pbkdf2())))
    expect(new Set(answers.map(hexOf))).toEqual(new Set([ANSWER]))
    expect(workers).toHaveLength(2)
  })
})

test('an idle thread is ended for a job that has no room beside the memory of the thread', async () => {
  const runtime = createWatched({ maxBytes: 100 * 2 ** 20 })
  const job = (mebibytes: number): Job => argon2({ memory: mebibytes * 1_024, iterations: 1 })
  await Promise.all([runtime.run(job(40)), runtime.run(job(40))])
  expect(workers).toHaveLength(2)
  await Promise.all([runtime.run(job(50)), runtime.run(job(50))])
  expect(workers.map(({ threadId }) => threadId)).not.toContain(-1)
  await runtime.run(job(90))
  await vi.waitFor(() => {
    expect(workers.filter(({ threadId }) => threadId === -1)).toHaveLength(1)
  })
  expect(workers).toHaveLength(2)
})

test.each<[string, Job, string]>([
  [
    'bcrypt without WebAssembly',
    bcryptJob({ variant: 'sign-extended', password: utf8('a'), salt: new Uint8Array(16), cost: 4 }),
    'bcrypt: there is no engine here for this digest, as it needs WebAssembly.',
  ],
  [
    'MD5 where OpenSSL refuses it, without WebAssembly',
    digestLoopJob({ algorithm: 'md5', first: utf8('a'), tail: utf8('a'), count: 0 }),
    'digest-loop: OpenSSL refuses MD5 here, as FIPS asks, and without WebAssembly nothing else computes it.',
  ],
])('a job without an engine rejects with an error that says what is missing: %s', async (_, job, message) => {
  const code = `const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ id }) => {
      parentPort.postMessage({ id, held: 0, results: [{ lane: 0, code: 'ERR_ENGINE_UNAVAILABLE' }] })
    })`
  const startLacking: typeof startWorker = () => {
    const worker = new Worker(code, { eval: true })
    workers.push(worker)
    return Promise.resolve(worker)
  }
  const runtime = createRuntimeOn({
    startWorker: startLacking,
    patience: () => 60_000,
    kernels: () => false,
  })
  await expect(runtime.run(job)).rejects.toMatchObject({ code: 'ERR_ENGINE_UNAVAILABLE', message })
})
