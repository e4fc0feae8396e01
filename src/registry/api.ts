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
  /** The hasher that the row names, in any spelling; null, empty or absent where it is not known. */
  readonly hasher?: string | null | undefined
}

export interface VerifyOptions extends DigestOptions {
  /**
   * Called and awaited on a match whose digest should be replaced. Store digest and hasher together, where the stored
   * digest is still `next.replaces`. Where another digest is stored by then, answer `'changed'`: the check is then false.
   * Every other answer leaves the match as it was.
   */
  readonly rehash?: ((next: Replacement) => unknown) | undefined
  /** The values that a format needs and its digest does not hold: a user's name, a key of the site. */
  readonly context?: Context | undefined
  /** An abort rejects the check with its reason at any time; a `rehash` that has begun runs on, its answer is dropped. */
  readonly signal?: AbortSignal | undefined
}

/** A new digest, and the stored digest that it replaces: compare before you write. */
export interface Replacement extends NewDigest {
  readonly replaces: string
}

/** Checks passwords against digests of the hashers that the registry knows. Its functions can be handed on unbound. */
export interface Registry {
  /**
   * Whether a digest was made from a password. A digest of null or undefined (no such user) takes as long as a real
   * check and is false.
   *
   * @throws TypeError for an argument of the wrong type (`ERR_INVALID_ARG_TYPE`) and an option that does not exist
   *   (`ERR_INVALID_ARG_VALUE`)
   * @throws PasswordError `ERR_PASSWORD_ENCODING` for bytes that an engine cannot take
   * @throws EngineError where an engine is missing or failed
   * @throws OverloadedError where too many checks run or wait
   */
  readonly verify: (password: Password, digest: StoredDigest, options?: VerifyOptions) => Promise<boolean>
  /** Checks a password as `verify` does, and answers with the reasons. */
  readonly evaluate: (password: Password, digest: StoredDigest, options?: VerifyOptions) => Promise<Verdict>
  /** Whether a match would replace the digest. True also for a digest that does not parse, false for an account without one. */
  readonly needsRehash: (digest: StoredDigest, options?: DigestOptions) => boolean
  /**
   * Makes a new digest with the target.
   *
   * @throws PasswordError `ERR_PASSWORD_ILL_FORMED`, `ERR_PASSWORD_TOO_LONG` (over 4096 bytes)
   * @throws TypeError for a password of the wrong type, and for any option: the target has the cost
   */
  readonly hash: (password: Password, options?: Readonly<Record<string, never>>) => Promise<string>
  /** The names of the hashers that claim a digest, the likeliest first. */
  readonly identify: (digest: StoredDigest) => readonly string[]
  /** The hasher, parameters and cost of a digest, for audits; or that no hasher reads it, or that the account has no password. */
  readonly parse: (
    digest: StoredDigest,
    options?: DigestOptions,
  ) => ParsedDigest | MalformedDigest | Unusable | Unknown
  readonly hashers: readonly HasherInfo[]
  /** The engine that computes the digests of each hasher. The engines are looked up, and nothing is computed. */
  readonly engines: () => Promise<readonly EngineInfo[]>
  /**
   * Starts a thread, holds every engine to known answers, and says what cannot run here and what to change. Call it when an
   * application starts: it takes some tens of milliseconds.
   *
   * @throws OverloadedError where too many checks run or wait
   */
  readonly selfTest: () => Promise<SelfTest>
  /** The index of the first plain code or bcrypt digest in a list that a code matches, or null. The caller spends the entry. */
  readonly matchBackupCode: (code: Password, stored: readonly (string | null)[]) => Promise<number | null>
}
