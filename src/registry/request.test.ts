import bcryptjs from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const BCRYPT = await bcryptjs.hash('correct horse', 4)

const registry = createRegistry({ equalize: false })

describe('an argument of the wrong type', () => {
  const right = ['password', MD5_OF_PASSWORD] as const

  test.each([
    ['a password that is missing', []],
    ['a password that is null', [null, MD5_OF_PASSWORD]],
    ['a password that is a number', [1234, MD5_OF_PASSWORD]],
    ['a password that is an ArrayBuffer', [new ArrayBuffer(8), MD5_OF_PASSWORD]],
    ['a password of 16-bit elements', [new Uint16Array(8), MD5_OF_PASSWORD]],
    ['a password that is a String object', [Object('password'), MD5_OF_PASSWORD]],
    ['a digest that is a number', ['password', 1234]],
    ['a digest that is false', ['password', false]],
    ['a digest that is bytes', ['password', Buffer.from(MD5_OF_PASSWORD)]],
    ['a digest that is a list', ['password', [MD5_OF_PASSWORD]]],
    ['options that are null', [...right, null]],
    ['options that are the name of a hasher', [...right, 'md5']],
    ['options that are a list', [...right, ['md5']]],
    ['a hasher that is a number', [...right, { hasher: 5 }]],
    ['a rehash that is no function', [...right, { rehash: true }]],
    ['a rehash that is null', [...right, { rehash: null }]],
    ['a signal that is no AbortSignal', [...right, { signal: { aborted: false } }]],
    ['a signal that is a controller', [...right, { signal: new AbortController() }]],
    ['a context that is null', [...right, { context: null }]],
    ['a context that is a text', [...right, { context: '1234' }]],
    ['a context that is a list', [...right, { context: ['1234'] }]],
    ['a context of a member that does not exist', [...right, { context: { user: '1234' } }]],
    ['a username that is a number', [...right, { context: { username: 1234 } }]],
    ['a username that is null', [...right, { context: { username: null } }]],
    ['a site key that is a number', [...right, { context: { siteKey: 1234 } }]],
    ['a pepper that is a list', [...right, { context: { pepper: [1234] } }]],
    ['a pepper of 16-bit elements', [...right, { context: { pepper: new Uint16Array(8) } }]],
    ['an option that does not exist', [...right, { hashers: 'md5' }]],
    ['an option in another case', [...right, { Hasher: 'md5' }]],
  ])('rejects with a TypeError, and throws nothing: %s', async (_, given: readonly unknown[]) => {
    for (const check of [registry.verify, registry.evaluate]) {
      const rejected = await rejectionOf(callUntyped(check, ...given))
      expect(rejected).toBeInstanceOf(TypeError)
      expect(rejected).toHaveProperty('code', expect.stringMatching(/^ERR_INVALID_ARG_(?:TYPE|VALUE)$/))
      expect(String(rejected)).not.toMatch(/1234|5f4d/)
    }
  })

  test.each([[undefined], [null], [1234], [new Uint16Array(8)]])(
    'rejects in hash and matchBackupCode where the password is %o',
    async (password) => {
      expect(await rejectionOf(callUntyped(registry.hash, password))).toBeInstanceOf(TypeError)
      expect(await rejectionOf(callUntyped(registry.matchBackupCode, password, []))).toBeInstanceOf(TypeError)
    },
  )

  test.each([
    ['the cost, as bcryptjs takes it', 12, 'ERR_INVALID_ARG_TYPE'],
    ['the cost as an option', { cost: 12 }, 'ERR_INVALID_ARG_VALUE'],
    ['null', null, 'ERR_INVALID_ARG_TYPE'],
  ])('rejects in hash where the second argument is %s', async (_, options, code) => {
    expect(await rejectionOf(callUntyped(registry.hash, 'password', options))).toMatchObject({ code })
  })

  test('throws from parse and needsRehash, which are synchronous; identify accepts any value', () => {
    for (const digest of [1234, {}, [MD5_OF_PASSWORD], Symbol('digest')]) {
      expect(() => callUntyped(registry.parse, digest)).toThrow(TypeError)
      expect(() => callUntyped(registry.needsRehash, digest)).toThrow(TypeError)
      expect(callUntyped(registry.identify, digest)).toEqual([])
    }
    expect(() => callUntyped(registry.parse, MD5_OF_PASSWORD, { hasher: 5 })).toThrow(TypeError)
    expect(() => callUntyped(registry.needsRehash, MD5_OF_PASSWORD, null)).toThrow(TypeError)
    expect(() => callUntyped(registry.needsRehash, MD5_OF_PASSWORD, { rehash: true })).toThrow(TypeError)
  })

  test('is not read from the prototype of the options', async () => {
    const options = { signal: undefined, __proto__: { hasher: 'no_such_hasher', rehash: 'nonsense' } }
    expect(await registry.verify(...right, options)).toBe(true)
    const inherited = { hasher: undefined, __proto__: { hasher: 'no_such_hasher' } }
    expect(registry.parse(MD5_OF_PASSWORD, inherited)).toMatchObject({ outcome: 'parsed' })
  })
})

describe('password bytes', () => {
  test('match as the same text in UTF-8 would', async () => {
    expect(await registry.verify(Buffer.from('password'), MD5_OF_PASSWORD)).toBe(true)
    expect(await registry.verify(Buffer.from('passwort'), MD5_OF_PASSWORD)).toBe(false)
  })

  test('are copied, so that the caller may overwrite them at once', async () => {
    const password = Buffer.from('correct horse')
    const pending = registry.verify(password, BCRYPT)
    password.fill(0)
    expect(await pending).toBe(true)
  })

  test('are never overwritten by a check', async () => {
    const password = Buffer.from('correct horse')
    await registry.verify(password, BCRYPT)
    await registry.matchBackupCode(password, [BCRYPT])
    expect(password.toString()).toBe('correct horse')
  })
})

/** Calls a function as JavaScript without types would. */
function callUntyped(callee: (...given: never[]) => unknown, ...given: readonly unknown[]): unknown {
  return Reflect.apply(callee, undefined, [...given])
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
