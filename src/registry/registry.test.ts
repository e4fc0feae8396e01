import bcryptjs from 'bcryptjs'
import { describe, expect, test, vi } from 'vitest'
import { builtinHashers, createRegistry } from '../default.js'
import { EngineError, PasswordError } from '../errors.js'
import { NAME_UNKNOWN } from './hints.js'
import type { Job } from '../compute/kind.js'
import type { Runtime } from '../runtime/runtime.js'
import { argon2idTarget } from '../targets/argon2id.js'
import { bcryptTarget } from '../targets/bcrypt.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const SHA256_OF_TEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
// The checksum of this digest is bytes of zero, which the watched runtime below gives.
const ARGON2_OF_TWO_LANES = `$argon2id$v=19$m=64,t=1,p=2$c29tZXNhbHQ$${'A'.repeat(43)}`
const BCRYPT = await bcryptjs.hash('correct horse', 4)
// This digest has the password `password` and the salt `salt`.
const PBKDF2_BASE64_SALT = 'pbkdf2_sha256$1000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM='
const ARGON2_WITHOUT_VERSION =
  '$argon2i$m=4096,t=3,p=1$4t6CL3P7YiHBtwESXawI8Hm20zJj4cs7/4/G3c187e0$m7RQFczcKr5bIR0IIxbpO2P0tyrLjf3eUW3M3QSwnLc'

const registry = createRegistry({ equalize: false })

describe('evaluate', () => {
  test.each([
    ['a right password', 'correct horse', BCRYPT, { outcome: 'match', hasher: 'bcrypt' }],
    ['a wrong password', 'Correct horse', BCRYPT, { outcome: 'mismatch', hasher: 'bcrypt' }],
    ['a damaged digest', 'correct horse', BCRYPT.slice(0, 50), { outcome: 'malformed', hasher: 'bcrypt' }],
    ['a digest that no hasher claims', 'correct horse', 'correct horse', { outcome: 'unknown' }],
    ['a costly digest', 'correct horse', BCRYPT.replace('$04$', '$17$'), { outcome: 'too-costly' }],
    ['no such user', 'correct horse', null, { outcome: 'unusable' }],
    ['an account without a password', 'correct horse', '!', { outcome: 'unusable' }],
    ['a password that cannot be typed', '\ud83d', BCRYPT, { outcome: 'refused' }],
  ])(
    'tells %s from the other outcomes, and verify is true for a match alone',
    async (_, password, digest, expected) => {
      expect(await registry.evaluate(password, digest)).toMatchObject(expected)
      expect(await registry.verify(password, digest)).toBe(expected.outcome === 'match')
    },
  )

  test('gives the whole verdict of a match', async () => {
    expect(await registry.evaluate('password', MD5_OF_PASSWORD)).toEqual({
      outcome: 'match',
      hasher: 'md5',
      insecure: true,
      rehash: ['insecure'],
      truncated: false,
    })
    expect(await registry.evaluate('correct horse', BCRYPT)).toEqual({
      outcome: 'match',
      hasher: 'bcrypt',
      insecure: false,
      rehash: ['low-cost'],
      truncated: false,
    })
  })

  test('gives the whole verdict of a mismatch', async () => {
    expect(await registry.evaluate('test', MD5_OF_PASSWORD)).toEqual({
      outcome: 'mismatch',
      hasher: 'md5',
      insecure: true,
    })
    expect(await registry.evaluate('test', BCRYPT)).toEqual({
      outcome: 'mismatch',
      hasher: 'bcrypt',
      insecure: false,
    })
  })

  test('says which field of a malformed digest is wrong, and how', async () => {
    expect(await registry.evaluate('password', BCRYPT.replace('$04$', '$99$'))).toEqual({
      outcome: 'malformed',
      hasher: 'bcrypt',
      problem: 'range',
      field: 'cost',
    })
  })

  test.each([
    ['ill-formed', 'half of a surrogate pair', 'half of a pair \udc00'],
    ['too-long', '4097 letters', 'x'.repeat(4_097)],
    ['too-long', '1366 characters of three bytes', '€'.repeat(1_366)],
    ['too-long', '4097 bytes', new Uint8Array(4_097)],
  ])('refuses a password that is %s, with any digest: %s', async (problem, _, password) => {
    for (const digest of [MD5_OF_PASSWORD, null, 'nobody', '!', 'x'.repeat(4_097), BCRYPT.slice(0, 50)]) {
      expect(await registry.evaluate(password, digest)).toEqual({ outcome: 'refused', problem })
    }
  })

  test('accepts a password of 4096 bytes', async () => {
    expect(await registry.evaluate('x'.repeat(4_096), MD5_OF_PASSWORD)).toMatchObject({ outcome: 'mismatch' })
  })
})

