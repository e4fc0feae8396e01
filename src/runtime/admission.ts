import { OverloadedError } from '../errors.js'

export interface AdmissionLimits {
  /** How many calls may be under way. */
  readonly maxQueue: number
  /** The estimated milliseconds that a new call may wait before its work starts. */
  readonly maxWaitMilliseconds: number
}

/**
 * Admits calls by how many are under way and how long a new short job would wait: nothing that depends on their digest,
 * so that a refusal tells nothing about it.
 *
 * @returns takes a place and gives the function that gives it back
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
