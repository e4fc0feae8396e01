import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { textOf } from '../formats/fields.js'
import type { Mock } from 'vitest'
import type { Registry } from '../registry/api.js'
import { EngineError, OverloadedError, RegistryError } from '../errors.js'
import { malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import { md5 } from '../hashers/bare-hex.js'
import type { Runtime } from '../runtime/runtime.js'
import { createRegistry } from '../registry/registry.js'
import type { RegistryOptions } from '../registry/settings.js'
import { createSignIn } from './sign-in.js'
import type { SignIn, SignInOptions } from './api.js'
import type { Target } from '../hasher/target.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e'
const MD5_OF_NUL = '93b885adfe0da089cdf634904fd59f71'

interface User {
  readonly id: string
  readonly digest: string | null
  readonly hasher?: string | null
}

describe('a sign-in', () => {
  test('replaces an insecure digest, and gives the account as it is stored afterwards', async () => {
    const { signIn, users, replaceDigest } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD, hasher: 'md5' })
    const found = users.get('ada')
    const signedIn = await signIn('ada', 'password')
    expect(signedIn).toBe(users.get('ada'))
    expect(replaceDigest).toHaveBeenCalledExactlyOnceWith(found, {
      digest: 'kept:1:password',
      hasher: 'kept',
      replaces: MD5_OF_PASSWORD,
    })
    expect(users.get('ada')).toEqual({ id: 'ada', digest: 'kept:1:password', hasher: 'kept' })
  })

  test('verifies the digest that it stored at the next sign-in, and replaces nothing', async () => {
    const { signIn, users, replaceDigest } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD })
    await signIn('ada', 'password')
    const stored = users.get('ada')
    expect(await signIn('ada', 'password')).toBe(stored)
    expect(await signIn('ada', 'Password')).toBeNull()
    expect(replaceDigest).toHaveBeenCalledOnce()
  })

  test.each([
    ['a wrong password', 'ada', 'Password'],
    ['no such account', 'bob', 'password'],
    ['an account without a digest', 'eve', 'password'],
    ['an account without a password', 'mal', 'password'],
    ['a damaged digest', 'dan', 'password'],
    ['a password that cannot be typed', 'ada', '\ud83d'],
    ['a password that is too long', 'ada', 'x'.repeat(4_097)],
  ])('is null for %s', async (_, id, password) => {
    const { signIn, find, replaceDigest } = withUsers(
      { id: 'ada', digest: MD5_OF_PASSWORD },
      { id: 'eve', digest: null },
      { id: 'mal', digest: '!' },
      { id: 'dan', digest: MD5_OF_PASSWORD.slice(1), hasher: 'md5' },
    )
    expect(await signIn(id, password)).toBeNull()
    expect(find).toHaveBeenCalledExactlyOnceWith(id)
    expect(replaceDigest).not.toHaveBeenCalled()
  })

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a promise of undefined', Promise.resolve(undefined)],
    ['a promise of null', Promise.resolve(null)],
  ])('is null where find answers %s', async (_, answer) => {
    const { registry } = fakeRegistry()
    const signIn = createSignIn({ registry, find: (): typeof answer => answer, replaceDigest: () => true })
    expect(await signIn(1, 'password')).toBeNull()
  })

  test('takes an account that is found at once, and one that has no hasher', async () => {
    const { registry } = fakeRegistry()
    const account = { digest: MD5_OF_PASSWORD }
    const signIn = createSignIn({ registry, find: () => account, replaceDigest: () => true })
    expect(await signIn(undefined, 'password')).toBe(account)
  })

  test('checks as the hasher that the account names', async () => {
    const { signIn } = withUsers(
      { id: 'ada', digest: MD5_OF_PASSWORD, hasher: 'kept' },
      { id: 'bob', digest: MD5_OF_PASSWORD, hasher: null },
    )
    expect(await signIn('ada', 'password')).toBeNull()
    expect(await signIn('bob', 'password')).toMatchObject({ id: 'bob' })
  })

  test('takes the same time whether or not there is an account', async () => {
    const { signIn, hash } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD })
    await signIn('ada', 'Password')
    expect(hash).toHaveBeenCalledTimes(1)
    await signIn('bob', 'Password')
    expect(hash).toHaveBeenCalledTimes(2)
  })
})