describe('a digest of several readings', () => {
  test('matches as the hasher that made it, whatever the order', async () => {
    expect(registry.identify(PBKDF2_BASE64_SALT)).toEqual(['pbkdf2_sha256_django', 'pbkdf2_sha256'])
    expect(await registry.evaluate('password', PBKDF2_BASE64_SALT)).toMatchObject({
      outcome: 'match',
      hasher: 'pbkdf2_sha256',
    })
  })

  test('matches as the named hasher alone', async () => {
    const evaluateAs = (hasher: string): unknown =>
      registry.evaluate('password', PBKDF2_BASE64_SALT, { hasher })
    expect(await evaluateAs('pbkdf2_sha256')).toMatchObject({ outcome: 'match', hasher: 'pbkdf2_sha256' })
    expect(await evaluateAs('pbkdf2_sha256_django')).toEqual({
      outcome: 'mismatch',
      hasher: 'pbkdf2_sha256_django',
      insecure: false,
    })
  })

  test('is a mismatch of the likeliest hasher where no reading matches', async () => {
    expect(await registry.evaluate('Password', PBKDF2_BASE64_SALT)).toMatchObject({
      outcome: 'mismatch',
      hasher: 'pbkdf2_sha256_django',
    })
  })

  test('is a mismatch, and not malformed, where one of its hashers can read it', async () => {
    const textSalt = PBKDF2_BASE64_SALT.replace('c2FsdA==', 'seasalt')
    expect(await registry.evaluate('password', textSalt)).toMatchObject({ outcome: 'mismatch' })
    expect(await registry.evaluate('password', textSalt, { hasher: 'pbkdf2_sha256' })).toMatchObject({
      outcome: 'malformed',
      field: 'salt',
    })
  })

  test('is malformed where no hasher can read it', async () => {
    expect(await registry.evaluate('password', PBKDF2_BASE64_SALT.replace('1000', '01000'))).toMatchObject({
      outcome: 'malformed',
      hasher: 'pbkdf2_sha256_django',
      field: 'iterations',
    })
  })

  test('is tried reading by reading in their order, and no further than a match', async () => {
    const { runtime, jobs } = watchedRuntime()
    const watched = createRegistry({ equalize: false, runtime })
    await watched.verify('password', ARGON2_WITHOUT_VERSION)
    expect(jobs).toMatchObject([{ version: 16 }, { version: 19 }])

    // The runtime gives bytes of zero, which are the checksum of the digest.
    const matching = ARGON2_WITHOUT_VERSION.replace(/[^$]*$/, 'A'.repeat(43))
    expect(await watched.verify('password', matching)).toBe(true)
    expect(jobs.slice(2)).toMatchObject([{ version: 16 }])
  })
})

