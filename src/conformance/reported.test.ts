import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { readVectorFolder } from './vector-files.js'
import type { Verdict } from '../registry/verdict.js'

// Digests that users reported are made again with invented passwords, by the systems that the reports name. A digest that
// passlift reads as its maker does is a vector, in a group whose source is `reported`. This file has all other reported
// digests, with the answers of passlift.

interface Reported {
  /** The system that made the digest. */
  readonly system: string
  readonly password: string
  readonly digest: string
  readonly expected: Partial<Verdict>
  /** The reason why passlift finds no match, though the maker of the digest does. */
  readonly why: string
}

const P = 'orchid-17'
const UNKNOWN = { outcome: 'unknown' } as const

const WITHOUT_HASHER: readonly Reported[] = [
  {
    system: "MySQL's OLD_PASSWORD()",
    password: P,
    digest: '4467938021f55af8',
    expected: UNKNOWN,
    why: 'no hasher claims the digest',
  },
]

const registry = createRegistry({ equalize: false })

describe('a reported digest', () => {
  test.each(WITHOUT_HASHER)('of $system is no match, since $why', async ({ password, digest, expected }) => {
    expect(await registry.evaluate(password, digest)).toMatchObject(expected)
    expect(await registry.verify(password, digest)).toBe(false)
  })

  test.each(WITHOUT_HASHER)('of $system is claimed by no hasher', ({ digest }) => {
    expect(registry.identify(digest)).toEqual([])
  })

  test('verifies where the named hasher is an empty string', async () => {
    const digest = '6042da036fbde6fd738cd2c00e3c0143'
    expect(await registry.verify(P, digest, { hasher: '' })).toBe(true)
  })

  test('of WordPress is replaced by default, since it takes about a millisecond', () => {
    expect(registry.needsRehash('$P$Bl55YeV9l2IIgmDXV5HbfzTTPVr.J7.')).toBe(true)
    expect(registry.parse('$P$Bl55YeV9l2IIgmDXV5HbfzTTPVr.J7.')).toMatchObject({ rehash: ['low-cost'] })
  })

  test('that a column filled up with NULs is malformed, and its hint says so', () => {
    const digest =
      '$argon2id$v=19$m=65536,t=2,p=1$RNJC28L4QYMX0iAgsHsn1w$RWSDB3WwIjE4PQdA8iRnymAE8yPKOXnZhq6kDzbWjAE'
    expect(registry.parse(digest.padEnd(128, '\0'))).toMatchObject({
      outcome: 'malformed',
      looksLike: 'nul-padding',
    })
  })

  test('of bytes in ISO-8859-1 matches as these bytes, and not as the text', async () => {
    const digest = '0a67862a1181f3b2161ad10f6200547a'
    expect(await registry.verify(Buffer.from('Grüße-9', 'latin1'), digest)).toBe(true)
    expect(await registry.verify('Grüße-9', digest)).toBe(false)
  })

  test('is a vector or a row of this file, and no reported digest is missing', async () => {
    const inVectors = (await readVectorFolder('vectors')).flatMap(({ hasher, groups }) => {
      const tests = groups.filter(({ source }) => source.how === 'reported').flatMap((group) => group.tests)
      return tests.length === 0 ? [] : [[hasher, new Set(tests.map(({ digest }) => digest)).size]]
    })
    expect(inVectors).toEqual([
      ['argon2i', 1],
      // One reported digest is another one filled up with NULs.
      ['argon2id', 5],
      ['bcrypt', 11],
      ['md5', 2],
      ['md5_django', 2],
      ['mysql41', 1],
      ['pbkdf2_sha256', 1],
      ['pbkdf2_sha512', 1],
      ['pbkdf2_werkzeug', 2],
      ['phpass', 1],
      ['phpass_phpbb', 2],
      ['phpass_wordpress', 3],
      ['scrypt_better_auth', 1],
      ['scrypt_django', 1],
      ['scrypt_firebase', 2],
      ['scrypt_supabase', 1],
      ['sha1', 1],
      ['sha1_django', 1],
      ['spring', 1],
    ])
    expect(WITHOUT_HASHER).toHaveLength(1)
  })
})
