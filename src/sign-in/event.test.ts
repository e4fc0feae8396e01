import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { EngineError, OverloadedError } from '../errors.js'
import { md5 } from '../hashers/bare-hex.js'
import type { Registry } from '../registry/api.js'
import { createRegistry } from '../registry/registry.js'
import { bcryptTarget } from '../targets/index.js'
import type { SignInOptions } from './api.js'
import type { SignInEvent } from './event.js'
import { createSignIn } from './sign-in.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const MD5_OF_LETMEIN = '0d107d09f5bbe40cade3de5c71e9e9b7'

interface User {
  readonly digest: string | null
}

const registry = createRegistry({ hashers: [md5], target: bcryptTarget({ cost: 10 }) })

describe('onSignIn hears of', () => {
  test('a match whose digest was replaced, and of the next one, whose digest may stay', async () => {
    const { signIn, heard } = listenTo({ digest: MD5_OF_PASSWORD })
    await signIn('ada', 'password')
    expect(heard).toEqual([
      {
        outcome: 'match',
        hasher: 'md5',
        reasons: ['insecure'],
        replaced: true,
        milliseconds: heard[0]?.milliseconds,
        code: null,
      },
    ])
    expect(heard[0]?.milliseconds).toBeGreaterThan(0)
    await signIn('ada', 'password')
    expect(heard[1]).toMatchObject({ outcome: 'match', hasher: 'bcrypt', reasons: [], replaced: false })
  })

  test.each<[name: string, expected: Partial<SignInEvent>, digest: string | null, password: string | null]>([
    ['a wrong password', { outcome: 'mismatch', hasher: 'md5' }, MD5_OF_PASSWORD, 'Password'],
    ['an account without a password', { outcome: 'unusable', hasher: null }, null, 'password'],
    ['a digest that no hasher reads', { outcome: 'unknown', hasher: null }, 'password', 'password'],
    ['a password that is missing', { outcome: 'refused', hasher: null }, MD5_OF_PASSWORD, null],
    ['a password that is empty', { outcome: 'refused', hasher: null }, MD5_OF_PASSWORD, ''],
    ['a password that is too long', { outcome: 'refused', hasher: null }, MD5_OF_PASSWORD, 'x'.repeat(4_097)],
  ])('%s', async (_, expected, digest, password) => {
    const { signIn, heard } = listenTo({ digest })
    expect(await signIn('ada', password)).toBeNull()
    expect(heard).toEqual([
      { reasons: [], replaced: false, milliseconds: heard[0]?.milliseconds, code: null, ...expected },
    ])
  })

  test('a user who has no account', async () => {
    const { signIn, heard } = listenTo(null)
    expect(await signIn('ada', 'password')).toBeNull()
    expect(heard).toMatchObject([{ outcome: 'no-account', hasher: null }])
  })

  test.each<[name: string, then: User | null]>([
    ['a password that was reset meanwhile', { digest: MD5_OF_LETMEIN }],
    ['an account that was removed meanwhile', null],
  ])('%s', async (_, then) => {
    const find = vi.fn(() => then).mockReturnValueOnce({ digest: MD5_OF_PASSWORD })
    const { signIn, heard } = listen({ find, replaceDigest: () => false })
    expect(await signIn('ada', 'password')).toBeNull()
    expect(heard).toMatchObject([
      { outcome: 'changed', hasher: 'md5', reasons: ['insecure'], replaced: false },
    ])
  })

  test('a swap that another sign-in won', async () => {
    const won = { digest: await registry.hash('password') }
    const find = vi.fn(() => won).mockReturnValueOnce({ digest: MD5_OF_PASSWORD })
    const { signIn, heard } = listen({ find, replaceDigest: () => false })
    expect(await signIn('ada', 'password')).toBe(won)
    expect(heard).toMatchObject([{ outcome: 'match', hasher: 'md5', replaced: false }])
  })

  test.each<[name: string, error: Error, code: string | null]>([
    ['too many checks', new OverloadedError('ERR_OVERLOADED', 'full'), 'ERR_OVERLOADED'],
    ['an engine that is missing', new EngineError('ERR_ENGINE_UNAVAILABLE', ''), 'ERR_ENGINE_UNAVAILABLE'],
    [
      'an error of another maker, whose code may hold anything',
      Object.assign(new Error(), { code: 'password' }),
      null,
    ],
  ])('%s', async (_, error, code) => {
    const evaluate: Registry['evaluate'] = () => Promise.reject(error)
    const { signIn, heard } = listen({
      find: () => ({ digest: MD5_OF_PASSWORD }),
      registry: { ...registry, evaluate },
    })
    await expect(signIn('ada', 'password')).rejects.toBe(error)
    expect(heard).toMatchObject([{ outcome: 'error', code, hasher: null }])
  })

  test('an accountOf that throws behind a swap: the digest was replaced', async () => {
    const failure = new Error('no such view')
    const accountOf = (): never => {
      throw failure
    }
    let row: User = { digest: MD5_OF_PASSWORD }
    const { signIn, heard } = listen({
      find: () => row,
      replaceDigest: (_, { digest }) => {
        row = { digest }
        return true
      },
      accountOf,
    })
    await expect(signIn('ada', 'password')).rejects.toBe(failure)
    expect(heard).toMatchObject([{ outcome: 'error', replaced: true }])
    await expect(signIn('ada', 'password')).rejects.toBe(failure)
    expect(heard[1]).toMatchObject({ outcome: 'error', replaced: false })
  })

  test('an abort, once', async () => {
    const controller = new AbortController()
    const { signIn, heard } = listen({ find: () => setImmediate({ digest: MD5_OF_PASSWORD }) })
    const pending = signIn('ada', 'password', { signal: controller.signal })
    controller.abort(new Error('closed'))
    await expect(pending).rejects.toThrow('closed')
    await setImmediate()
    expect(heard).toMatchObject([{ outcome: 'aborted', code: null }])
  })

  test('nothing that tells the user, the password or the digest', async () => {
    const { signIn, heard } = listenTo({ digest: MD5_OF_PASSWORD })
    await signIn('ada', 'Password')
    await signIn('ada', 'password')
    expect(heard).toHaveLength(2)
    expect(JSON.stringify(heard)).not.toMatch(/ada|password|5f4dcc|\$2/i)
  })
})

