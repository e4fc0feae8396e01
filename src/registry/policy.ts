import type { Hasher, Reading, Standing } from '../hasher/contract.js'
import type { Cost } from '../compute/cost.js'
import { readOption } from '../options.js'
import type { Target } from '../hasher/target.js'

/**
 * The digests that a match replaces:
 *
 * - `insecure`: insecure digests, digests of the target's own hashers below its cost, any other digest estimated under 10 ms,
 *   and old variants of bcrypt;
 * - `dated`: also dated digests;
 * - `converge`: also every digest of a hasher that is not the target's.
 *
 * No policy replaces a digest because it is stronger than the target's.
 */
export type Policy = 'insecure' | 'dated' | 'converge'

export type RehashReason = 'insecure' | 'low-cost' | 'old-variant' | 'dated' | 'not-target'

export const POLICIES: readonly Policy[] = ['insecure', 'dated', 'converge']

/** The length of password at which costs are compared, since the reasons depend on the digest alone. */
export const TYPICAL_PASSWORD_BYTES = 64

// Under 10 ms a core tries over 100 passwords a second, and a graphics card a thousand times as many: a thief of such a table
// finds most passwords. bcrypt below cost 8 and PBKDF2 of 10,000 iterations, as Django wrote in 2013, take under 10 ms.
const FLOOR_MILLISECONDS = 10

export interface DigestStanding {
  readonly standing: Standing
  /** The cost in milliseconds for a password of {@link TYPICAL_PASSWORD_BYTES}. */
  readonly milliseconds: number
  /** False where another service checks the digest: the time of that check says nothing about the digest. */
  readonly isComputedHere: boolean
  readonly isOldVariant: boolean
  readonly isTargetForm: boolean
  /** Whether the digest has a form of the target, and is cheaper than the digests that the target makes now. */
  readonly isBelowTarget: boolean
}

/** Finds the reasons to replace the digest of a reading. `cost` is its cost at {@link TYPICAL_PASSWORD_BYTES}. */
export type FindReasons = (hasher: Hasher, reading: Reading, cost: Cost) => readonly RehashReason[]

/** Makes the function that finds the reasons of one registry. */
export function createReasonFinder({
  policy,
  target,
}: {
  readonly policy: Policy
  readonly target: Target
}): FindReasons {
  const targetMilliseconds = target.cost(TYPICAL_PASSWORD_BYTES).milliseconds
  /** The answer of the target's `isWeaker`. Where it throws or gives no boolean the estimate decides, and the sign-in stands. */
  const isWeaker = (reading: Reading): boolean | undefined => {
    try {
      const answer: unknown = readOption(target, 'isWeaker')?.(reading.describe())
      return typeof answer === 'boolean' ? answer : undefined
    } catch {
      return undefined
    }
  }
  const isBelowTarget = (reading: Reading, milliseconds: number): boolean =>
    isWeaker(reading) ?? milliseconds < targetMilliseconds
  const forms: readonly Hasher[] = target.hashers
  return (hasher, reading, { milliseconds }) => {
    const isTargetForm = forms.includes(hasher)
    return findRehashReasons(policy, {
      standing: reading.standing,
      milliseconds,
      isComputedHere: !hasher.delegates,
      isOldVariant: reading.oldVariant,
      isTargetForm,
      isBelowTarget: isTargetForm && isBelowTarget(reading, milliseconds),
    })
  }
}

/** The reasons to replace a digest, in the order of {@link RehashReason}. */
export function findRehashReasons(policy: Policy, digest: DigestStanding): readonly RehashReason[] {
  const { standing, milliseconds, isComputedHere, isOldVariant, isTargetForm, isBelowTarget } = digest
  const reasons: RehashReason[] = []
  if (standing === 'insecure') reasons.push('insecure')
  const isLow = isTargetForm ? isBelowTarget : isComputedHere && milliseconds < FLOOR_MILLISECONDS
  // The cost of an insecure digest does not matter, since no cost would make it secure.
  if (standing !== 'insecure' && isLow) reasons.push('low-cost')
  if (isOldVariant) reasons.push('old-variant')
  if (policy !== 'insecure' && standing === 'dated') reasons.push('dated')
  if (policy === 'converge' && !isTargetForm) reasons.push('not-target')
  return reasons
}
