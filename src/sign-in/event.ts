import { isPassliftError } from '../errors.js'
import type { RehashReason } from '../registry/policy.js'
import type { Verdict } from '../registry/verdict.js'
import { callAside, createWarning } from '../registry/warnings.js'

/**
 * How a sign-in ended: the outcome of the check, or `no-account`; `changed` where the password was right and the account was
 * reset or removed meanwhile; `refused` where the password was missing, empty or no password; `aborted`, or `error`.
 */
export type SignInOutcome = Verdict['outcome'] | 'no-account' | 'aborted' | 'error'

/** What `onSignIn` hears of a sign-in. Only `match` is a user who is signed in. */
export interface SignInEvent {
  readonly outcome: SignInOutcome
  /** The hasher of the digest that was checked; null where no hasher read it. */
  readonly hasher: string | null
  /** The reasons to replace the digest, of a match; otherwise empty. */
  readonly reasons: readonly RehashReason[]
  /** Whether the new digest is stored, as the second call of `find` saw it. */
  readonly replaced: boolean
  /** How long the sign-in took, with the calls of `find` and `replaceDigest`. */
  readonly milliseconds: number
  /** The code of an error of passlift, such as `ERR_OVERLOADED`; null for every other error, and where there is none. */
  readonly code: string | null
}

/** The answer of a sign-in, and what is reported of it. */
export interface Answer<A> {
  readonly account: A | null
  readonly outcome: SignInOutcome
  readonly verdict: Verdict
  readonly replaced: boolean
}

/** Reports sign-ins to the listener of an application. */
export interface Reporter {
  readonly answer: (answer: Answer<unknown>, started: number) => void
  readonly error: (
    error: unknown,
    started: number,
    end: { readonly isAborted: boolean; readonly replaced: boolean },
  ) => void
}

export function createReporter(onSignIn: ((event: SignInEvent) => unknown) | undefined): Reporter {
  const warnOfListener = createWarning(
    'PASSLIFT_LISTENER_FAILED',
    'onSignIn failed. No sign-in depends on it; its error is not shown.',
  )
  const report = (event: Omit<SignInEvent, 'milliseconds'>, started: number): void => {
    if (onSignIn === undefined) return
    const milliseconds = performance.now() - started
    callAside(() => onSignIn(Object.freeze({ ...event, milliseconds })), warnOfListener)
  }
  return {
    answer: ({ outcome, verdict, replaced }, started) => {
      const hasher = 'hasher' in verdict ? verdict.hasher : null
      const reasons = verdict.outcome === 'match' ? verdict.rehash : []
      report({ outcome, hasher, reasons, replaced, code: null }, started)
    },
    error: (error, started, { isAborted, replaced }) => {
      const code = !isAborted && isPassliftError(error) ? error.code : null
      const outcome = isAborted ? 'aborted' : 'error'
      report({ outcome, hasher: null, reasons: [], replaced, code }, started)
    },
  }
}
