import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { DIGEST_BYTES } from '../compute/cost.js'
import type { JobFields } from '../compute/job.js'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lengthOf } from '../formats/fields.js'
import { roundsOf, shareOf } from '../conformance/share.fixture.js'
import { builtinHashers, createRegistry, createSignIn } from '../default.js'
import { RegistryError } from '../errors.js'
import { defineHasher } from '../hasher/hasher.js'
import { NAME_UNKNOWN } from './hints.js'
import { createRuntime } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import { bcryptTarget } from '../targets/bcrypt.js'

const TEN_MEGABYTES = 10_000_000
const SALT = 'R9h/cIPz0gi.URNNX3kh2O'
const BCRYPT_TAIL = `${SALT}PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW`
const PHPASS_TAIL = 'IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'
const TAG = 'A'.repeat(43)
const HEX = '0f'.repeat(64)
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
// Some digests are checked with the user's name.
const CONTEXT = { username: 'ada' }

const CRYPT_BYTES = { md5: 16, apr1: 16, sha1: 20, sha256: 32, sha512: 64 } as const

function lengthOfBytes(job: JobFields): number {
  if (job.kind === 'bcrypt') return 23
  if (job.kind === 'digest-loop') return DIGEST_BYTES[job.algorithm]
  if (job.kind === 'crypt-digest') return CRYPT_BYTES[job.variant]
  if (job.kind === 'yescrypt') return 32
  if (job.kind === 'expression') return 33
  return job.kind === 'crypt-des' ? 8 : job.length
}

/** Records the jobs that were asked for, and answers with bytes that are the checksum of no digest in this file. */
const run = vi.fn<Runtime['run']>((job) => {
  const length = lengthOfBytes(job)
  return Promise.resolve(new Uint8Array(length).fill(0xa5))
})
const registry = createRegistry({ equalize: false, runtime: { admit: () => () => undefined, run } })
const { evaluate, verify, hash, identify, parse, needsRehash, matchBackupCode } = registry
const signIn = createSignIn({ registry, find: () => ({ digest: MD5 }), replaceDigest: () => true })

beforeEach(() => {
  run.mockClear()
})

test('a digest within the limits reaches the runtime', async () => {
  expect(await evaluate('a guess', `$2b$12$${BCRYPT_TAIL}`)).toMatchObject({ outcome: 'mismatch' })
  expect(run).toHaveBeenCalledOnce()
})

