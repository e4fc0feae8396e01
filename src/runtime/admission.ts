import { OverloadedError } from '../errors.js'

export interface AdmissionLimits {
  /** The number of calls that may run or wait. */
  readonly maxQueue: number
  /** The estimated milliseconds that a new call may wait before its work starts. */
  readonly maxWaitMilliseconds: number
}

/**
 * Admits calls by the number that run or wait and by the estimated wait of a new short job. Neither depends on the digest of
 * a call, so a refusal tells nothing about the digest.
 *
 * @returns a function that takes a place and returns the function that gives the place back; it throws an OverloadedError
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
