import { OverloadedError } from '../errors.js'

export interface AdmissionOptions {
  /** How many calls may be under way; default 1,000. */
  readonly maxQueue?: number
  /** The estimated milliseconds that a new call may wait before its work starts; default 5,000. */
  readonly maxWaitMilliseconds?: number
}

const MAX_QUEUE = 1_000
const MAX_WAIT_MILLISECONDS = 5_000

/**
 * Admits calls by how many are under way and how long a new one would wait: nothing that hangs on its digest, so that
 * a refusal tells nothing about it.
 *
 * @returns takes a place and gives the function that gives it back
 */
export function createAdmission(
  { maxQueue = MAX_QUEUE, maxWaitMilliseconds = MAX_WAIT_MILLISECONDS }: AdmissionOptions,
  estimateWait: () => number,
): () => () => void {
  let admitted = 0
  return () => {
    if (admitted >= maxQueue || estimateWait() > maxWaitMilliseconds) {
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
