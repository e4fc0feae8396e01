import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { JOB_KINDS } from './job.js'
import type { Argon2Job, JobFields } from './job.js'
import type { Job, KnownAnswer } from './kind.js'
import {
  answersFor,
  computeWithStandIn,
  createKernelOf,
  enginesOf,
  EVERY_JOB,
  EVERY_KIND,
} from './kinds.fixture.js'
import { argon2Job } from './kinds/argon2.js'
import { bcryptJob } from './kinds/bcrypt.js'
import { cryptDesJob } from './kinds/crypt-des.js'
import { cryptDigestJob } from './kinds/crypt-digest.js'
import { digestLoopJob } from './kinds/digest-loop.js'
import { pbkdf2Job } from './kinds/pbkdf2.js'
import { scryptJob } from './kinds/scrypt.js'
import { yescryptJob } from './kinds/yescrypt.js'

const TRIALS = EVERY_JOB.map((job) => [job.row.trial(job).name, job] as const)

// bcryptjs, the stand-in, cannot compute $2$, $2x$ or crypt_blowfish's countermeasure.
const hasStandIn = (job: Job): boolean =>
  job.kind === 'bcrypt' ? job.variant === 'standard' : job.kind !== 'argon2'

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (answers: readonly KnownAnswer[]): readonly string[] =>
  answers.map(({ bytes }) => hexOf(bytes))
const jobsOf = (answers: readonly KnownAnswer[]): readonly JobFields[] => answers.map(({ job }) => job)

test('every kind has a row, a file in kinds and a file in engines', () => {
  const names = EVERY_KIND.map(({ row }) => row.name)
  expect(names).toEqual(JOB_KINDS)
  for (const folder of ['kinds', 'engines']) {
    const files = readdirSync(join(import.meta.dirname, folder)).filter((file) => !file.endsWith('.test.ts'))
    expect(files.filter((file) => file !== 'pair.ts')).toEqual(names.map((name) => `${name}.ts`).toSorted())
  }
})

test('every trial has a name of its own, and every kind has a trial', () => {
  const names = TRIALS.map(([name]) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(EVERY_JOB.map(({ kind }) => kind))).toEqual(new Set(JOB_KINDS))
})

test('no two known answers are equal', () => {
  const all = EVERY_JOB.flatMap((job) => bytesOf(answersFor(job)))
  expect(new Set(all).size).toBe(2 * TRIALS.length)
})

describe.each(TRIALS)('the known answers of %s', (name, asked) => {
  const { row } = asked
  const answers = answersFor(asked)

  test('are jobs of the trial', () => {
    expect(jobsOf(answers).map((job) => row.trial(job).name)).toEqual([name, name])
  })

  test('are cheap enough to ask for before a first job', () => {
    const costs = jobsOf(answers).map((job) => row.cost(job).milliseconds)
    expect(costs.reduce((sum, milliseconds) => sum + milliseconds)).toBeLessThan(10)
  })

  test('make a pair, and fit the kernel where there is one', () => {
    const [first, second] = jobsOf(answers).map((job) => row.pairKey(job))
    expect(first).toBe(second)
    expect(jobsOf(answers).map((job) => row.fitsKernel(job))).toEqual([row.hasKernel, row.hasKernel])
  })

  test('have different values in every field that a pair or a trial need not share', () => {
    const [first, second] = jobsOf(answers).map((job) => fieldsOf(job))
    const shared = [...(first ?? [])].filter(([field, value]) => isSame(value, second?.get(field)))
    // A wrong length needs no second value, since its bytes equal no checksum. Two lanes of bcrypt have one cost.
    const expected = ['kind', 'variant', 'version', 'algorithm', 'length']
    if (row.pairKey(asked) !== undefined) expected.push('cost')
    expect(shared.map(([field]) => field).filter((field) => !expected.includes(field))).toEqual([])
  })

  test('are not both given by an engine that misreads one field', () => {
    const [{ job: first }] = answers
    const seen = answers.map(({ job, bytes }) => {
      const wrong = Object.entries({ ...misreadBytes(job, first), ...misread(job) })
      return new Map(wrong.map(([what, other]) => [what, computeOrFail(other) !== hexOf(bytes)]))
    })
    const whats = [...new Set(seen.flatMap((one) => [...one.keys()]))]
    expect(whats.length).toBeGreaterThan(8)
    expect(whats.filter((what) => !seen.some((one) => one.get(what) === true))).toEqual([])
  })
})

