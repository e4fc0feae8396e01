import bcryptjs from 'bcryptjs'
import { describe, expect, test, vi } from 'vitest'
import { EngineError, RegistryError } from '../errors.js'
import { isMalformed } from '../formats/problem.js'
import type { Reading, Run } from '../hasher/contract.js'
import { bcrypt } from '../hashers/bcrypt/bcrypt.js'
import { bcryptSha256Django } from '../hashers/bcrypt/bcrypt-sha256-django.js'
import type { Job } from '../compute/kind.js'
import { bcryptTarget } from './bcrypt.js'

const DIGEST_AT_12 = '$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'

describe('bcryptTarget', () => {
  test.each([
    ['below 10', { cost: 9 }],
    ['above 15', { cost: 16 }],
    ['that is no integer', { cost: 12.5 }],
    ['that is no number', { cost: NaN }],
    ['that is a text', { cost: '12' }],
    ['under another name', { rounds: 12 }],
  ])('refuses a cost %s', (_, options: unknown) => {
    expect(() => createUntyped(options)).toThrow(RegistryError)
  })

  test.each([
    ['null', null],
    ['a number', 12],
  ])('refuses options that are %s', (_, options: unknown) => {
    expect(() => createUntyped(options)).toThrow(RegistryError)
  })

  test.each([[{ cost: 10 }, '10'] as const, [{ cost: 15 }, '15'] as const, [{}, '12'] as const])(
    'makes digests of the cost in %o, 12 by default',
    async (options, cost) => {
      const { run, jobs } = watchedRun()
      const { digest } = await bcryptTarget(options).hash(Buffer.from('password'), run)
      expect(digest.slice(0, 7)).toBe(`$2b$${cost}$`)
      expect(jobs).toMatchObject([{ kind: 'bcrypt', cost: Number(cost) }])
    },
  )

  test('ignores a cost that a polluted prototype gives', () => {
    expect(() => createUntyped({ __proto__: { cost: 99 } })).not.toThrow()
  })

  test('costs as much as a check of a digest that it makes', () => {
    const { cost } = bcryptTarget()
    expect(cost(8)).toEqual(readingOf(bcrypt.parse(DIGEST_AT_12)).cost(8))
    expect(cost(4_096)).toEqual(
      readingOf(bcryptSha256Django.parse(`bcrypt_sha256$${DIGEST_AT_12}`)).cost(4_096),
    )
  })
})

describe('bcryptTarget chooses the form of a new digest', () => {
  const plain = { hasher: 'bcrypt', prefix: '$2b$12$' }
  const django = { hasher: 'bcrypt_sha256_django', prefix: 'bcrypt_sha256$$2b$12$' }

  test.each([
    ['no bytes', '', plain],
    ['72 bytes', 'x'.repeat(72), plain],
    ['73 bytes', 'x'.repeat(73), django],
    ['24 characters of three bytes', '€'.repeat(24), plain],
    ['25 characters of three bytes', '€'.repeat(25), django],
    ['4096 bytes', 'x'.repeat(4_096), django],
    ['a NUL', 'a\0b', django],
    ['a NUL at the end', 'a\0', django],
    ['a byte order mark', '\ufeffa', plain],
    ['bytes that are UTF-8', Uint8Array.of(0xc3, 0xa9), plain],
    ['bytes that are not UTF-8', Uint8Array.of(0xe9), django],
    ['a surrogate in bytes', Uint8Array.of(0xed, 0xa0, 0x80), django],
  ])('for a password of %s', async (_, password, { hasher, prefix }) => {
    const { run } = watchedRun()
    const made = await bcryptTarget().hash(Buffer.from(password), run)
    expect(made.hasher).toBe(hasher)
    expect(made.digest.slice(0, -53)).toBe(prefix)
    const [form] = bcryptTarget().hashers.filter((hasher) => hasher.identify(made.digest))
    expect(form?.name).toBe(hasher)
  })

  test('and gives the engine the SHA-256 in hexadecimal of a password that it would cut', async () => {
    const { run, jobs } = watchedRun()
    await bcryptTarget().hash(Buffer.from('a'.repeat(73)), run)
    await bcryptTarget().hash(Buffer.from('password'), run)
    expect(jobs.map(({ password }) => Buffer.from(password).toString())).toEqual([
      // The text is the output of: printf 'a%.0s' $(seq 73) | sha256sum
      '0e058e3f7d0439f9054d59c735587ae99655f6473a234ce494d82b5586f7eac6',
      'password',
    ])
  })
})

