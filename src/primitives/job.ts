import type { Cost } from './cost.js'

/** Work that is too slow for the event loop: numbers, bytes and codes, so that it can cross to a worker. */
export type Job = BcryptJob | Argon2Job | ScryptJob | Pbkdf2Job | DigestLoopJob

/** 23 bytes. Cost is log2 of the rounds, 4 to 31; the salt has 16 bytes. */
export interface BcryptJob {
  readonly kind: 'bcrypt'
  /** How the password becomes the key: `$2b$`'s way, without the NUL of `$2$`, or with the bug of `$2x$`. */
  readonly variant: 'standard' | 'no-nul' | 'sign-extended'
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

type Numbers<J> = J extends Job ? Omit<J, 'password' | 'salt' | 'first' | 'tail'> & PasswordLength<J> : never
type PasswordLength<J> = J extends DigestLoopJob ? { readonly tailLength: number } : unknown

/** A job without its bytes: what its cost depends on. */
export type JobShape = Numbers<Job>

// Milliseconds on the reference machine, of bench/README.md: a round of bcrypt, a block of Argon2's memory, a block
// of 128 r bytes of scrypt divided by r, a block of MD5.
const BCRYPT_ROUND = 0.057
const ARGON2_BLOCK = 6.2e-4
const SCRYPT_BLOCK = 2.6e-4
// The least that a lane takes, however small its N: both PBKDF2 over its 128 r bytes, and the call.
const SCRYPT_LANE = 0.006
const MD5_BLOCK = 1.25e-4
const PBKDF2_BLOCK = { sha1: 2.7e-4, sha256: 2.6e-4, sha512: 6.6e-4 } as const

const DIGEST_BYTES = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const

/** The cost of a job, from every number that drives its work. */
export function costOf(job: JobShape): Cost {
  switch (job.kind) {
    case 'bcrypt':
      return { milliseconds: BCRYPT_ROUND * 2 ** job.cost, bytes: 8 * 1024, lanes: 1 }
    case 'argon2':
      return {
        milliseconds: ARGON2_BLOCK * job.memory * job.iterations,
        bytes: job.memory * 1024,
        lanes: job.parallelism,
      }
    case 'scrypt':
      return {
        milliseconds: Math.max(SCRYPT_BLOCK * job.N, SCRYPT_LANE) * job.r * job.p,
        bytes: scryptBytes(job),
        lanes: 1,
      }
    case 'pbkdf2': {
      // PBKDF2 runs once for each block of output, whole or not.
      const blocks = Math.ceil(job.length / DIGEST_BYTES[job.algorithm])
      return { milliseconds: PBKDF2_BLOCK[job.algorithm] * job.iterations * blocks, bytes: 0, lanes: 1 }
    }
    case 'digest-loop': {
      // Each round hashes the password anew: the digest, the tail, and MD5's padding of at least nine bytes.
      const blocks = Math.ceil((DIGEST_BYTES[job.algorithm] + job.tailLength + 9) / 64)
      return { milliseconds: MD5_BLOCK * job.count * blocks, bytes: 0, lanes: 1 }
    }
  }
}

/** The memory of scrypt: V, and B and the working block (RFC 7914 section 2). */
export function scryptBytes({
  N,
  r,
  p,
}: {
  readonly N: number
  readonly r: number
  readonly p: number
}): number {
  return 128 * r * (N + p + 2)
}

/** The cost of a whole job. */
export function costOfJob(job: Job): Cost {
  return costOf(job.kind === 'digest-loop' ? { ...job, tailLength: job.tail.byteLength } : job)
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
