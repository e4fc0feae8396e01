import { RegistryError } from './errors.js'
import { assertOptionNames, readOption } from './options.js'
import { assertPassword } from './password.js'
import type { Password } from './password.js'
import type { Registry, Replacement, StoredDigest } from './registry.js'

/** What a sign-in needs of an account: its digest, and the hasher that made it where that is known. */
export interface Account {
  readonly digest: StoredDigest
  readonly hasher?: string | null | undefined
}

export interface SignInOptions<Id, A extends Account> {
  readonly registry: Registry
  /** The account, or null. */
  readonly find: (id: Id) => A | null | undefined | Promise<A | null | undefined>
  /**
   * Stores digest and hasher where the digest is still `next.replaces`.
   *
   * @returns whether it was still there
   */
  readonly replaceDigest: (account: A, next: Replacement) => boolean | Promise<boolean>
  /** Whether an empty password may match; default false. */
  readonly allowEmptyPassword?: boolean
}

/** The account whose password it is, or null. Rejects as `verify` does, and as `find` does. */
export type SignIn<Id, A extends Account> = (
  id: Id,
  password: Password,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<A | null>

/**
 * Makes the sign-in of an application: finds the account, checks the password in the same time whether or not there
 * is one, and replaces a digest that should go.
 *
 * Where the replacement finds another digest stored than the one it checked, the account is found once more and the
 * password checked once against what is stored now: a password that was reset meanwhile no longer signs in.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is missing or of the wrong type
 */
export function createSignIn<Id, A extends Account>(options: SignInOptions<Id, A>): SignIn<Id, A> {
  assertOptionNames(options, 'createSignIn', ['registry', 'find', 'replaceDigest', 'allowEmptyPassword'])
  const { registry, find, replaceDigest } = options
  if (typeof registry !== 'object')
    throw new RegistryError('ERR_REGISTRY_OPTION', 'createSignIn: registry is missing.')
  const allowEmptyPassword = readOption(options, 'allowEmptyPassword') ?? false
  for (const [name, value] of Object.entries({ 'registry.verify': registry.verify, find, replaceDigest })) {
    if (typeof value === 'function') continue
    throw new RegistryError('ERR_REGISTRY_OPTION', `createSignIn: ${name} must be a function.`)
  }

  return async (id, password, { signal } = {}) => {
    assertPassword(password)
    signal?.throwIfAborted()
    // The caller may overwrite its bytes while the account is being found.
    const own = typeof password === 'string' ? password : Uint8Array.from(password)
    const isRefusedEmpty = own.length === 0 && !allowEmptyPassword

    const account = await find(id)
    let answer: unknown = true
    const rehash = async (next: Replacement): Promise<void> => {
      if (account === null || account === undefined) return
      answer = await replaceDigest(account, next)
    }
    const digest = isRefusedEmpty ? null : account?.digest
    const matches = await registry.verify(own, digest, { hasher: account?.hasher, rehash, signal })
    if (!matches || account === null || account === undefined) return null
    // Anything but true is not known to have been stored.
    if (answer === true) return account

    const current = await find(id)
    if (current === null || current === undefined) return null
    const stillMatches = await registry.verify(own, current.digest, { hasher: current.hasher })
    return stillMatches ? current : null
  }
}
