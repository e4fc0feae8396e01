import { builtinHashers, createRegistry } from '../index.js'
import type { Registry } from '../index.js'
import { deriveChecks, forEachAtOnce } from './derived-checks.js'
import { createTally } from './tally.js'
import type { Tally } from './tally.js'
import { passwordOf } from './vector-files.js'
import type { VectorFile, VectorTest } from './vector-files.js'

/** What the checks of one file came to. Failures name the test and what happened, never a password or a digest. */
export interface VectorReport {
  readonly hasher: string
  readonly valid: number
  readonly invalid: number
  readonly malformed: number
  readonly derived: number
  /** How many of the valid ones were derived from. */
  readonly sources: number
  readonly failures: readonly string[]
}

/** How much is derived. */
interface DerivationOptions {
  /** Everything that follows, not a share of it. */
  readonly full: boolean
  /** From every so-manieth valid vector alone, and the cheapest, at every so-manieth place of their digests. */
  readonly every?: number
}

/** Checks every vector of a file through the public API, and what can be derived from each valid one. */
export async function checkVectorFile(
  registry: Registry,
  file: VectorFile,
  { full, every = 1 }: DerivationOptions,
): Promise<VectorReport> {
  const tests = file.groups.flatMap((group) => group.tests)
  const stated = createTally()
  await forEachAtOnce(tests, (test) => checkStated(registry, file, test, stated))
  const derived = createTally()
  const sources = await deriveChecks(registry, file, { full, every, tally: derived })
  const countOf = (result: VectorTest['result']): number =>
    tests.filter((test) => test.result === result).length
  return {
    hasher: file.hasher,
    valid: countOf('valid'),
    invalid: countOf('invalid'),
    malformed: countOf('malformed'),
    derived: derived.count(),
    sources,
    failures: [...stated.failures, ...derived.failures],
  }
}

async function checkStated(
  registry: Registry,
  file: VectorFile,
  test: VectorTest,
  tally: Tally,
): Promise<void> {
  // Malformed is what its own hasher says: among others it would give way to those whose prefix the digest has.
  const own = test.result === 'malformed' ? registryOf(file.hasher) : registry
  const outcome = await outcomeOf(own, file, test)
  const expected = expectedOutcome(test)
  tally.expect(outcome === expected, test.tcId, `expected ${expected}, got ${outcome}`)
}

/** A registry of one hasher, and the forms that its target adds. */
function registryOf(hasher: string): Registry {
  return createRegistry({ hashers: builtinHashers.filter(({ name }) => name === hasher), equalize: false })
}

async function outcomeOf(registry: Registry, { hasher }: VectorFile, test: VectorTest): Promise<string> {
  try {
    const verdict = await registry.evaluate(passwordOf(test), test.digest, { hasher })
    if (verdict.outcome === 'malformed') return `malformed (${verdict.problem} in ${verdict.field})`
    return verdict.outcome === 'match' && verdict.truncated ? 'match (truncated)' : verdict.outcome
  } catch (error) {
    return error instanceof Error ? error.name : 'no error object'
  }
}

function expectedOutcome(test: VectorTest): string {
  if (test.result === 'malformed') return `malformed (${test.problem ?? ''} in ${test.field ?? ''})`
  if (test.result === 'invalid') return 'mismatch'
  return test.flags.includes('Truncated') ? 'match (truncated)' : 'match'
}
