import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../default.js'
import { isMalformed } from '../formats/problem.js'
import type { Hasher, Reading } from '../hasher/hasher.js'

// One grammar, two meanings of the salt.
const SHARED = ['pbkdf2_sha256_django', 'pbkdf2_sha256']

const PROBLEMS = ['shape', 'alphabet', 'length', 'number', 'range', 'version', 'duplicate', 'canonical']
const FIELDS = ['digest', 'cost', 'rounds', 'iterations', 'salt', 'checksum', 'v', 'parameters', 'N']

const ODD_TEXTS = [
  '',
  '\0',
  '\u{feff}',
  '\u{d800}',
  '$',
  '$'.repeat(4_096),
  ':'.repeat(4_096),
  '='.repeat(4_096),
  '0'.repeat(4_096),
  '$argon2id$'.repeat(400),
  'a$b$c$d$8$14',
  'a$b$c$d$99$99',
  '$2b$',
  '$2b$12$',
  '$P$',
  'scrypt:',
  'scrypt:::$$',
  'pbkdf2_sha1$$$$',
  'bcrypt_sha256$$2b$',
  '__proto__',
  'constructor',
]

test('the standing of each is decided, and changes for nobody', () => {
  const named = (standing: string): readonly string[] =>
    builtinHashers.filter((hasher) => hasher.standing === standing).map(({ name }) => name)
  expect(named('insecure')).toEqual(['md5', 'sha256'])
  expect(named('dated')).toEqual(['pbkdf2_sha1', 'phpass'])
  expect(named('sound')).toHaveLength(9)
})