describe('a row that names another hasher than its digest has', () => {
  test.each(['md5', 'phpass', 'argon2i', ''])(
    'is checked by the hasher whose prefix the digest has, with the name %j',
    async (hasher) => {
      expect(await registry.evaluate('correct horse', BCRYPT, { hasher })).toMatchObject({
        outcome: 'match',
        hasher: 'bcrypt',
      })
      expect(await registry.verify('Correct horse', BCRYPT, { hasher })).toBe(false)
    },
  )

  test.each(['no_such_hasher', 'bcrypt_nodebb', 'bcrypt_sha256_django'])(
    'is checked by no other hasher where the name is unknown or that of a pre-hash, such as %j',
    async (hasher) => {
      expect(await registry.verify('correct horse', BCRYPT, { hasher })).toBe(false)
    },
  )

  test('is checked where its digest is the one that the target makes of a long password', async () => {
    const { runtime } = watchedRuntime()
    const watched = createRegistry({ equalize: false, runtime, target: bcryptTarget({ cost: 10 }) })
    const digest = await watched.hash('x'.repeat(100))
    for (const hasher of ['md5', 'bcrypt', 'BCRYPT ']) {
      expect(await watched.evaluate('x'.repeat(100), digest, { hasher })).toMatchObject({
        outcome: 'match',
        hasher: 'bcrypt_sha256_django',
        rehash: [],
      })
    }
  })

  test('is not checked by a hasher of a bare shape', async () => {
    expect(await registry.evaluate('password', MD5_OF_PASSWORD, { hasher: 'no_such_hasher' })).toEqual({
      outcome: 'unknown',
      ...NAME_UNKNOWN,
    })
    expect(await registry.evaluate('password', MD5_OF_PASSWORD, { hasher: 'sha256' })).toMatchObject({
      outcome: 'malformed',
      hasher: 'sha256',
    })
  })

  test.each([[null], [undefined]])('names no hasher where the name is %s', async (hasher) => {
    expect(await registry.verify('password', MD5_OF_PASSWORD, { hasher })).toBe(true)
  })
})

describe('the digest in the place of the password never verifies for', () => {
  test.each([
    ['md5', 'password', MD5_OF_PASSWORD],
    ['sha256', 'test', SHA256_OF_TEST],
    ['bcrypt', 'correct horse', BCRYPT],
    ['pbkdf2_sha256', 'password', PBKDF2_BASE64_SALT],
  ])('%s', async (hasher, password, digest) => {
    expect(await registry.verify(password, digest)).toBe(true)
    expect(await registry.verify(digest, password)).toBe(false)
    expect(await registry.verify(digest, password, { hasher })).toBe(false)
    expect(await registry.verify(digest, digest)).toBe(false)
    expect(await registry.verify(digest, digest, { hasher })).toBe(false)
  })
})