test.each(TRIALS.filter(([, { row }]) => row.hasKernel))(
  'the kernel gives the known answers of %s, one after the other and both at once',
  (_, asked) => {
    const answers = answersFor(asked)
    const kernel = createKernelOf(asked.kind)
    expect(jobsOf(answers).flatMap((job) => kernel.compute([job]).map(hexOf))).toEqual(bytesOf(answers))
    expect(kernel.compute(jobsOf(answers)).map(hexOf)).toEqual(bytesOf(answers))
  },
)

test.each(TRIALS.filter(([, asked]) => hasStandIn(asked)))(
  'the stand-in gives the known answers of %s',
  (_, asked) => {
    const answers = answersFor(asked)
    expect(jobsOf(answers).map(computeWithStandIn).map(hexOf)).toEqual(bytesOf(answers))
  },
)

test.each(TRIALS.filter(([, { row }]) => row.addon !== undefined))(
  'the addon, asked for both at once, gives the known answers of %s',
  async (_, asked) => {
    const answers = answersFor(asked)
    const { compute = () => expect.fail('no addon') } = asked.row.addon ?? {}
    expect((await Promise.all(jobsOf(answers).map(compute))).map(hexOf)).toEqual(bytesOf(answers))
  },
)

const password = Buffer.from('a password')
const salt = Buffer.from('sixteen bytes of')
const bcrypt = bcryptJob({ variant: 'standard', password, salt, cost: 4 })
const argon2 = argon2Job({
  ...({ variant: 'id', version: 19, password, salt } as const),
  ...{ memory: 8, iterations: 1, parallelism: 1, length: 32 },
})
const scrypt = scryptJob({ password, salt, N: 2, r: 1, p: 1, length: 32 })
const yescrypt = yescryptJob({ variant: 'rw', password, salt, N: 4_096, r: 32, p: 1, t: 0 })
const pbkdf2 = pbkdf2Job({ algorithm: 'sha1', password, salt, iterations: 1, length: 20 })
const loop = digestLoopJob({ algorithm: 'md5', first: password, tail: salt, count: 1 })
const cryptDigest = cryptDigestJob({ variant: 'sha512', password, salt, rounds: 5_000 })
const cryptDes = cryptDesJob({ variant: 'bsdi', password, salt: salt.subarray(0, 3), count: 725 })

const bytes = (length: number): Uint8Array => new Uint8Array(length)

