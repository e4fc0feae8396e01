import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { mysqlCachingSha2 } from './crypt-sha.js'

const registry = createRegistry({ equalize: false })

// The digests are libxcrypt's, of the password "pebbles", but where another system is named.
const SHA512 =
  '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'
const GREETING = 'Hello world!'

describe('a password with a NUL', () => {
  test('matches what crypt(3) made of the part before it, and the verdict says that it is truncated', async () => {
    expect(await registry.evaluate(`${GREETING}\0more`, SHA512)).toMatchObject({
      outcome: 'match',
      truncated: true,
    })
    expect(await registry.evaluate(GREETING, SHA512)).toMatchObject({ outcome: 'match', truncated: false })
  })

  test('never matches for nothing before the NUL', async () => {
    expect(await registry.verify(`\0${GREETING}`, SHA512)).toBe(false)
    const empty = '$1$$qRPK7m23GJusamGpoGLby/'
    for (const password of ['\0', '\0pebbles']) expect(await registry.verify(password, empty)).toBe(false)
  })
})

// The key of an HMAC is the hash of a password of more than 64 bytes, and the bytes of that hash are another password for its digest.
test('SHA-1 of crypt(3) says of what may be the hash of a long password that it may stand for another', async () => {
  const digest = '$sha1$12$seasalt$.s2mbMljv/DQWr6PH3sii6T16rMY'
  const long = 'x'.repeat(65)
  const hash = Uint8Array.from(createHash('sha1').update(long).digest())
  expect(await registry.evaluate(long, digest)).toMatchObject({ outcome: 'match', truncated: false })
  expect(await registry.evaluate(hash, digest)).toMatchObject({ outcome: 'match', truncated: true })
})

describe('DES of crypt(3)', () => {
  const named = { hasher: 'descrypt' }

  test('is read where a row names it, behind a tag and behind the name of Django, and never else', async () => {
    const digest = 'ab6Gj9YvrF2As'
    expect(registry.parse(digest)).toMatchObject({ outcome: 'unknown', looksLike: 'crypt-des' })
    expect(registry.identify(digest)).toEqual([])
    expect(await registry.verify('dragon', digest, named)).toBe(true)
    for (const spelled of [
      `{CRYPT}${digest}`,
      `{des-crypt}${digest}`,
      `crypt$$${digest}`,
      `crypt$ab$${digest}`,
    ]) {
      expect(await registry.evaluate('dragon', spelled)).toMatchObject({ outcome: 'match' })
      expect(await registry.verify('Dragon', spelled)).toBe(false)
    }
  })

  test('a plain backup code of thirteen letters is a code and no digest', async () => {
    expect(await registry.matchBackupCode('ab6Gj9YvrF2As', ['ab6Gj9YvrF2As'])).toBe(0)
  })

  test('reads eight bytes of a password, and seven bits of each', async () => {
    // Perl's crypt('correct horse', 'ab').
    const digest = 'abhfCpXqd4GrI'
    const outcome = (password: string | Uint8Array) => registry.evaluate(password, digest, named)
    expect(await outcome('correct horse')).toMatchObject({ outcome: 'match', truncated: true })
    expect(await outcome('correct house')).toMatchObject({ outcome: 'match', truncated: true })
    expect(await outcome('correct ')).toMatchObject({ outcome: 'match', truncated: false })
    expect(await outcome('correct')).toMatchObject({ outcome: 'mismatch' })
    const high = Buffer.from('correct ').map((byte) => byte | 0x80)
    expect(await outcome(high)).toMatchObject({ outcome: 'match', truncated: true })
  })
})