describe('a lost swap', () => {
  /** A table whose row of ada becomes another, or none, while she signs in. */
  const signInWhile = (row?: User): ReturnType<typeof withUsers> => {
    const parts = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD, hasher: 'md5' })
    parts.replaceDigest.mockImplementation(() => {
      if (row === undefined) parts.users.clear()
      else parts.users.set('ada', row)
      return false
    })
    return parts
  }

  test('to another sign-in still signs in, as the account is stored now', async () => {
    const now = { id: 'ada', digest: 'kept:7:password', hasher: 'kept' }
    const { signIn, find, replaceDigest } = signInWhile(now)
    expect(await signIn('ada', 'password')).toBe(now)
    expect(find).toHaveBeenCalledTimes(2)
    expect(replaceDigest).toHaveBeenCalledOnce()
  })

  test('is checked even where the queue is full by then, since the sign-in was admitted', async () => {
    const full = new OverloadedError('ERR_OVERLOADED', 'full')
    const admit = vi.fn<Runtime['admit']>(() => () => undefined)
    const { registry } = fakeRegistry({ runtime: { admit, run: () => Promise.reject(new Error('no job')) } })
    let account = { digest: MD5_OF_PASSWORD }
    const replaceDigest = (): boolean => {
      account = { digest: MD5_OF_PASSWORD.toUpperCase() }
      admit.mockImplementation(() => {
        throw full
      })
      return false
    }
    const signIn = createSignIn({ registry, find: () => account, replaceDigest })
    expect(await signIn(1, 'password')).toEqual({ digest: MD5_OF_PASSWORD.toUpperCase() })
    await expect(signIn(1, 'password')).rejects.toBe(full)
  })

  test('is checked in a place of its own where there is one, which is given back', async () => {
    const leave = vi.fn()
    const admit = vi.fn<Runtime['admit']>(() => leave)
    const { registry } = fakeRegistry({ runtime: { admit, run: () => Promise.reject(new Error('no job')) } })
    const find = vi.fn(() => ({ digest: MD5_OF_PASSWORD.toUpperCase() }))
    find.mockReturnValueOnce({ digest: MD5_OF_PASSWORD })
    const signIn = createSignIn({ registry, find, replaceDigest: () => false })
    expect(await signIn(1, 'password')).toEqual({ digest: MD5_OF_PASSWORD.toUpperCase() })
    expect(admit).toHaveBeenCalledTimes(2)
    expect(leave).toHaveBeenCalledTimes(2)
  })

  test('to a reset of the password does not sign in', async () => {
    const { signIn, find, replaceDigest } = signInWhile({ id: 'ada', digest: 'kept:7:new', hasher: 'kept' })
    expect(await signIn('ada', 'password')).toBeNull()
    expect(find).toHaveBeenCalledTimes(2)
    expect(replaceDigest).toHaveBeenCalledOnce()
  })

  test.each([
    ['a deletion of the account', undefined],
    ['a removal of the password', { id: 'ada', digest: null, hasher: null }],
    ['a lock', { id: 'ada', digest: `!${MD5_OF_PASSWORD}`, hasher: 'md5' }],
  ])('to %s does not sign in', async (_, row) => {
    const { signIn, find } = signInWhile(row)
    expect(await signIn('ada', 'password')).toBeNull()
    expect(find).toHaveBeenCalledTimes(2)
  })

  test('is checked as the hasher that is stored now', async () => {
    const { signIn } = signInWhile({ id: 'ada', digest: MD5_OF_PASSWORD.toUpperCase(), hasher: 'kept' })
    expect(await signIn('ada', 'password')).toBeNull()
  })

  test('is checked once, and a digest that is still insecure is not replaced again', async () => {
    const now = { id: 'ada', digest: MD5_OF_PASSWORD.toUpperCase(), hasher: 'md5' }
    const { signIn, find, replaceDigest } = signInWhile(now)
    expect(await signIn('ada', 'password')).toBe(now)
    expect(find).toHaveBeenCalledTimes(2)
    expect(replaceDigest).toHaveBeenCalledOnce()
  })

  test.each([
    ['undefined', undefined],
    ['a count of rows', 1],
    ['a text', 'true'],
    ['an object', { affectedRows: 1 }],
    ['a promise of nothing', Promise.resolve()],
  ])('is assumed for any answer but true: %s', async (_, answer: unknown) => {
    const replaceUntyped: (...given: never[]) => unknown = () => answer
    const find = vi.fn(() => ({ digest: MD5_OF_PASSWORD }))
    const create: (options: never) => unknown = createSignIn
    const signIn: unknown = Reflect.apply(create, undefined, [
      { registry: fakeRegistry().registry, find, replaceDigest: replaceUntyped },
    ])
    if (typeof signIn !== 'function') throw new Error('A function was expected.')
    expect(await Reflect.apply(signIn, undefined, [1, 'password'])).toEqual({ digest: MD5_OF_PASSWORD })
    expect(find).toHaveBeenCalledTimes(2)
  })

  test('among sign-ins at once leaves one digest, and all of them sign in', async () => {
    const { signIn, users: stored } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD })
    const all = await Promise.all(['password', 'password', 'password'].map((text) => signIn('ada', text)))
    expect(all.map((account) => account?.id)).toEqual(['ada', 'ada', 'ada'])
    expect(stored.get('ada')?.hasher).toBe('kept')
  })
})

