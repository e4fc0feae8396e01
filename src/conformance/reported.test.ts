import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { readVectorFolder } from './vector-files.js'
import type { Verdict } from '../registry/verdict.js'

// Digests that users reported are made again with invented passwords, by the systems that the reports name. Those that passlift
// reads as their makers do are vectors, in groups whose source is `reported`. This file has the others, with its answers.

interface Reported {
  /** The system that made the digest. */
  readonly system: string
  readonly password: string
  readonly digest: string
  readonly expected: Partial<Verdict>
  /** Why it is no match here, though its maker matches it. */
  readonly why: string
}

/** Digests whose maker changes what was typed before it hashes it, which passlift's hasher does not. */
interface Changed extends Reported {
  readonly hashed: string
}

const P = 'orchid-17'
const SIGNER_KEY = 'yO0SN1yBpsvwFTpfhKnO8xg9Yoes0fYbQGWKr9T5HkNojbLX/CFGa5C12v8kSW6TuN0CJ0xxlrvgBSpPdJm+4w=='
const UNKNOWN = { outcome: 'unknown' } as const
const MISMATCH = { outcome: 'mismatch', hasher: 'phpass' } as const
const NO_DATA = { outcome: 'malformed', hasher: 'argon2id', problem: 'shape', field: 'parameters' } as const

const WITHOUT_HASHER: readonly Reported[] = [
  {
    system: 'Supabase Auth, an import from Firebase',
    password: P,
    digest: `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${SIGNER_KEY}$rjfXAxv+kfP1RA==$64MhH07H6xe5DNL9HChY8DY1dk2ClAnkZhEklLPVwYdvVQb3cpZRU1cIg2ycwMLfN/su9d1WK+3bdZCPptLyAA==`,
    expected: UNKNOWN,
    why: 'of its spellings of Firebase only the one of six fields has a hasher',
  },
  {
    system: 'Better Auth',
    password: P,
    digest:
      'a1cee9f058042ff671b0df8ceadd3e0f:0f468a6cade523390f2c428acfa5577784793177e32254c2aeb31c942a3b2d3da8cd420f063cddd960efbbe6c8a8c9c2a42304df63dde0b94b7824d75ac8c635',
    expected: UNKNOWN,
    why: 'its scrypt has no hasher',
  },
  {
    system: 'Django, MD5 without a salt',
    password: P,
    digest: 'md5$$6042da036fbde6fd738cd2c00e3c0143',
    expected: UNKNOWN,
    why: 'of Django only PBKDF2 with SHA-256 and bcrypt_sha256 have a hasher',
  },
  {
    system: 'Django, SHA-1 without a salt',
    password: P,
    digest: 'sha1$$6e300846d19177578bf4a88f8c4d98844834cfb5',
    expected: UNKNOWN,
    why: 'of Django only PBKDF2 with SHA-256 and bcrypt_sha256 have a hasher',
  },
  {
    system: 'Django, MD5 with a salt',
    password: P,
    digest: 'md5$dqiriqs3hUBClG9yfkHutw$7519500483bc402101bd12b8311cb18e',
    expected: UNKNOWN,
    why: 'of Django only PBKDF2 with SHA-256 and bcrypt_sha256 have a hasher',
  },
  {
    system: 'Django, scrypt',
    password: P,
    digest:
      'scrypt$16384$seasalt0seasalt0seasal$8$1$8lL5J2eYHEDris7pfAHsOzQtDPBU+f8FLabdOHQ/2+c2xhNssFNM9fwQVZjbJmdx4NbfYwjRR3ran9TfyOFsxQ==',
    expected: UNKNOWN,
    why: 'of Django only PBKDF2 with SHA-256 and bcrypt_sha256 have a hasher',
  },
  {
    system: 'Spring Security, bcrypt behind its name in braces',
    password: P,
    digest: '{bcrypt}$2b$05$gpqceHaVeBmoXJDpARw8X.L85EboL9NX5kObID0iORflt1D9GPDjW',
    expected: UNKNOWN,
    why: 'no hasher takes a name in braces off',
  },
  {
    system: "MySQL's PASSWORD()",
    password: P,
    digest: '*6597A6A2571B5788D604EBF6BAE3797312A800DE',
    expected: UNKNOWN,
    why: 'it has no hasher, and is no mark of an account without a password',
  },
]

