import { fieldOf } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { createAttempts } from './attempts.js'
import { createComputation } from './computation.js'
import { UNCLAIMED } from './contract.js'
import type { Context, HasherSpec, Parsed, Reading, Readings } from './contract.js'
import type { Guard } from './guard.js'
import { createPrefixFinder } from './prefixes.js'
import { SpecReading } from './reading.js'
import type { Members } from './reading.js'

const NO_CHECKSUM = /* @__PURE__ */ Object.freeze(malformed('length', 'checksum'))

/** The functions that read digests by a specification. */
export interface Reader<P> {
  readonly parse: (digest: string, context: Context) => Readings<Parsed<P>> | Malformed
  readonly read: (digest: string, context: Context) => Readings<Reading> | Malformed
}

export function createReader<P>(
  own: HasherSpec<P>,
  { name, prefixes, guard }: { name: string; prefixes: readonly string[]; guard: Guard },
): Reader<P> {
  const { identify, parse: parseFields, standing, describe } = own
  const { truncates, oldVariant, passwordForms, rareReadings } = own
  const findPrefix = createPrefixFinder(prefixes)
  const members: Members<P> = {
    name,
    guard,
    standing,
    describe,
    truncates,
    oldVariant,
    computation: createComputation<P>(name, own, guard),
    attempts:
      passwordForms === undefined && rareReadings === undefined
        ? undefined
        : createAttempts<P>({ passwordForms, rareReadings }),
  }
  const open = (parsed: Parsed<P>): Reading => new SpecReading(members, parsed)
  const parse: Reader<P>['parse'] = (digest, context) => {
    const prefix = identify === undefined ? findPrefix(digest) : ''
    return prefix === undefined ? UNCLAIMED : parseFields(fieldOf(digest, prefix.length), prefix, context)
  }

  return {
    parse,
    read: (digest, context) => {
      try {
        // The lines repeat those of `parse`, since a call more would cost time in audits of millions of digests.
        const prefix = identify === undefined ? findPrefix(digest) : ''
        if (prefix === undefined) return UNCLAIMED
        const parsed = parseFields(fieldOf(digest, prefix.length), prefix, context)
        if (isMalformed(parsed)) return parsed
        const [first] = parsed
        // Nearly every digest has one reading, and spreading an empty list takes as long as opening a reading.
        if (parsed.length === 1) return hasNoChecksum(first) ? NO_CHECKSUM : ([open(first)] as const)
        if (parsed.some(hasNoChecksum)) return NO_CHECKSUM
        return [open(first), ...parsed.slice(1).map(open)] as const
      } catch (error) {
        throw guard.errorOf('its parse', error)
      }
    },
  }
}

/**
 * Whether a checksum is empty: an empty checksum can be compared with nothing. `length` is read first because V8 reads it
 * faster. A specification in JavaScript may give an ArrayBuffer, which has no `length`.
 */
function hasNoChecksum({ checksum }: Parsed<unknown>): boolean {
  return !(checksum.length > 0) && checksum.byteLength === 0
}
