import { ADMITTED, assertOptions, readSignal } from '../registry/request.js'
import type { Account, GivenAccount, SignIn, SignInOptions } from './api.js'
import { createReporter } from './event.js'
import type { Answer, SignInEvent } from './event.js'
import { compareStored, readRow } from './look-back.js'
import type { Row } from './look-back.js'
import { BOOLEAN, isFunction, isRecord, oneOf, openOptions } from '../options.js'
import type { OptionReader, OptionType } from '../options.js'
import { assertPassword, isEmptyPassword, MAX_PASSWORD_BYTES } from '../registry/password.js'
import type { Password } from '../registry/password.js'
import type { Registry, Replacement, VerifyOptions } from '../registry/api.js'
import type { Verdict } from '../registry/verdict.js'
import { createSignalFollower, rejectOnAbort } from '../registry/signals.js'
import { createWarning } from '../registry/warnings.js'

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
export function createSignIn<Id, A extends Account, Given>(
  options: SignInOptions<Id, A> & GivenAccount<A, Given>,
): SignIn<Id, Given>
export function createSignIn<Id, A extends Account>(options: SignInOptions<Id, A>): SignIn<Id, A>
export function createSignIn<Id, A extends Account, Given>(
  options: SignInOptions<Id, A> & Partial<GivenAccount<A, Given>>,
): SignIn<Id, A | Given> {
  const { read, require } = openSignInOptions(options)
  const { evaluate, parse } = require('registry', REGISTRY)
  const find = require('find', functionOf<SignInOptions<Id, A>['find']>())
  const replaceDigest = require('replaceDigest', functionOf<SignInOptions<Id, A>['replaceDigest']>())
  const contextOf = read('context', functionOf<NonNullable<SignInOptions<Id, A>['context']>>())
  const allowEmptyPassword = read('allowEmptyPassword', BOOLEAN) ?? false
  const lookBack = read('lookBack', oneOf(LOOK_BACKS)) ?? 'replaced'
  const accountOf: (account: A) => A | Given =
    read('accountOf', functionOf<(account: A) => Given>()) ?? ((account) => account)
  const report = createReporter(read('onSignIn', functionOf<(event: SignInEvent) => unknown>()))
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

  /** Finds the account again after a match. The answer has the account as stored now, or null where the password is no longer right. */
  const findAgain = async (
    { id, password, signal }: { readonly id: Id; readonly password: Password; readonly signal: Signal },
    { account, checked, verdict }: { readonly account: A; readonly checked: Row; readonly verdict: Verdict },
    handed: Handed | undefined,
  ): Promise<Answer<A>> => {
    signal?.throwIfAborted()
    const matched = { outcome: 'match', verdict, replaced: false } as const
    const changed = { account: null, outcome: 'changed', verdict, replaced: false } as const
    const current = await find(id)
    if (current === null || current === undefined) return changed
    const row = readRow(current)
    switch (compareStored(row, { checked, next: handed?.next, parse })) {
      case 'as-checked':
        if (handed !== undefined && handed.answer !== true) warnOfMissedSwap()
        return { ...matched, account: current }
      case 'replaced':
        return { ...matched, account: current, replaced: true }
      case 'cut':
        putBack(current, row.digest ?? '', checked)
        return { ...matched, account }
      case 'other': {
        // This check is part of an admitted sign-in, so a queue that has filled up meanwhile must not refuse it.
        const again: VerifyOptions & { readonly [ADMITTED]: true } = {
          hasher: row.hasher,
          context: contextOf?.(current),
          signal,
          [ADMITTED]: true,
        }
        const { outcome } = await evaluate(password, row.digest, again)
        return outcome === 'match' ? { ...matched, account: current } : changed
      }
    }
  }

  const signIn = async (id: Id, given: Password | null, signal: Signal): Promise<Answer<A>> => {
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
    const verdict = await evaluate(password, isRefused ? null : checked?.digest, {
      hasher: checked?.hasher,
      context: account === null ? undefined : contextOf?.(account),
      signal,
      ...(isColumnNarrow ? {} : { rehash }),
    })
    if (account === null || checked === undefined || verdict.outcome !== 'match') {
      const outcome = isRefused ? 'refused' : verdict.outcome
      const isMissing = account === null && outcome !== 'refused'
      return { account: null, outcome: isMissing ? 'no-account' : outcome, verdict, replaced: false }
    }
    if (handed === undefined && lookBack !== 'always') {
      return { account, outcome: 'match', verdict, replaced: false }
    }
    return findAgain({ id, password, signal }, { account, checked, verdict }, handed)
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
    const started = performance.now()
    // accountOf may still throw where a digest has been replaced.
    let replaced = false
    const work = async () => {
      const answer = await signIn(id, own ?? password, signal)
      replaced = answer.replaced
      return { answer, given: answer.account === null ? null : accountOf(answer.account) }
    }
    try {
      const { answer, given: account } = await (signal === undefined
        ? work()
        : rejectOnAbort(signal, { follow, work }))
      report.answer(answer, started)
      return account
    } catch (error) {
      report.error(error, started, { isAborted: signal?.aborted === true, replaced })
      throw error
    } finally {
      own?.fill(0)
    }
  }
}

type Signal = AbortSignal | undefined

const NAMES = [
  'registry',
  'find',
  'replaceDigest',
  'context',
  'allowEmptyPassword',
  'lookBack',
  'accountOf',
  'onSignIn',
] as const

const REGISTRY: OptionType<Registry> = {
  is: (value): value is Registry =>
    isRecord(value) && isFunction(value['evaluate']) && isFunction(value['parse']),
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
