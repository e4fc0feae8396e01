import type { EngineInfo } from './engine-info.js'
import type { HasherInfo } from './hasher-info.js'
import type { Password } from './password.js'
import type { SelfTest } from './self-test.js'
import type { Context } from '../hasher/contract.js'
import type { NewDigest } from '../hasher/target.js'
import type { MalformedDigest, ParsedDigest, Unknown, Unusable, Verdict } from './verdict.js'

/** A digest as it is stored; null where the account has none, or there is no account. */
export type StoredDigest = string | null | undefined

export interface DigestOptions {
  /** The hasher that the row names, in whatever spelling; null, empty or absent where it is not known. */
  readonly hasher?: string | null | undefined
}

export interface VerifyOptions extends DigestOptions {
  /**
   * Called and awaited on a match whose digest should go. Store digest and hasher together, where the digest is still
   * `next.replaces`. Where it is another by then, answer `'changed'`: the check is then false. Every other answer leaves
   * the match as it was.
   */
  readonly rehash?: ((next: Replacement) => unknown) | undefined
  /** What the digest does not hold and its format needs besides. */
  readonly context?: Context | undefined
  /** Rejects the check with its reason at any time; a `rehash` that runs goes on unheard. */
  readonly signal?: AbortSignal | undefined
}

/** A new digest, and the stored one that it replaces: compare before you write. */
export interface Replacement extends NewDigest {
  readonly replaces: string
}

/** Checks digests of the hashers it knows. Its functions can be handed on unbound. */
export interface Registry {
  /**
   * Whether a password is the one that a digest was made from. A digest of null or undefined (no such user) costs as
   * much as a real check and is false.
   *
   * @throws TypeError for an argument of the wrong type (`ERR_INVALID_ARG_TYPE`) and an option that does not exist
   *   (`ERR_INVALID_ARG_VALUE`)
   * @throws PasswordError `ERR_PASSWORD_ENCODING` for bytes that an engine cannot take
   * @throws EngineError where an engine is missing or failed
   * @throws OverloadedError where too many checks are under way or wait
   */
  readonly verify: (password: Password, digest: StoredDigest, options?: VerifyOptions) => Promise<boolean>
  /** Checks a password as `verify` does, and answers with the reasons. */
  readonly evaluate: (password: Password, digest: StoredDigest, options?: VerifyOptions) => Promise<Verdict>
  /** Whether a match would replace the digest; true also for what does not parse, false for an account without one. */
  readonly needsRehash: (digest: StoredDigest, options?: DigestOptions) => boolean
  /**
   * A new digest of the target.
   *
   * @throws PasswordError `ERR_PASSWORD_ILL_FORMED`, `ERR_PASSWORD_TOO_LONG` (over 4096 bytes)
   * @throws TypeError for a password of the wrong type, and for options: the cost is the target's
   */
  readonly hash: (password: Password, options?: Readonly<Record<string, never>>) => Promise<string>
  /** The names of the hashers that claim a digest, the likeliest first. */
  readonly identify: (digest: StoredDigest) => readonly string[]
  /** What a digest says of itself, for audits; or that nobody can read it, or that the account has no password. */
  readonly parse: (
    digest: StoredDigest,
    options?: DigestOptions,
  ) => ParsedDigest | MalformedDigest | Unusable | Unknown
  readonly hashers: readonly HasherInfo[]
  /** Which engine serves which hasher. Looked up: nothing is computed. */
  readonly engines: () => Promise<readonly EngineInfo[]>
  /**
   * Starts a thread, holds every engine to known answers, and says what cannot run here and what to change. For the start of an
   * application: it takes some tens of milliseconds.
   *
   * @throws OverloadedError where too many checks are under way or wait
   */
  readonly selfTest: () => Promise<SelfTest>
  /** The index of the plain code or bcrypt digest in a list that a code matches, or null. The caller spends it. */
  readonly matchBackupCode: (code: Password, stored: readonly (string | null)[]) => Promise<number | null>
}
