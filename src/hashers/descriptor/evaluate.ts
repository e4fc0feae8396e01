import { evaluateExpression, isJob } from '../../compute/expression.js'
import type { DerivationJob, Expression, Value } from '../../compute/expression.js'
import { sizeOf } from '../../compute/expression-cost.js'
import type { Job } from '../../compute/kind.js'
import { runJob } from '../../compute/kind.js'
import { expressionJob } from '../../compute/kinds/expression.js'
import { pbkdf2Job } from '../../compute/kinds/pbkdf2.js'
import { scryptJob } from '../../compute/kinds/scrypt.js'
import type { Cost } from '../../compute/cost.js'
import { ContextError, EngineError, isPassliftError } from '../../errors.js'
import type { Run } from '../../hasher/contract.js'
import { lengthsOf, partsWith } from './read.js'
import type { Descriptor } from './read.js'

// What is estimated to take less than this many milliseconds is computed in place, since a thread would take longer.
const IN_PLACE = 0.5

/** The cost of the value of a descriptor, for a password of so many bytes. */
export function costOf(descriptor: Descriptor, passwordBytes: number): Cost & { readonly length: number } {
  const { milliseconds, bytes, length } = sizeOf(descriptor.expression, lengthsOf(descriptor, passwordBytes))
  return { milliseconds, bytes, lanes: 1, length }
}

/**
 * Computes the value of a descriptor for a password: each PBKDF2 and scrypt by a job of its kind, what is between them in place or
 * by a job.
 */
export async function evaluate(password: Uint8Array, descriptor: Descriptor, run: Run): Promise<Value> {
  const parts = partsWith(password, descriptor)
  let hasFailed = false
  const compute = async (expression: Expression): Promise<Uint8Array> => {
    const { bytes, failed } = await computeOne(expression, parts, run)
    hasFailed ||= failed
    return bytes
  }
  const made: Uint8Array[] = []
  try {
    for (const derivation of descriptor.derivations) {
      if (!isJob(derivation)) continue
      const first = await compute(derivation.first)
      made.push(first)
      const salt = await compute(derivation.salt)
      made.push(salt)
      const bytes = await runJob(jobOf(derivation, first, salt), run)
      parts[derivation.place] = bytes
      made.push(bytes)
    }
    const bytes = await compute(descriptor.expression)
    return { bytes, failed: hasFailed }
  } finally {
    for (const bytes of made) if (bytes.length > 0) bytes.fill(0)
  }
}

async function computeOne(expression: Expression, parts: readonly Uint8Array[], run: Run): Promise<Value> {
  const known = evaluateInPlace(expression, parts)
  if (known !== undefined) return known
  const answer = await runJob(expressionJob(expression, parts), run).catch(explain)
  const value = { bytes: answer.slice(1), failed: answer[0] !== 1 }
  answer.fill(0)
  return value
}

/** Computes a value over its parts where that takes so little time that it is done in place; undefined where it takes longer. */
export function evaluateInPlace(expression: Expression, parts: readonly Uint8Array[]): Value | undefined {
  const lengths = parts.map(({ length }) => length)
  const { milliseconds } = sizeOf(expression, lengths, { jobs: true })
  return milliseconds < IN_PLACE ? evaluateExpression(expression, parts) : undefined
}

/** Says what is missing on a thread, which passes on no more than a code. */
function explain(error: unknown): never {
  if (isPassliftError(error) && error.code === 'ERR_ENGINE_UNAVAILABLE') {
    throw new EngineError(error.code, 'expression: the platform lacks one of its hash functions.')
  }
  throw error
}

function jobOf(derivation: DerivationJob, password: Uint8Array, salt: Uint8Array): Job {
  const { bytes: length } = derivation
  if (derivation.name === 'scrypt') {
    const { N, r, p } = derivation
    return scryptJob({ password, salt, N, r, p, length })
  }
  return pbkdf2Job({ password, salt, algorithm: derivation.name, iterations: derivation.count, length })
}

/** @throws ContextError where the context lacks an input: an answer of false would look like a wrong password */
export function assertContext(hasher: string, { missing }: Descriptor): void {
  if (missing === undefined) return
  throw new ContextError('ERR_CONTEXT_MISSING', `${hasher}: this digest needs the ${missing} of the context.`)
}
