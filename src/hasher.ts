import { BackendError, isPassliftError, RegistryError } from './errors.js'
import { isMalformed, malformed } from './formats/problem.js'
import type { Malformed } from './formats/problem.js'
import { equalBytes } from './primitives/compare.js'
import type { Cost } from './primitives/cost.js'
import type { Runtime } from './primitives/runtime.js'

/**
 * How far a hasher can be trusted: `sound`; `dated`, slow once and not broken wholesale yet; `insecure`, fast enough
 * to be broken wholesale and always replaced.
 */
export type Standing = 'sound' | 'dated' | 'insecure'

const STANDINGS: readonly Standing[] = ['sound', 'dated', 'insecure']

/** One reading of a digest: its parameters, and the bytes that went in and came out. */
export interface Parsed<P> {
  readonly params: P
  readonly salt: Uint8Array
  readonly checksum: Uint8Array
}

/**
 * A format of digests with its algorithm. Every function is pure but `derive` (its runtime) and none throws for bad
 * data. What parses is claimed by `identify`.
 */
export interface HasherSpec<P> {
  /** `<algorithm>` or `<algorithm>_<system>` in snake_case; stored beside digests, so it is never renamed. */
  readonly name: string
  readonly standing: Standing
  /** What rows call it besides, in snake_case; several hashers may share one, and all that claim the digest are tried. */
  readonly aliases?: readonly string[]
  /**
   * Whether the algorithm is given more or other than the password: a pre-hash, a pepper. A row that names such a hasher is
   * never read as the plain format, where the pre-hash itself would be the password.
   */
  readonly prehashed?: boolean
  /** A digest of this format, for the table of hashers. */
  readonly example: string
  /** Every digest that `identify` claims starts with one of these; absent for a bare shape. Spares most calls. */
  readonly prefixes?: readonly [string, ...string[]]
  /** Whether the digest has this format's prefix or shape. */
  readonly identify: (digest: string) => boolean
  /** The digest's readings, the likeliest first, nearly always one; or which field is wrong. */
  readonly parse: (digest: string) => readonly [Parsed<P>, ...Parsed<P>[]] | Malformed
  /** The parameters for people: numbers and variants, never a salt or a key. A new object, for it is handed out. */
  readonly describe: (params: P) => Readonly<Record<string, number | string>>
  /** From all that drives the work: parameters, lengths, the password's bytes. A new object, for it is handed out. */
  readonly cost: (parsed: Parsed<P>, passwordBytes: number) => Cost
  /** As many bytes as the checksum has. */
  readonly derive: (password: Uint8Array, parsed: Parsed<P>, runtime: Runtime) => Promise<Uint8Array>
  /** Whether the algorithm reads only part of this password, or cannot tell it from another. */
  readonly truncates?: (password: Uint8Array, parsed: Parsed<P>) => boolean
  /** Whether a newer variant of the format mended this one. */
  readonly oldVariant?: (params: P) => boolean
}

/** One reading of a digest, closed over its parameters. Salt and checksum cannot be seen from outside. */
export interface Reading {
  readonly describe: () => Readonly<Record<string, number | string>>
  readonly cost: (passwordBytes: number) => Cost
  readonly costOf: (password: Uint8Array) => Cost
  readonly oldVariant: () => boolean
  readonly truncates: (password: Uint8Array) => boolean
  readonly verify: (password: Uint8Array, runtime: Runtime) => Promise<boolean>
}

/** A hasher as a registry uses it. Made by {@link defineHasher}. */
export interface Hasher {
  readonly name: string
  readonly standing: Standing
  readonly aliases: readonly string[]
  readonly prehashed: boolean
  readonly example: string
  readonly prefixes: readonly string[]
  readonly identify: (digest: string) => boolean
  readonly parse: (digest: string) => readonly [Reading, ...Reading[]] | Malformed
}

/**
 * Makes a hasher from its specification and adds what all share: the one comparison, in constant time. A reading with
 * an empty checksum is malformed, whatever the specification says.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where the name is not in snake_case, the standing is none of the three, or the
 *   prefixes are not those of the example
 * @example
 * const reversedMd5 = defineHasher({
 *   name: 'md5_reversed',
 *   standing: 'insecure',
 *   example: '99fb288db83d1672d616a567d3cc4df5',
 *   identify: (digest) => digest.length === 32,
 *   parse: (digest) => readReversed(digest),
 *   describe: () => ({}),
 *   cost: () => ({ milliseconds: 0.01, bytes: 0, lanes: 1 }),
 *   derive: async (password) => md5(password),
 * })
 */