describe('the numbers of rounds of SHA-2 in crypt(3)', () => {
  const withRounds = (rounds: string): string => SHA512.replace('$6$', `$6$rounds=${rounds}$`)

  test('that are left out are 5,000, which may be spelled', async () => {
    expect(registry.parse(SHA512)).toMatchObject({ params: { rounds: 5_000 } })
    expect(await registry.verify(GREETING, withRounds('5000'))).toBe(true)
    expect(await registry.verify(GREETING, withRounds('5001'))).toBe(false)
  })

  test.each([
    ['999', 'range'],
    ['1000000000', 'range'],
    ['05000', 'number'],
    ['', 'number'],
    ['5e3', 'number'],
  ])('never are %j: no system writes them', (rounds, problem) => {
    expect(registry.parse(withRounds(rounds))).toMatchObject({
      outcome: 'malformed',
      problem,
      field: 'rounds',
    })
  })

  test('are within the limits before any work is done', async () => {
    expect(await registry.evaluate(GREETING, withRounds('999999999'))).toMatchObject({
      outcome: 'too-costly',
    })
  })
})

test('a long password costs what its digests cost, which grow with the square of its length', () => {
  const reading = (password: string) => registry.evaluate(password, SHA512)
  return expect(reading('x'.repeat(4_096))).resolves.toMatchObject({ outcome: 'mismatch' })
})

test("the NT hash of crypt(3) is libxcrypt's of bytes and passlib's of UTF-16", async () => {
  expect(await registry.verify('é', '$3$$08eb94a3771213775172fc988504a4c1')).toBe(true)
  expect(await registry.verify('é', '$3$$e77286d072c7858e9110cc3a011d2ac8')).toBe(true)
  expect(await registry.verify('è', '$3$$e77286d072c7858e9110cc3a011d2ac8')).toBe(false)
})

test.each([
  ['md5', '$1$', '$md5-crypt$', '$1$kJ4QkJaQ$3EbD/pJddrq5HW3mpZ4KZ1', 'password'],
  ['sha512', '$6$', '$sha512-crypt$', SHA512, GREETING],
])("Ory Kratos's name of %s is read", async (_, number, name, digest, password) => {
  expect(await registry.verify(password, digest.replace(number, name))).toBe(true)
})

describe("MySQL's SHA-256 of crypt(3)", () => {
  // The salt and the checksum of hashcat's example of mode 7401, whose password is its name.
  const CHECKSUM = Buffer.from(
    '625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F',
    'hex',
  ).toString()
  const hexOf = (salt: Buffer): string =>
    `0x${Buffer.concat([Buffer.from('$A$005$'), salt, Buffer.from(CHECKSUM)]).toString('hex')}`
  const SALT = Buffer.from('F9CC98CE08892924F50A213B6BC571A2C11778C5', 'hex')

  test('is read in hexadecimal with any bytes in the salt', async () => {
    expect(await registry.verify('hashcat', hexOf(SALT))).toBe(true)
    expect(await registry.verify('hashcat', hexOf(SALT).toUpperCase().replace('0X', '0x'))).toBe(true)
    expect(await registry.verify('Hashcat', hexOf(SALT))).toBe(false)
  })

  test('is malformed as text with bytes that no encoding of text keeps', () => {
    const digest = `$A$005$${SALT.toString('latin1')}${CHECKSUM}`
    expect(registry.parse(digest)).toMatchObject({ outcome: 'malformed', problem: 'alphabet', field: 'salt' })
  })

  test.each(['$A$005$12345678901234567890', hexOf(SALT).slice(0, -86)])(
    'keeps its salt in a blank, as text and in hexadecimal: %#',
    (start) => {
      const digest = start.startsWith('$') ? start + CHECKSUM : hexOf(SALT)
      const blank = mysqlCachingSha2.blank?.(digest) ?? ''
      expect(blank.slice(0, start.length)).toBe(start)
      expect(blank.length).toBe(digest.length)
      expect(registry.parse(blank)).toMatchObject({ outcome: 'parsed', hasher: 'mysql_caching_sha2' })
      expect(blank).not.toContain(digest.slice(-4))
    },
  )

  test('has a NUL of the password hashed, which crypt(3) does not', async () => {
    expect(await registry.verify('hashcat\0', hexOf(SALT))).toBe(false)
  })
})