describe('the account is found', () => {
  test.each([
    ['twice where the digest was replaced', MD5_OF_PASSWORD, 'password', 2],
    ['once where the digest may stay', 'kept:1:password', 'password', 1],
    ['once where the password is wrong', MD5_OF_PASSWORD, 'Password', 1],
  ])('%s', async (_, digest, password, times) => {
    const { signIn, find } = withUsers({ id: 'ada', digest })
    await signIn('ada', password)
    expect(find).toHaveBeenCalledTimes(times)
  })
})

describe('a replaceDigest that fails', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('the table is locked')
      },
    ],
    ['rejects', () => Promise.reject(new Error('the table is locked'))],
  ])('does not undo the sign-in, and is reported: it %s', async (_, replaceDigest) => {
    const onRehashError = vi.fn()
    const { registry } = fakeRegistry({ onRehashError })
    const account = { digest: MD5_OF_PASSWORD }
    const find = vi.fn(() => account)
    const signIn = createSignIn({ registry, find, replaceDigest })
    expect(await signIn(1, 'password')).toBe(account)
    expect(find).toHaveBeenCalledTimes(2)
    expect(onRehashError).toHaveBeenCalledExactlyOnceWith(new Error('the table is locked'))
  })

  test('leaves the account as it is, as an engine that fails does', async () => {
    const failure = new EngineError('ERR_ENGINE_LOST', 'The worker was lost.')
    const onRehashError = vi.fn()
    const { registry, hash } = fakeRegistry({ onRehashError })
    hash.mockRejectedValue(failure)
    const account = { digest: MD5_OF_PASSWORD }
    const replaceDigest = vi.fn(() => true)
    expect(await createSignIn({ registry, find: () => account, replaceDigest })(1, 'password')).toBe(account)
    expect(replaceDigest).not.toHaveBeenCalled()
    expect(onRehashError).toHaveBeenCalledExactlyOnceWith(failure)
  })
})

describe('an empty password', () => {
  test.each([
    ['as text', '', MD5_OF_NOTHING],
    ['as bytes', new Uint8Array(0), MD5_OF_NOTHING],
    ['as one NUL', '\0', MD5_OF_NUL],
    ['as a NUL in bytes', new Uint8Array(1), MD5_OF_NUL],
    ['as many NULs', '\0'.repeat(9), MD5_OF_NOTHING],
    ['as bytes that DES reads as NULs', Uint8Array.of(0x80, 0x80, 0), MD5_OF_NOTHING],
    ['as null', null, MD5_OF_NOTHING],
    ['as undefined', undefined, MD5_OF_NOTHING],
  ])('does not sign in, and takes as long as any other: %s', async (_, password, digest) => {
    const { signIn, hash, find, replaceDigest } = withUsers({ id: 'ada', digest })
    expect(await signIn('ada', password)).toBeNull()
    expect(find).toHaveBeenCalledExactlyOnceWith('ada')
    expect(hash).toHaveBeenCalledOnce()
    expect(replaceDigest).not.toHaveBeenCalled()
  })

  test('signs in where it is allowed and right', async () => {
    const { registry } = fakeRegistry()
    const signIn = createSignIn({
      registry,
      find: (digest: string) => ({ digest }),
      replaceDigest: () => true,
      allowEmptyPassword: true,
    })
    expect(await signIn(MD5_OF_NOTHING, '')).toEqual({ digest: MD5_OF_NOTHING })
    expect(await signIn(MD5_OF_NOTHING, new Uint8Array(0))).toEqual({ digest: MD5_OF_NOTHING })
    expect(await signIn(MD5_OF_NUL, '\0')).toEqual({ digest: MD5_OF_NUL })
    expect(await signIn(MD5_OF_PASSWORD, '')).toBeNull()
  })

  test('that is missing does not sign in even where an empty one is allowed', async () => {
    const { registry, hash } = fakeRegistry()
    const find = (digest: string): { readonly digest: string } => ({ digest })
    const signIn = createSignIn({ registry, find, replaceDigest: () => true, allowEmptyPassword: true })
    expect(await signIn(MD5_OF_NOTHING, undefined)).toBeNull()
    expect(await signIn(MD5_OF_NOTHING, null)).toBeNull()
    expect(hash).toHaveBeenCalledTimes(2)
  })
})