export function defineHasher<P>(spec: HasherSpec<P>): Hasher {
  const {
    name,
    standing,
    example,
    aliases = [],
    prehashed = false,
    prefixes = [],
    identify,
    parse,
    describe,
    cost,
    truncates,
    oldVariant,
  } = spec
  if (!isSnakeCase(name)) {
    throw new RegistryError(
      'ERR_REGISTRY_OPTION',
      'defineHasher: name must be snake_case, as in "md5_reversed".',
    )
  }
  if (!Array.isArray(aliases) || !aliases.every(isSnakeCase) || typeof prehashed !== 'boolean') {
    throw new RegistryError(
      'ERR_REGISTRY_OPTION',
      'defineHasher: aliases must be a list of names in snake_case, and prehashed true or false.',
    )
  }
  if (!hasPrefixes(example, prefixes)) {
    throw new RegistryError(
      'ERR_REGISTRY_OPTION',
      'defineHasher: example must be a text, and prefixes a list of texts, one of which it begins with.',
    )
  }
  // With a misspelled one an insecure hasher would never be replaced.
  if (!STANDINGS.includes(standing)) {
    throw new RegistryError('ERR_REGISTRY_OPTION', `defineHasher: standing must be ${STANDINGS.join(', ')}.`)
  }

  const derive: HasherSpec<P>['derive'] = async (password, parsed, runtime) => {
    try {
      return await spec.derive(password, parsed, runtime)
    } catch (error) {
      // An error of a dependency can print what it was given, so it goes no further.
      if (isPassliftError(error)) throw error
      throw new BackendError('ERR_BACKEND_FAILED', `${name}: the engine failed.`, error)
    }
  }

  // Millions of digests are opened in an audit, so what no specification asks for is shared.
  const open = (parsed: Parsed<P>): Reading => ({
    describe: () => describe(parsed.params),
    cost: (passwordBytes) => cost(parsed, passwordBytes),
    costOf: (password) => cost(parsed, password.length),
    oldVariant: oldVariant === undefined ? never : () => oldVariant(parsed.params),
    truncates: truncates === undefined ? never : (password) => truncates(password, parsed),
    verify: async (password, runtime) => {
      const derived = await derive(password, parsed, runtime)
      if (derived.byteLength !== parsed.checksum.byteLength) {
        const lengths = `${derived.byteLength} bytes where the checksum has ${parsed.checksum.byteLength}`
        throw new BackendError('ERR_BACKEND_FAILED', `${name}: the engine gave ${lengths}.`)
      }
      return equalBytes(derived, parsed.checksum)
    },
  })

  return Object.freeze({
    name,
    standing,
    aliases: Object.freeze(aliases.slice()),
    prehashed,
    example,
    prefixes: Object.freeze([...prefixes]),
    identify,
    parse: (digest: string) => {
      const parsed = parse(digest)
      if (isMalformed(parsed)) return parsed
      if (parsed.some(hasNoChecksum)) return malformed('length', 'checksum')
      const likeliest = open(parsed[0])
      // Nearly always there is one; to spread an empty rest takes as long as to open a reading.
      if (parsed.length === 1) return [likeliest] as const
      return [likeliest, ...parsed.slice(1).map(open)] as const
    },
  })
}

function isSnakeCase(name: unknown): boolean {
  return typeof name === 'string' && /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)
}

/** A digest is shown to no hasher with other prefixes than its own, so that wrong ones would hide it. */
function hasPrefixes(example: unknown, prefixes: unknown): boolean {
  if (typeof example !== 'string' || !Array.isArray(prefixes)) return false
  if (!prefixes.every((prefix) => typeof prefix === 'string')) return false
  return prefixes.length === 0 || prefixes.some((prefix) => example.startsWith(prefix))
}

/**
 * An empty checksum would match whatever is derived. `length` is asked first because V8 reads it faster; whatever the types
 * say, a checksum can be an ArrayBuffer, which has none.
 */
function hasNoChecksum({ checksum }: Parsed<unknown>): boolean {
  return !(checksum.length > 0) && checksum.byteLength === 0
}

function never(): boolean {
  return false
}
