import type { SignInEvent } from './event.js'
import type { Context } from '../hasher/contract.js'
import type { Registry, Replacement, StoredDigest } from '../registry/api.js'
import type { Password } from '../registry/password.js'

/** The part of an account that a sign-in needs: its digest, and the hasher that made the digest where that is known. */
export interface Account {
  readonly digest: StoredDigest
  readonly hasher?: string | null | undefined
}

export interface SignInOptions<Id, A extends Account> {
  readonly registry: Registry
  /**
   * Finds the account, or null. It must read the primary database and have no side effects, since it is called again after a
   * replacement.
   */
  readonly find: (id: Id) => A | null | undefined | Promise<A | null | undefined>
  /**
   * Stores digest and hasher where the digest is still `next.replaces`.
   *
   * @returns whether that digest was still there; only `true` means that the new one was stored
   */
  readonly replaceDigest: (account: A, next: Replacement) => boolean | Promise<boolean>
  /** Makes the context of an account: the values that the format of its digest needs and the digest does not hold. */
  readonly context?: (account: A) => Context
  /** Whether an empty password, or a password of nothing but NULs, may match; default false. */
  readonly allowEmptyPassword?: boolean
  /**
   * When the account is found once more after a match: with `replaced`, the default, where a replacement was handed to
   * `replaceDigest`; with `always` after each match, so that an account that was locked or reset during the check does not
   * sign in.
   */
  readonly lookBack?: 'replaced' | 'always'
  /**
   * Hears of each sign-in when it ends: never of whom, nor a password or digest. It is not awaited, and what it throws becomes
   * one warning (`PASSLIFT_LISTENER_FAILED`).
   */
  readonly onSignIn?: (event: SignInEvent) => unknown
}

/** What a sign-in gives instead of the account as `find` gave it. */
export interface GivenAccount<A, Given> {
  /** Makes what the sign-in gives of an account, such as the account without its digest. */
  readonly accountOf: (account: A) => Given
}

/**
 * Resolves to the account of an id where the password is right, else to null. A password of null or undefined never matches.
 * It rejects with the errors of `evaluate` and of `find`.
 */
export type SignIn<Id, A> = (
  id: Id,
  password: Password | null | undefined,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<A | null>
