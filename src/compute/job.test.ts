import { describe, expect, test } from 'vitest'
import { costOfArgon2, costOfBcrypt, costOfDigestLoop, costOfPbkdf2, costOfScrypt } from './cost.js'
import { bytesOf, copyJob, costOfJob } from './job.js'
import type { Job } from './job.js'

const PASSWORD = Buffer.from('correct horse')
const SALT = Buffer.from('saltsaltsaltsalt')

const JOBS: readonly Job[] = [
  { kind: 'bcrypt', variant: 'standard', password: PASSWORD, salt: SALT, cost: 10 },
  {
    kind: 'argon2',
    password: PASSWORD,
    salt: SALT,
    variant: 'id',
    version: 19,
    memory: 65_536,
    iterations: 3,
    parallelism: 4,
    length: 32,
  },
  { kind: 'scrypt', password: PASSWORD, salt: SALT, N: 16_384, r: 8, p: 1, length: 64 },
  { kind: 'pbkdf2', password: PASSWORD, salt: SALT, algorithm: 'sha256', iterations: 1_000, length: 32 },
  { kind: 'digest-loop', algorithm: 'md5', first: SALT, tail: PASSWORD, count: 8_192 },
]

test('the cost of a job is that of its numbers, the tail counted', () => {
  const tailLength = PASSWORD.byteLength
  expect(JOBS.map(costOfJob)).toEqual([
    costOfBcrypt({ cost: 10 }),
    costOfArgon2({ memory: 65_536, iterations: 3, parallelism: 4 }),
    costOfScrypt({ N: 16_384, r: 8, p: 1 }),
    costOfPbkdf2({ algorithm: 'sha256', iterations: 1_000, length: 32 }),
    costOfDigestLoop({ algorithm: 'md5', count: 8_192, tailLength }),
  ])
})

describe.each(JOBS)('the copy of a job: $kind', (job) => {
  test('is the same job', () => {
    expect(copyJob(job)).toEqual(withPlainBytes(job))
  })

  test('has all its bytes in buffers of its own, of their length', () => {
    const originals = new Set(bytesOf(job).map(({ buffer }) => buffer))
    const buffers = bytesOf(copyJob(job)).map(({ buffer }) => buffer)
    expect(new Set(buffers).size).toBe(2)
    expect(buffers.filter((buffer) => originals.has(buffer))).toEqual([])
    expect(bytesOf(copyJob(job)).map(({ buffer }) => buffer.byteLength)).toEqual(
      bytesOf(job).map(({ byteLength }) => byteLength),
    )
  })

  test('leaves behind what is not part of the job', () => {
    const more = { ...job, pepper: 'secret', log: () => undefined }
    expect(copyJob(more)).toEqual(withPlainBytes(job))
  })

  test('is out of shared memory and out of reach of who holds the original', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(16)).fill(7)
    const [first] = bytesOf(copyJob(withBytes(job, shared)))
    shared.fill(0)
    expect(first?.buffer).toBeInstanceOf(ArrayBuffer)
    expect(first).toEqual(new Uint8Array(16).fill(7))
  })

  test('cannot be made of bytes that were transferred away', () => {
    const bytes = new Uint8Array(16)
    structuredClone(bytes, { transfer: [bytes.buffer] })
    expect(() => copyJob(withBytes(job, bytes))).toThrow(TypeError)
  })
})

function withBytes(job: Job, bytes: Uint8Array): Job {
  return job.kind === 'digest-loop'
    ? { ...job, first: bytes, tail: bytes }
    : { ...job, password: bytes, salt: bytes }
}

/** Uint8Arrays in the place of Buffers, which are not equal to them. */
function withPlainBytes(job: Job): Job {
  const plain = ([first, second]: readonly Uint8Array[]): readonly [Uint8Array, Uint8Array] => [
    Uint8Array.from(first ?? []),
    Uint8Array.from(second ?? []),
  ]
  const [first, second] = plain(bytesOf(job))
  if (job.kind === 'digest-loop') return { ...job, first, tail: second }
  return { ...job, password: first, salt: second }
}
