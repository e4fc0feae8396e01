import { ADMITTED, readSignal } from './arguments.js'
import { RegistryError } from './errors.js'
import { assertOptionNames, readOption, readOptionOr } from './options.js'
import { assertPassword, MAX_PASSWORD_BYTES } from './password.js'
import type { Password } from './password.js'
import type { Registry, Replacement, StoredDigest, VerifyOptions } from './api.js'

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
  const { registry, find, replaceDigest, allowEmptyPassword } = resolveSignInOptions(options)

  const signIn = async (id: Id, password: Password, signal: AbortSignal | undefined): Promise<A | null> => {
    const isRefusedEmpty = password.length === 0 && !allowEmptyPassword
    const account = await find(id)
    let answer: unknown = true
    const rehash = async (next: Replacement): Promise<void> => {
      if (account === null || account === undefined) return
      answer = await replaceDigest(account, next)
    }
    const digest = isRefusedEmpty ? null : account?.digest
    const matches = await registry.verify(password, digest, { hasher: account?.hasher, rehash, signal })
    if (!matches || account === null || account === undefined) return null
    // Anything but true is not known to have been stored.
    if (answer === true) return account

    const current = await find(id)
    if (current === null || current === undefined) return null
    // Of the same sign-in: a queue that has filled up meanwhile must not refuse what it admitted.
    const again: VerifyOptions & { readonly [ADMITTED]: true } = { hasher: current.hasher, [ADMITTED]: true }
    const stillMatches = await registry.verify(password, current.digest, again)
    return stillMatches ? current : null
  }

  return async (id, password, options = {}) => {
    assertPassword(password)
    const signal = readSignal(options)
    signal?.throwIfAborted()
    if (typeof password === 'string') return signIn(id, password, signal)
    // The caller may overwrite its bytes while the account is being found. What is too long stays too long.
    const own = Uint8Array.from(password.subarray(0, MAX_PASSWORD_BYTES + 1))
    try {
      return await signIn(id, own, signal)
    } finally {
      own.fill(0)
    }
  }
}

/** @throws RegistryError for what is no object, or holds an option that does not exist */
export function assertSignInOptions(options: unknown): void {
  assertOptionNames(options, 'createSignIn', ['registry', 'find', 'replaceDigest', 'allowEmptyPassword'])
}

function resolveSignInOptions<Id, A extends Account>(
  options: SignInOptions<Id, A>,
): Required<SignInOptions<Id, A>> {
  assertSignInOptions(options)
  const registry = readOption(options, 'registry')
  const find = readOption(options, 'find')
  const replaceDigest = readOption(options, 'replaceDigest')
  const allowEmptyPassword = readOptionOr(options, 'allowEmptyPassword', false)
  if (typeof registry?.verify !== 'function') throw badOption('registry', 'a registry')
  if (typeof find !== 'function') throw badOption('find', 'a function')
  if (typeof replaceDigest !== 'function') throw badOption('replaceDigest', 'a function')
  if (typeof allowEmptyPassword !== 'boolean') throw badOption('allowEmptyPassword', 'true or false')
  return { registry, find, replaceDigest, allowEmptyPassword }
}

function badOption(name: string, expected: string): RegistryError {
  return new RegistryError('ERR_REGISTRY_OPTION', `createSignIn: ${name} must be ${expected}.`)
}
