import type { Standing } from '../hasher/contract.js'
import type { Malformed } from '../formats/problem.js'
import type { Hint } from './hints.js'
import type { Limit } from './limits.js'
import type { PasswordProblem } from './password.js'
import type { RehashReason } from './policy.js'
import type { Cost } from '../compute/cost.js'

/** The answer of `evaluate`. Only `match` means that the password is right. */
export type Verdict = Match | Mismatch | MalformedDigest | TooCostly | Unusable | Unknown | Changed | Refused

export interface Match {
  readonly outcome: 'match'
  readonly hasher: string
  /** Whether the standing of the digest is `insecure`. */
  readonly insecure: boolean
  /** The reasons why the digest should be replaced; empty where it may stay. */
  readonly rehash: readonly RehashReason[]
  /** Whether the algorithm read only part of the password, or cannot tell it from another. */
  readonly truncated: boolean
}

export interface Mismatch {
  readonly outcome: 'mismatch'
  readonly hasher: string
  readonly insecure: boolean
}

/** The hasher claims the digest, or was named, and cannot read it. */
export interface MalformedDigest extends Malformed, Partial<Hint> {
  readonly outcome: 'malformed'
  readonly hasher: string
}

/** The check was estimated to cost more than a limit, so nothing was computed. */
export interface TooCostly {
  readonly outcome: 'too-costly'
  readonly hasher: string
  readonly cost: Cost
  readonly limit: Limit
}

/** The account has no password: null, empty, `!…`, or `*…` that is no digest of MySQL. */
export interface Unusable {
  readonly outcome: 'unusable'
}

/** No hasher claims the digest, or no hasher has the name that the row gives. The hint says what the digest may be. */
export interface Unknown extends Partial<Hint> {
  readonly outcome: 'unknown'
}

/** The password was right, but `rehash` found another digest stored by then. A rate limit should not count the attempt. */
export interface Changed {
  readonly outcome: 'changed'
}

/** The password cannot be checked against any digest. */
export interface Refused {
  readonly outcome: 'refused'
  readonly problem: PasswordProblem
}

/** The answer of `parse` for a digest that a hasher reads. It holds no salt, checksum or key. */
export interface ParsedDigest {
  readonly outcome: 'parsed'
  readonly hasher: string
  readonly standing: Standing
  /** The parameters for people, as numbers and variants. */
  readonly params: Readonly<Record<string, number | string>>
  /** The estimated cost of a check with a password of 64 bytes. */
  readonly cost: Cost
  /** Whether the limits admit that cost. */
  readonly admitted: boolean
  readonly rehash: readonly RehashReason[]
}
