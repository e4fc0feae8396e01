import type { Claimants } from './claimants.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { fieldOf } from '../formats/fields.js'
import { isHex } from '../formats/hex.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { UNCLAIMED } from '../hasher/contract.js'
import type { Context, Hasher, Reading } from '../hasher/contract.js'
import { findHint, NAME_UNKNOWN } from './hints.js'
import { findExceededLimit } from './limits.js'
import type { Limits } from './limits.js'
import type { FindNamed } from './names.js'
import { addCosts } from '../compute/cost.js'
import type { Cost } from '../compute/cost.js'
import type { MalformedDigest, TooCostly, Unknown, Unusable } from './verdict.js'

/** A hasher that claims a digest, and its readings. */
export interface Candidate {
  readonly hasher: Hasher
  readonly readings: readonly [Reading, ...Reading[]]
}

/** The readings to compute for a digest, the likeliest first, and the cost of all of them together. */
export interface Work {
  readonly outcome: 'work'
  readonly candidates: readonly [Candidate, ...Candidate[]]
  readonly cost: Cost
  /** The cost of the likeliest reading alone. */
  readonly likeliestCost: Cost
}

export type NoWork = Unusable | Unknown | MalformedDigest

export interface HasherIndex {
  readonly findNamed: FindNamed
  readonly claimants: Claimants
  /** The claimants of a digest among the hashers of the target. */
  readonly targetClaimants: Claimants
  /** The hashers that read only rows which name them, without delegates. */
  readonly onlyNamed: readonly Hasher[]
}

interface How {
  readonly costOf: CostOfReading
  readonly context?: Context | undefined
}

/** The cost of a reading: of a password of typical length in audits, of the password itself in a check. */
export type CostOfReading = (reading: Reading) => Cost

/**
 * Finds the hashers that claim a digest, and reads the digest as each of them. A hasher that the row names decides alone
 * where it claims the digest. Where it does not, the name may be out of date, and the hashers decide that claim the digest by
 * a prefix, never those of a bare shape or of expressions. A named hasher of a pre-hashed password always decides, since the plain reading
 * would take the pre-hash for the password. A digest beside a name that no hasher has is not read: its format may only look
 * like a known one.
 */
export function findWork(
  { findNamed, claimants }: HasherIndex,
  digest: string | null | undefined,
  how: How & { readonly hasherName: string | undefined },
): Work | NoWork {
  const { hasherName } = how
  if (digest === null || digest === undefined) return { outcome: 'unusable' }
  const named = hasherName === undefined ? undefined : findNamed(hasherName)
  if (digest.length > MAX_DIGEST_LENGTH) return describeTooLong(named)
  if (named === undefined) {
    const found = readAs(claimants.findLikely(digest), digest, how)
    return found.outcome === 'unknown' && isUnusable(digest) ? { outcome: 'unusable' } : found
  }

  const [first] = named
  if (first === undefined) {
    return isUnusable(digest) ? { outcome: 'unusable' } : { outcome: 'unknown', ...NAME_UNKNOWN }
  }
  const own = readAs(named, digest, how)
  if (own.outcome !== 'unknown') return own
  const others = first.prehashed
    ? []
    : claimants.find(digest).filter(({ prefixes, neverRenamed }) => prefixes.length > 0 && !neverRenamed)
  if (others.length > 0) return readAs(others, digest, how)
  if (isUnusable(digest)) return { outcome: 'unusable' }
  const readings = first.parse(digest, how.context)
  return malformedBy(first, isMalformed(readings) ? readings : malformed('shape', 'digest'))
}

/** The verdict where the cost of work is over a limit, so that none of the work is done; undefined otherwise. */
export function findTooCostly({ candidates, cost }: Work, limits: Limits): TooCostly | undefined {
  const limit = findExceededLimit(cost, limits)
  if (limit === undefined) return undefined
  return { outcome: 'too-costly', hasher: candidates[0].hasher.name, cost, limit }
}

/** Reads a digest as each of the given hashers that claims it. */
export function readAs(hashers: readonly Hasher[], digest: string, how: How): Work | NoWork {
  let work: Work | undefined
  let broken: MalformedDigest | undefined
  for (const hasher of hashers) {
    // The `parse` of a hasher with prefixes says whether it claims the digest.
    if (hasher.prefixes.length === 0 && !hasher.identify(digest)) continue
    const found = read(hasher, digest, how)
    if (found === undefined) continue
    if (found.outcome === 'malformed') broken ??= found
    else work = work === undefined ? found : join(work, found)
  }
  return work ?? broken ?? { outcome: 'unknown' }
}

function read(hasher: Hasher, digest: string, { costOf, context }: How): Work | MalformedDigest | undefined {
  const readings = hasher.parse(digest, context)
  if (readings === UNCLAIMED) return undefined
  if (isMalformed(readings)) return malformedBy(hasher, readings)
  const likeliestCost = costOf(readings[0])
  // Nearly every digest has one reading, and audits read digests by the million.
  const cost = readings.length === 1 ? likeliestCost : readings.map(costOf).reduce(addCosts)
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

function describeTooLong(named: readonly Hasher[] | undefined): NoWork {
  if (named === undefined) return { outcome: 'unknown' }
  const [first] = named
  return first === undefined
    ? { outcome: 'unknown', ...NAME_UNKNOWN }
    : malformedBy(first, malformed('length', 'digest'))
}

/** Adds the hint what a digest that no hasher can read looks like, for people who have to mend the table. */
export function addHint<W extends NoWork | TooCostly>(
  work: W,
  digest: string | null | undefined,
): W | Unknown | MalformedDigest {
  if (work.outcome !== 'unknown' && work.outcome !== 'malformed') return work
  if (typeof digest !== 'string' || Object.hasOwn(work, 'looksLike')) return work
  const hint = findHint(digest)
  // A hasher claims a malformed digest, so that its tag is no unknown scheme.
  if (hint === undefined || (work.outcome === 'malformed' && hint.looksLike === 'scheme-in-braces'))
    return work
  return { ...work, ...hint }
}

/** Whether a text marks an account without a password, as Django, crypt(3) and /etc/shadow do. */
function isUnusable(digest: string): boolean {
  return digest === '' || digest.startsWith('!') || (digest.startsWith('*') && !isMysqlDigest(digest))
}

// MySQL's PASSWORD() since 4.1 writes `*` and the SHA-1 of a SHA-1 in hexadecimal. Its accounts have a password.
const MYSQL_LENGTH = 41

function isMysqlDigest(digest: string): boolean {
  return digest.length === MYSQL_LENGTH && isHex(fieldOf(digest, 1))
}
