import { EngineError, isPassliftError } from '../errors.js'
import type { PassliftError } from '../errors.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import { assertIsObject, assertSpecification } from './checks.js'
import type { Standing } from './checks.js'
import { addCosts } from '../compute/cost.js'
import type { Cost } from '../compute/cost.js'
import type { Runtime } from '../runtime/runtime.js'

export type { Standing }

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
  /**
   * The byte strings that the maker's system may have hashed for what was typed, the likeliest first; absent: what was typed.
   * Each is tried until one matches. Those that do not share the typed password's buffer are overwritten after use.
   */
  readonly passwordForms?: (password: Uint8Array, parsed: Parsed<P>) => readonly [Uint8Array, ...Uint8Array[]]
  /** Further readings that only this password calls for, nearly always none; tried on what was typed, after all forms. */
  readonly rareReadings?: (password: Uint8Array, parsed: Parsed<P>) => readonly Parsed<P>[]
  /** Whether the algorithm reads only part of this password, or cannot tell it from another. It is given what was typed. */
  readonly truncates?: (password: Uint8Array, parsed: Parsed<P>) => boolean
  /** Whether a newer variant of the format mended this one. */
  readonly oldVariant?: (params: P) => boolean
}

type Optional =
  'aliases' | 'prehashed' | 'prefixes' | 'passwordForms' | 'rareReadings' | 'truncates' | 'oldVariant'

/** What may be the password as it was hashed, and the reading of the digest that it is tried on. */
type Attempt<P> = readonly [form: Uint8Array, reading: Parsed<P>]

/** One reading of a digest, closed over its parameters. Salt and checksum cannot be seen from outside. */
export interface Reading {
  readonly describe: () => Readonly<Record<string, number | string>>
  /** Of one form of a password of so many bytes: for audits, which know no password. */
  readonly cost: (passwordBytes: number) => Cost
  /** Of a whole check of this password: all its forms, and the readings that it alone calls for. */
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
 * @throws RegistryError `ERR_REGISTRY_OPTION` where the name or an alias is not in snake_case, the standing is none of the
 *   three, `prehashed` is no boolean, or the prefixes are not those of the example
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
  assertIsObject(spec)
  const { name, standing, example, identify, parse, describe, cost } = spec
  // As own properties, so that a polluted prototype adds nothing to a hasher.
  const optional = <K extends Optional>(member: K): HasherSpec<P>[K] | undefined =>
    Object.hasOwn(spec, member) ? spec[member] : undefined
  const aliases = optional('aliases') ?? []
  const prehashed = optional('prehashed') ?? false
  const prefixes = optional('prefixes') ?? []
  const passwordForms = optional('passwordForms')
  const rareReadings = optional('rareReadings')
  const truncates = optional('truncates')
  const oldVariant = optional('oldVariant')
  assertSpecification({ name, standing, example, aliases, prehashed, prefixes })

  // A foreign error can print what its code was given, so its text goes no further.
  const toEngineError = (error: unknown, what: string): PassliftError =>
    isPassliftError(error) ? error : new EngineError('ERR_ENGINE_FAILED', `${name}: ${what}.`, error)

  const derive: HasherSpec<P>['derive'] = async (password, parsed, runtime) => {
    try {
      return await spec.derive(password, parsed, runtime)
    } catch (error) {
      throw toEngineError(error, 'the engine failed')
    }
  }

  const matches = async (password: Uint8Array, parsed: Parsed<P>, runtime: Runtime): Promise<boolean> => {
    const derived = await derive(password, parsed, runtime)
    if (derived.byteLength !== parsed.checksum.byteLength) {
      const lengths = `${derived.byteLength} bytes where the checksum has ${parsed.checksum.byteLength}`
      throw new EngineError('ERR_ENGINE_FAILED', `${name}: the engine gave ${lengths}.`)
    }
    return equalBytes(derived, parsed.checksum)
  }

  const findAttempts = (password: Uint8Array, parsed: Parsed<P>): readonly Attempt<P>[] => {
    const forms = passwordForms === undefined ? [password] : passwordForms(password, parsed)
    const readings = rareReadings === undefined ? [] : rareReadings(password, parsed)
    if (forms.length === 0 || !forms.every(isUint8Array)) throw new TypeError('A form is no bytes.')
    if (readings.some(hasNoChecksum)) throw new TypeError('A reading has no checksum.')
    return [
      ...dropDuplicates(forms, password).map((form) => [form, parsed] as const),
      ...readings.map((reading) => [password, reading] as const),
    ]
  }
  const openAttempts: typeof findAttempts = (password, parsed) => {
    try {
      return findAttempts(password, parsed)
    } catch (error) {
      throw toEngineError(error, 'its forms of a password failed')
    }
  }
  const matchesInAnyForm: typeof matches = async (password, parsed, runtime) => {
    const attempts = openAttempts(password, parsed)
    try {
      for (const [form, reading] of attempts) if (await matches(form, reading, runtime)) return true
      return false
    } finally {
      for (const [form] of attempts) wipeForm(form, [password])
    }
  }
  const costInAllForms = (password: Uint8Array, parsed: Parsed<P>): Cost => {
    const attempts = openAttempts(password, parsed)
    try {
      return attempts.map(([form, reading]) => cost(reading, form.length)).reduce(addCosts)
    } finally {
      for (const [form] of attempts) wipeForm(form, [password])
    }
  }
  const hasOneForm = passwordForms === undefined && rareReadings === undefined
  const verify = hasOneForm ? matches : matchesInAnyForm

  // Millions of digests are opened in an audit. What no specification asks for is shared, and so are the two costs, since
  // a function more for each reading takes time.
  const open = (parsed: Parsed<P>): Reading => {
    const costs = (password: number | Uint8Array): Cost => {
      if (typeof password === 'number') return cost(parsed, password)
      return hasOneForm ? cost(parsed, password.length) : costInAllForms(password, parsed)
    }
    return {
      describe: () => describe(parsed.params),
      cost: costs,
      costOf: costs,
      oldVariant: oldVariant === undefined ? never : () => oldVariant(parsed.params),
      truncates: truncates === undefined ? never : (password) => truncates(password, parsed),
      verify: (password, runtime) => verify(password, parsed, runtime),
    }
  }

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

/** Two forms that are the same bytes would be computed twice. */
function dropDuplicates(forms: readonly Uint8Array[], password: Uint8Array): readonly Uint8Array[] {
  const kept: Uint8Array[] = []
  for (const form of forms) {
    if (kept.some((earlier) => equalBytes(earlier, form))) wipeForm(form, [password, ...kept])
    else kept.push(form)
  }
  return kept
}

/** Not where a form is what is still needed, or a view of it. */
function wipeForm(form: Uint8Array, needed: readonly Uint8Array[]): void {
  if (needed.every(({ buffer }) => buffer !== form.buffer)) form.fill(0)
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