describe.each(builtinHashers)('$name', (hasher) => {
  const { name, example } = hasher

  test('reads its example, and claims it with those that share its grammar', () => {
    expect(isMalformed(hasher.parse(example))).toBe(false)
    const claiming = builtinHashers.filter(({ identify }) => identify(example)).map((other) => other.name)
    expect(claiming).toEqual(SHARED.includes(name) ? SHARED : [name])
  })

  test("reads no other hasher's example", () => {
    const others = builtinHashers.filter((other) => other !== hasher && !SHARED.includes(other.name))
    const read = others.filter((other) => !isMalformed(hasher.parse(other.example)))
    expect(read.map((other) => other.name)).toEqual([])
  })

  test('says its prefixes, and claims only what starts with one of them', () => {
    if (hasher.prefixes.length === 0) {
      expect(['scrypt_firebase', 'md5', 'sha256']).toContain(name)
      return
    }
    const startsRight = (text: string): boolean => hasher.prefixes.some((prefix) => text.startsWith(prefix))
    const claimed = [example, ...variations(example), ...ODD_TEXTS].filter(hasher.identify)
    expect(claimed.length).toBeGreaterThan(1)
    expect(claimed.filter((text) => !startsRight(text))).toEqual([])
  })

  test('claims whatever it reads', () => {
    const examples = builtinHashers.map((other) => other.example)
    const texts = [
      ...examples,
      ...examples.flatMap(variations),
      ...examples.flatMap(replacements),
      ...ODD_TEXTS,
    ]
    const read = texts.filter((text) => !isMalformed(hasher.parse(text)))
    expect(read.length).toBeGreaterThan(20)
    expect(read.filter((text) => !hasher.identify(text))).toEqual([])
  })

  test('answers for any text, and finds none of these odd ones a digest', () => {
    for (const text of ODD_TEXTS) {
      expect(hasher.identify(text)).toBeTypeOf('boolean')
      const answer = hasher.parse(text)
      if (!isMalformed(answer)) throw new Error('An odd text must be malformed.')
      expect(Object.keys(answer)).toEqual(['problem', 'field'])
      expect(PROBLEMS).toContain(answer.problem)
      expect(FIELDS).toContain(answer.field)
    }
  })

  test('keeps nothing of a digest in a regular expression, where anybody could read it', () => {
    const salted = example.replace('salt', 'sält 🧂')
    const texts = [example, salted, ...variations(example), ...ODD_TEXTS]
    expect(/x/.exec('x')).not.toBeNull()
    for (const text of texts) {
      hasher.identify(text)
      const readings = hasher.parse(text)
      if (!isMalformed(readings)) for (const reading of readings) reading.describe()
    }
    expect(Reflect.get(RegExp, 'input')).toBe('x')
  })

  test('describes an example in numbers and short words, none of them a secret', () => {
    for (const reading of readingsOf(hasher)) {
      const described = reading.describe()
      for (const value of Object.values(described)) {
        expect(typeof value === 'number' || value.length <= 2).toBe(true)
      }
      const shown = inspect([described, reading], { depth: Infinity, showHidden: true })
      const secrets = example.split(/[$:,]/).filter((field) => field.length > 4 && !/^\d{1,7}$/.test(field))
      expect(secrets.length).toBeGreaterThan(0)
      expect(secrets.filter((field) => shown.includes(field))).toEqual([])
    }
  })

  test('makes a new cost and a new description every time, which whoever gets them may change', () => {
    const readings = [...readingsOf(hasher), ...readingsOf(hasher)]
    const costs = [...readings, ...readings].map(({ cost }) => cost(8))
    const descriptions = [...readings, ...readings].map((reading) => reading.describe())
    expect(new Set(costs).size).toBe(costs.length)
    expect(new Set(descriptions).size).toBe(descriptions.length)
  })

  test('says of a password that HMAC cannot tell from another that it must not become a new digest', () => {
    const hmac = { sha1: 20, sha256: 32, sha512: 64 } as const
    const algorithm = name.startsWith('scrypt_') ? 'sha256' : /^pbkdf2_(sha\d+)/.exec(name)?.[1]
    const bytes =
      algorithm === 'sha1' || algorithm === 'sha256' || algorithm === 'sha512' ? hmac[algorithm] : 0
    const [reading] = readingsOf(hasher)
    const truncated = ['key\0', '\0'.repeat(3), `\u00e9${'x'.repeat(bytes === 0 ? 30 : bytes - 2)}`]
    // bcrypt cannot tell the NULs from its own; the others read every byte.
    const expected =
      bytes > 0 ? [true, true, true] : name === 'bcrypt' ? [true, true, false] : [false, false, false]
    expect(truncated.map((password) => reading.truncates(Buffer.from(password)))).toEqual(expected)
    for (const password of ['', 'key', 'a\u00e9', 'x'.repeat(bytes)]) {
      expect(reading.truncates(Buffer.from(password))).toBe(false)
    }
    if (bytes > 0) expect(reading.truncates(new Uint8Array(4_096).fill(0xe9))).toBe(false)
  })

  test('costs something, and never less for a longer password', () => {
    const [reading] = readingsOf(hasher)
    const costs = [0, 1, 39, 40, 72, 1_000, 4_096].map(reading.cost)
    expect(costs.filter(({ milliseconds }) => !(milliseconds > 0 && milliseconds < Infinity))).toEqual([])
    const milliseconds = costs.map((cost) => cost.milliseconds)
    expect(milliseconds.toSorted((first, second) => first - second)).toEqual(milliseconds)
  })
})

function readingsOf({ parse, example }: Hasher): readonly [Reading, ...Reading[]] {
  const readings = parse(example)
  if (isMalformed(readings)) throw new Error('The example must parse.')
  return readings
}

/** Each of some characters in the place of every one. */
function replacements(example: string): readonly string[] {
  return Array.from(example, (_, place) => place).flatMap((place) =>
    ['$', '0', '1', 'a', 'f', 'A', '\0', '\u{ff15}'].map(
      (character) => example.slice(0, place) + character + example.slice(place + 1),
    ),
  )
}

/** Every truncation, and each of some characters put in at every place. */
function variations(example: string): readonly string[] {
  const places = Array.from(example, (_, place) => place)
  const changed = places.flatMap((place) =>
    ['$', '=', '0', '\0', '\n', ' ', ':', '\u{ff15}'].map(
      (character) => example.slice(0, place) + character + example.slice(place),
    ),
  )
  return [...places.map((place) => example.slice(0, place)), ...changed, `${example}\n`]
}
