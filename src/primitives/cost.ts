/**
 * What a check is estimated to take on the reference machine (one core of a 2023 server Xeon) with the default
 * engines. The estimate never changes with the engine in use: the same digest is admitted everywhere alike.
 */
export interface Cost {
  readonly milliseconds: number
  /** Memory in bytes while the check runs. */
  readonly bytes: number
  /** Parallel lanes that the parameters ask for. */
  readonly lanes: number
}

/** One after another: milliseconds add up, memory and lanes are the largest of both. */
export function addCosts(first: Cost, second: Cost): Cost {
  return {
    milliseconds: first.milliseconds + second.milliseconds,
    bytes: Math.max(first.bytes, second.bytes),
    lanes: Math.max(first.lanes, second.lanes),
  }
}