describe('a kernel takes', () => {
  test.each<[string, Job]>([
    ['bcrypt of any cost', { ...bcrypt, cost: 31 }],
    ['bcrypt of any password', { ...bcrypt, password: bytes(100_000) }],
    ['the $2x$ of bcrypt', { ...bcrypt, variant: 'sign-extended' }],
    ['the countermeasure of bcrypt', { ...bcrypt, variant: 'countermeasure' }],
    ['argon2', argon2],
    ['argon2 of 1 GiB', { ...argon2, memory: 2 ** 20 }],
    ['argon2 of as many lanes as fit 1 GiB', { ...argon2, memory: 2 ** 20, parallelism: 2 ** 17 }],
    ['argon2 of any number of iterations', { ...argon2, iterations: 2 ** 32 - 1 }],
    ['argon2 of a password of 4096 bytes', { ...argon2, password: bytes(4_096) }],
    ['argon2 of a salt of 4096 bytes', { ...argon2, salt: bytes(4_096) }],
    ['argon2 of a checksum of 4096 bytes', { ...argon2, length: 4_096 }],
    ['scrypt', scrypt],
    ['scrypt of 512 MiB', { ...scrypt, N: 2 ** 19, r: 8 }],
    ['scrypt of N 2^20', { ...scrypt, N: 2 ** 20, r: 4 }],
    ['scrypt of r 65536', { ...scrypt, N: 2, r: 2 ** 16 }],
    ['scrypt of 512 MiB of blocks', { ...scrypt, N: 2, r: 1, p: 2 ** 22 }],
    ['scrypt of a password of 4096 bytes', { ...scrypt, password: bytes(4_096) }],
    ['scrypt of a salt of 4096 bytes', { ...scrypt, salt: bytes(4_096) }],
    ['scrypt of a key of 4096 bytes', { ...scrypt, length: 4_096 }],
    ['yescrypt', yescrypt],
    ['yescrypt of 512 MiB', { ...yescrypt, N: 2 ** 17 }],
    ['yescrypt of N 2^22', { ...yescrypt, N: 2 ** 22, r: 1 }],
    ['yescrypt of r 65536', { ...yescrypt, N: 4, r: 2 ** 16 }],
    ['yescrypt of 1024 lanes', { ...yescrypt, p: 1_024 }],
    ['yescrypt of 512 times the time', { ...yescrypt, t: 512 }],
    ['yescrypt of a password of 4096 bytes', { ...yescrypt, password: bytes(4_096) }],
    ['yescrypt of a salt of 4096 bytes', { ...yescrypt, salt: bytes(4_096) }],
    ['digests of digests', loop],
    [
      'digests of 8192 bytes, then of 8192 more than a digest',
      { ...loop, first: bytes(8_192), tail: bytes(8_192) },
    ],
    ['2^32 - 1 digests', { ...loop, count: 2 ** 32 - 1 }],
    ['crypt(3) over a digest, of a password of 4096 bytes', { ...cryptDigest, password: bytes(4_096) }],
    ['crypt(3) over a digest, of a salt of 128 bytes', { ...cryptDigest, salt: bytes(128) }],
    ['crypt(3) over a digest, of 2^32 - 1 rounds', { ...cryptDigest, rounds: 2 ** 32 - 1 }],
    ['DES of crypt(3), of a password of 4096 bytes', { ...cryptDes, password: bytes(4_096) }],
    ['DES of crypt(3), of 2^24 - 1 blocks', { ...cryptDes, count: 2 ** 24 - 1 }],
  ])('%s', (_, job) => {
    expect(job.row.fitsKernel(job)).toBe(true)
  })
})

describe('no kernel takes', () => {
  test.each<[string, Job]>([
    ['PBKDF2', pbkdf2],
    ['argon2 of 1 KiB more than 1 GiB', { ...argon2, memory: 2 ** 20 + 1 }],
    ['argon2 of 2^17 + 1 lanes', { ...argon2, memory: 2 ** 20, parallelism: 2 ** 17 + 1 }],
    ['argon2 of a password over 4096 bytes', { ...argon2, password: bytes(4_097) }],
    ['argon2 of a salt over 4096 bytes', { ...argon2, salt: bytes(4_097) }],
    ['argon2 of a checksum over 4096 bytes', { ...argon2, length: 4_097 }],
    ['scrypt of more than 512 MiB', { ...scrypt, N: 2 ** 19, r: 9 }],
    ['scrypt of N 2^21', { ...scrypt, N: 2 ** 21 }],
    ['scrypt of r 65537', { ...scrypt, N: 2, r: 2 ** 16 + 1 }],
    ['scrypt of more than 2^22 blocks', { ...scrypt, p: 2 ** 22 + 1 }],
    ['scrypt of more than 2^21 blocks of r 2', { ...scrypt, r: 2, p: 2 ** 21 + 1 }],
    ['scrypt of a password over 4096 bytes', { ...scrypt, password: bytes(4_097) }],
    ['scrypt of a salt over 4096 bytes', { ...scrypt, salt: bytes(4_097) }],
    ['scrypt of a key over 4096 bytes', { ...scrypt, length: 4_097 }],
    ['yescrypt of more than 512 MiB', { ...yescrypt, N: 2 ** 17, r: 33 }],
    ['yescrypt of N 2^23', { ...yescrypt, N: 2 ** 23, r: 1 }],
    ['yescrypt of r 65537', { ...yescrypt, N: 4, r: 2 ** 16 + 1 }],
    ['yescrypt of 1025 lanes', { ...yescrypt, p: 1_025 }],
    ['yescrypt of more than 512 MiB of blocks', { ...yescrypt, N: 4, r: 2 ** 13, p: 513 }],
    ['yescrypt of 513 times the time', { ...yescrypt, t: 513 }],
    ['yescrypt of a password over 4096 bytes', { ...yescrypt, password: bytes(4_097) }],
    ['yescrypt of a salt over 4096 bytes', { ...yescrypt, salt: bytes(4_097) }],
    ['digests of a first message over 8192 bytes', { ...loop, first: bytes(8_193) }],
    ['digests of a tail over 8192 bytes', { ...loop, tail: bytes(8_193) }],
    ['2^32 digests', { ...loop, count: 2 ** 32 }],
    ['crypt(3) over a digest, of a password over 4096 bytes', { ...cryptDigest, password: bytes(4_097) }],
    ['crypt(3) over a digest, of a salt over 128 bytes', { ...cryptDigest, salt: bytes(129) }],
    ['crypt(3) over a digest, of 2^32 rounds', { ...cryptDigest, rounds: 2 ** 32 }],
    ['DES of crypt(3), of a password over 4096 bytes', { ...cryptDes, password: bytes(4_097) }],
    ['DES of crypt(3), of 2^32 blocks', { ...cryptDes, count: 2 ** 32 }],
  ])('%s', (_, job) => {
    expect(job.row.fitsKernel(job)).toBe(false)
  })
})