describe('nothing is computed for a digest over the limits', () => {
  const argon2 = (parameters: string): string => `$argon2id$v=19$${parameters}$c29tZXNhbHQ$${TAG}`

  test.each([
    ['bcrypt of cost 31', `$2b$31$${BCRYPT_TAIL}`, 'milliseconds'],
    ['bcrypt of cost 17', `$2y$17$${BCRYPT_TAIL}`, 'milliseconds'],
    ['bcrypt behind Django’s prefix', `bcrypt_sha256$$2b$31$${BCRYPT_TAIL}`, 'milliseconds'],
    ['phpass of exponent 30', `$P$S${PHPASS_TAIL}`, 'milliseconds'],
    ['PBKDF2 of 2^31 - 1 iterations', `pbkdf2_sha256$2147483647$seasalt$${TAG}=`, 'milliseconds'],
    [
      'PBKDF2 with a checksum of a thousand bytes',
      `pbkdf2_sha512$400000$salt$${'0f'.repeat(1_000)}`,
      'milliseconds',
    ],
    ['scrypt of N 2^40', `scrypt:1099511627776:8:1$salt$${HEX}`, 'milliseconds'],
    ['scrypt of p 2^20', `scrypt:32768:8:1048576$salt$${HEX}`, 'milliseconds'],
    ['scrypt of r 2^20', `scrypt:2:1048576:1$salt$${HEX}`, 'milliseconds'],
    ['scrypt of half a million lanes', `scrypt:2:8:524288$salt$${HEX}`, 'milliseconds'],
    ['Argon2 of four terabytes', argon2('m=4294967295,t=1,p=1'), 'milliseconds'],
    ['Argon2 of 2^32 - 1 iterations', argon2('m=8,t=4294967295,p=1'), 'milliseconds'],
    ['Argon2 of 32,768 lanes', argon2('m=262144,t=1,p=32768'), 'lanes'],
    ['Argon2 of 100 lanes', argon2('m=800,t=1,p=100'), 'lanes'],
    ['Argon2 of one gigabyte', argon2('m=1048576,t=1,p=1'), 'bytes'],
  ])('and the outcome is too-costly: %s', async (_, digest, limit) => {
    expect(await evaluate('a guess', digest)).toMatchObject({ outcome: 'too-costly', limit })
    expect(await verify('a guess', digest)).toBe(false)
    expect(parse(digest)).toMatchObject({ outcome: 'parsed', admitted: false })
    expect(run).not.toHaveBeenCalled()
  })

  test.each([
    ['PBKDF2 of 10^12 iterations', `pbkdf2_sha256$1000000000000$seasalt$${TAG}=`, 'iterations'],
    ['scrypt of N 2^60', `scrypt:1152921504606846976:8:1$salt$${HEX}`, 'N'],
    ['scrypt of r and p that RFC 7914 forbids', `scrypt:32768:32768:32768$salt$${HEX}`, 'p'],
    ['Argon2 of 32,768 lanes in too little memory', argon2('m=64,t=1,p=32768'), 'm'],
    ['Argon2 of more memory than 32 bits hold', argon2('m=4294967296,t=1,p=1'), 'm'],
    ['Argon2 of negative iterations', argon2('m=64,t=-2,p=1'), 't'],
    ['Argon2 in hexadecimal', argon2('m=0x40,t=1,p=1'), 'm'],
    ['phpass of exponent 63', `$P$z${PHPASS_TAIL}`, 'rounds'],
    ['bcrypt of cost 99', `$2b$99$${BCRYPT_TAIL}`, 'cost'],
    ['bcrypt of a cost that is no number', `$2b$NaN$${BCRYPT_TAIL}`, 'cost'],
    ['Firebase of memory cost 40', `${TAG}=$AAAA$${TAG}=$AA==$8$40`, 'memoryCost'],
  ])('and the outcome is malformed where a field is out of range: %s', async (_, digest, field) => {
    expect(await evaluate('a guess', digest)).toMatchObject({ outcome: 'malformed', field })
    expect(parse(digest)).toMatchObject({ outcome: 'malformed', field })
    expect(run).not.toHaveBeenCalled()
  })

  test('and the outcome is too-costly where only its readings together are over the limit', async () => {
    const ms = (digest: string): number => {
      const parsed = parse(digest)
      return parsed.outcome === 'parsed' ? parsed.cost.milliseconds : 0
    }
    const half = ms(`$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHQ$${TAG}`)
    const strict = createRegistry({
      equalize: false,
      limits: { milliseconds: half * 1.5 },
      runtime: { admit: () => () => undefined, run },
    })
    const versioned = argon2('m=65536,t=3,p=1')
    expect(await strict.evaluate('a guess', versioned)).toMatchObject({ outcome: 'mismatch' })
    run.mockClear()
    const verdict = await strict.evaluate('a guess', versioned.replace('v=19$', ''))
    expect(verdict).toMatchObject({ outcome: 'too-costly', cost: { milliseconds: half * 2 } })
    expect(run).not.toHaveBeenCalled()
  })

  test('and the outcome is too-costly where a password of 4096 bytes makes phpass so slow', async () => {
    const digest = `$P$I${PHPASS_TAIL}`
    expect(await evaluate('a guess', digest)).toMatchObject({ outcome: 'mismatch' })
    run.mockClear()
    expect(await evaluate('x'.repeat(4_096), digest)).toMatchObject({ outcome: 'too-costly' })
    expect(run).not.toHaveBeenCalled()
  })

  test('and it is passed over in a list of backup codes', async () => {
    expect(await matchBackupCode('a guess', [`$2b$31$${BCRYPT_TAIL}`, `$2b$99$${BCRYPT_TAIL}`])).toBeNull()
    expect(run).not.toHaveBeenCalled()
  })
})

