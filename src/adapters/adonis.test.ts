import { describe, expect, test } from 'vitest'
import { bcryptTarget, createRegistry } from '../index.js'
import { createDriver } from './adonis.js'
import { construct, functionOf } from './framework.fixture.js'

const PASSWORD = 'password'
const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e'
// The digests are those of the tests of @adonisjs/hash.
const ADONIS_SCRYPT =
  '$scrypt$n=16384,r=8,p=1$YhdCGu1G+vTC6F9oJZ16lg$IDWTbizFCq5n9YvPiy3YTPdUD12Nf1Iit8aQeGyWZdA9k9L8rKk9Ii5jQxSkV0MJyxr3/nzOHh+VTht0KFxiBA'
const ADONIS_BCRYPT = '$bcrypt$v=98$r=10$tAe1bhm5zoo0Sx7ZfrCd7w$0T4Cf8htpt/8FbjK+cErdaTh8T6ClYQ'

const registry = createRegistry({ target: bcryptTarget({ cost: 10 }) })

/** The hash service of an application, as config/hash.ts makes it. */
async function createHash() {
  const config = { default: 'passlift', list: { passlift: () => createDriver(registry) } }
  const manager = await construct('@adonisjs/hash', 'HashManager', [config])
  return {
    make: functionOf(manager, 'make'),
    verify: functionOf(manager, 'verify'),
    needsReHash: functionOf(manager, 'needsReHash'),
    isValidHash: functionOf(manager, 'isValidHash'),
  }
}

describe("AdonisJS's hash service", () => {
  test.each([
    ['an md5', MD5_OF_PASSWORD, true],
    ['its own scrypt', ADONIS_SCRYPT, false],
    ['its own bcrypt', ADONIS_BCRYPT, false],
  ])('verifies %s, the digest first', async (_, digest, needsRehash) => {
    const { verify, needsReHash, isValidHash } = await createHash()
    expect(await verify(digest, PASSWORD)).toBe(true)
    expect(await verify(digest, 'Password')).toBe(false)
    expect(await verify(PASSWORD, digest)).toBe(false)
    expect(needsReHash(digest)).toBe(needsRehash)
    // A bare hash may be a password too.
    expect(isValidHash(digest)).toBe(digest !== MD5_OF_PASSWORD)
  })

  test('makes digests that it verifies and need not be replaced', async () => {
    const { make, verify, needsReHash, isValidHash } = await createHash()
    const digest = await make(PASSWORD)
    expect(digest).toMatch(/^\$2b\$10\$/)
    expect(await verify(digest, PASSWORD)).toBe(true)
    expect(needsReHash(digest)).toBe(false)
    expect(isValidHash(digest)).toBe(true)
  })

  test.each(['', PASSWORD, '!', '$2b$10$short', 'a1'.repeat(32), `*${'A1'.repeat(20)}`])(
    'does not take %j for a digest',
    async (value) => {
      const { isValidHash } = await createHash()
      expect(isValidHash(value)).toBe(false)
    },
  )
})

describe('a password', () => {
  test.each(['', '\0', '\0\0'])('that is empty never matches: %j', async (password) => {
    const { verify } = createDriver(registry)
    expect(await verify(MD5_OF_NOTHING, password)).toBe(false)
    expect(await verify('93b885adfe0da089cdf634904fd59f71', password)).toBe(false)
  })

  test('that nobody can have typed is the error of a missing account, for which AdonisJS makes a digest', async () => {
    const { make, verify } = createDriver(registry)
    const error = { code: 'ERR_PASSWORD_ILL_FORMED' }
    await expect(make('\ud83d')).rejects.toMatchObject(error)
    await expect(verify(MD5_OF_PASSWORD, '\ud83d')).rejects.toMatchObject(error)
  })
})