describe('a pair of jobs', () => {
  const { pairKey } = bcrypt.row

  test('is two bcrypt jobs of one cost, with any other fields', () => {
    const other = bcryptJob({ ...bcrypt, variant: 'no-nul', password: salt, salt: password })
    expect(pairKey(bcrypt)).toBeTypeOf('string')
    expect(pairKey(other)).toBe(pairKey(bcrypt))
  })

  test('never has different costs', () => {
    const keys = Array.from({ length: 28 }, (_, index) => pairKey(bcryptJob({ ...bcrypt, cost: index + 4 })))
    expect(new Set(keys).size).toBe(28)
  })

  test.each<[string, Job]>([
    ['argon2', argon2],
    ['scrypt', scrypt],
    ['yescrypt', yescrypt],
    ['PBKDF2', pbkdf2],
    ['digests of digests', loop],
    ['crypt(3) over a digest', cryptDigest],
    ['DES of crypt(3)', cryptDes],
  ])('is never made of %s', (_, job) => {
    expect(job.row.pairKey(job)).toBeUndefined()
  })
})

/** The jobs that wrong engines read: they mistake bytes, or take the bytes of another job. The key names the mistake. */
function misreadBytes(job: JobFields, first: JobFields): Readonly<Record<string, JobFields>> {
  const [password, salt] = [passwordOf(job), saltOf(job)]
  return {
    'the password of the first': withPassword(job, passwordOf(first)),
    'the password without its last byte': withPassword(job, password.subarray(0, -1)),
    'the password without its first byte': withPassword(job, password.subarray(1)),
    'no password': withPassword(job, new Uint8Array(0)),
    'the salt of the first': withSalt(job, saltOf(first)),
    'the salt without its last byte': withSalt(job, salt.subarray(0, -1)),
    'the salt with another last byte': withSalt(job, salt.with(-1, 0x21)),
    'no salt': withSalt(job, new Uint8Array(salt.byteLength)),
    'the salt as the password': withPassword(job, salt),
  }
}

