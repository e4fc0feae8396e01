import { builtinHashers, createRegistry } from '../index.js'
import type { Registry } from '../index.js'
import { deriveChecks, forEachAtOnce } from './derived-checks.js'
import { createTally } from './tally.js'
import type { Tally } from './tally.js'
import { passwordOf } from './vector-files.js'
import type { VectorFile, VectorTest } from './vector-files.js'

/** The result of the checks of one file. Failures name the test and what happened, never a password or a digest. */
export interface VectorReport {
  readonly hasher: string
  readonly valid: number
  readonly invalid: number
  readonly malformed: number
  readonly derived: number
  /** The number of valid vectors that checks were derived from. */
  readonly sources: number
  readonly failures: readonly string[]
}

/** How many checks are derived. */
interface DerivationOptions {
  /** Whether to derive all checks, and not a share of them. */
  readonly full: boolean
  /** Derives from every Nth valid vector alone, and the cheapest, at every Nth place of their digests. */
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
  // A registry of the one hasher says malformed: among others it would give way to those whose prefix the digest has.
  const own = test.result === 'malformed' ? registryOf(file.hasher) : registry
  const outcome = await outcomeOf(own, file, test)
  const expected = expectedOutcome(test)
  tally.expect(outcome === expected, test.tcId, `expected ${expected}, got ${outcome}`)
}

/** Makes a registry of one hasher and of the forms that its target adds. */
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