describe('the limits', () => {
  const cost = (digest: string, hasher?: string): { milliseconds: number; bytes: number; lanes: number } => {
    const parsed = registry.parse(digest, { hasher })
    if (parsed.outcome !== 'parsed') throw new Error('It was expected to parse.')
    return parsed.cost
  }

  test.each(['milliseconds', 'bytes', 'lanes'] as const)('are inclusive: %s', async (limit) => {
    const { runtime, jobs } = watchedRuntime()
    const atCost = cost(ARGON2_OF_TWO_LANES)
    const inclusive = createRegistry({ equalize: false, runtime, limits: atCost })
    expect(await inclusive.evaluate('correct horse', ARGON2_OF_TWO_LANES)).toMatchObject({ outcome: 'match' })
    expect(inclusive.parse(ARGON2_OF_TWO_LANES)).toMatchObject({ admitted: true })
    expect(jobs).toHaveLength(1)

    const below = createRegistry({
      equalize: false,
      runtime,
      limits: { ...atCost, [limit]: atCost[limit] * 0.999 },
    })
    expect(await below.evaluate('correct horse', ARGON2_OF_TWO_LANES)).toEqual({
      outcome: 'too-costly',
      hasher: 'argon2id',
      cost: atCost,
      limit,
    })
    expect(below.parse(ARGON2_OF_TWO_LANES)).toMatchObject({ admitted: false })
    expect(jobs).toHaveLength(1)
  })

  test.each([
    ['bytes', { memory: 65_536 }],
    ['lanes', { parallelism: 4 }],
  ] as const)('of %s must admit the digests that the target makes', (limit, numbers) => {
    const target = argon2idTarget(numbers)
    const atCost = target.cost(8)[limit]
    expect(() => createRegistry({ target, limits: { [limit]: atCost } })).not.toThrow()
    expect(() => createRegistry({ target, limits: { [limit]: atCost - 1 } })).toThrow(
      `createRegistry: target makes digests over limits.${limit}`,
    )
  })

  test('count the readings of both hashers that claim a digest, unless one is named', async () => {
    const alone = cost(PBKDF2_BASE64_SALT, 'pbkdf2_sha256').milliseconds
    expect(cost(PBKDF2_BASE64_SALT).milliseconds).toBeCloseTo(2 * alone)
    const limited = createRegistry({ equalize: false, limits: { milliseconds: 1.5 * alone } })
    expect(await limited.evaluate('password', PBKDF2_BASE64_SALT)).toMatchObject({
      outcome: 'too-costly',
      hasher: 'pbkdf2_sha256_django',
      limit: 'milliseconds',
    })
    expect(await limited.verify('password', PBKDF2_BASE64_SALT, { hasher: 'pbkdf2_sha256' })).toBe(true)
  })

  test('count two versions of argon2 in time, not in memory, where the digest names no version', async () => {
    const withVersion = ARGON2_WITHOUT_VERSION.replace('$m=', '$v=19$m=')
    const alone = cost(withVersion)
    expect(cost(ARGON2_WITHOUT_VERSION)).toEqual({ ...alone, milliseconds: 2 * alone.milliseconds })
    const { runtime, jobs } = watchedRuntime()
    const limited = createRegistry({ equalize: false, runtime, limits: alone })
    expect(await limited.evaluate('password', ARGON2_WITHOUT_VERSION)).toMatchObject({
      outcome: 'too-costly',
      limit: 'milliseconds',
    })
    expect(jobs).toEqual([])
    expect(await limited.evaluate('password', withVersion)).toMatchObject({ outcome: 'mismatch' })
    expect(jobs).toHaveLength(1)
  })

  test('of 64 lanes admit 64 and not 65', () => {
    const lanes = (p: number): string => ARGON2_WITHOUT_VERSION.replace('p=1', `p=${p}`)
    expect(registry.parse(lanes(64))).toMatchObject({ cost: { lanes: 64 }, admitted: true })
    expect(registry.parse(lanes(65))).toMatchObject({ cost: { lanes: 65 }, admitted: false })
  })

  test('can be raised', async () => {
    const { runtime } = watchedRuntime()
    const costly = BCRYPT.replace('$04$', '$20$')
    expect(await registry.evaluate('correct horse', costly)).toMatchObject({ outcome: 'too-costly' })
    const raised = createRegistry({ equalize: false, runtime, limits: { milliseconds: Infinity } })
    expect(await raised.evaluate('correct horse', costly)).toMatchObject({ outcome: 'match' })
  })
})

describe('an engine that fails', () => {
  const failure = new EngineError('ERR_ENGINE_LOST', 'The worker was lost.')
  const broken = createRegistry({
    equalize: false,
    runtime: { admit: () => () => undefined, run: () => Promise.reject(failure) },
  })

  test('rejects the check, and is never a wrong password', async () => {
    await expect(broken.verify('correct horse', BCRYPT)).rejects.toBe(failure)
    await expect(broken.evaluate('correct horse', BCRYPT)).rejects.toBe(failure)
    await expect(broken.hash('correct horse')).rejects.toBe(failure)
    await expect(broken.matchBackupCode('correct horse', [BCRYPT])).rejects.toBe(failure)
  })

  test('shows of a foreign error only its name and code', async () => {
    const foreign = Object.assign(new RangeError('it was given correct horse'), { code: 'ERR_FOREIGN' })
    const registryOfForeign = createRegistry({
      equalize: false,
      runtime: { admit: () => () => undefined, run: () => Promise.reject(foreign) },
    })
    const rejected = await rejectionOf(registryOfForeign.verify('correct horse', BCRYPT))
    expect(rejected).toBeInstanceOf(EngineError)
    expect(rejected).toMatchObject({
      code: 'ERR_ENGINE_FAILED',
      cause: { name: 'RangeError', code: 'ERR_FOREIGN' },
    })
    expect(String(rejected)).not.toContain('correct horse')
  })

  test('does not change an answer for which it computes nothing', async () => {
    expect(await broken.verify('correct horse', null)).toBe(false)
    expect(await broken.verify('password', MD5_OF_PASSWORD)).toBe(true)
  })
})

