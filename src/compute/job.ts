import { costOfArgon2, costOfBcrypt, costOfDigestLoop, costOfPbkdf2, costOfScrypt } from './cost.js'
import type { Cost } from './cost.js'

/** Work that is too slow for the event loop: numbers, bytes and codes, so that it can cross to a worker. */
export type Job = BcryptJob | Argon2Job | ScryptJob | Pbkdf2Job | DigestLoopJob

/** 23 bytes. Cost is log2 of the rounds, 4 to 31; the salt has 16 bytes. */
export interface BcryptJob {
  readonly kind: 'bcrypt'
  /**
   * How the password becomes the key: `$2b$`'s way, without a NUL as in `$2$`, or with the bug of `$2x$`; or `$2b$`'s way from
   * the state that crypt_blowfish begins `$2a$` with for some passwords.
   */
  readonly variant: 'standard' | 'no-nul' | 'sign-extended' | 'countermeasure'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly cost: number
}

/** `length` bytes (RFC 9106). Memory is in KiB. */
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
}

/** `length` bytes (RFC 7914). N is a power of two. */
export interface ScryptJob {
  readonly kind: 'scrypt'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly N: number
  readonly r: number
  readonly p: number
  readonly length: number
}

/** `length` bytes (RFC 8018). */
export interface Pbkdf2Job {
  readonly kind: 'pbkdf2'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly iterations: number
  readonly length: number
}

/** A digest of `first`, then `count` times a digest of the last digest and `tail`. */
export interface DigestLoopJob {
  readonly kind: 'digest-loop'
  readonly algorithm: 'md5'
  readonly first: Uint8Array
  readonly tail: Uint8Array
  readonly count: number
}

/** What a job is estimated to take. */
export function costOfJob(job: Job): Cost {
  switch (job.kind) {
    case 'bcrypt':
      return costOfBcrypt(job)
    case 'argon2':
      return costOfArgon2(job)
    case 'scrypt':
      return costOfScrypt(job)
    case 'pbkdf2':
      return costOfPbkdf2(job)
    case 'digest-loop':
      return costOfDigestLoop({ ...job, tailLength: job.tail.byteLength })
  }
}

/** Every field of a job that holds bytes; the password is among them, sometimes twice. */
export function bytesOf(job: Job): readonly Uint8Array[] {
  return job.kind === 'digest-loop' ? [job.first, job.tail] : [job.password, job.salt]
}

/** The same job over bytes of its own, each in a buffer that can be transferred, and with nothing that is not its own. */
export function copyJob(job: Job): Job {
  switch (job.kind) {
    case 'bcrypt': {
      const { kind, variant, cost } = job
      return { kind, variant, cost, ...copyBytes(job) }
    }
    case 'argon2': {
      const { kind, variant, version, memory, iterations, parallelism, length } = job
      return { kind, variant, version, memory, iterations, parallelism, length, ...copyBytes(job) }
    }
    case 'scrypt': {
      const { kind, N, r, p, length } = job
      return { kind, N, r, p, length, ...copyBytes(job) }
    }
    case 'pbkdf2': {
      const { kind, algorithm, iterations, length } = job
      return { kind, algorithm, iterations, length, ...copyBytes(job) }
    }
    case 'digest-loop': {
      const { kind, algorithm, first, tail, count } = job
      return { kind, algorithm, first: Uint8Array.from(first), tail: Uint8Array.from(tail), count }
    }
  }
}

function copyBytes({ password, salt }: { readonly password: Uint8Array; readonly salt: Uint8Array }): {
  readonly password: Uint8Array
  readonly salt: Uint8Array
} {
  return { password: Uint8Array.from(password), salt: Uint8Array.from(salt) }
}