/** The jobs that wrong engines read: they leave out, exchange or miscount a number or a code. The key names the mistake. */
function misread(job: JobFields): Readonly<Record<string, JobFields>> {
  switch (job.kind) {
    case 'bcrypt':
      return {
        'a cost more': { ...job, cost: job.cost + 1 },
        ...confusions(job, (other) => (other.kind === 'bcrypt' ? { ...job, variant: other.variant } : job)),
      }
    case 'argon2':
      return {
        'twice the memory': { ...job, memory: 2 * job.memory },
        'always 256 KiB': { ...job, memory: 256 },
        'one iteration': { ...job, iterations: 1 },
        'always 2 iterations': { ...job, iterations: 2 },
        'one lane': { ...job, parallelism: 1 },
        'always 2 lanes': { ...job, parallelism: 2 },
        ...confusions(job, (other) => (other.kind === 'argon2' ? confuseArgon2(job, other) : job)),
        ...(job.associatedData && {
          'other data': { ...job, associatedData: job.associatedData.subarray(1) },
          'no data': withData(job, undefined),
        }),
      }
    case 'scrypt':
      return {
        'twice the N': { ...job, N: job.N * 2 },
        'always N 16': { ...job, N: 16 },
        'r and p exchanged': { ...job, r: job.p, p: job.r },
        'r 1': { ...job, r: 1 },
        'always r 2': { ...job, r: 2 },
        'p 1': { ...job, p: 1 },
        'always p 3': { ...job, p: 3 },
      }
    case 'yescrypt':
      return {
        'twice the N': { ...job, N: job.N * 2 },
        'always N 64': { ...job, N: 64 },
        'r and p exchanged': { ...job, r: job.p, p: job.r },
        'r 1': { ...job, r: 1 },
        'always r 2': { ...job, r: 2 },
        'p 1': { ...job, p: 1 },
        'always p 3': { ...job, p: 3 },
        'no time': { ...job, t: 0 },
        'always twice the time': { ...job, t: 2 },
        ...confusions(job, (other) => (other.kind === 'yescrypt' ? { ...job, variant: other.variant } : job)),
      }
    case 'pbkdf2':
      return {
        'one iteration': { ...job, iterations: 1 },
        'always 2 iterations': { ...job, iterations: 2 },
        ...confusions(job, (other) =>
          other.kind === 'pbkdf2' ? { ...job, algorithm: other.algorithm } : job,
        ),
      }
    case 'digest-loop':
      return {
        'a digest less': { ...job, count: job.count - 1 },
        'always 2048 digests': { ...job, count: 2 ** 11 },
      }
    case 'crypt-digest':
      return {
        'a round more': { ...job, rounds: job.rounds + 1 },
        'always 1000 rounds': { ...job, rounds: 1_000 },
        'always 12 rounds': { ...job, rounds: 12 },
        ...confusions(job, (other) =>
          other.kind === 'crypt-digest' ? { ...job, variant: other.variant } : job,
        ),
      }
    case 'crypt-des':
      return {
        'a block more': { ...job, count: job.count + 1 },
        'always 25 blocks': { ...job, count: 25 },
        'always 725 blocks': { ...job, count: 725 },
        ...confusions(job, (other) =>
          other.kind === 'crypt-des' ? { ...job, variant: other.variant } : job,
        ),
      }
    case 'expression':
      return {
        'the inputs backwards': { ...job, salt: job.salt.toReversed() },
        'the inputs cut elsewhere': { ...job, lengths: job.lengths.map((length) => length - 1) },
        'a plain hash': { ...job, expression: { type: 'part', place: 0 } },
      }
  }
}

/** The jobs with the variant, version or algorithm of each other trial of the job's kind. */
function confusions(
  job: JobFields,
  confuse: (other: JobFields) => JobFields,
): Readonly<Record<string, JobFields>> {
  const others = TRIALS.filter(([name, { kind, row }]) => kind === job.kind && name !== row.trial(job).name)
  return Object.fromEntries(others.map(([name, other]) => [`as ${name}`, confuse(other)]))
}

/** A job with another's variant, version, and data or none. */
function confuseArgon2(job: Argon2Job, { variant, version, associatedData }: Argon2Job): Argon2Job {
  return withData({ ...job, variant, version }, associatedData)
}

function withData(job: Argon2Job, data: Uint8Array | undefined): Argon2Job {
  const { associatedData, ...others } = job
  return associatedData === data ? job : { ...others, ...(data && { associatedData: data }) }
}

function computeOrFail(job: JobFields): string | undefined {
  const { createKernel, standIn } = enginesOf(job.kind)
  try {
    const [bytes = standIn(job)] = createKernel?.().compute([job]) ?? []
    return hexOf(bytes)
  } catch {
    return undefined
  }
}

function passwordOf(job: JobFields): Uint8Array {
  return job.kind === 'digest-loop' ? job.tail : job.password
}

function saltOf(job: JobFields): Uint8Array {
  return job.kind === 'digest-loop' ? job.first : job.salt
}

function withPassword(job: JobFields, bytes: Uint8Array): JobFields {
  return job.kind === 'digest-loop' ? { ...job, tail: bytes } : { ...job, password: bytes }
}

function withSalt(job: JobFields, bytes: Uint8Array): JobFields {
  return job.kind === 'digest-loop' ? { ...job, first: bytes } : { ...job, salt: bytes }
}

function fieldsOf(job: JobFields): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(Object.entries(job))
}

function isSame(first: unknown, second: unknown): boolean {
  if (first instanceof Uint8Array && second instanceof Uint8Array) return hexOf(first) === hexOf(second)
  return first === second
}
