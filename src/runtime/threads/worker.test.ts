import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../../compute/kind.js'
import { answersFor, EVERY_KIND, usualJobOf } from '../../compute/kinds.fixture.js'
import { bcryptJob } from '../../compute/kinds/bcrypt.js'
import { digestLoopJob } from '../../compute/kinds/digest-loop.js'
import { EngineError, PasswordError } from '../../errors.js'
import { unpack } from '../../platform/node.js'
import { engineOf, requestOf } from './requests.fixture.js'
import { createThreadEngines } from './thread-engines.js'
import type { ThreadEngines } from './thread-engines.js'
import type { WorkerRequest } from './worker-protocol.js'
import './worker.js'

const { compute, port, postMessage } = vi.hoisted(() => {
  const listeners = new Map<string, (message: unknown) => void>()
  const on = (name: string, listener: (message: unknown) => void): unknown => listeners.set(name, listener)
  const postMessage = vi.fn<(reply: unknown, transfer: readonly ArrayBuffer[]) => void>()
  return { compute: vi.fn<ThreadEngines['compute']>(), port: { on, listeners }, postMessage }
})

vi.mock('node:worker_threads', () => ({
  MessagePort: Map,
  parentPort: { on: port.on, postMessage },
  workerData: { kernels: true },
}))
vi.mock('./thread-engines.js', () => ({
  createThreadEngines: vi.fn(() => ({ compute, bytes: () => 4_096 })),
}))

beforeEach(() => {
  postMessage.mockClear()
  compute.mockReset()
})

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))

const bcrypt = (password = 'hunter2'): Job =>
  bcryptJob({ variant: 'standard', password: bytes(password), salt: bytes('salt'), cost: 4 })
const loop = (): Job =>
  digestLoopJob({ algorithm: 'md5', first: bytes('salthunter2'), tail: bytes('hunter2'), count: 3 })

/** Sends a request to the worker, and returns its reply and the buffers that it transfers. */
function ask(request: WorkerRequest): {
  readonly reply: unknown
  readonly transfer: readonly ArrayBuffer[]
} {
  port.listeners.get('message')?.(request)
  const [reply, transfer] = postMessage.mock.lastCall ?? expect.fail('no reply')
  return { reply, transfer }
}

const [[{ kernels, load }] = expect.fail('no engines were made')] = vi.mocked(createThreadEngines).mock.calls

test('the worker thread makes its engines once, with kernels where its data say so', () => {
  expect(createThreadEngines).toHaveBeenCalledOnce()
  expect(kernels).toBe(true)
})

test('the worker thread hands its engines the whole request', () => {
  compute.mockReturnValueOnce([bytes('right')])
  const request = requestOf([bcrypt()])
  ask(request)
  expect(compute.mock.calls).toEqual([[request]])
})

test('the worker thread answers each job by its lane, in buffers of its own, and reports the memory that it holds', () => {
  // The first answer is a view of a buffer with other bytes, as in Node's pool.
  compute.mockReturnValueOnce([Buffer.from('xxfirstxx').subarray(2, 7), bytes('second')])
  const { reply, transfer } = ask(requestOf([bcrypt(), bcrypt()], { id: 7 }))
  expect(reply).toEqual({
    id: 7,
    held: 4_096,
    results: [
      { lane: 0, bytes: bytes('first') },
      { lane: 1, bytes: bytes('second') },
    ],
  })
  expect(transfer.map((buffer) => Buffer.from(buffer).toString())).toEqual(['first', 'second'])
})

