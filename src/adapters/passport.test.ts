import { describe, expect, test, vi } from 'vitest'
import { bcryptTarget, createRegistry, createSignIn, OverloadedError } from '../index.js'
import { construct, functionOf } from './framework.fixture.js'
import { createValidate, createVerify } from './passport.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'

const registry = createRegistry({ target: bcryptTarget({ cost: 10 }) })

function createUsers() {
  const user = { id: 7, email: 'ada@example.com', digest: MD5_OF_PASSWORD, hasher: 'md5' }
  const find = vi.fn((email: string) => (email === user.email ? { ...user } : null))
  const signIn = createSignIn({
    registry,
    find,
    replaceDigest: (_, { digest, hasher, replaces }) => {
      if (user.digest !== replaces) return false
      Object.assign(user, { digest, hasher })
      return true
    },
  })
  return { user, find, signIn }
}

/** Runs the strategy of passport-local as its middleware does, on a request with a body. */
async function authenticate(verify: unknown, body: unknown): Promise<unknown> {
  const passport = await construct('passport', 'Passport', [])
  functionOf(
    passport,
    'use',
  )(await construct('passport-local', 'Strategy', [{ usernameField: 'email' }, verify]))
  return new Promise((resolve, reject) => {
    const middleware: unknown = functionOf(passport, 'authenticate')(
      'local',
      { session: false },
      (error: unknown, user: unknown) => {
        if (error instanceof Error) reject(error)
        else resolve(user)
      },
    )
    if (typeof middleware === 'function') Reflect.apply(middleware, undefined, [{ body }, {}, reject])
  })
}

describe('the strategy of passport-local', () => {
  test('signs in with an account without its digest, and replaces the digest', async () => {
    const { user, signIn } = createUsers()
    const body = { email: 'ada@example.com', password: 'password' }
    expect(await authenticate(createVerify(signIn), body)).toEqual({ id: 7, email: 'ada@example.com' })
    expect(user.hasher).toBe('bcrypt')
    expect(await authenticate(createVerify(signIn), body)).toEqual({ id: 7, email: 'ada@example.com' })
  })

  test.each([
    ['a wrong password', { email: 'ada@example.com', password: 'Password' }],
    ['a missing password', { email: 'ada@example.com' }],
    ['a list as the password', { email: 'ada@example.com', password: ['password'] }],
    ['no such account', { email: 'bob@example.com', password: 'password' }],
    ['an object as the name', { email: { contains: 'ada' }, password: 'password' }],
    ['no body', undefined],
  ])('does not sign in with %s', async (_, body) => {
    const { signIn } = createUsers()
    expect(await authenticate(createVerify(signIn), body)).toBe(false)
  })

  test('hands on the error of a full queue', async () => {
    const full = new OverloadedError('ERR_OVERLOADED', 'full')
    const verify = createVerify(() => Promise.reject(full))
    await expect(authenticate(verify, { email: 'ada@example.com', password: 'password' })).rejects.toBe(full)
  })
})

describe('the validate of NestJS', () => {
  test('gives the account without its digest, or null', async () => {
    const { signIn, find } = createUsers()
    const validate = createValidate(signIn)
    expect(await validate('ada@example.com', 'password')).toEqual({ id: 7, email: 'ada@example.com' })
    expect(await validate('ada@example.com', undefined)).toBeNull()
    find.mockClear()
    expect(await validate({ contains: 'ada' }, 'password')).toBeNull()
    expect(find).not.toHaveBeenCalled()
  })
})