const UNREAD: readonly Reported[] = [
  {
    system: 'Argon2id with associated data',
    password: P,
    digest:
      '$argon2id$v=19$m=64,t=2,p=1,data=dGVuYW50LTQ$dj1UTT79fgzrzjKBlyqAtw$odPcUNEpWf2M/RG/yuP8S4VWPktoit7ocJV/dO6sB3c',
    expected: NO_DATA,
    why: 'the hasher reads m, t and p',
  },
  {
    system: 'Argon2id with associated data that were put in afterwards, which no system takes for a match',
    password: P,
    digest:
      '$argon2id$v=19$m=64,t=2,p=2,data=c29tZWRhdGE$c29tZXNhbHRzb21lc2FsdA$nX58KpZJdicwzfjRwDKCbDJ2LiZXHEuM6YCDK35/6Sk',
    expected: NO_DATA,
    why: 'the hasher reads m, t and p',
  },
]

const CHANGED: readonly Changed[] = [
  {
    system: 'WordPress, an apostrophe',
    password: "o'brien-22",
    hashed: "o\\'brien-22",
    digest: '$P$BL6Xi8ybgNcZpkT9Yyz3Adzh4TN4vH0',
    expected: MISMATCH,
    why: 'WordPress puts a backslash before quotes',
  },
  {
    system: 'WordPress, quotation marks',
    password: 'say "hi" 9',
    hashed: 'say \\"hi\\" 9',
    digest: '$P$BEqlgYMg9bqfmN1iSCIwPQDHkv/fY21',
    expected: MISMATCH,
    why: 'WordPress puts a backslash before quotes',
  },
  {
    system: 'WordPress, spaces at both ends',
    password: ' harbour lamp ',
    hashed: 'harbour lamp',
    digest: '$P$BdfEZhTZyKkz0YcQMH0Tu76RHTCdQP1',
    expected: MISMATCH,
    why: 'WordPress trims',
  },
  {
    system: 'phpBB, an ampersand',
    password: 'salt&pepper',
    hashed: 'salt&amp;pepper',
    digest: '$H$BrGbIEBTun4DFlEv.Vx3x6H8GbEBE31',
    expected: MISMATCH,
    why: 'phpBB writes it as HTML',
  },
  {
    system: 'phpBB, signs of less and more',
    password: 'a<b>c-1',
    hashed: 'a&lt;b&gt;c-1',
    digest: '$H$Bs/yH5xoVwwM5n5jF37PDiLethEiUw.',
    expected: MISMATCH,
    why: 'phpBB writes them as HTML',
  },
]

const OTHERS = [...WITHOUT_HASHER, ...UNREAD, ...CHANGED]
const registry = createRegistry({ equalize: false })

describe('a reported digest', () => {
  test.each(OTHERS)('of $system is no match, since $why', async ({ password, digest, expected }) => {
    expect(await registry.evaluate(password, digest)).toMatchObject(expected)
    expect(await registry.verify(password, digest)).toBe(false)
  })

  test.each(WITHOUT_HASHER)('of $system is claimed by no hasher', ({ digest }) => {
    expect(registry.identify(digest)).toEqual([])
  })

  test.each(CHANGED)(
    'of $system matches the text that its maker hashed',
    async ({ hashed, digest, password }) => {
      expect(hashed).not.toBe(password)
      expect(await registry.verify(hashed, digest)).toBe(true)
    },
  )

  test('verifies beside an empty name of its hasher', async () => {
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

  test('is a vector or in the table of this test, and none is missing', async () => {
    const inVectors = (await readVectorFolder('vectors')).flatMap(({ hasher, groups }) => {
      const tests = groups.filter(({ source }) => source.how === 'reported').flatMap((group) => group.tests)
      return tests.length === 0 ? [] : [[hasher, new Set(tests.map(({ digest }) => digest)).size]]
    })
    expect(inVectors).toEqual([
      ['argon2i', 1],
      // One reported digest is another one filled up with NULs.
      ['argon2id', 3],
      ['bcrypt', 11],
      ['md5', 2],
      ['pbkdf2_sha256', 1],
      ['pbkdf2_sha512', 1],
      ['pbkdf2_werkzeug', 2],
      ['phpass', 1],
      ['scrypt_firebase', 2],
      ['sha1', 1],
    ])
    expect([WITHOUT_HASHER, UNREAD, CHANGED].map(({ length }) => length)).toEqual([8, 2, 5])
    expect(new Set(OTHERS.map(({ digest }) => digest)).size).toBe(15)
  })
})
