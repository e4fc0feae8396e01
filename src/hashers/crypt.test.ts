import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'

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
