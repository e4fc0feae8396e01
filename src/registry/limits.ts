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

// Four seconds is twice bcrypt at cost 15, the costliest target; 512 MiB and 64 lanes are past what any system writes.
const DEFAULT_LIMITS: Limits = { milliseconds: 4_000, bytes: 512 * MIB, lanes: 64 }

/**
 * The limits of a registry: the defaults, memory at most half of what the process may use, each raised by option.
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

/** The first limit that a cost is over. */
export function findExceededLimit(cost: Cost, limits: Limits): Limit | undefined {
  // A cost that is no number is over every limit.
  if (!(cost.milliseconds <= limits.milliseconds)) return 'milliseconds'
  if (!(cost.bytes <= limits.bytes)) return 'bytes'
  return cost.lanes <= limits.lanes ? undefined : 'lanes'
}