describe('a damaged digest never matches and never throws', () => {
  const damages = [
    ['cut short', cutShort],
    ['with a character put in', withCharacterPutIn],
    ['with a character replaced', withCharacterReplaced],
  ] as const

  test.each(
    damages.flatMap(([how, damage]) =>
      builtinHashers.map(({ name, example }) => ({ how, damage, name, example })),
    ),
  )('$name: $how', async ({ damage, name, example }) => {
    const outcomes = new Set<string>()
    // Eleven shares no factor with the number of signs that are put in, so every sign and every part of the digest is taken.
    for (const digest of shareOf(damage(example), 11)) {
      const free = await evaluate('a guess', digest, { context: CONTEXT })
      const named = await evaluate('a guess', digest, { context: CONTEXT, hasher: name })
      outcomes.add(free.outcome).add(named.outcome)
      if (free.outcome === 'malformed') expect(parse(digest)).toEqual(free)
      if (named.outcome === 'malformed') expect(needsRehash(digest, { hasher: name })).toBe(true)
    }
    const harmless = ['unknown', 'malformed', 'too-costly', 'unusable', 'mismatch']
    expect([...outcomes].filter((outcome) => !harmless.includes(outcome))).toEqual([])
    expect(outcomes).toContain('malformed')
  })

  test.each([
    '',
    '$',
    '$$',
    '\0',
    '\u{feff}',
    '\u{d800}',
    '{}',
    '[object Object]',
    'null',
    'undefined',
    'NaN',
    '%s%n',
    "' OR 1=1 --",
  ])('a text that is no digest is unknown or unusable (case %#)', async (digest) => {
    const { outcome } = await evaluate('a guess', digest)
    expect(['unknown', 'unusable']).toContain(outcome)
    expect(parse(digest)).toMatchObject({ outcome })
    expect(identify(digest)).toEqual([])
    expect(run).not.toHaveBeenCalled()
  })

  test('the verdict for a damaged digest holds no part of the digest', async () => {
    for (const { name, example } of builtinHashers) {
      const titles: readonly string[] = [name, ...Object.values(ALGORITHM_NAMES)]
      const secrets = example
        .split(/[$:,]/)
        // An expression is no secret, but for its literals.
        .filter(
          (field) =>
            isSecret(field) && !titles.some((title) => title.includes(field)) && !field.includes('('),
        )
      expect(secrets.length).toBeGreaterThan(0)
      for (const digest of [example, example.slice(0, -1), `${example}!`, example.toUpperCase()]) {
        const shown = inspect(
          [await evaluate('a guess', digest, { context: CONTEXT, hasher: name }), parse(digest)],
          {
            depth: Infinity,
          },
        )
        expect(secrets.filter((secret) => shown.toUpperCase().includes(secret.toUpperCase()))).toEqual([])
      }
    }
  })
})

