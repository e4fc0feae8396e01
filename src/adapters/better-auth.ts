import type { Registry, Replacement } from '../core.js'
import { assertGiven, hasFunctions, isEmpty, isObject } from './account.js'

// The passwords of better-auth 1.7. better-auth hands a digest to `verify` without its account, and two accounts may have one
// digest: the md5 of the same password. So a hook of the plugin watches which accounts each request reads, and a digest is
// replaced where its account is known. No module of better-auth is imported.

/** What `emailAndPassword.password` of better-auth takes. */
export interface BetterAuthPassword {
  readonly hash: (password: string) => Promise<string>
  readonly verify: (given: { readonly hash: string; readonly password: string }) => Promise<boolean>
}

/** The part of a plugin of better-auth that this one has. */
export interface BetterAuthPlugin {
  readonly id: 'passlift'
  readonly hooks: { readonly before: BetterAuthHook[] }
}

export interface BetterAuthHook {
  readonly matcher: (request: { readonly body?: unknown }) => boolean
  readonly handler: (request: object) => Promise<unknown>
}

export interface BetterAuthPasslift {
  readonly password: BetterAuthPassword
  readonly plugin: BetterAuthPlugin
}

/** The part of better-auth's context of one request that the plugin uses. */
interface Context {
  readonly adapter: Adapter
  readonly internalAdapter: object
}

interface Adapter {
  readonly findOne: (query: { readonly model: 'account'; readonly where: Where[] }) => Promise<unknown>
  readonly updateMany: (change: {
    readonly model: 'account'
    readonly where: Where[]
    readonly update: Readonly<Record<string, unknown>>
  }) => Promise<unknown>
}

interface Where {
  readonly field: 'id' | 'password'
  readonly value: string | number
}

/** An account whose digest one request has read, and the data base that it stands in. */
interface Source {
  readonly id: string | number
  readonly adapter: Adapter
}

/** The functions by which endpoints read accounts with their digests. */
const FINDERS = ['findUserByEmail', 'findCredentialAccount', 'findAccounts', 'findAccountByUserId'] as const

const RETRY_SECONDS = 1

/**
 * Makes better-auth check passwords by a registry. Give `password` to `emailAndPassword` and `plugin` to `plugins`. Without the
 * plugin passwords are checked, and no digest is replaced.
 *
 * A digest that should be replaced is replaced where the account still has it. Then the account is read once more, and what is
 * stored by then decides, so that a password that was reset meanwhile does not sign in.
 *
 * A password that is empty, or that nobody can have typed, is answered with the status 400, a full queue with 503 and
 * `Retry-After`, whether or not there is an account.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` for what is no registry
 */
export function createBetterAuth(registry: Registry): BetterAuthPasslift {
  assertGiven(hasFunctions(registry, ['evaluate', 'hash']), 'createBetterAuth needs a registry')
  const check = async (password: string, digest: string, source?: Source): Promise<boolean> => {
    assertNotEmpty(password)
    let handed: Replacement | undefined
    const rehash = async (next: Replacement): Promise<void> => {
      handed = next
      await replace(source, next)
    }
    const verdict = await registry.evaluate(password, digest, source === undefined ? {} : { rehash })
    if (verdict.outcome === 'refused') throw invalidPassword()
    if (verdict.outcome !== 'match') return false
    if (source === undefined || handed === undefined) return true
    const stored = await readDigest(source)
    return stored === digest || stored === handed.digest || registry.verify(password, stored)
  }

  const hash: BetterAuthPassword['hash'] = (password) =>
    answerErrors(async () => {
      assertNotEmpty(password)
      return registry.hash(password)
    })

  /** Watches the accounts that one request reads. Returns the changes of its context. */
  const watch = ({ adapter, internalAdapter }: Context): object => {
    const sources = new Map<string, Source | undefined>()
    const remember = (id: string | number, digest: string): void => {
      const known = sources.get(digest)
      // Where one request reads two accounts of one digest, nothing tells which of them is checked.
      sources.set(digest, sources.has(digest) && known?.id !== id ? undefined : { id, adapter })
    }
    const watched = FINDERS.map((name) => {
      const find: unknown = Reflect.get(internalAdapter, name)
      if (typeof find !== 'function') return [name, find] as const
      const findWatched = async (...given: readonly unknown[]): Promise<unknown> => {
        const found: unknown = await Reflect.apply(find, internalAdapter, given)
        for (const account of accountsIn(found)) remember(account.id, account.password)
        return found
      }
      return [name, findWatched] as const
    })
    const verify: BetterAuthPassword['verify'] = ({ hash: digest, password }) =>
      answerErrors(() => check(password, digest, sources.get(digest)))
    return { internalAdapter: Object.fromEntries(watched), password: { verify } }
  }

  return {
    password: {
      hash,
      verify: ({ hash: digest, password }) => answerErrors(() => check(password, digest)),
    },
    plugin: {
      id: 'passlift',
      hooks: {
        before: [
          {
            // Only requests with a body hold a password.
            matcher: ({ body }) => isObject(body),
            handler: (request) => {
              const context: unknown = Reflect.get(request, 'context')
              if (!isContext(context)) {
                throw new TypeError('passlift needs the context of better-auth 1.7.')
              }
              return Promise.resolve(answerHook(request, { context: watch(context) }))
            },
          },
        ],
      },
    },
  }
}

