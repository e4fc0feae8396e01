import { UNCLAIMED } from './contract.js'
import type { Hasher, HasherFacts } from './contract.js'
import { readFacts } from './checks.js'
import { labelOf, MadeHasher, standingOfAll } from './made-hasher.js'
import type { Workings } from './made-hasher.js'
import { createClaim } from './prefixes.js'

/**
 * Makes one hasher of several for a system that writes all their formats, each behind prefixes of its own. Its standing is the
 * lowest of theirs, and what it says of its jobs that of the first.
 */
export function makeUnion(parts: readonly [Hasher, ...Hasher[]], facts: HasherFacts): MadeHasher {
  const label = labelOf(facts, { ...standingOfAll(parts), delegates: false })
  return new MadeHasher(label, () => openUnion(parts, facts))
}

function openUnion(parts: readonly [Hasher, ...Hasher[]], own: HasherFacts): Workings {
  const facts = readFacts({ ...own, prefixes: parts.flatMap(({ prefixes }) => prefixes) }, 'makeUnion')
  return {
    facts,
    lengths: undefined,
    identify: createClaim(facts.prefixes),
    parse: (digest, context) => {
      for (const part of parts) {
        const found = part.parse(digest, context)
        if (found !== UNCLAIMED) return found
      }
      return UNCLAIMED
    },
    kind: () => parts[0].kind(),
    blank: parts.every(({ blank }) => blank !== undefined)
      ? (digest) => parts.find((part) => part.identify(digest))?.blank?.(digest) ?? digest
      : undefined,
  }
}
