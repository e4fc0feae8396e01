import { ADMITTED, assertOptions, readSignal } from '../registry/request.js'
import { compareStored, readRow } from './look-back.js'
import type { Row } from './look-back.js'
import { BOOLEAN, isFunction, isRecord, oneOf, openOptions } from '../options.js'
import type { OptionReader, OptionType } from '../options.js'
import type { Context } from '../hasher/contract.js'
import { assertPassword, isEmptyPassword, MAX_PASSWORD_BYTES } from '../registry/password.js'
import type { Password } from '../registry/password.js'
import type { Registry, Replacement, StoredDigest, VerifyOptions } from '../registry/api.js'
import { createSignalFollower, rejectOnAbort } from '../registry/signals.js'
import { createWarning } from '../registry/warnings.js'

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
}

/**
 * Resolves to the account of an id where the password is right, else to null. A password of null or undefined never matches.
 * It rejects with the errors of `verify` and of `find`.
 */
export type SignIn<Id, A extends Account> = (
  id: Id,
  password: Password | null | undefined,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<A | null>

/** A replacement that was handed to `replaceDigest`, and the answer of `replaceDigest`. */
interface Handed {
  readonly next: Replacement
  answer: unknown
}

const LOOK_BACKS = ['replaced', 'always'] as const

const COLUMN_IS_NARROW =
  'A column is too narrow and cut a new digest or its hasher. Make the column for digests 255 characters wide, that for ' +
  'hashers 64. Until the process starts again, no digest is replaced.'

/**
 * Makes the sign-in of an application. It finds the account, checks the password in the same time whether or not there is an
 * account, and replaces a digest where the policy says so.
 *
 * The account is found once more after a replacement, and the row that is stored then decides. A password that was reset
 * meanwhile does not sign in, even if `replaceDigest` answered true. Where a narrow column cut the new digest, the old digest
 * is put back.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is missing or of the wrong type
 */
export function createSignIn<Id, A extends Account>(options: SignInOptions<Id, A>): SignIn<Id, A> {
  const { read, require } = openSignInOptions(options)
  const { verify, parse } = require('registry', REGISTRY)
  const find = require('find', functionOf<SignInOptions<Id, A>['find']>())
  const replaceDigest = require('replaceDigest', functionOf<SignInOptions<Id, A>['replaceDigest']>())
  const contextOf = read('context', functionOf<NonNullable<SignInOptions<Id, A>['context']>>())
  const allowEmptyPassword = read('allowEmptyPassword', BOOLEAN) ?? false
  const lookBack = read('lookBack', oneOf(LOOK_BACKS)) ?? 'replaced'
  const follow = createSignalFollower()
  const warnOfMissedSwap = createWarning(
    'PASSLIFT_SWAP_MISSED',
    'replaceDigest stored nothing: the digest is the old one still. It must compare with next.replaces as find gave it.',
  )
  const warnOfCut = createWarning('PASSLIFT_DIGEST_CUT', `${COLUMN_IS_NARROW} The old digest was put back.`)
  const warnOfLoss = createWarning(
    'PASSLIFT_DIGEST_CUT',
    `${COLUMN_IS_NARROW} The old digest could not be put back: restore it from a copy, or its user is locked out.`,
  )
  let isColumnNarrow = false

  /** Writes the old digest and hasher back, because a digest that was cut matches no password. The store is not awaited. */
  const putBack = (current: A, cut: string, { digest, hasher }: Row): void => {
    isColumnNarrow = true
    if (typeof digest !== 'string') return
    // The hasher is the one of the checked row. Null, where the row named none, is not in the type of a replacement.
    const next = { digest, hasher: hasher ?? null, replaces: cut }
    new Promise<unknown>((resolve) => {
      resolve(Reflect.apply(replaceDigest, undefined, [current, next]))
    }).then((answer) => {
      if (answer === true) warnOfCut()
      else warnOfLoss()
    }, warnOfLoss)
  }

  /** Finds the account again after a match. Returns the account as stored now, or null where the password is no longer right. */
  const findAgain = async (
    { id, password, signal }: { readonly id: Id; readonly password: Password; readonly signal: Signal },
    { account, checked }: { readonly account: A; readonly checked: Row },
    handed: Handed | undefined,
  ): Promise<A | null> => {
    signal?.throwIfAborted()
    const current = await find(id)
    if (current === null || current === undefined) return null
    const row = readRow(current)
    switch (compareStored(row, { checked, next: handed?.next, parse })) {
      case 'as-checked':
        if (handed !== undefined && handed.answer !== true) warnOfMissedSwap()
        return current
      case 'replaced':
        return current
      case 'cut':
        putBack(current, row.digest ?? '', checked)
        return account
      case 'other': {
        // This check is part of an admitted sign-in, so a queue that has filled up meanwhile must not refuse it.
        const again: VerifyOptions & { readonly [ADMITTED]: true } = {
          hasher: row.hasher,
          context: contextOf?.(current),
          signal,
          [ADMITTED]: true,
        }
        return (await verify(password, row.digest, again)) ? current : null
      }
    }
  }

  const signIn = async (id: Id, given: Password | null, signal: Signal): Promise<A | null> => {
    const account = (await find(id)) ?? null
    const checked = account === null ? undefined : readRow(account)
    const password = given ?? ''
    const isRefused = given === null || (isEmptyPassword(password) && !allowEmptyPassword)
    let handed: Handed | undefined
    const rehash = async (next: Replacement): Promise<void> => {
      if (account === null) return
      // The answer stays true where the store throws: the registry reports that, and no warning is needed here.
      const hand: Handed = { next, answer: true }
      handed = hand
      hand.answer = await replaceDigest(account, next)
    }
    const matches = await verify(password, isRefused ? null : checked?.digest, {
      hasher: checked?.hasher,
      context: account === null ? undefined : contextOf?.(account),
      signal,
      ...(isColumnNarrow ? {} : { rehash }),
    })
    if (!matches || account === null || checked === undefined) return null
    if (handed === undefined && lookBack !== 'always') return account
    return findAgain({ id, password, signal }, { account, checked }, handed)
  }

  return async (id, given, options = {}) => {
    const password = given ?? null
    if (password !== null) assertPassword(password)
    assertOptions(options, ['signal'])
    const signal = readSignal(options)
    signal?.throwIfAborted()
    // The bytes are copied, since the caller may overwrite them while the account is being found. Of a password that is too long,
    // the copy has one byte more than is allowed, so it is refused too.
    const own =
      password === null || typeof password === 'string'
        ? undefined
        : Uint8Array.from(password.subarray(0, MAX_PASSWORD_BYTES + 1))
    const work = (): Promise<A | null> => signIn(id, own ?? password, signal)
    try {
      return await (signal === undefined ? work() : rejectOnAbort(signal, { follow, work }))
    } finally {
      own?.fill(0)
    }
  }
}

type Signal = AbortSignal | undefined

const NAMES = ['registry', 'find', 'replaceDigest', 'context', 'allowEmptyPassword', 'lookBack'] as const

const REGISTRY: OptionType<Registry> = {
  is: (value): value is Registry =>
    isRecord(value) && isFunction(value['verify']) && isFunction(value['parse']),
  expected: 'a registry',
}

/**
 * Opens the options of a sign-in for reading.
 *
 * @throws RegistryError for options that are no object, and for an option that does not exist
 */
export function openSignInOptions(options: unknown): OptionReader {
  return openOptions('createSignIn', options, NAMES)
}

function functionOf<F>(): OptionType<F> {
  return { is: (value): value is F => isFunction(value), expected: 'a function' }
}
