import { createBetterAuth } from './better-auth.js'
import { functionOf, loadFunction, post, read } from './framework.fixture.js'
import type { Registry } from '../core.js'

const URL_OF_APPLICATION = 'http://localhost/api/auth'

/** An application of better-auth, signed in to as over HTTP. */
export interface Application {
  readonly send: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  /** Signs in by e-mail, and gives the status. */
  readonly signIn: (name: string, password: string) => Promise<number>
  /** Sets a new password as a user does who has asked for an e-mail. */
  readonly reset: (name: string, password: string) => Promise<void>
  /** Stores an account as an import does. */
  readonly importUser: (name: string, digest: string | null) => Promise<void>
  readonly readDigest: (name: string) => Promise<unknown>
  /** The context of the application, with its adapter of the data base. */
  readonly context: unknown
}

export interface ApplicationOptions {
  /** What better-auth takes as `database`. */
  readonly database: unknown
  /** The registry that checks passwords; without it better-auth does. */
  readonly registry?: Registry
  readonly plugin?: boolean
  readonly overrides?: Readonly<Record<string, unknown>>
}

/** Starts an application with users' names and passwords. */
export async function startApplication({
  database,
  registry,
  plugin = true,
  overrides = {},
}: ApplicationOptions): Promise<Application> {
  const betterAuth = await loadFunction('better-auth', 'betterAuth')
  const username = await loadFunction('better-auth/plugins/username', 'username')
  const tokens = new Map<unknown, unknown>()
  const passlift = registry === undefined ? undefined : createBetterAuth(registry)
  const auth = betterAuth({
    database,
    secret: 'a text of over thirty-two characters, for the tests 0987',
    baseURL: 'http://localhost',
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      sendResetPassword: (given: unknown) => {
        tokens.set(read(read(given, 'user'), 'email'), read(given, 'token'))
        return Promise.resolve()
      },
      ...(passlift === undefined ? {} : { password: passlift.password }),
    },
    plugins: [username(), ...(passlift === undefined || !plugin ? [] : [passlift.plugin])],
    ...overrides,
  })
  const context = await read(auth, '$context')
  const adapter = read(context, 'adapter')
  const handle = functionOf(auth, 'handler')

  const send: Application['send'] = async (path, body, headers) => {
    const response = await handle(post(`${URL_OF_APPLICATION}${path}`, body, headers))
    if (!(response instanceof Response)) throw new TypeError('The handler gave no response.')
    return response
  }
  const findAccount = (name: string): unknown =>
    functionOf(adapter, 'findOne')({ model: 'account', where: [{ field: 'userId', value: name }] })

  return {
    send,
    context,
    signIn: async (name, password) =>
      (await send('/sign-in/email', { email: emailOf(name), password })).status,
    reset: async (name, password) => {
      await send('/request-password-reset', { email: emailOf(name) })
      const answer = await send('/reset-password', {
        newPassword: password,
        token: tokens.get(emailOf(name)),
      })
      if (answer.status !== 200) throw new Error('The password was not reset.')
    },
    importUser: async (name, digest) => {
      const create = functionOf(adapter, 'create')
      const times = { createdAt: new Date(), updatedAt: new Date() }
      const user = { id: name, name, username: name, email: emailOf(name), emailVerified: true, ...times }
      const account = { id: `account of ${name}`, userId: name, accountId: name, providerId: 'credential' }
      await create({ model: 'user', forceAllowId: true, data: user })
      await create({
        model: 'account',
        forceAllowId: true,
        data: { ...account, password: digest, ...times },
      })
    },
    readDigest: async (name) => read(await findAccount(name), 'password'),
  }
}

export function emailOf(name: string): string {
  return `${name}@example.com`
}
