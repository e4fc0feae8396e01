import { fieldOf, textOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { EngineError, RegistryError } from '../errors.js'
import { isUint8Array } from '../platform/node.js'
import { brand, isBranded } from './brand.js'
import { assertIsObject, assertStanding, readFacts } from './checks.js'
import { NO_CONTEXT, UNCLAIMED } from './contract.js'
import type { Context, Hasher, HasherFacts, Reading, Standing } from './contract.js'
import { createGuard } from './guard.js'
import { createClaim, createPrefixFinder } from './prefixes.js'

/** A format whose digests hold those of another. */
export interface WrapSpec extends HasherFacts {
  readonly prefixes: readonly [string, ...string[]]
  /** Absent: that of the inner hasher. */
  readonly standing?: Standing
  /** The inner digest; absent: what follows the prefix. */
  readonly unwrap?: (rest: Field, context: Context) => string | Malformed
  /** Of the inner parameters, what this format never has; undefined where there is nothing. */
  readonly refuse?: (params: Readonly<Record<string, number | string>>) => Malformed | undefined
  /** What the inner hasher is given in the password's place, in a buffer of its own: it is overwritten after use. */
  readonly prepare?: (password: Uint8Array, context: Context) => Uint8Array
  /** The bytes that `prepare` makes of so many; absent: as many. */
  readonly preparedBytes?: (passwordBytes: number) => number
}

const MAKER = 'wrapHasher'

/**
 * Makes a hasher of another whose digests stand inside, or whose password is prepared first. With `prepare` a row that names
 * it is never read as the inner format.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a member is of the wrong type, or the prefixes are not those of the example
 * @example wrapHasher(argon2id, { name: 'argon2_django', prefixes: ['argon2'], example: 'argon2$argon2id$v=19$…' })
 */
export function wrapHasher(inner: Hasher, spec: WrapSpec): Hasher {
  assertIsObject(spec, MAKER)
  if (!isBranded(inner)) throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: there is no inner hasher.`)
  const own = <K extends keyof WrapSpec>(member: K): WrapSpec[K] | undefined =>
    Object.hasOwn(spec, member) ? spec[member] : undefined
  const facts = readFacts(spec, MAKER)
  if (facts.prefixes.length === 0)
    throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: there are no prefixes.`)
  const standing = own('standing')
  if (standing !== undefined) assertStanding(standing, MAKER)
  const [unwrap, refuse, prepare, preparedBytes] = [
    own('unwrap'),
    own('refuse'),
    own('prepare'),
    own('preparedBytes'),
  ]
  const { call, errorOf } = createGuard(facts.name)
  const findPrefix = createPrefixFinder(facts.prefixes)

  const make = (password: Uint8Array, context: Context): Uint8Array => {
    if (prepare === undefined) return password
    const prepared: unknown = call('its prepare', () => prepare(password, context))
    if (isUint8Array(prepared)) return prepared
    throw new EngineError('ERR_ENGINE_FAILED', `${facts.name}: its prepare gave no bytes.`)
  }
  const wipe = (prepared: Uint8Array, password: Uint8Array): void => {
    // Bytes that are gone have nothing to overwrite, and complain.
    if (prepared.buffer !== password.buffer && prepared.length > 0) prepared.fill(0)
  }
  const use = <T>(password: Uint8Array, context: Context, act: (prepared: Uint8Array) => T): T => {
    const prepared = make(password, context)
    try {
      return act(prepared)
    } finally {
      wipe(prepared, password)
    }
  }
  const useLater = async <T>(
    password: Uint8Array,
    context: Context,
    act: (prepared: Uint8Array) => Promise<T>,
  ): Promise<T> => {
    const prepared = make(password, context)
    try {
      return await act(prepared)
    } finally {
      wipe(prepared, password)
    }
  }

  const rewrap = (reading: Reading, context: Context): Reading => {
    if (prepare === undefined) return standing === undefined ? reading : { ...reading, standing }
    return {
      standing: standing ?? reading.standing,
      describe: reading.describe,
      oldVariant: reading.oldVariant,
      cost: (bytes) => reading.cost(call('its preparedBytes', () => preparedBytes?.(bytes) ?? bytes)),
      costOfCheck: (password) => use(password, context, reading.costOfCheck),
      truncates: (password) => use(password, context, reading.truncates),
      verify: (password, run, signal) =>
        useLater(password, context, (prepared) => reading.verify(prepared, run, signal)),
      derive: (password, run) => useLater(password, context, (prepared) => reading.derive(prepared, run)),
    }
  }

  const read = (digest: string, context: Context): ReturnType<Hasher['parse']> => {
    const prefix = findPrefix(digest)
    if (prefix === undefined) return UNCLAIMED
    const rest = fieldOf(digest, prefix.length)
    const text = unwrap === undefined ? textOf(rest) : unwrap(rest, context)
    if (typeof text !== 'string') return requireMalformed(text)
    const readings = inner.parse(text, context)
    // Claimed by the prefix of this one, whatever the inner hasher says of the rest.
    if (readings === UNCLAIMED) return malformed('shape', 'digest')
    if (isMalformed(readings)) return readings
    const refused = refuse?.(readings[0].describe())
    if (refused !== undefined) return requireMalformed(refused)
    const [likeliest, ...others] = readings
    return [rewrap(likeliest, context), ...others.map((reading) => rewrap(reading, context))]
  }

  return brand({
    ...facts,
    lengths: undefined,
    prehashed: facts.prehashed || inner.prehashed || prepare !== undefined,
    standing: standing ?? inner.standing,
    varies: standing === undefined && inner.varies,
    identify: createClaim(facts.prefixes),
    parse: (digest, context = NO_CONTEXT) => {
      try {
        return read(digest, context)
      } catch (error) {
        throw errorOf('its parse', error)
      }
    },
    delegates: inner.delegates,
    kind: inner.kind,
    // Only where the inner digest is the rest as it stands can it be put back.
    blank:
      unwrap === undefined && inner.blank !== undefined
        ? (digest) => {
            const prefix = findPrefix(digest) ?? ''
            return digest.slice(0, prefix.length) + (inner.blank?.(digest.slice(prefix.length)) ?? '')
          }
        : undefined,
  } satisfies Hasher)
}

/** Of a specification in JavaScript that answers something else, which nobody could read. */
function requireMalformed(answer: Malformed): Malformed {
  if (isMalformed(answer)) return answer
  throw new TypeError('Neither a digest nor what is wrong with it.')
}
