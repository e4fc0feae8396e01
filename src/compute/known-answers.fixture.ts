import type { Job } from './job.js'
import { findKnownAnswer } from './known-answers.js'
import type { KnownAnswer } from './known-answers.js'

const PASSWORD = Buffer.from('correct horse')
const SALT = Buffer.alloc(16, 7)

/** A job of every kind, variant, version and algorithm; the first of a kind is the usual one. */
export const EVERY_JOB: readonly Job[] = [
  ...(['standard', 'no-nul', 'sign-extended', 'countermeasure'] as const).map(
    (variant) => ({ kind: 'bcrypt', variant, password: PASSWORD, salt: SALT, cost: 4 }) as const,
  ),
  ...(['id', 'i', 'd'] as const).flatMap((variant) =>
    ([19, 16] as const).map((version) => ({
      ...({ kind: 'argon2', password: PASSWORD, salt: SALT } as const),
      ...{ variant, version, memory: 64, iterations: 1, parallelism: 1, length: 32 },
    })),
  ),
  { kind: 'scrypt', password: PASSWORD, salt: SALT, N: 16, r: 1, p: 1, length: 32 },
  ...(['sha1', 'sha256', 'sha512'] as const).map(
    (algorithm) =>
      ({ kind: 'pbkdf2', password: PASSWORD, salt: SALT, algorithm, iterations: 1, length: 20 }) as const,
  ),
  { kind: 'digest-loop', algorithm: 'md5', first: SALT, tail: PASSWORD, count: 128 },
]

/** The known answer of the usual job of a kind. */
export function knownAnswerOf(kind: Job['kind']): KnownAnswer {
  const job = EVERY_JOB.find((one) => one.kind === kind)
  if (job === undefined) throw new Error(`No job of kind ${kind}.`)
  return findKnownAnswer(job)
}
