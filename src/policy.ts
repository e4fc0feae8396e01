import type { Standing } from './hasher.js'

/**
 * Which digests a match replaces:
 *
 * - `insecure`: insecure hashers, the target's own forms below its cost, any digest under half a millisecond, and
 *   old variants of bcrypt;
 * - `dated`: also dated hashers, and any digest under 10 ms;
 * - `converge`: also whatever the target does not write.
 *
 * Never because a digest is stronger.
 */
export type Policy = 'insecure' | 'dated' | 'converge'

export type RehashReason = 'insecure' | 'low-cost' | 'old-variant' | 'dated' | 'not-target'

export const POLICIES: readonly Policy[] = ['insecure', 'dated', 'converge']

/** Reasons hang on the digest alone, so costs are compared at one length of password. */
export const TYPICAL_PASSWORD_BYTES = 64

// Under half a millisecond a core tries 2,000 passwords a second; under 10 ms, 100.
const FLOOR_MILLISECONDS = { insecure: 0.5, dated: 10, converge: 10 } as const

export interface DigestStanding {
  readonly standing: Standing
  /** At {@link TYPICAL_PASSWORD_BYTES}. */
  readonly milliseconds: number
  readonly isOldVariant: boolean
  readonly isTargetForm: boolean
  readonly targetMilliseconds: number
}

/** Why a digest should be replaced, in the order of {@link RehashReason}. */
export function findRehashReasons(policy: Policy, digest: DigestStanding): readonly RehashReason[] {
  const { standing, milliseconds, isOldVariant, isTargetForm, targetMilliseconds } = digest
  const reasons: RehashReason[] = []
  if (standing === 'insecure') reasons.push('insecure')
  const floor = isTargetForm ? targetMilliseconds : FLOOR_MILLISECONDS[policy]
  // An insecure hasher has no cost that could be raised.
  if (standing !== 'insecure' && milliseconds < floor) reasons.push('low-cost')
  if (isOldVariant) reasons.push('old-variant')
  if (policy !== 'insecure' && standing === 'dated') reasons.push('dated')
  if (policy === 'converge' && !isTargetForm) reasons.push('not-target')
  return reasons
}