describe('hash', () => {
  test.each([
    ['ill-formed', 'correct horse \ud83d', 'ERR_PASSWORD_ILL_FORMED'],
    ['over 4096 bytes', 'x'.repeat(4_097), 'ERR_PASSWORD_TOO_LONG'],
    ['over 4096 bytes of UTF-8', '€'.repeat(1_366), 'ERR_PASSWORD_TOO_LONG'],
  ])('rejects a password that is %s', async (_, password, code) => {
    const rejected = await rejectionOf(registry.hash(password))
    expect(rejected).toBeInstanceOf(PasswordError)
    expect(rejected).toMatchObject({ code })
    expect(String(rejected)).not.toContain(password.slice(0, 8))
  })

  test('makes a digest that verifies the password and no other', async () => {
    const { runtime } = watchedRuntime()
    const watched = createRegistry({ runtime, target: bcryptTarget({ cost: 10 }), equalize: false })
    for (const password of ['correct horse', '', 'x'.repeat(73), 'a\0b', Uint8Array.of(0xff)]) {
      const digest = await watched.hash(password)
      expect(await watched.evaluate(password, digest)).toMatchObject({ outcome: 'match', truncated: false })
      expect(await watched.verify('another password', digest)).toBe(false)
    }
  })
})

describe('identify', () => {
  test.each([
    ['a digest', MD5_OF_PASSWORD, ['md5']],
    ['a damaged digest of a known prefix', '$2b$', ['bcrypt']],
    ['a prefix that two hashers share', 'pbkdf2_sha256$', ['pbkdf2_sha256_django', 'pbkdf2_sha256']],
    ['a text', 'correct horse', []],
    ['an empty string', '', []],
    ['null', null, []],
    ['undefined', undefined, []],
    ['a digest over 4096 characters', BCRYPT.padEnd(4_097, '.'), []],
    ['a digest of 4096 characters', BCRYPT.padEnd(4_096, '.'), ['bcrypt']],
  ])('names the hashers that claim %s', (_, digest, names) => {
    expect(registry.identify(digest)).toEqual(names)
  })
})

describe('parse', () => {
  test('gives hasher, standing, parameters, cost and reasons of a digest', () => {
    expect(registry.parse(MD5_OF_PASSWORD)).toEqual({
      outcome: 'parsed',
      hasher: 'md5',
      standing: 'insecure',
      params: {},
      cost: { milliseconds: 0.005 + 64 * 2.5e-6, bytes: 0, lanes: 1 },
      admitted: true,
      rehash: ['insecure'],
    })
    expect(registry.parse(BCRYPT)).toMatchObject({
      outcome: 'parsed',
      hasher: 'bcrypt',
      standing: 'sound',
      params: { version: '2b', cost: 4 },
      rehash: ['low-cost'],
    })
  })

  test('shows no salt, checksum or signer key', () => {
    const isPrefix = (field: string): boolean =>
      builtinHashers.some(({ prefixes }) => prefixes.some((prefix) => prefix.startsWith(`${field}$`)))
    for (const { name, example } of registry.hashers) {
      const shown = JSON.stringify(registry.parse(example, { hasher: name }))
      const long = example
        .split(/[$:,]/)
        .filter((field) => field.length > 8 && !isPrefix(field) && !field.includes('('))
      expect(shown).toContain('"outcome":"parsed"')
      expect(long.filter((field) => shown.includes(field))).toEqual([])
      expect(long).not.toEqual([])
    }
  })

  test('gives the field and the problem of a malformed digest', () => {
    expect(registry.parse(BCRYPT.slice(0, 50))).toMatchObject({
      outcome: 'malformed',
      hasher: 'bcrypt',
      problem: 'length',
      field: 'checksum',
      looksLike: 'cut-short',
    })
    expect(registry.parse(MD5_OF_PASSWORD, { hasher: 'sha256' })).toMatchObject({ hasher: 'sha256' })
  })

  test.each([
    ['no hasher claims', 'correct horse', 'unknown'],
    ['is null', null, 'unusable'],
    ['is undefined', undefined, 'unusable'],
    ['marks an account without a password', '!', 'unusable'],
    ['PASSWORD() of MySQL writes', '*6597A6A2571B5788D604EBF6BAE3797312A800DE', 'parsed'],
    ['has over 4096 characters', 'x'.repeat(4_097), 'unknown'],
  ])('tells an account without a password from an unknown digest: one that %s', (_, digest, outcome) => {
    expect(registry.parse(digest)).toMatchObject({ outcome })
  })

  test('gives the reasons of the policy', () => {
    const old = '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'
    const rehash = (policy: 'insecure' | 'dated' | 'converge'): unknown =>
      createRegistry({ policy }).parse(old)
    expect(rehash('insecure')).toMatchObject({ rehash: ['low-cost'] })
    expect(rehash('dated')).toMatchObject({ rehash: ['low-cost', 'dated'] })
    expect(rehash('converge')).toMatchObject({ rehash: ['low-cost', 'dated', 'not-target'] })
  })
})