describe('ten megabytes are refused for their length', () => {
  const PREFIXES = [
    '$2b$12$',
    '$P$9',
    'scrypt:',
    '$argon2id$',
    'pbkdf2_sha256$',
    'bcrypt_sha256$$2b$',
    '0',
    'A$',
    '$',
    '!',
  ]
  const long = PREFIXES.map((prefix) => prefix.padEnd(TEN_MEGABYTES, prefix))

  test('as a digest, which is unknown, or malformed where a hasher is named', async () => {
    for (const digest of long) {
      expect(await evaluate('a guess', digest)).toMatchObject({ outcome: 'unknown' })
      expect(identify(digest)).toEqual([])
      expect(parse(digest)).toMatchObject({ outcome: 'unknown' })
      expect(needsRehash(digest)).toBe(true)
      for (const { name } of builtinHashers) {
        const malformed = { outcome: 'malformed', hasher: name, problem: 'length', field: 'digest' }
        expect(await evaluate('a guess', digest, { hasher: name })).toMatchObject(malformed)
        expect(parse(digest, { hasher: name })).toMatchObject(malformed)
      }
      const named = { hasher: 'no_such_hasher' }
      expect(await evaluate('a guess', digest, named)).toEqual({ outcome: 'unknown', ...NAME_UNKNOWN })
    }
    expect(run).not.toHaveBeenCalled()
  })

  test('as a digest, which is shown to no hasher', async () => {
    const seen: number[] = []
    const nosy = defineHasher({
      name: 'nosy',
      standing: 'sound',
      example: 'nosy',
      identify: (digest) => seen.push(digest.length) > 0,
      parse: (rest) => {
        seen.push(lengthOf(rest))
        return { problem: 'shape', field: 'digest' }
      },
      describe: () => ({}),
      cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
      derive: () => Promise.resolve(new Uint8Array(0)),
    })
    const shy = createRegistry({ hashers: [nosy], equalize: false })
    for (const digest of ['x'.repeat(4_097), 'x'.repeat(TEN_MEGABYTES)]) {
      await shy.evaluate('a guess', digest)
      await shy.evaluate('a guess', digest, { hasher: 'nosy' })
      shy.identify(digest)
      shy.parse(digest, { hasher: 'nosy' })
      shy.needsRehash(digest)
    }
    expect(seen).toEqual([])
    await shy.evaluate('a guess', 'x'.repeat(4_096))
    expect(seen).toEqual([4_096, 4_096])
  })

  test('as a digest, and digests of the greatest length are read in time linear in their length', () => {
    const known = builtinHashers.flatMap(({ prefixes }) => prefixes)
    const pieces = new Set([...known, ...PREFIXES, 'A$A', '$8', '=', ',m=1', ':'])
    const longest = shareOf([...pieces], 5).map((piece) => piece.padEnd(4_096, piece))
    const start = performance.now()
    for (const digest of longest) {
      identify(digest)
      for (const { name } of builtinHashers) parse(digest, { hasher: name })
    }
    // The loop takes some seconds, most of them for hints; a regular expression that backtracks would take many minutes.
    expect(performance.now() - start).toBeLessThan(50_000)
  })

  test('as a password', async () => {
    const password = 'a'.repeat(TEN_MEGABYTES)
    for (const long of [password, Buffer.from(password)]) {
      expect(await evaluate(long, `$2b$12$${BCRYPT_TAIL}`)).toEqual({
        outcome: 'refused',
        problem: 'too-long',
      })
      expect(await matchBackupCode(long, [password])).toBeNull()
      await expect(hash(long)).rejects.toMatchObject({ code: 'ERR_PASSWORD_TOO_LONG' })
      expect(await signIn('somebody', long)).toBeNull()
    }
    expect(run).not.toHaveBeenCalled()
  })

  test('as the name of a hasher, which no verdict repeats', async () => {
    const verdict = await evaluate('a guess', MD5, { hasher: 'md5'.repeat(TEN_MEGABYTES / 3) })
    expect(verdict).toEqual({ outcome: 'unknown', ...NAME_UNKNOWN })
  })

  test('as backup codes', async () => {
    expect(await matchBackupCode('a guess', long)).toBeNull()
    expect(run).not.toHaveBeenCalled()
  })
})

describe('a name that a row gives is looked up among hashers alone', () => {
  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    'get',
    'md5\0',
    'm d5',
    '\u{feff}md5',
    '\u{a0}md5',
    'ｍｄ５',
  ])('so that other names are unknown: %j', async (hasher) => {
    expect(await evaluate('password', MD5, { hasher })).toEqual({ outcome: 'unknown', ...NAME_UNKNOWN })
    expect(await verify('password', MD5, { hasher })).toBe(false)
    expect(parse(MD5, { hasher })).toEqual({ outcome: 'unknown', ...NAME_UNKNOWN })
    expect(needsRehash(MD5, { hasher })).toBe(true)
  })

  test.each(['', ' ', 'MD5', ' md5\t', 'md5   \r\n'])(
    'in any spelling of md5, and an empty name names none: %j',
    async (hasher) => {
      expect(await verify('password', MD5, { hasher })).toBe(true)
      expect(parse(MD5, { hasher })).toMatchObject({ hasher: 'md5' })
    },
  )

  test.each(['__proto__', 'constructor', 'toString'])(
    'and a digest of such a text is unknown: %s',
    async (digest) => {
      expect(await evaluate('a guess', digest)).toMatchObject({ outcome: 'unknown' })
      expect(identify(digest)).toEqual([])
    },
  )
})