describe('password bytes', () => {
  test('may be overwritten by their owner while the account is being found', async () => {
    const { registry } = fakeRegistry()
    const account = { digest: MD5_OF_PASSWORD }
    const find = async (): Promise<typeof account> => {
      await setImmediate()
      return account
    }
    const password = Buffer.from('password')
    const pending = createSignIn({ registry, find, replaceDigest: () => true })(1, password)
    password.fill(0)
    expect(await pending).toBe(account)
  })

  test('may be overwritten while a lost swap is checked', async () => {
    const { registry } = fakeRegistry()
    const password = Buffer.from('password')
    const find = (): { readonly digest: string } => ({ digest: MD5_OF_PASSWORD })
    const replaceDigest = (): boolean => {
      password.fill(0)
      return false
    }
    expect(await createSignIn({ registry, find, replaceDigest })(1, password)).toEqual(find())
  })

  test('are not changed by the sign-in', async () => {
    const { signIn } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD })
    const password = Buffer.from('password')
    await signIn('ada', password)
    expect(password.toString()).toBe('password')
  })
})

describe('the signal of a sign-in', () => {
  const reason = new Error('the client went away')

  test('that is aborted already rejects with its reason, and no account is looked for', async () => {
    const { signIn, find } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD })
    const signal = AbortSignal.abort(reason)
    await expect(signIn('ada', 'password', { signal })).rejects.toBe(reason)
    await expect(signIn('bob', '', { signal })).rejects.toBe(reason)
    expect(find).not.toHaveBeenCalled()
  })

  test('rejects where it is aborted while the account is being found, and checks nothing', async () => {
    const { registry, hash } = fakeRegistry()
    const controller = new AbortController()
    const find = async (): Promise<null> => {
      controller.abort(reason)
      return setImmediate(null)
    }
    const signIn = createSignIn({ registry, find, replaceDigest: () => true })
    await expect(signIn(1, 'password', { signal: controller.signal })).rejects.toBe(reason)
    expect(hash).not.toHaveBeenCalled()
  })

  test('rejects a check that runs', async () => {
    const { registry, hash } = fakeRegistry()
    hash.mockReturnValue(new Promise(() => undefined))
    const controller = new AbortController()
    const pending = createSignIn({ registry, find: () => null, replaceDigest: () => true })(1, 'password', {
      signal: controller.signal,
    })
    await setImmediate()
    controller.abort(reason)
    await expect(pending).rejects.toBe(reason)
  })

  test.each([
    ['succeeds', () => setImmediate(true)],
    ['is lost', () => setImmediate(false)],
    ['never settles', () => new Promise<boolean>(() => undefined)],
    ['rejects afterwards', () => setImmediate().then(() => Promise.reject(new Error('too late')))],
  ])(
    'rejects while the digest is replaced, whether the swap %s, and the account is not found again',
    async (_, swap) => {
      const onRehashError = vi.fn()
      const { registry } = fakeRegistry({ onRehashError })
      const controller = new AbortController()
      const find = vi.fn(() => ({ digest: MD5_OF_PASSWORD }))
      const replaceDigest = (): Promise<boolean> => {
        controller.abort(reason)
        return swap()
      }
      const signIn = createSignIn({ registry, find, replaceDigest })
      await expect(signIn(1, 'password', { signal: controller.signal })).rejects.toBe(reason)
      await setImmediate()
      await setImmediate()
      expect(find).toHaveBeenCalledOnce()
    },
  )

  test('rejects while a find that never settles is waited for', async () => {
    const { registry } = fakeRegistry()
    const controller = new AbortController()
    const find = vi.fn(() => new Promise<null>(() => undefined))
    const signIn = createSignIn({ registry, find, replaceDigest: () => true })
    const pending = signIn(1, 'password', { signal: controller.signal })
    controller.abort(reason)
    await expect(pending).rejects.toBe(reason)
  })
})

