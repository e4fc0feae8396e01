import type { DigestAlgorithm } from '../platform/node.js'
import type { Expression } from './expression.js'

// A job is work that is too slow for the event loop. Its fields are numbers, bytes and codes, which can be sent to a thread.

/** bcrypt, 23 bytes. Cost is log2 of the rounds, 4 to 31; the salt has 16 bytes. */
export interface BcryptJob {
  readonly kind: 'bcrypt'
  /**
   * The way in which the password becomes the key: as in `$2b$`; without a NUL as in `$2$`; with the bug of `$2x$`; or as in
   * `$2b$`, but from the state with which crypt_blowfish begins `$2a$` for some passwords.
   */
  readonly variant: 'standard' | 'no-nul' | 'sign-extended' | 'countermeasure'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly cost: number
}

/** Argon2, `length` bytes (RFC 9106). Memory is in KiB. */
export interface Argon2Job {
  readonly kind: 'argon2'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly variant: 'd' | 'i' | 'id'
  readonly version: 16 | 19
  readonly memory: number
  readonly iterations: number
  readonly parallelism: number
  readonly length: number
  /** The associated data X of RFC 9106. Default: none. */
  readonly associatedData?: Uint8Array
}

/** scrypt, `length` bytes (RFC 7914). N is a power of two. */
export interface ScryptJob {
  readonly kind: 'scrypt'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly N: number
  readonly r: number
  readonly p: number
  readonly length: number
}

/** yescrypt, 32 bytes. N is a power of two; `t` is the time, usually 0. */
export interface YescryptJob {
  readonly kind: 'yescrypt'
  /** With boxes and rows that change, as nearly all digests; or scrypt's own SMix. */
  readonly variant: 'rw' | 'worm'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly N: number
  readonly r: number
  readonly p: number
  readonly t: number
}

/** PBKDF2, `length` bytes (RFC 8018). */
export interface Pbkdf2Job {
  readonly kind: 'pbkdf2'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly algorithm: DigestAlgorithm
  readonly iterations: number
  readonly length: number
}

/** A digest of `first`, then `count` times a digest of the last digest and `tail`. */
export interface DigestLoopJob {
  readonly kind: 'digest-loop'
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly first: Uint8Array
  readonly tail: Uint8Array
  readonly count: number
}

/**
 * crypt(3)'s loop over a message digest: MD5 (`$1$`), Apache's (`$apr1$`), SHA-256 and SHA-512 (`$5$`, `$6$`), or NetBSD's HMAC with
 * SHA-1, whose first message is the salt. The bytes are those of the last digest, in its own order.
 */
export interface CryptDigestJob {
  readonly kind: 'crypt-digest'
  readonly variant: 'md5' | 'apr1' | 'sha1' | 'sha256' | 'sha512'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly rounds: number
}

/**
 * crypt(3)'s DES, 8 bytes. The salt is 24 bits in three bytes, the lowest first. `unix` reads 8 bytes of the password, `bsdi` all of
 * them; both read seven bits of each.
 */
export interface CryptDesJob {
  readonly kind: 'crypt-des'
  readonly variant: 'unix' | 'bsdi'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly count: number
}

/** A byte that says whether an expression has a value, and the value. */
export interface ExpressionJob {
  readonly kind: 'expression'
  readonly expression: Expression
  readonly password: Uint8Array
  /** The salts and the other inputs, one behind another. */
  readonly salt: Uint8Array
  /** The number of bytes of each of them. */
  readonly lengths: readonly number[]
}

/** The fields of a job of any kind. */
export type JobFields =
  | BcryptJob
  | Argon2Job
  | ScryptJob
  | YescryptJob
  | Pbkdf2Job
  | DigestLoopJob
  | CryptDigestJob
  | CryptDesJob
  | ExpressionJob

export type JobKind = JobFields['kind']

export const JOB_KINDS: readonly JobKind[] = [
  'bcrypt',
  'argon2',
  'scrypt',
  'yescrypt',
  'pbkdf2',
  'digest-loop',
  'crypt-digest',
  'crypt-des',
  'expression',
]

export type JobOf<K extends JobKind> = Extract<JobFields, { readonly kind: K }>

export function isKind<K extends JobKind>(job: JobFields, kind: K): job is JobOf<K> {
  return job.kind === kind
}
