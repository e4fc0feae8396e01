import { describe, expect, test, vi } from 'vitest'
import { costOfArgon2, costOfBcrypt, costOfDigestLoop, costOfPbkdf2, costOfScrypt } from './cost.js'
import type { JobFields, Pbkdf2Job } from './job.js'
import { costOfJob, defineKind, hex, utf8 } from './kind.js'
import type { KindSpec } from './kind.js'
import { EVERY_KIND, usualJobOf } from './kinds.fixture.js'
import { argon2Job } from './kinds/argon2.js'
import { bcryptJob } from './kinds/bcrypt.js'
import { digestLoopJob } from './kinds/digest-loop.js'
import { pbkdf2Job } from './kinds/pbkdf2.js'
import { scryptJob } from './kinds/scrypt.js'

const PASSWORD = Buffer.from('correct horse')
const SALT = Buffer.from('saltsaltsaltsalt')

test('the cost of a job is that of its numbers and the length of its tail', () => {
  const bytes = { password: PASSWORD, salt: SALT }
  const argon2 = { memory: 65_536, iterations: 3, parallelism: 4 }
  const scrypt = { N: 16_384, r: 8, p: 1 }
  const pbkdf2 = { algorithm: 'sha256', iterations: 1_000, length: 32 } as const
  const loop = { algorithm: 'md5', count: 8_192 } as const
  for (const [job, cost] of [
    [bcryptJob({ ...bytes, variant: 'standard', cost: 10 }), costOfBcrypt({ cost: 10 })],
    [argon2Job({ ...bytes, ...argon2, variant: 'id', version: 19, length: 32 }), costOfArgon2(argon2)],
    [scryptJob({ ...bytes, ...scrypt, length: 64 }), costOfScrypt(scrypt)],
    [pbkdf2Job({ ...bytes, ...pbkdf2 }), costOfPbkdf2(pbkdf2)],
    [
      digestLoopJob({ ...loop, first: SALT, tail: PASSWORD }),
      costOfDigestLoop({ ...loop, tailLength: PASSWORD.byteLength }),
    ],
  ] as const) {
    expect(costOfJob(job)).toEqual(cost)
  }
})

describe.each(EVERY_KIND.map(({ row }) => [row.name, row] as const))('a job for %s', (name, row) => {
  const job = usualJobOf(name)

  test('carries its row', () => {
    expect(job.row).toBe(row)
  })

  test('holds bytes, all of which the row lists', () => {
    const held = Object.values(job).filter((value: unknown) => value instanceof Uint8Array)
    expect(row.bytes(job)).toEqual(held)
    expect(held.length).toBeGreaterThan(1)
  })

  test('has a copy with the same fields and no others', () => {
    const more = { ...job, pepper: 'secret', log: () => undefined }
    const copy = row.copy(more)
    expect(copy).not.toHaveProperty('row')
    expect({ ...copy, row }).toEqual(withPlainBytes(job))
  })

  test('has a copy whose bytes are in buffers of their own, of their length', () => {
    const originals = row.bytes(job).map(({ buffer }) => buffer)
    const copies = row.bytes(row.copy(job))
    expect(new Set([...originals, ...copies.map(({ buffer }) => buffer)]).size).toBe(
      new Set(originals).size + originals.length,
    )
    expect(copies.map(({ buffer }) => buffer.byteLength)).toEqual(
      row.bytes(job).map(({ byteLength }) => byteLength),
    )
  })

  test('has a copy outside shared memory, which the caller cannot change', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(16)).fill(7)
    const copies = row.bytes(row.copy(withBytes(job, shared)))
    shared.fill(0)
    for (const copy of copies) {
      expect(copy.buffer).toBeInstanceOf(ArrayBuffer)
      expect(copy).toEqual(new Uint8Array(16).fill(7))
    }
  })

  test('cannot be copied where its bytes were transferred away', () => {
    const bytes = new Uint8Array(16)
    structuredClone(bytes, { transfer: [bytes.buffer] })
    expect(() => row.copy(withBytes(job, bytes))).toThrow(TypeError)
  })

  test('is refused by the functions of every other row', () => {
    for (const { row: other } of EVERY_KIND.filter((one) => one.row !== row)) {
      const error = new TypeError(`A job for ${name} is none for ${other.name}.`)
      const { cost, bytes, copy, trial } = other
      for (const ask of [cost, bytes, copy, trial]) expect(() => ask(job)).toThrow(error)
    }
  })
})

