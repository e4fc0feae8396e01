import type { FindClaimants } from './dispatch.js'
import type { Malformed } from './formats/problem.js'
import { isMalformed } from './formats/problem.js'
import type { Hasher, Reading } from './hasher.js'
import { findExceededLimit } from './limits.js'
import type { Limits } from './limits.js'
import { addCosts } from './primitives/cost.js'
import type { Cost } from './primitives/cost.js'
import type { MalformedDigest, TooCostly, Unknown, Unusable } from './verdict.js'

/** A hasher that claims a digest, and its readings. */
export interface Candidate {
  readonly hasher: Hasher
  readonly readings: readonly [Reading, ...Reading[]]
}

/** What there is to compute for a digest, likeliest first, and what all of it costs. */
export interface Work {
  readonly outcome: 'work'
  readonly candidates: readonly [Candidate, ...Candidate[]]
  readonly cost: Cost
  /** What the likeliest reading costs alone. */
  readonly likeliestCost: Cost
}

export type NoWork = Unusable | Unknown | MalformedDigest

/** Past this many characters a text is no digest of any system, and nothing looks at it. */
export const MAX_DIGEST_LENGTH = 4_096

export interface HasherIndex {
  readonly byName: ReadonlyMap<string, Hasher>
  readonly findClaimants: FindClaimants
  /** The same among the forms that the target writes. */
  readonly findTargetClaimants: FindClaimants
}

/**
 * Finds who claims a digest and reads it. A named hasher decides alone, except that a digest in one of the target's
 * forms is that form when the named hasher does not exist or does not claim it: a row whose hasher was left stale.
 */
export function findWork(
  { byName, findClaimants, findTargetClaimants }: HasherIndex,
  digest: string | null | undefined,
  { hasherName, passwordBytes }: { readonly hasherName: string | undefined; readonly passwordBytes: number },
): Work | NoWork {
  if (digest === null || digest === undefined) return { outcome: 'unusable' }
  const named = hasherName === undefined ? undefined : byName.get(hasherName)
  if (digest.length > MAX_DIGEST_LENGTH) {
    return named === undefined
      ? { outcome: 'unknown' }
      : malformedBy(named, { problem: 'length', field: 'digest' })
  }

  if (named?.identify(digest) === true) return readAll([named], digest, passwordBytes)
  const claimants = hasherName === undefined ? findClaimants(digest) : findTargetClaimants(digest)
  if (claimants.length > 0) return readAll(claimants, digest, passwordBytes)
  if (isUnusable(digest)) return { outcome: 'unusable' }
  return named === undefined ? { outcome: 'unknown' } : readAll([named], digest, passwordBytes)
}

/** Work over a limit is not done at all. */
export function findTooCostly({ candidates, cost }: Work, limits: Limits): TooCostly | undefined {
  const limit = findExceededLimit(cost, limits)
  if (limit === undefined) return undefined
  return { outcome: 'too-costly', hasher: candidates[0].hasher.name, cost, limit }
}

function readAll(hashers: readonly Hasher[], digest: string, passwordBytes: number): Work | NoWork {
  let work: Work | undefined
  let broken: MalformedDigest | undefined
  for (const hasher of hashers) {
    const found = read(hasher, digest, passwordBytes)
    if (found.outcome === 'malformed') broken ??= found
    else work = work === undefined ? found : join(work, found)
  }
  return work ?? broken ?? { outcome: 'unknown' }
}

function read(hasher: Hasher, digest: string, passwordBytes: number): Work | MalformedDigest {
  const readings = hasher.parse(digest)
  if (isMalformed(readings)) return malformedBy(hasher, readings)
  const likeliestCost = readings[0].cost(passwordBytes)
  // Nearly always there is one, and audits read digests by the million.
  const cost =
    readings.length === 1
      ? likeliestCost
      : readings.map((reading) => reading.cost(passwordBytes)).reduce(addCosts)
  return { outcome: 'work', candidates: [{ hasher, readings }], cost, likeliestCost }
}

function join(first: Work, second: Work): Work {
  return {
    outcome: 'work',
    candidates: [...first.candidates, ...second.candidates],
    cost: addCosts(first.cost, second.cost),
    likeliestCost: first.likeliestCost,
  }
}

function malformedBy({ name }: Hasher, { problem, field }: Malformed): MalformedDigest {
  return { outcome: 'malformed', hasher: name, problem, field }
}

/** How Django, crypt(3) and /etc/shadow mark an account without a password. */
function isUnusable(digest: string): boolean {
  return digest === '' || digest.startsWith('!') || digest.startsWith('*')
}
