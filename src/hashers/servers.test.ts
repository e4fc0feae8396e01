import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { passwordOf, readVectorFolder } from '../conformance/vector-files.js'
import type { VectorTest } from '../conformance/vector-files.js'
import { createRegistry } from '../default.js'

const registry = createRegistry({ equalize: false })
const files = await readVectorFolder('vectors')

/** The valid tests of a hasher's vectors. */
function validOf(name: string): readonly VectorTest[] {
  const groups = files.find(({ hasher }) => hasher === name)?.groups ?? []
  return groups.flatMap(({ tests }) => tests).filter(({ result }) => result === 'valid')
}

// openssl passwd -6 -salt UGlua0hpbWFsYXlh granite, of OpenSSL 3.0.19.
const CRYPT_SHA512 =
  '$6$UGlua0hpbWFsYXlh$1UGaTyzIgnDqitTQDiUjzVlv2A1YnPN6OYRE1mwVV.Jv2lZE/67MfnMqL4xMzLYbxckFWlNiyI55przlhsuqD/'

describe("a server's name", () => {
  test.each([
    ['mediawiki', 'mediawiki'],
    ['mediawiki', 'pbkdf2_mediawiki_md5'],
    ['mediawiki', 'md5_mediawiki'],
    ['mediawiki', 'bcrypt_mediawiki'],
    ['mediawiki', 'argon2_mediawiki'],
    ['couchdb', 'couchdb'],
    ['couchdb', 'sha1_couchdb'],
    ['mosquitto', 'mosquitto'],
    ['mosquitto', 'sha512_mosquitto'],
  ])('%s beside a row reads what %s reads, and no other reads it', (name, hasher) => {
    const valid = validOf(hasher)
    expect(valid.length).toBeGreaterThanOrEqual(15)
    for (const { digest } of valid) {
      expect(registry.identify(digest)[0]).toBe(hasher)
      expect(registry.parse(digest)).toMatchObject({ outcome: 'parsed', hasher })
      expect(registry.parse(digest, { hasher: name })).toMatchObject({ outcome: 'parsed', hasher })
    }
  })

  test('rabbitmq is the only one that its digests are read by', () => {
    for (const { digest } of validOf('rabbitmq')) {
      expect(registry.parse(digest).outcome).toBe('unknown')
      expect(registry.parse(digest, { hasher: 'rabbitmq' })).toMatchObject({ outcome: 'parsed' })
    }
  })
})

describe('SHA-512 of crypt(3), whose prefix Mosquitto has too,', () => {
  const rounds = CRYPT_SHA512.replace('$6$', '$6$rounds=5000$')
  const [{ digest: mosquitto } = { digest: '' }] = validOf('sha512_mosquitto')

  test('is read by its own hasher alone', () => {
    for (const digest of [CRYPT_SHA512, rounds]) {
      expect(registry.identify(digest)).toEqual(['sha512crypt'])
      for (const hasher of [undefined, 'sha512crypt', 'sha512_mosquitto']) {
        expect(registry.parse(digest, { hasher })).toMatchObject({ outcome: 'parsed', hasher: 'sha512crypt' })
      }
    }
    expect(registry.parse(`${CRYPT_SHA512}==`)).toMatchObject({ outcome: 'malformed', hasher: 'sha512crypt' })
  })

  test("does not read Mosquitto's", () => {
    expect(registry.identify(mosquitto)).toEqual(['sha512_mosquitto', 'sha512crypt'])
    expect(registry.parse(mosquitto)).toMatchObject({ outcome: 'parsed', hasher: 'sha512_mosquitto' })
    expect(registry.parse(mosquitto, { hasher: 'sha512crypt' })).toMatchObject({ outcome: 'malformed' })
  })
})

describe("MediaWiki's layers", () => {
  const layered = validOf('pbkdf2_mediawiki_md5').filter(({ comment }) => /empty|space/.test(comment))

  test('match the empty password where it was chosen alone', async () => {
    expect(layered.length).toBeGreaterThanOrEqual(3)
    for (const { digest, password } of layered) {
      for (const tried of ['', ' ', '\0', '  ']) {
        expect(await registry.verify(tried, digest)).toBe(tried === password)
      }
    }
  })

  test('do not take the older digest within for the password', async () => {
    const unsalted = validOf('pbkdf2_mediawiki_md5').filter(({ digest }) => digest.includes('!!'))
    expect(unsalted.length).toBeGreaterThan(5)
    for (const vector of unsalted) {
      const { digest } = vector
      const password = passwordOf(vector)
      const older = createHash('md5').update(password).digest('hex')
      expect(await registry.verify(older, digest)).toBe(false)
      expect(await registry.verify(password, digest)).toBe(true)
    }
  })

  test('never say that a password was truncated, which MD5 reads whole', async () => {
    const ending = validOf('pbkdf2_mediawiki_md5').filter(({ password = '' }) => password.includes('\0'))
    expect(ending.length).toBeGreaterThan(0)
    for (const { digest, password = '' } of ending) {
      expect(await registry.evaluate(password, digest)).toMatchObject({ outcome: 'match', truncated: false })
    }
  })
})