describe('the row of a kind', () => {
  const compute = vi.fn<(job: Pbkdf2Job) => Promise<Uint8Array>>(() => Promise.resolve(SALT))
  const whole = {
    name: 'pbkdf2',
    packed: 'packed',
    standIn: 'stand-in',
    addon: { name: 'addon', compute },
    cost: () => ({ milliseconds: 1, bytes: 2, lanes: 3 }),
    bytes: ({ salt }) => [salt],
    copy: (job) => job,
    fitsKernel: ({ iterations }) => iterations < 9,
    pairKey: ({ iterations }) => String(iterations),
    trial: ({ algorithm }) => ({ name: algorithm, answers: () => expect.fail('nobody asked for them') }),
    trials: () => [],
  } satisfies KindSpec<Pbkdf2Job, 'pbkdf2'>
  const job = usualJobOf('pbkdf2')
  const stranger = usualJobOf('scrypt')

  test('asks an addon only for jobs of its own kind', async () => {
    const { addon } = defineKind(whole)
    expect(addon?.name).toBe('addon')
    expect(await addon?.compute(job)).toBe(SALT)
    expect(() => addon?.compute(stranger)).toThrow(TypeError)
    expect(compute).toHaveBeenCalledExactlyOnceWith(job)
  })

  test('tells whether a job fits the kernel, and its pair key, only for jobs of its own kind', () => {
    const { hasKernel, fitsKernel, pairKey } = defineKind(whole)
    expect(hasKernel).toBe(true)
    expect([fitsKernel(job), fitsKernel({ ...job, ...{ iterations: 9 } })]).toEqual([true, false])
    expect(pairKey(job)).toBe('1')
    for (const ask of [fitsKernel, pairKey]) expect(() => ask(stranger)).toThrow(TypeError)
  })

  test('says that no job fits and makes no pairs where it has no kernel', () => {
    const { name, packed, standIn, cost, bytes, copy, trial, trials } = whole
    const row = defineKind({ name, packed, standIn, cost, bytes, copy, trial, trials })
    expect(row).toMatchObject({ hasKernel: false, addon: undefined })
    expect(row.fitsKernel(job)).toBe(false)
    expect(row.pairKey(job)).toBeUndefined()
  })

  test('cannot be changed', () => {
    for (const { row } of EVERY_KIND) expect(Object.isFrozen(row)).toBe(true)
  })
})

test('utf8 and hex make the bytes of known answers from text and from digits', () => {
  expect(utf8('ё')).toEqual(Uint8Array.of(0xd1, 0x91))
  expect(hex('00d19fff')).toEqual(Uint8Array.of(0, 0xd1, 0x9f, 0xff))
  expect(hex('')).toEqual(new Uint8Array(0))
})

function withBytes(job: JobFields, bytes: Uint8Array): JobFields {
  return job.kind === 'digest-loop'
    ? { ...job, first: bytes, tail: bytes }
    : { ...job, password: bytes, salt: bytes }
}

/** A job with a Uint8Array for each Buffer, since `toEqual` tells the two apart. */
function withPlainBytes(job: JobFields): JobFields {
  if (job.kind === 'digest-loop')
    return { ...job, first: Uint8Array.from(job.first), tail: Uint8Array.from(job.tail) }
  return { ...job, password: Uint8Array.from(job.password), salt: Uint8Array.from(job.salt) }
}