describe('a registry', () => {
  test('hands its functions on unbound', async () => {
    const { verify, evaluate, needsRehash, identify, parse, matchBackupCode, hash } = registry
    expect(await verify('password', MD5_OF_PASSWORD)).toBe(true)
    expect(await evaluate('password', MD5_OF_PASSWORD)).toMatchObject({ outcome: 'match' })
    expect(needsRehash(MD5_OF_PASSWORD)).toBe(true)
    expect([MD5_OF_PASSWORD, BCRYPT].flatMap(identify)).toEqual(['md5', 'bcrypt'])
    expect(parse(MD5_OF_PASSWORD)).toMatchObject({ outcome: 'parsed' })
    expect(await matchBackupCode('a', ['a'])).toBe(0)
    await expect(hash('\ud83d')).rejects.toBeInstanceOf(PasswordError)
  })

  test('is frozen, with its table of hashers', () => {
    expect(Object.isFrozen(registry)).toBe(true)
    expect(Object.isFrozen(registry.hashers)).toBe(true)
    expect(registry.hashers.every((row) => Object.isFrozen(row))).toBe(true)
    expect(registry.hashers.map((row) => Object.keys(row))).toEqual(
      registry.hashers.map(() => ['name', 'standing', 'varies', 'why', 'writtenBy', 'example']),
    )
  })

  test('has a policy of its own', async () => {
    const rehash = vi.fn()
    const dated = createRegistry({ policy: 'dated', equalize: false, runtime: watchedRuntime().runtime })
    const digest = 'pbkdf2_sha1$100000$seasalt$6e88be8bad7eae9d9e10aa061224034fed48d03f'
    expect(dated.needsRehash(digest)).toBe(true)
    expect(registry.needsRehash(digest)).toBe(false)
    expect(await dated.evaluate('password', digest, { rehash })).toMatchObject({ outcome: 'mismatch' })
    expect(rehash).not.toHaveBeenCalled()
  })
})

/** A runtime that records its jobs. It computes bcrypt at cost 4 with bcryptjs, and gives bytes of zero for other jobs. */
function watchedRuntime(): { readonly runtime: Runtime; readonly jobs: readonly Job[] } {
  const jobs: Job[] = []
  const run: Runtime['run'] = async (job) => {
    jobs.push(job)
    if (job.kind !== 'bcrypt') return new Uint8Array('length' in job ? job.length : 16)
    const salt = bcryptjs.encodeBase64([...job.salt], 16)
    const text = await bcryptjs.hash(Buffer.from(job.password).toString(), `$2b$04$${salt}`)
    return Uint8Array.from(bcryptjs.decodeBase64(text.slice(29), 23))
  }
  return { runtime: { admit: () => () => undefined, run }, jobs }
}

/** The error with which a promise rejects. */
async function rejectionOf(promise: unknown): Promise<unknown> {
  expect(promise).toBeInstanceOf(Promise)
  try {
    await promise
  } catch (error) {
    return error
  }
  return undefined
}
