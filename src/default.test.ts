import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import * as exported from './default.js'
import { RegistryError } from './errors.js'
import { isMalformed } from './formats/problem.js'
import { md5 } from './hashers/bare-hex.js'
import { bcryptTarget } from './targets/bcrypt.js'

// The other exports are the functions of the default registry and its list of hashers.
const { builtinHashers, createRegistry, createSignIn, ...defaultRegistry } = exported
const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'

describe('the built-in hashers', () => {
  test.each(builtinHashers.map((hasher) => [hasher.name, hasher] as const))(
    '%s claims and reads its own example',
    (name, hasher) => {
      const isIdentified = defaultRegistry.identify(hasher.example).includes(name)
      expect(isIdentified).toBe(!hasher.onlyNamed)
      expect(defaultRegistry.parse(hasher.example, { hasher: name })).toMatchObject({ hasher: name })
      expect(isMalformed(hasher.parse(hasher.example))).toBe(false)
    },
  )

  test('have the likelier of two that claim the same digests first', () => {
    const [django, plain] = ['pbkdf2_sha256_django', 'pbkdf2_sha256']
    const examples = builtinHashers.filter(({ name }) => name === django || name === plain)
    expect(examples.map(({ example }) => defaultRegistry.identify(example))).toEqual([
      [django, plain],
      [django, plain],
    ])
  })

  test('cannot be added to', () => {
    expect(Object.isFrozen(builtinHashers)).toBe(true)
    expect(builtinHashers.every((hasher) => Object.isFrozen(hasher))).toBe(true)
  })
})

describe('createRegistry', () => {
  test('knows every built-in hasher by default, as the default registry does', () => {
    const names = builtinHashers.map(({ name }) => name)
    expect(createRegistry().hashers.map(({ name }) => name)).toEqual(names)
    expect(defaultRegistry.hashers.map(({ name }) => name)).toEqual(names)
  })

  test('has bcrypt at cost 12 as its target by default', () => {
    const digest = (cost: number): string =>
      `$2b$${cost}$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6`
    expect([11, 12, 13].map((cost) => createRegistry().needsRehash(digest(cost)))).toEqual([
      true,
      false,
      false,
    ])
    const costlier = createRegistry({ target: bcryptTarget({ cost: 13 }) })
    expect([11, 12, 13].map((cost) => costlier.needsRehash(digest(cost)))).toEqual([true, true, false])
  })

  test("knows the hashers that it is given, and the target's forms", () => {
    const { hashers } = createRegistry({ hashers: [md5] })
    expect(hashers.map(({ name }) => name)).toEqual(['md5', 'bcrypt', 'bcrypt_sha256_django'])
  })

  test('reads its options as own properties alone', () => {
    const options = {
      equalize: false,
      __proto__: { hashers: [], target: 'nonsense', policy: 'converge' },
    }
    expect(createRegistry(options).hashers).toEqual(createRegistry().hashers)
    expect(createRegistry(options).parse('$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0')).toMatchObject({
      rehash: ['low-cost'],
    })
  })

  test.each([
    ['null', null],
    ['a text', 'dated'],
    ['a misspelled option', { equalise: false }],
    ['a policy that does not exist', { policy: 'strict' }],
    ['hashers that are null', { hashers: null }],
    ['a target that is null', { target: null }],
  ])('throws a RegistryError for options with: %s', (_, options: unknown) => {
    const create: (options: never) => unknown = createRegistry
    expect(() => {
      Reflect.apply(create, undefined, [options])
    }).toThrow(RegistryError)
  })
})

describe('the default registry', () => {
  const own = createRegistry({ equalize: false })
  const asSha256 = { hasher: 'sha256' }

  test('has the functions of every registry', () => {
    expect(Object.keys(defaultRegistry).toSorted()).toEqual(Object.keys(own).toSorted())
    expect(defaultRegistry.hashers).toEqual(own.hashers)
  })

  test('is made once, so that all its checks share one listener on a signal', async () => {
    const { signal } = new AbortController()
    const checks = Array.from({ length: 3 }, () =>
      defaultRegistry.verify('password', `$2b$04$${'a'.repeat(21)}u${'a'.repeat(30)}u`, { signal }),
    )
    await Promise.resolve()
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    expect(await Promise.all(checks)).toEqual(Array(3).fill(false))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('gives the answers of every registry, with the options of each call', async () => {
    for (const options of [undefined, {}, asSha256]) {
      const expected = await own.evaluate('password', MD5_OF_PASSWORD, options)
      expect(await defaultRegistry.evaluate('password', MD5_OF_PASSWORD, options)).toEqual(expected)
      expect(await defaultRegistry.verify('password', MD5_OF_PASSWORD, options)).toBe(
        expected.outcome === 'match',
      )
      expect(defaultRegistry.parse(MD5_OF_PASSWORD, options)).toEqual(own.parse(MD5_OF_PASSWORD, options))
    }
    expect(defaultRegistry.needsRehash('!', asSha256)).toBe(false)
    expect(defaultRegistry.needsRehash(MD5_OF_PASSWORD, asSha256)).toBe(true)
    expect(defaultRegistry.identify(MD5_OF_PASSWORD)).toEqual(['md5'])
    expect(await defaultRegistry.engines()).toEqual(await own.engines())
    expect(await defaultRegistry.matchBackupCode('b', ['a', 'b'])).toBe(1)
    expect(await own.verify('password', await defaultRegistry.hash('password'))).toBe(true)
  })
})

describe('createSignIn', () => {
  const find = (id: string): { readonly id: string; readonly digest: string } => ({
    id,
    digest: MD5_OF_PASSWORD,
  })
  const replaceDigest = (): boolean => true

  test('uses the registry that it is given', async () => {
    const verified: string[] = []
    const evaluate: typeof defaultRegistry.evaluate = (password, digest, options) => {
      verified.push(String(password))
      return defaultRegistry.evaluate(password, digest, options)
    }
    const signIn = createSignIn({ registry: { ...defaultRegistry, evaluate }, find, replaceDigest })
    expect(await signIn('ada', 'password')).toEqual(find('ada'))
    expect(verified).toEqual(['password'])
  })

  test('gives what accountOf makes of the account', async () => {
    const signIn = createSignIn({ find, replaceDigest, accountOf: ({ id }) => id.toUpperCase() })
    expect(await signIn('ada', 'password')).toBe('ADA')
  })

  test('uses the default registry where none is given, and its bcrypt', async () => {
    const replaced: string[] = []
    const signIn = createSignIn({
      find,
      replaceDigest: (_, { hasher, replaces }) => {
        replaced.push(hasher, replaces)
        return true
      },
    })
    expect(await signIn('ada', 'password')).toEqual(find('ada'))
    expect(await signIn('ada', 'Password')).toBeNull()
    expect(replaced).toEqual(['bcrypt', MD5_OF_PASSWORD])
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['no find', { replaceDigest }],
    ['no replaceDigest', { find }],
    ['a registry that is null', { find, replaceDigest, registry: null }],
    ['an option that does not exist', { find, replaceDigest, allowEmpty: true }],
  ])('throws a RegistryError for options with: %s', (_, options: unknown) => {
    const create: (options: never) => unknown = createSignIn
    expect(() => {
      Reflect.apply(create, undefined, [options])
    }).toThrow(RegistryError)
  })
})
