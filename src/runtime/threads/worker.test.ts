import { beforeEach, expect, test, vi } from 'vitest'
import { EngineError, PasswordError } from '../../errors.js'
import type { Job } from '../../compute/job.js'
import { createThreadEngines } from './thread-engines.js'
import './worker.js'

const { compute, port, postMessage } = vi.hoisted(() => {
  const listeners = new Map<string, (message: unknown) => void>()
  const on = (name: string, listener: (message: unknown) => void): unknown => listeners.set(name, listener)
  const postMessage = vi.fn<(reply: unknown, transfer: readonly ArrayBuffer[]) => void>()
  return {
    compute: vi.fn<(jobs: readonly Job[]) => readonly Uint8Array[]>(),
    port: { on, listeners },
    postMessage,
  }
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

const bcrypt = (password = 'hunter2'): Job => ({
  kind: 'bcrypt',
  variant: 'standard',
  password: bytes(password),
  salt: bytes('salt'),
  cost: 4,
})
const loop = (): Job => ({
  kind: 'digest-loop',
  algorithm: 'md5',
  first: bytes('salthunter2'),
  tail: bytes('hunter2'),
  count: 3,
})

/** Sends a request to the worker, and gives its reply and what it transfers. */
function ask(jobs: readonly Job[]): { readonly reply: unknown; readonly transfer: readonly ArrayBuffer[] } {
  port.listeners.get('message')?.({ id: 7, lanes: jobs.map((job, lane) => ({ lane, job })) })
  const [reply, transfer] = postMessage.mock.lastCall ?? expect.fail('no reply')
  return { reply, transfer }
}

test('has the engines that it was told of', () => {
  expect(createThreadEngines).toHaveBeenCalledExactlyOnceWith({ kernels: true })
})

test('answers each job by its lane, in buffers that can be transferred alone, and says what it holds', () => {
  // As Node's pool does it: a view of a buffer that holds the bytes of others.
  compute.mockReturnValueOnce([Buffer.from('xxfirstxx').subarray(2, 7), bytes('second')])
  const { reply, transfer } = ask([bcrypt(), bcrypt()])
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
    'a password that is not UTF-8',
    new PasswordError('ERR_PASSWORD_ENCODING', 'hunter2'),
    'ERR_PASSWORD_ENCODING',
  ],
  ['a missing engine', new EngineError('ERR_ENGINE_UNAVAILABLE', 'hunter2'), 'ERR_ENGINE_UNAVAILABLE'],
  ["a kernel's out of memory", new EngineError('ERR_ENGINE_MEMORY', 'hunter2'), 'ERR_ENGINE_MEMORY'],
  ["V8's out of memory", new RangeError('Array buffer allocation failed'), 'ERR_ENGINE_MEMORY'],
  [
    "OpenSSL's out of memory",
    new Error('error:030C0100:digital envelope routines::malloc failure'),
    'ERR_ENGINE_MEMORY',
  ],
  [
    'parameters that Node refuses',
    Object.assign(new RangeError('Invalid scrypt params'), { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' }),
    'ERR_ENGINE_FAILED',
  ],
  ['parameters that a kernel refuses', new RangeError('bcrypt: salt must be 16 bytes.'), 'ERR_ENGINE_FAILED'],
  ['any other error', new Error('hunter2'), 'ERR_ENGINE_FAILED'],
])('tells %s by a code', (_, error, code) => {
  compute.mockImplementation(() => {
    throw error
  })
  expect(ask([loop()]).reply).toEqual({ id: 7, held: 4_096, results: [{ lane: 0, code }] })
})

test('computes two alone where they fail together: what is wrong with one is no fault of the other', () => {
  compute.mockImplementation((jobs) => {
    if (jobs.some((job) => job.kind === 'bcrypt' && job.password.byteLength === 3)) throw new Error('bad')
    return jobs.map(() => bytes('right'))
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
    expect(ask(jobs).reply).toMatchObject({ results })
  }
})

test('an engine that gives too little has failed', () => {
  compute.mockReturnValue([])
  expect(ask([bcrypt()]).reply).toMatchObject({ results: [{ lane: 0, code: 'ERR_ENGINE_FAILED' }] })
})

test.each([
  ['were answered', () => [bytes('right'), bytes('right')]],
  [
    'failed',
    () => {
      throw new Error('no')
    },
  ],
])('leaves nothing of jobs that %s', (_, engine: () => readonly Uint8Array[]) => {
  compute.mockImplementation(engine)
  const jobs = [bcrypt(), loop()]
  ask(jobs)
  const left = jobs.flatMap((job) =>
    job.kind === 'digest-loop' ? [job.first, job.tail] : [job.password, job.salt],
  )
  expect(left.flatMap((all) => [...all]).filter((byte) => byte !== 0)).toEqual([])
})
