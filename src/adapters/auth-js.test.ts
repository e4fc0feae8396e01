import { describe, expect, test, vi } from 'vitest'
import { bcryptTarget, createRegistry, createSignIn } from '../index.js'
import { createAuthorize } from './auth-js.js'
import { loadFunction, read } from './framework.fixture.js'

const URL_OF_APPLICATION = 'http://localhost/auth'
const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'

const registry = createRegistry({ target: bcryptTarget({ cost: 10 }) })

function createUsers() {
  const user = { id: 7, name: 'Ada', email: 'ada@example.com', digest: MD5_OF_PASSWORD, hasher: 'md5' }
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
  return { user, find, authorize: createAuthorize(signIn, 'email') }
}

describe('authorize', () => {
  test('gives the account without its digest and hasher, and replaces the digest', async () => {
    const { user, authorize } = createUsers()
    const account = await authorize({ email: 'ada@example.com', password: 'password' })
    expect(account).toEqual({ id: 7, name: 'Ada', email: 'ada@example.com' })
    expect(user.hasher).toBe('bcrypt')
  })

  test.each([
    ['a wrong password', { email: 'ada@example.com', password: 'Password' }],
    ['no such account', { email: 'bob@example.com', password: 'password' }],
    ['a missing password', { email: 'ada@example.com' }],
    ['an empty password', { email: 'ada@example.com', password: '' }],
    ['a list as the password', { email: 'ada@example.com', password: ['password'] }],
    ['a missing e-mail', { password: 'password' }],
    ['an object as the e-mail', { email: { contains: '' }, password: 'password' }],
    ['no fields', undefined],
  ])('is null for %s', async (_, credentials) => {
    const { authorize } = createUsers()
    expect(await authorize(credentials)).toBeNull()
  })

  test('looks for no account where the field is no text', async () => {
    const { find, authorize } = createUsers()
    await authorize({ email: { contains: '' }, password: 'password' })
    expect(find).not.toHaveBeenCalled()
  })
})

describe('an application of Auth.js', () => {
  const start = async () => {
    const auth = await loadFunction('@auth/core', 'Auth')
    const credentials = await loadFunction('@auth/core/providers/credentials')
    const { user, authorize } = createUsers()
    const config = {
      secret: 'a text for the tests',
      trustHost: true,
      basePath: '/auth',
      logger: { error: () => undefined },
      providers: [credentials({ credentials: { email: {}, password: {} }, authorize })],
      // What callbacks are given may go into the token and the session.
      callbacks: {
        jwt: ({ token, user: given }: { readonly token: object; readonly user?: object }) => ({
          ...token,
          ...(given === undefined ? {} : { given }),
        }),
        session: ({ token }: { readonly token: object }) => token,
      },
    }
    const send = async (request: Request): Promise<Response> => {
      const response = await auth(request, config)
      if (!(response instanceof Response)) throw new TypeError('Auth gave no response.')
      return response
    }
    const cookiesOf = (response: Response): string =>
      response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    const signIn = async (fields: Readonly<Record<string, string>>) => {
      const asked = await send(new Request(`${URL_OF_APPLICATION}/csrf`))
      const csrfToken = read(await asked.json(), 'csrfToken')
      const answer = await send(
        new Request(`${URL_OF_APPLICATION}/callback/credentials`, {
          method: 'POST',
          headers: { cookie: cookiesOf(asked), 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            ...fields,
            csrfToken: typeof csrfToken === 'string' ? csrfToken : '',
          }).toString(),
        }),
      )
      const session = await send(
        new Request(`${URL_OF_APPLICATION}/session`, { headers: { cookie: cookiesOf(answer) } }),
      )
      return { location: answer.headers.get('location'), session: await session.text() }
    }
    return { user, signIn }
  }

  test('signs in, replaces the digest, and has no digest in the session', async () => {
    const { user, signIn } = await start()
    const { session } = await signIn({ email: 'ada@example.com', password: 'password' })
    expect(session).toContain('"name":"Ada"')
    expect(session).toContain('"given":{"id":"7"')
    expect(session).not.toMatch(/digest|hasher|\$2b/)
    expect(user.hasher).toBe('bcrypt')
    expect((await signIn({ email: 'ada@example.com', password: 'password' })).session).toContain('Ada')
  })

  test.each([
    ['a wrong password', { email: 'ada@example.com', password: 'Password' }],
    ['a missing password', { email: 'ada@example.com' }],
    ['a missing user', { email: 'bob@example.com', password: 'password' }],
  ])('does not sign in with %s', async (_, fields) => {
    const { signIn } = await start()
    const { location, session } = await signIn({ ...fields })
    expect(location).toContain('error=CredentialsSignin')
    expect(session).toBe('null')
  })
})
