import { fieldOf, textOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { RegistryError } from '../errors.js'
import { assertIsObject, assertStanding, copyOwn, readFacts } from './checks.js'
import { UNCLAIMED } from './contract.js'
import type { Context, Hasher, HasherFacts, Reading, Standing } from './contract.js'
import { createGuard } from './guard.js'
import { labelOf, MadeHasher, standingOfAll } from './made-hasher.js'
import type { Workings } from './made-hasher.js'
import { createClaim, createPrefixFinder } from './prefixes.js'
import { WrappedReading } from './wrapped-reading.js'
import type { Wrapping } from './wrapped-reading.js'

/** The specification of a format whose digests hold those of another format. */
export interface WrapSpec extends HasherFacts {
  readonly prefixes: readonly [string, ...string[]]
  /** The standing; default that of the inner hasher, of several the lowest. */
  readonly standing?: Standing
  /** The inner digest; default the text behind the prefix. */
  readonly unwrap?: (rest: Field, context: Context) => string | Malformed
  /** The problem of inner parameters that this format never has; undefined where the format may have them. */
  readonly refuse?: (params: Readonly<Record<string, number | string>>) => Malformed | undefined
  /** Makes the password for the inner hasher, in a buffer of its own, which is overwritten after use. */
  readonly prepare?: (password: Uint8Array, context: Context) => Uint8Array
  /** The number of bytes that `prepare` makes of a password of `passwordBytes` bytes; default as many. */
  readonly preparedBytes?: (passwordBytes: number) => number
}

const MAKER = 'wrapHasher'

/**
 * Makes a hasher around an inner hasher, whose digests stand behind a prefix, or which is given a prepared password. A row
 * that names a wrap with `prepare` is never read as the inner format.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a member is of the wrong type, or the prefixes are not those of the example
 * @param inner the inner hasher, or several of which one reads the inner digest; the wrap has the lowest standing, and the kind of the first
 * @example wrapHasher([argon2id, argon2i], { name: 'argon2_django', prefixes: ['argon2'], example: 'argon2$argon2id$v=19$…' })
 */
export function wrapHasher(inner: Hasher | readonly [Hasher, ...Hasher[]], spec: WrapSpec): Hasher {
  return MadeHasher.opened(makeWrap(inner, spec))
}

/** Makes a wrap as `wrapHasher` does, but checks the specification on first use: for the hashers of this package. */
export function makeWrap(given: Hasher | readonly [Hasher, ...Hasher[]], spec: WrapSpec): MadeHasher {
  assertIsObject(spec, MAKER)
  const inners = toList(given)
  const [inner] = inners
  if (!inners.every((one) => MadeHasher.is(one)))
    throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: there is no inner hasher.`)
  const standing = Object.hasOwn(spec, 'standing') ? spec.standing : undefined
  const label = labelOf(spec, {
    ...(standing === undefined ? standingOfAll(inners) : { standing, varies: false }),
    delegates: inner.delegates,
  })
  return new MadeHasher(label, () => openWrap(inners, copyOwn(spec)))
}

function toList(given: Hasher | readonly [Hasher, ...Hasher[]]): readonly [Hasher, ...Hasher[]] {
  return isList(given) ? given : [given]
}

function isList(given: Hasher | readonly [Hasher, ...Hasher[]]): given is readonly [Hasher, ...Hasher[]] {
  return Array.isArray(given) && given.length > 0
}

function openWrap(inners: readonly [Hasher, ...Hasher[]], own: WrapSpec): Workings {
  const [inner] = inners
  const facts = readFacts(own, MAKER)
  const { prefixes } = facts
  if (prefixes.length === 0)
    throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: there are no prefixes.`)
  const { name, standing, unwrap, refuse, prepare, preparedBytes } = own
  if (standing !== undefined) assertStanding(standing, MAKER)
  const guard = createGuard(name)
  const findPrefix = createPrefixFinder(prefixes)
  const wrapping: Wrapping = { name, guard, standing, prepare, preparedBytes }
  const rewrap = (reading: Reading, context: Context): Reading =>
    prepare === undefined && standing === undefined ? reading : new WrappedReading(reading, wrapping, context)

  const read = (digest: string, context: Context): ReturnType<Hasher['parse']> => {
    const prefix = findPrefix(digest)
    if (prefix === undefined) return UNCLAIMED
    const rest = fieldOf(digest, prefix.length)
    const text = unwrap === undefined ? textOf(rest) : unwrap(rest, context)
    if (typeof text !== 'string') return requireMalformed(text)
    // An only inner hasher says itself what is wrong with a text that it does not claim.
    const own = inners.length === 1 ? inner : inners.find((one) => one.identify(text))
    const readings = own?.parse(text, context) ?? UNCLAIMED
    // The wrap claims the digest by its prefix, even where no inner hasher claims the rest.
    if (readings === UNCLAIMED) return malformed('shape', 'digest')
    if (isMalformed(readings)) return readings
    const refused = refuse?.(readings[0].describe())
    if (refused !== undefined) return requireMalformed(refused)
    const [likeliest] = readings
    // Nearly every digest has one reading, and spreading an empty list takes as long as opening a reading.
    if (readings.length === 1) return [rewrap(likeliest, context)]
    return [rewrap(likeliest, context), ...readings.slice(1).map((reading) => rewrap(reading, context))]
  }

  return {
    facts: {
      ...facts,
      prehashed: facts.prehashed || inners.some(({ prehashed }) => prehashed) || prepare !== undefined,
    },
    lengths: undefined,
    identify: createClaim(prefixes),
    parse: (digest, context) => {
      try {
        return read(digest, context)
      } catch (error) {
        throw guard.errorOf('its parse', error)
      }
    },
    kind: () => inner.kind(),
    // A blank inner digest can be put back only where the inner digest is the whole text behind the prefix.
    blank:
      unwrap === undefined && inners.every(({ blank }) => blank !== undefined)
        ? (digest) => {
            const { length } = findPrefix(digest) ?? ''
            const rest = digest.slice(length)
            const own = inners.find((one) => one.identify(rest))
            return digest.slice(0, length) + (own?.blank?.(rest) ?? rest)
          }
        : undefined,
  }
}

/** Checks the answer of a specification, which may be written in JavaScript. */
function requireMalformed(answer: Malformed): Malformed {
  if (isMalformed(answer)) return answer
  throw new TypeError('Neither a digest nor what is wrong with it.')
}