/** The answer of a hook, as better-auth's own `createAuthMiddleware` forms it. better-auth merges it into its context. */
function answerHook(request: object, context: object): object {
  const response = { context }
  return Reflect.get(request, 'returnHeaders') === true ? { headers: undefined, response } : response
}

/** Stores a new digest where the account still has the one that was checked. */
async function replace(source: Source | undefined, { digest, replaces }: Replacement): Promise<void> {
  if (source === undefined) return
  const { id, adapter } = source
  await adapter.updateMany({
    model: 'account',
    where: [
      { field: 'id', value: id },
      { field: 'password', value: replaces },
    ],
    update: { password: digest },
  })
}

async function readDigest({ id, adapter }: Source): Promise<string | null> {
  const account = await adapter.findOne({ model: 'account', where: [{ field: 'id', value: id }] })
  return isAccount(account) ? account.password : null
}

/** The accounts with a digest in what a finder gave: an account, a list of accounts, or a user with accounts. */
function accountsIn(found: unknown): readonly Account[] {
  if (!isObject(found)) return []
  const list: unknown = Array.isArray(found) ? found : (Reflect.get(found, 'accounts') ?? [found])
  return Array.isArray(list) ? list.filter(isAccount) : []
}

interface Account {
  readonly id: string | number
  readonly password: string
}

function isAccount(value: unknown): value is Account {
  if (!isObject(value) || !('id' in value) || !('password' in value)) return false
  return (typeof value.id === 'string' || typeof value.id === 'number') && typeof value.password === 'string'
}

function isContext(value: unknown): value is Context {
  if (!isObject(value) || !('adapter' in value) || !('internalAdapter' in value)) return false
  return isObject(value.internalAdapter) && hasFunctions(value.adapter, ['findOne', 'updateMany'])
}

function assertNotEmpty(password: string): void {
  if (isEmpty(password)) throw invalidPassword()
}

function invalidPassword(): Error {
  return makeAnswer(400, { status: 'BAD_REQUEST', code: 'INVALID_PASSWORD', message: 'Invalid password' })
}

/** Gives errors that the user or the load caused the form that better-auth answers with their status. Others stay errors. */
async function answerErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code: unknown = isObject(error) ? Reflect.get(error, 'code') : undefined
    if (code === 'ERR_OVERLOADED') {
      const words = { status: 'SERVICE_UNAVAILABLE', code: 'OVERLOADED', message: 'Try again later' }
      throw makeAnswer(503, words)
    }
    if (code === 'ERR_PASSWORD_ILL_FORMED' || code === 'ERR_PASSWORD_TOO_LONG') throw invalidPassword()
    throw error
  }
}

/** Makes an error that better-auth takes for its own `APIError`, by its name. */
function makeAnswer(
  statusCode: number,
  { status, code, message }: { readonly status: string; readonly code: string; readonly message: string },
): Error {
  const headers = statusCode === 503 ? { 'Retry-After': String(RETRY_SECONDS) } : {}
  return Object.assign(new Error(message), {
    name: 'APIError',
    status,
    statusCode,
    headers,
    body: { code, message },
  })
}