describe('a new digest of bcryptTarget', () => {
  test('has a new salt of 16 bytes', async () => {
    const { run, jobs } = watchedRun()
    for (let count = 0; count < 50; count++) await bcryptTarget().hash(Buffer.from('password'), run)
    expect(new Set(jobs.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(50)
    expect(jobs.every(({ salt }) => salt.byteLength === 16)).toBe(true)
  })

  test('verifies with bcryptjs', async () => {
    const { run } = bcryptjsRun()
    const { digest } = await bcryptTarget({ cost: 10 }).hash(Buffer.from('correct horse'), run)
    expect(await bcryptjs.compare('correct horse', digest)).toBe(true)
  })

  test('verifies a long password, and no other that begins with the same 72 bytes', async () => {
    const { run } = bcryptjsRun()
    const password = Buffer.from('x'.repeat(100))
    const { digest } = await bcryptTarget({ cost: 10 }).hash(password, run)
    const reading = readingOf(bcryptSha256Django.parse(digest))
    expect(await reading.verify(password, run)).toBe(true)
    expect(await reading.verify(Buffer.from('x'.repeat(99)), run)).toBe(false)
  })

  test.each([
    ['too few bytes', 22],
    ['too many bytes', 24],
    ['no bytes', 0],
  ])('is not given where the engine gives %s', async (_, length) => {
    const { run } = watchedRun(length)
    const made = bcryptTarget().hash(Buffer.from('password'), run)
    await expect(made).rejects.toBeInstanceOf(EngineError)
    await expect(made).rejects.toMatchObject({ code: 'ERR_ENGINE_FAILED' })
  })

  test('is not made where the engine fails', async () => {
    const failure = new EngineError('ERR_ENGINE_UNAVAILABLE', 'no engine')
    const run = vi.fn(() => Promise.reject(failure))
    const made = bcryptTarget().hash(Buffer.from('password'), run)
    await expect(made).rejects.toBe(failure)
  })
})

type BcryptJob = Extract<Job, { kind: 'bcrypt' }>

/** A `run` that records its jobs and gives a number of zero bytes. */
function watchedRun(length = 23): { readonly run: Run; readonly jobs: readonly BcryptJob[] } {
  const jobs: BcryptJob[] = []
  const run: Run = (job) => {
    if (job.kind !== 'bcrypt') return Promise.reject(new Error(`No ${job.kind} was expected.`))
    jobs.push(job)
    return Promise.resolve(new Uint8Array(length))
  }
  return { run, jobs }
}

/** A `run` that computes bcrypt with bcryptjs, for passwords in ASCII. */
function bcryptjsRun(): { readonly run: Run } {
  const run: Run = async (job) => {
    if (job.kind !== 'bcrypt') throw new Error(`No ${job.kind} was expected.`)
    const salt = bcryptjs.encodeBase64([...job.salt], 16)
    const text = await bcryptjs.hash(Buffer.from(job.password).toString(), `$2b$${job.cost}$${salt}`)
    return Uint8Array.from(bcryptjs.decodeBase64(text.slice(29), 23))
  }
  return { run }
}

function readingOf(readings: ReturnType<typeof bcrypt.parse>): Reading {
  if (isMalformed(readings)) throw new Error(`${readings.field} is malformed.`)
  return readings[0]
}

/** Calls a function as JavaScript without types would. */
function createUntyped(options: unknown): unknown {
  const create: (options: never) => unknown = bcryptTarget
  return Reflect.apply(create, undefined, [options])
}