describe('a polluted prototype configures nothing', () => {
  const names: readonly (readonly [name: string, value: unknown])[] = [
    ['problem', 'shape'],
    ['once', true],
    ['signal', AbortSignal.abort()],
    ['outcome', 'match'],
    ['name', 'md5'],
    ['code', 'ERR_OVERLOADED'],
    ['done', true],
    ['bytes', new Uint8Array(23)],
    ['engine', 'nonsense'],
    ['heavyAbove', 0],
    ['prefixes', {}],
    ['schemes', []],
    ['matches', () => true],
    ['passwordForms', () => [new Uint8Array(1)]],
    ['aliases', ['md5']],
    ['looksLike', 'quoted'],
  ]
  const polluted: string[] = []

  const pollute = (name: string, value: unknown): void => {
    polluted.push(name)
    Object.defineProperty(Object.prototype, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    })
  }

  afterEach(() => {
    for (const name of polluted.splice(0)) Reflect.deleteProperty(Object.prototype, name)
  })

  test('and names no hasher', async () => {
    pollute('hasher', 'sha256')
    expect(await evaluate('password', MD5, {})).toMatchObject({ outcome: 'match', hasher: 'md5' })
    expect(await evaluate('password', MD5)).toMatchObject({ outcome: 'match', hasher: 'md5' })
    expect(parse(MD5, {})).toMatchObject({ hasher: 'md5' })
    expect(needsRehash(`$2b$12$${BCRYPT_TAIL}`, {})).toBe(false)
  })

  test('and is handed no replacement', async () => {
    const rehash = vi.fn()
    pollute('rehash', rehash)
    expect(await evaluate('password', MD5, {})).toMatchObject({ outcome: 'match', rehash: ['insecure'] })
    expect(rehash).not.toHaveBeenCalled()
    expect(run).not.toHaveBeenCalled()
  })

  test('and aborts no check', async () => {
    pollute('signal', AbortSignal.abort())
    expect(await verify('password', MD5, {})).toBe(true)
    expect(await verify('password', MD5)).toBe(true)
  })

  test('and aborts no sign-in', async () => {
    pollute('signal', AbortSignal.abort())
    await expect(signIn('somebody', 'password', {})).resolves.toEqual({ digest: MD5 })
    await expect(signIn('somebody', 'password')).resolves.toEqual({ digest: MD5 })
  })

  test.each(shareOf(names, 2))('and changes no check with a member named %s', async (name, value) => {
    const target = bcryptTarget({ cost: 10 })
    const started = createRegistry({ runtime: createRuntime(), target })
    const right = '$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm'
    pollute(name, value)
    expect(await started.verify('password', MD5, { hasher: 'md5' })).toBe(true)
    expect(await started.verify('Password', MD5)).toBe(false)
    for (let round = 0; round < roundsOf(3, 1); round++) {
      expect(await started.evaluate('password', right)).toMatchObject({ outcome: 'match', hasher: 'bcrypt' })
      expect(await started.evaluate('Password', right)).toMatchObject({ outcome: 'mismatch' })
    }
    expect(started.parse('$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0')).toMatchObject({ outcome: 'parsed' })
    expect(Object.hasOwn(started.parse('plain text'), 'hasher')).toBe(false)
  })

  test('and gives no registry to a sign-in', async () => {
    pollute('registry', { verify: () => Promise.resolve(true) })
    const made = createSignIn({ find: () => ({ digest: MD5 }), replaceDigest: () => true })
    expect(await made('somebody', 'a guess')).toBeNull()
  })

  test('and gives no hashers and no target to a registry', () => {
    const names = registry.hashers.map(({ name }) => name)
    pollute('hashers', [])
    pollute('target', bcryptTarget({ cost: 10 }))
    pollute('limits', { milliseconds: 1 })
    pollute('policy', 'converge')
    pollute('cost', 10)
    const made = createRegistry({})
    expect(made.hashers.map(({ name }) => name)).toEqual(names)
    expect(made.needsRehash(`$2b$11$${BCRYPT_TAIL}`)).toBe(true)
    expect(made.needsRehash(`$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$${TAG}`)).toBe(false)
    expect(made.parse(`$2b$12$${BCRYPT_TAIL}`)).toMatchObject({ admitted: true })
  })

  test('and gives no option to a runtime, as options that change later do not', () => {
    pollute('maxQueue', 1)
    const options = { maxQueue: 2 }
    const runtimes = [createRuntime({}), createRuntime(), createRuntime(options)]
    options.maxQueue = 1
    for (const { admit } of runtimes) {
      admit()
      expect(admit).not.toThrow()
    }
  })

  test('and neither does another prototype of the options', async () => {
    const rehash = vi.fn()
    const heir = {}
    Object.setPrototypeOf(heir, { hasher: 'sha256', rehash, signal: AbortSignal.abort() })
    expect(await evaluate('password', MD5, heir)).toMatchObject({ outcome: 'match', hasher: 'md5' })
    expect(rehash).not.toHaveBeenCalled()
  })
})

