import { OverloadedError } from '../errors.js'

export interface AdmissionLimits {
  /** How many calls may run or wait. */
  readonly maxQueue: number
  /** The estimated milliseconds that a new call may wait before its work starts. */
  readonly maxWaitMilliseconds: number
}

/**
 * Admits calls by the number that run or wait and by the estimated wait of a new short job. Neither depends on a call's
 * digest, so that a refusal tells nothing about it.
 *
 * @returns a function that takes a place, and gives a function that gives it back
 */
export function createAdmission(
  { maxQueue, maxWaitMilliseconds }: AdmissionLimits,
  estimateWait: (limit: number) => number,
): () => () => void {
  let admitted = 0
  return () => {
    if (admitted >= maxQueue || estimateWait(maxWaitMilliseconds) > maxWaitMilliseconds) {
      throw new OverloadedError('ERR_OVERLOADED', 'Too many password checks are waiting. Try again later.')
    }
    admitted++
    let held = true
    return () => {
      if (held) admitted--
      held = false
    }
  }
}