describe('a listener', () => {
  test.each<[name: string, onSignIn: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('password')
      },
    ],
    ['rejects', () => Promise.reject(new Error('password'))],
  ])('that %s changes no answer, and warns once without its error', async (_, onSignIn) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const user = { digest: MD5_OF_PASSWORD }
    const { signIn } = listen({ find: () => user, onSignIn })
    expect(await signIn('ada', 'Password')).toBeNull()
    expect(await signIn('ada', 'Password')).toBeNull()
    await setImmediate()
    expect(warn.mock.calls.flat().filter((given) => JSON.stringify(given).includes('LISTENER'))).toHaveLength(
      1,
    )
    expect(JSON.stringify(warn.mock.calls)).not.toContain('password')
    warn.mockRestore()
  })

  test('that never settles is not awaited', async () => {
    const user = { digest: MD5_OF_PASSWORD }
    const { signIn } = listen({ find: () => user, onSignIn: () => new Promise(() => undefined) })
    expect(await signIn('ada', 'Password')).toBeNull()
  })

  test('is given an event that is frozen', async () => {
    const { signIn, heard } = listenTo({ digest: MD5_OF_PASSWORD })
    await signIn('ada', 'Password')
    expect(heard.every((event) => Object.isFrozen(event))).toBe(true)
  })
})

/** A sign-in over one row that is replaced as it should be. */
function listenTo(user: User | null): ReturnType<typeof listen> {
  let row = user
  return listen({
    find: () => row,
    replaceDigest: (_, { digest }) => {
      row = { digest }
      return true
    },
  })
}

function listen(
  options: Partial<SignInOptions<string, User>> &
    Pick<SignInOptions<string, User>, 'find'> & { readonly accountOf?: (user: User) => never },
) {
  const heard: SignInEvent[] = []
  const onSignIn = (event: SignInEvent): void => {
    heard.push(event)
  }
  const signIn = createSignIn({ registry, replaceDigest: () => true, onSignIn, ...options })
  return { signIn, heard }
}