describe('an argument of the wrong type', () => {
  const NO_PASSWORDS: readonly unknown[] = [
    undefined,
    null,
    0,
    7,
    true,
    {},
    ['a'],
    Object('text'),
    Symbol('s'),
    new ArrayBuffer(2),
    7n,
  ]
  const NO_DIGESTS: readonly unknown[] = [
    0,
    7,
    true,
    {},
    [MD5],
    Object(MD5),
    Symbol('s'),
    Buffer.from(MD5),
    () => MD5,
  ]
  const NO_OPTIONS: readonly unknown[] = [null, 0, 'md5', true, Symbol('s'), () => ({})]
  const NO_NAMES: readonly unknown[] = [0, true, {}, ['md5'], Object('md5'), Symbol('s')]
  const NO_FUNCTIONS: readonly unknown[] = [null, 0, true, 'text', {}, []]
  const NO_SIGNALS: readonly unknown[] = [null, 0, true, 'text', {}, { aborted: true }, new AbortController()]
  const NO_LISTS: readonly unknown[] = [
    undefined,
    null,
    0,
    'text',
    {},
    new Set(['a']),
    [undefined],
    [7],
    ['a', {}],
    [['a']],
    [MD5, true],
  ]

  const checks = [
    ...NO_PASSWORDS.map((password) => [password, MD5]),
    ...NO_DIGESTS.map((digest) => ['a guess', digest]),
    ...NO_OPTIONS.map((options) => ['a guess', MD5, options]),
    ...NO_NAMES.map((hasher) => ['a guess', MD5, { hasher }]),
    ...NO_FUNCTIONS.map((rehash) => ['a guess', MD5, { rehash }]),
    ...NO_SIGNALS.map((signal) => ['a guess', MD5, { signal }]),
  ]

  test.each([
    ['evaluate', evaluate, checks],
    ['verify', verify, checks],
    ['hash', hash, NO_PASSWORDS.map((password) => [password])],
    [
      'matchBackupCode',
      matchBackupCode,
      [...NO_PASSWORDS.map((code) => [code, []]), ...NO_LISTS.map((stored) => ['a guess', stored])],
    ],
    [
      'signIn',
      signIn,
      [
        ...NO_PASSWORDS.slice(2).map((password) => ['somebody', password]),
        ...NO_OPTIONS.map((options) => ['somebody', 'a guess', options]),
        ...NO_SIGNALS.map((signal) => ['somebody', 'a guess', { signal }]),
      ],
    ],
  ])('rejects the promise with a TypeError and does not throw: %s', async (_, target, calls) => {
    const missed: string[] = []
    for (const args of calls) {
      const promise = callUntyped(target, args)
      expect(promise).toBeInstanceOf(Promise)
      const error = await Promise.resolve(promise).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (!(error instanceof TypeError)) missed.push(inspect(args))
      expect(inspect(error)).not.toMatch(/a guess|5f4dcc3b/)
    }
    expect(missed).toEqual([])
    expect(run).not.toHaveBeenCalled()
  })

  test('rejects before an abort counts or the store is called', async () => {
    const find = vi.fn(() => null)
    const strict = createSignIn({ registry, find, replaceDigest: () => true })
    await expect(callUntyped(strict, ['somebody', 7])).rejects.toThrow(TypeError)
    expect(find).not.toHaveBeenCalled()
  })

  test.each([
    ['needsRehash', needsRehash],
    ['parse', parse],
  ])('throws a TypeError from a function that returns no promise: %s', (_, target) => {
    const calls = [
      ...NO_DIGESTS.map((digest) => [digest]),
      ...NO_OPTIONS.map((options) => [MD5, options]),
      ...NO_NAMES.map((hasher) => [MD5, { hasher }]),
    ]
    for (const args of calls) {
      expect(() => callUntyped(target, args), inspect(args)).toThrow(TypeError)
    }
  })

  test('is claimed by no hasher in identify', () => {
    for (const digest of [...NO_DIGESTS, undefined, null]) expect(callUntyped(identify, [digest])).toEqual([])
  })

  test.each([
    ['createRegistry', createRegistry, [null, 7, 'text', true]],
    ['createSignIn', createSignIn, [undefined, null, 7, 'text', {}, { find: () => null }]],
    [
      'bcryptTarget',
      bcryptTarget,
      [null, 7, 'text', { cost: '12' }, { cost: 9 }, { cost: 16 }, { cost: NaN }, { rounds: 12 }],
    ],
    [
      'createRuntime',
      createRuntime,
      [
        null,
        7,
        { concurrency: 0 },
        { concurrency: -1 },
        { concurrency: NaN },
        { concurrency: '2' },
        { places: 2 },
      ],
    ],
    ['defineHasher', defineHasher, [{}, { name: undefined }, { name: 'MD5' }]],
  ])('throws a RegistryError at once from %s', (_, target, wrong: readonly unknown[]) => {
    const answers = wrong.map((options) => {
      try {
        callUntyped(target, [options])
        return 'accepted'
      } catch (error) {
        return error instanceof RegistryError ? error.code : String(error)
      }
    })
    expect(answers).toEqual(wrong.map(() => 'ERR_REGISTRY_OPTION'))
  })

  test.each([
    [
      'hashers',
      [7, 'md5', {}, [7], [null], [{ name: 'md5' }], [{ identify: () => true, parse: () => [], name: 'x' }]],
    ],
    ['target', [7, 'bcrypt', {}, [], { hashers: [], cost: () => 1, hash: () => 1 }]],
    ['policy', ['', 'INSECURE', 'none', 7, {}, ['insecure']]],
    ['equalize', [0, 1, 'true', {}]],
    ['runtime', [7, 'shared', {}, { run: () => 1 }, { admit: () => 1 }]],
    ['onRehashError', [7, 'warn', {}]],
  ])(
    'throws a RegistryError in the option %s, and does not use the default',
    (name, wrong: readonly unknown[]) => {
      for (const value of wrong) {
        expect(() => callUntyped(createRegistry, [{ [name]: value }]), inspect(value)).toThrow(RegistryError)
      }
    },
  )
})

function cutShort(example: string): readonly string[] {
  return Array.from(example, (_, length) => example.slice(0, length))
}

/** Whether a field of a digest must not be shown. Counts of iterations may be. */
function isSecret(field: string): boolean {
  return field.length > 6 && !/^\d+$/.test(field)
}

const FOREIGN = ['$', '=', '\0', '\n', ' ', '\u{feff}', '\u{d800}', '\u{ff15}', '0']

function withCharacterPutIn(example: string): readonly string[] {
  const places = [...cutShort(example), example].map((start) => start.length)
  return places.flatMap((place) =>
    FOREIGN.map((foreign) => example.slice(0, place) + foreign + example.slice(place)),
  )
}

function withCharacterReplaced(example: string): readonly string[] {
  return cutShort(example).flatMap((start) =>
    FOREIGN.map((foreign) => start + foreign + example.slice(start.length + 1)),
  )
}

/** Calls a function as JavaScript without types would. */
function callUntyped(target: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  return Reflect.apply(target, undefined, args)
}