describe('the rejection of a sign-in', () => {
  test('is the error that find throws, the first time or the second', async () => {
    const failure = new Error('no connection')
    const { registry } = fakeRegistry()
    const find = vi.fn((): { readonly digest: string } => {
      throw failure
    })
    const signIn = createSignIn({ registry, find, replaceDigest: () => false })
    await expect(signIn(1, 'password')).rejects.toBe(failure)
    find.mockReturnValueOnce({ digest: MD5_OF_PASSWORD })
    await expect(signIn(1, 'password')).rejects.toBe(failure)
    expect(find).toHaveBeenCalledTimes(3)
  })

  test.each([
    ['a password that is a number', ['ada', 1234]],
    ['an option that does not exist', ['ada', 'password', { timeout: 5 }]],
    ['options that are null', ['ada', 'password', null]],
    ['a signal that is no AbortSignal', ['ada', 'password', { signal: {} }]],
  ])('is a TypeError before the account is found for %s', async (_, given: readonly unknown[]) => {
    const { signIn, find } = withUsers({ id: 'ada', digest: MD5_OF_PASSWORD })
    const untyped: (...given: never[]) => unknown = signIn
    const pending: unknown = Reflect.apply(untyped, undefined, [...given])
    await expect(pending).rejects.toBeInstanceOf(TypeError)
    await expect(pending).rejects.toHaveProperty(
      'code',
      expect.stringMatching(/^ERR_INVALID_ARG_(?:TYPE|VALUE)$/),
    )
    expect(find).not.toHaveBeenCalled()
  })
})

describe('createSignIn throws a RegistryError for options with', () => {
  const { registry } = fakeRegistry()
  const right = { registry, find: () => null, replaceDigest: () => true }

  test.each([
    ['no options', undefined],
    ['options that are null', null],
    ['no registry', { ...right, registry: undefined }],
    ['a registry that is null', { ...right, registry: null }],
    ['a registry that cannot verify', { ...right, registry: {} }],
    ['no find', { ...right, find: undefined }],
    ['a find that is no function', { ...right, find: {} }],
    ['no replaceDigest', { ...right, replaceDigest: undefined }],
    ['an allowEmptyPassword that is a text', { ...right, allowEmptyPassword: 'false' }],
    ['an option that does not exist', { ...right, allowEmpty: true }],
    ['a lookBack that does not exist', { ...right, lookBack: 'never' }],
    ['a registry that cannot parse', { ...right, registry: { evaluate: registry.evaluate } }],
    ['functions that a polluted prototype gives', { registry, __proto__: right }],
  ])('%s', (_, options: unknown) => {
    const create: (options: never) => unknown = createSignIn
    expect(() => {
      Reflect.apply(create, undefined, [options])
    }).toThrow(RegistryError)
  })
})

/** A registry of MD5 and a target that writes `kept:<number>:<password>`. */
function fakeRegistry(options: Partial<Omit<RegistryOptions, 'hashers' | 'target'>> = {}): {
  readonly registry: Registry
  readonly hash: Mock<Target['hash']>
} {
  const kept = defineHasher<null>({
    name: 'kept',
    standing: 'sound',
    example: 'kept:1:password',
    prefixes: ['kept:'],
    parse: (rest) => {
      const [, password] = textOf(rest).split(':')
      if (password === undefined) return malformed('shape', 'digest')
      return [{ params: null, salt: new Uint8Array(0), checksum: Buffer.from(password.padEnd(64)) }]
    },
    describe: () => ({}),
    cost: () => ({ milliseconds: 100, bytes: 0, lanes: 1 }),
    derive: (password) => Promise.resolve(Buffer.from(Buffer.from(password).toString().padEnd(64))),
  })
  let count = 0
  const hash = vi.fn<Target['hash']>(async (password) => {
    await setImmediate()
    count++
    return { digest: `kept:${count}:${Buffer.from(password).toString()}`, hasher: 'kept' }
  })
  const target = { hashers: [kept] as const, cost: () => ({ milliseconds: 100, bytes: 0, lanes: 1 }), hash }
  const runtime = { admit: () => () => undefined, run: () => Promise.reject(new Error('no job')) }
  return { registry: createRegistry({ hashers: [md5], target, runtime, ...options }), hash }
}

/** A table of users whose digests are compared before they are replaced. */
function withUsers(...rows: readonly User[]): {
  readonly signIn: SignIn<string, User>
  readonly users: Map<string, User>
  readonly find: Mock<SignInOptions<string, User>['find']>
  readonly replaceDigest: Mock<SignInOptions<string, User>['replaceDigest']>
  readonly hash: Mock<Target['hash']>
} {
  const users = new Map(rows.map((user) => [user.id, user]))
  const find = vi.fn<SignInOptions<string, User>['find']>(async (id) => setImmediate(users.get(id)))
  const replaceDigest = vi.fn<SignInOptions<string, User>['replaceDigest']>(
    ({ id }, { digest, hasher, replaces }) => {
      if (users.get(id)?.digest !== replaces) return false
      users.set(id, { id, digest, hasher })
      return true
    },
  )
  const { registry, hash } = fakeRegistry()
  return { signIn: createSignIn({ registry, find, replaceDigest }), users, find, replaceDigest, hash }
}
