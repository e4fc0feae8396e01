import { engines as argon2 } from './engines/argon2.js'
import { engines as bcrypt } from './engines/bcrypt.js'
import { engines as cryptDes } from './engines/crypt-des.js'
import { engines as cryptDigest } from './engines/crypt-digest.js'
import { engines as digestLoop } from './engines/digest-loop.js'
import { engines as expression } from './engines/expression.js'
import type { EnginePair, KernelEngine } from './engines/pair.js'
import { engines as pbkdf2 } from './engines/pbkdf2.js'
import { engines as scrypt } from './engines/scrypt.js'
import { engines as yescrypt } from './engines/yescrypt.js'
import type { JobFields, JobKind } from './job.js'
import type { Job, Kind, KnownAnswer } from './kind.js'
import { ARGON2, argon2Job } from './kinds/argon2.js'
import { BCRYPT, bcryptJob } from './kinds/bcrypt.js'
import { CRYPT_DES, CRYPT_DES_VARIANTS, cryptDesJob } from './kinds/crypt-des.js'
import { CRYPT_DIGEST, CRYPT_DIGEST_VARIANTS, cryptDigestJob } from './kinds/crypt-digest.js'
import { DIGEST_LOOP, digestLoopJob } from './kinds/digest-loop.js'
import { EXPRESSION } from './kinds/expression.js'
import { PBKDF2, PBKDF2_ALGORITHMS, pbkdf2Job } from './kinds/pbkdf2.js'
import { SCRYPT, scryptJob } from './kinds/scrypt.js'
import { YESCRYPT, yescryptJob } from './kinds/yescrypt.js'

/** Every row, with the pair of its kind. Only tests have all rows: an application has the rows that its hashers use. */
export const EVERY_KIND: readonly { readonly row: Kind; readonly engines: EnginePair }[] = [
  { row: BCRYPT, engines: bcrypt },
  { row: ARGON2, engines: argon2 },
  { row: SCRYPT, engines: scrypt },
  { row: YESCRYPT, engines: yescrypt },
  { row: PBKDF2, engines: pbkdf2 },
  { row: DIGEST_LOOP, engines: digestLoop },
  { row: CRYPT_DIGEST, engines: cryptDigest },
  { row: CRYPT_DES, engines: cryptDes },
  { row: EXPRESSION, engines: expression },
]

const PASSWORD = Buffer.from('correct horse')
const SALT = Buffer.alloc(16, 7)

// Tests compute a job many times, so this one has no bytes that are overwritten after the first.
const EXPRESSION_JOB: Job = {
  kind: 'expression',
  row: EXPRESSION,
  expression: { type: 'part', place: 0 },
  password: PASSWORD,
  salt: SALT,
  lengths: [16],
}

/** A job for every trial: each kind, variant, version and algorithm. The first of a kind is its usual job. */
export const EVERY_JOB: readonly Job[] = [
  ...(['standard', 'no-nul', 'sign-extended', 'countermeasure'] as const).map((variant) =>
    bcryptJob({ variant, password: PASSWORD, salt: SALT, cost: 4 }),
  ),
  ...(['id', 'i', 'd'] as const).flatMap((variant) =>
    ([19, 16] as const).flatMap((version) => {
      const job = {
        ...{ password: PASSWORD, salt: SALT, variant, version },
        ...{ memory: 64, iterations: 1, parallelism: 1, length: 32 },
      }
      return [argon2Job(job), argon2Job({ ...job, associatedData: Buffer.from('tenant-4') })]
    }),
  ),
  scryptJob({ password: PASSWORD, salt: SALT, N: 16, r: 1, p: 1, length: 32 }),
  ...(['rw', 'worm'] as const).map((variant) =>
    yescryptJob({ variant, password: PASSWORD, salt: SALT, N: 16, r: 1, p: 1, t: 0 }),
  ),
  ...PBKDF2_ALGORITHMS.map((algorithm) =>
    pbkdf2Job({ password: PASSWORD, salt: SALT, algorithm, iterations: 1, length: 20 }),
  ),
  digestLoopJob({ algorithm: 'md5', first: SALT, tail: PASSWORD, count: 128 }),
  ...CRYPT_DIGEST_VARIANTS.map((variant) =>
    cryptDigestJob({ variant, password: PASSWORD, salt: SALT, rounds: 128 }),
  ),
  ...CRYPT_DES_VARIANTS.map((variant) =>
    cryptDesJob({ variant, password: PASSWORD, salt: SALT.subarray(0, 3), count: 25 }),
  ),
  EXPRESSION_JOB,
]

/** The pair that computes a kind on a thread. */
export function enginesOf(kind: JobKind): EnginePair {
  return find(
    EVERY_KIND.find(({ row }) => row.name === kind),
    kind,
  ).engines
}

/** A new kernel of a kind that has one. */
export function createKernelOf(kind: JobKind): KernelEngine {
  return find(enginesOf(kind).createKernel?.(), kind)
}

/** Computes a job with the stand-in of its kind. Argon2 has no stand-in on a thread. */
export function computeWithStandIn(job: JobFields): Uint8Array {
  return enginesOf(job.kind).standIn(job)
}

/** The usual job of a kind. */
export function usualJobOf(kind: JobKind): Job {
  return find(
    EVERY_JOB.find((job) => job.kind === kind),
    kind,
  )
}

/** The known answers of a job's trial. */
export function answersFor(job: Job): readonly [KnownAnswer, KnownAnswer] {
  return job.row.trial(job).answers()
}

function find<T>(found: T | undefined, kind: JobKind): T {
  if (found === undefined) throw new Error(`There is none for ${kind}.`)
  return found
}