test.each([
  [
    'the error of a password that is not UTF-8',
    new PasswordError('ERR_PASSWORD_ENCODING', 'hunter2'),
    'ERR_PASSWORD_ENCODING',
  ],
  [
    'the error of a missing engine',
    new EngineError('ERR_ENGINE_UNAVAILABLE', 'hunter2'),
    'ERR_ENGINE_UNAVAILABLE',
  ],
  [
    'the error of a kernel without memory',
    new EngineError('ERR_ENGINE_MEMORY', 'hunter2'),
    'ERR_ENGINE_MEMORY',
  ],
  ['the error of V8 without memory', new RangeError('Array buffer allocation failed'), 'ERR_ENGINE_MEMORY'],
  [
    'the error of OpenSSL without memory',
    new Error('error:030C0100:digital envelope routines::malloc failure'),
    'ERR_ENGINE_MEMORY',
  ],
  [
    'the error of Node for its parameters',
    Object.assign(new RangeError('Invalid scrypt params'), { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' }),
    'ERR_ENGINE_FAILED',
  ],
  [
    'the error of a kernel for its parameters',
    new RangeError('bcrypt: salt must be 16 bytes.'),
    'ERR_ENGINE_FAILED',
  ],
  ['any other error', new Error('hunter2'), 'ERR_ENGINE_FAILED'],
])('the worker thread answers with a code where the engine throws: %s', (_, error, code) => {
  compute.mockImplementation(() => {
    throw error
  })
  expect(ask(requestOf([loop()], { id: 7 })).reply).toEqual({
    id: 7,
    held: 4_096,
    results: [{ lane: 0, code }],
  })
})

test('the worker thread computes each of two jobs alone where they fail together', () => {
  compute.mockImplementation(({ lanes }) => {
    if (lanes.some(({ job }) => job.kind === 'bcrypt' && job.password.byteLength === 3))
      throw new Error('bad')
    return lanes.map(() => bytes('right'))
  })
  for (const [jobs, results] of [
    [
      [bcrypt('bad'), bcrypt()],
      [
        { lane: 0, code: 'ERR_ENGINE_FAILED' },
        { lane: 1, bytes: bytes('right') },
      ],
    ],
    [
      [bcrypt(), bcrypt('bad')],
      [
        { lane: 0, bytes: bytes('right') },
        { lane: 1, code: 'ERR_ENGINE_FAILED' },
      ],
    ],
  ] as const) {
    expect(ask(requestOf(jobs)).reply).toMatchObject({ results })
  }
})

test('the worker thread answers ERR_ENGINE_FAILED where an engine gives too few answers', () => {
  compute.mockReturnValue([])
  expect(ask(requestOf([bcrypt()])).reply).toMatchObject({
    results: [{ lane: 0, code: 'ERR_ENGINE_FAILED' }],
  })
})

test.each([
  ['were answered', () => [bytes('right'), bytes('right')]],
  [
    'failed',
    () => {
      throw new Error('no')
    },
  ],
])('the worker thread overwrites the bytes of jobs that %s', (_, engine: () => readonly Uint8Array[]) => {
  compute.mockImplementation(engine)
  for (const jobs of [
    [bcrypt(), bcrypt()],
    [loop(), loop()],
  ]) {
    const request = requestOf(jobs)
    ask(request)
    const left = request.lanes.flatMap(({ job }) => usualJobOf(job.kind).row.bytes(job))
    expect(left).toHaveLength(4)
    expect(left.flatMap((all) => [...all]).filter((byte) => byte !== 0)).toEqual([])
  }
})

describe('the packed code of an engine', () => {
  const whole = (standIn: string): string => `module.exports = { engines: { standIn: ${standIn} } }`
  const run = (code: string, kernel?: Uint8Array): Uint8Array =>
    load('bcrypt', engineOf(code, kernel)).standIn(bcrypt())

  test.each(EVERY_KIND.map(({ row }) => [row.name, row] as const))(
    'gives the known answers: %s',
    (kind, { packed }) => {
      const { createKernel, standIn } = load(kind, unpack(packed))
      const answers = answersFor(usualJobOf(kind))
      const compute = createKernel?.().compute ?? ((jobs) => jobs.map(standIn))
      for (const { job, bytes: known } of answers)
        expect(compute([job]).map((answer) => Buffer.from(answer).equals(known))).toEqual([true])
    },
  )

  test("may require the worker's classes of errors and the modules of Node, and nothing else", () => {
    expect(() =>
      run(whole(`() => { throw new (require('passlift:errors').EngineError)('ERR_ENGINE_MEMORY', '') }`)),
    ).toThrow(EngineError)
    expect(run(whole(`() => require('node:crypto').createHash('md5').digest()`)).byteLength).toBe(16)
    expect(() => run(whole(`() => require('vitest')`))).toThrow("Cannot find module 'vitest'")
  })

  test('gets its kernel in a buffer that holds nothing else', () => {
    const kernel = run(whole('() => kernel'), bytes('kernel'))
    expect(kernel).toEqual(bytes('kernel'))
    expect(kernel.buffer.byteLength).toBe(6)
  })

  test('may end in a comment', () => {
    expect(run(`${whole('() => kernel')} // the end`, bytes('kernel'))).toEqual(bytes('kernel'))
  })

  test.each(['', 'module.exports = 1', 'module.exports = null', 'module.exports = { standIn() {} }'])(
    'is refused where it exports no engines: %s',
    (code) => {
      expect(() => load('bcrypt', engineOf(code))).toThrow(
        new TypeError('What was sent for bcrypt holds no engines.'),
      )
    },
  )
})
