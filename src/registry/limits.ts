import { openOptions, POSITIVE } from '../options.js'
import type { Cost } from '../compute/cost.js'
import { availableMemory } from '../platform/node.js'

/** The most that one check may be estimated to take, inclusive. A digest over a limit is `too-costly`. */
export interface Limits {
  readonly milliseconds: number
  readonly bytes: number
  readonly lanes: number
}

export type Limit = keyof Limits

const MIB = 1024 * 1024

// Four seconds is twice bcrypt at cost 15, the costliest target. No known system writes over 512 MiB or 64 lanes.
const DEFAULT_LIMITS: Limits = { milliseconds: 4_000, bytes: 512 * MIB, lanes: 64 }

/**
 * The limits of a registry. By default memory is at most half of what the process may use. An option replaces a default.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a limit is not a positive number
 */
export function resolveLimits(options: unknown = {}): Limits {
  const { read } = openOptions('createRegistry: limits', options, ['milliseconds', 'bytes', 'lanes'])
  return Object.freeze({
    milliseconds: read('milliseconds', POSITIVE) ?? DEFAULT_LIMITS.milliseconds,
    bytes: read('bytes', POSITIVE) ?? Math.min(DEFAULT_LIMITS.bytes, availableMemory() / 2),
    lanes: read('lanes', POSITIVE) ?? DEFAULT_LIMITS.lanes,
  })
}

/** The first limit that a cost is over; undefined where the cost is within all limits. */
export function findExceededLimit(cost: Cost, limits: Limits): Limit | undefined {
  // NaN is over every limit.
  if (!(cost.milliseconds <= limits.milliseconds)) return 'milliseconds'
  if (!(cost.bytes <= limits.bytes)) return 'bytes'
  return cost.lanes <= limits.lanes ? undefined : 'lanes'
}
