import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bytesOf, copyJob, costOf, costOfJob, scryptBytes } from './job.js'
import type { Job, JobShape } from './job.js'

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

describe('the cost', () => {
  const cost = (shape: JobShape): number => costOf(shape).milliseconds

  // Measured on the reference machine, so that a lost factor shows; they are not held to the percent.
  test.each<[string, JobShape, number]>([
    ["Django's PBKDF2", { kind: 'pbkdf2', algorithm: 'sha256', iterations: 600_000, length: 32 }, 149],
    ['PBKDF2 with SHA-1', { kind: 'pbkdf2', algorithm: 'sha1', iterations: 600_000, length: 20 }, 162],
  ])('of %s is near what was measured', (_, shape, milliseconds) => {
    expect(cost(shape) / milliseconds).toBeGreaterThan(0.8)
    expect(cost(shape) / milliseconds).toBeLessThan(1.25)
  })

  test('of scrypt grows with N, r and p', () => {
    const of = (N: number, r: number, p: number): number => cost({ kind: 'scrypt', N, r, p, length: 32 })
    expect(of(2_048, 8, 1)).toBe(2 * of(1_024, 8, 1))
    expect(of(1_024, 16, 1)).toBe(2 * of(1_024, 8, 1))
    expect(of(1_024, 8, 2)).toBe(2 * of(1_024, 8, 1))
  })

  test('of bcrypt doubles with each step', () => {
    expect(cost({ kind: 'bcrypt', variant: 'standard', cost: 13 })).toBe(
      2 * cost({ kind: 'bcrypt', variant: 'standard', cost: 12 }),
    )
  })

  test('of PBKDF2 grows with each block of output, whole or not', () => {
    for (const [algorithm, bytes] of [
      ['sha1', 20],
      ['sha256', 32],
      ['sha512', 64],
    ] as const) {
      const of = (length: number): number => cost({ kind: 'pbkdf2', algorithm, iterations: 1_000, length })
      expect(of(bytes)).toBe(of(1))
      expect(of(bytes + 1)).toBe(2 * of(1))
      expect(of(16 * bytes)).toBe(16 * of(1))
    }
  })

  test('of a digest loop grows with the blocks that each round hashes', () => {
    const of = (tailLength: number): number =>
      cost({ kind: 'digest-loop', algorithm: 'md5', count: 2 ** 13, tailLength })
    // 16 bytes of the digest, the tail, and at least 9 of padding in blocks of 64.
    expect(of(39)).toBe(of(0))
    expect(of(40)).toBe(2 * of(0))
    expect(of(4_096) / of(8)).toBe(65)
  })

  test('of argon2 grows with memory and iterations, whatever the lanes', () => {
    const of = (memory: number, iterations: number, parallelism: number): number =>
      cost({ kind: 'argon2', variant: 'id', version: 19, memory, iterations, parallelism, length: 32 })
    expect(of(8_192, 3, 1)).toBe(2 * of(4_096, 3, 1))
    expect(of(4_096, 6, 1)).toBeCloseTo(2 * of(4_096, 3, 1))
    expect(of(64, 4, 8)).toBe(of(64, 4, 1))
  })

  test.each<[JobShape, number, number]>([
    [{ kind: 'bcrypt', variant: 'standard', cost: 12 }, 8 * 1024, 1],
    [
      { kind: 'argon2', variant: 'i', version: 16, memory: 64, iterations: 4, parallelism: 8, length: 32 },
      65_536,
      8,
    ],
    [{ kind: 'scrypt', N: 2 ** 15, r: 8, p: 1, length: 64 }, 33_557_504, 1],
    [{ kind: 'pbkdf2', algorithm: 'sha1', iterations: 1, length: 20 }, 0, 1],
    [{ kind: 'digest-loop', algorithm: 'md5', count: 1, tailLength: 0 }, 0, 1],
  ])('in memory and lanes: $kind', (shape, bytes, lanes) => {
    expect(costOf(shape)).toMatchObject({ bytes, lanes })
  })

  test('of a whole job is that of its shape, the tail counted', () => {
    for (const job of JOBS) {
      const shape: JobShape = job.kind === 'digest-loop' ? { ...job, tailLength: PASSWORD.byteLength } : job
      expect(costOfJob(job)).toEqual(costOf(shape))
    }
  })
})

test.each([
  [16, 1, 1],
  [1_024, 8, 16],
  [2_048, 3, 5],
])("scrypt's memory is exactly what OpenSSL asks for: N %i, r %i, p %i", (N, r, p) => {
  const maxmem = scryptBytes({ N, r, p })
  expect(() => scryptSync('', '', 32, { N, r, p, maxmem })).not.toThrow()
  expect(() => scryptSync('', '', 32, { N, r, p, maxmem: maxmem - 1 })).toThrow('memory limit exceeded')
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
