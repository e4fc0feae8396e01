import { builtinHashers, createRegistry } from '../index.js'
import type { Registry } from '../index.js'
import { deriveChecks, forEachAtOnce } from './derived-checks.js'
import { createTally } from './tally.js'
import type { Tally } from './tally.js'
import { contextOf, passwordOf } from './vector-files.js'
import type { VectorFile, VectorTest } from './vector-files.js'

/** The result of the checks of one file. A failure names the test and the wrong answer, never a password or a digest. */
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

/** The options that say how many checks are derived. */
interface DerivationOptions {
  /** Whether to derive every change that parses; otherwise, only changes of the cheapest vector are derived. */
  readonly full: boolean
  /** The N with which checks are derived only from every Nth valid vector and the cheapest, at every Nth place of a digest. */
  readonly every?: number
}

/** Checks every vector of a file through the public API, and derives further checks from valid vectors. */
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
  // A malformed vector is asked of a registry with its hasher alone. In a full registry the named hasher would give way to
  // the hashers whose prefix the digest has.
  const own = test.result === 'malformed' ? registryOf(file.hasher) : registry
  const outcome = await outcomeOf(own, file, test)
  const expected = expectedOutcome(test)
  tally.expect(outcome === expected, test.tcId, `expected ${expected}, got ${outcome}`)
}

/** Makes a registry of one hasher. The target adds its own hashers. */
function registryOf(hasher: string): Registry {
  return createRegistry({ hashers: builtinHashers.filter(({ name }) => name === hasher), equalize: false })
}

async function outcomeOf(registry: Registry, { hasher }: VectorFile, test: VectorTest): Promise<string> {
  try {
    const verdict = await registry.evaluate(passwordOf(test), test.digest, { hasher, ...contextOf(test) })
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
