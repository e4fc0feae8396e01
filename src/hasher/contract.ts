import type { Cost } from '../compute/cost.js'
import type { Job, Kind } from '../compute/kind.js'
import type { Field } from '../formats/fields.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'

/**
 * How far a hasher can be trusted: `sound`; `dated`, slow once and not broken wholesale yet; `insecure`, fast enough
 * to be broken wholesale and always replaced.
 */
export type Standing = 'sound' | 'dated' | 'insecure'

/** What a digest does not hold and some formats need besides: `verify(password, digest, { context })`. */
export interface Context {
  readonly username?: string
  readonly siteKey?: string | Uint8Array
  readonly pepper?: string | Uint8Array
  /** Whatever a hasher of the application's own asks for. */
  readonly account?: unknown
}

/**
 * Computes a job off this thread. Its bytes are copied before this returns.
 *
 * @throws EngineError where the engine is missing, was lost or ran out of memory
 */
export type Run = (job: Job) => Promise<Uint8Array>

/** One reading of a digest: its parameters, and the bytes that went in and came out. */
export interface Parsed<P> {
  readonly params: P
  readonly salt: Uint8Array
  readonly checksum: Uint8Array
}

/** The context of a check that brings none. It has no prototype, from which hashers would read what somebody put there. */
export const NO_CONTEXT: Context = /* @__PURE__ */ createEmptyContext()

function createEmptyContext(): Context {
  const context: Context = {}
  Object.setPrototypeOf(context, null)
  return Object.freeze(context)
}

/** What `parse` of a hasher gives for a digest that does not begin as its own do; of a bare shape `identify` tells. */
export const UNCLAIMED: Malformed = /* @__PURE__ */ Object.freeze(malformed('shape', 'digest'))

/** Readings of one digest, the likeliest first. */
export type Readings<R> = readonly [R, ...R[]]

/** What every specification of a hasher says of it. */
export interface HasherFacts {
  /** `<algorithm>` or `<algorithm>_<system>` in snake_case; stored beside digests, so it is never renamed. */
  readonly name: string
  /** For people: why its standing is what it is. */
  readonly why?: string
  /** For people: which systems write it. */
  readonly writtenBy?: string
  /** A digest of this format, for the table of hashers. */
  readonly example: string
  /** What rows call it besides, in snake_case; several hashers may share one, and all that claim the digest are tried. */
  readonly aliases?: readonly string[]
  /**
   * Whether the algorithm is given more or other than the password: a pre-hash, a pepper. A row that names such a hasher is
   * never read as the plain format, where the pre-hash itself would be the password.
   */
  readonly prehashed?: boolean
  /** Whether it reads only the digests of rows that name it: its own look like another's. */
  readonly onlyNamed?: boolean
}

/** The claim of a format: the prefixes that its digests begin with, or a bare shape. */
export type Claim =
  | {
      /** A tag in braces is compared without case. */
      readonly prefixes: readonly [string, ...string[]]
      readonly identify?: never
      readonly lengths?: never
    }
  | {
      readonly prefixes?: never
      readonly identify: (digest: string) => boolean
      /** The lengths that its digests have; others are not shown to `identify`. Absent: any. */
      readonly lengths?: readonly number[]
    }

/** How a checksum is computed: as one job, or by the hasher itself. */
export type Computation<P> =
  | {
      /** Total for any bytes of a password: what it costs is read from the job of a password of zeros. */
      readonly job: (password: Uint8Array, parsed: Parsed<P>) => Job
      /** What the job costs, without building it: where that copies or hashes, or where audits by the million ask for it. */
      readonly cost?: (parsed: Parsed<P>, passwordBytes: number) => Cost
      /** What becomes of the job's bytes; absent: they are the checksum. */
      readonly finish?: (bytes: Uint8Array, parsed: Parsed<P>) => Uint8Array
      readonly derive?: never
    }
  | {
      /** The checksum of a password: as many bytes as the digest's has. */
      readonly derive: (password: Uint8Array, parsed: Parsed<P>, run: Run) => Promise<Uint8Array>
      /** From all that drives the work: parameters, lengths, the password's bytes. A new object, for it is handed out. */
      readonly cost: (parsed: Parsed<P>, passwordBytes: number) => Cost
      readonly job?: never
      readonly finish?: never
    }

/**
 * A format of digests with its algorithm. Every function is pure but `derive` (for what it runs) and none throws for bad
 * data. What parses is claimed.
 */
export type HasherSpec<P> = HasherFacts &
  Claim &
  Computation<P> & {
    /** The standing, or a function of the parameters. A hasher with a function is listed as insecure, the lowest. */
    readonly standing: Standing | ((params: P) => Standing)
    /** The digest's readings, nearly always one; or which field is wrong. It is given what follows the prefix. */
    readonly parse: (rest: Field, prefix: string, context: Context) => Readings<Parsed<P>> | Malformed
    /** The parameters for people: numbers and variants, never a salt or a key. A new object, for it is handed out. */
    readonly describe: (params: P) => Readonly<Record<string, number | string>>
    /**
     * The byte strings that the maker's system may have hashed for what was typed, the likeliest first; absent: what was typed.
     * Each is tried until one matches. Those that do not share the typed password's buffer are overwritten after use.
     */
    readonly passwordForms?: (password: Uint8Array, parsed: Parsed<P>) => Readings<Uint8Array>
    /** Further readings that only this password calls for, nearly always none; tried on what was typed, after all forms. */
    readonly rareReadings?: (password: Uint8Array, parsed: Parsed<P>) => readonly Parsed<P>[]
    /** Whether the algorithm reads only part of this password, or cannot tell it from another. It is given what was typed. */
    readonly truncates?: (password: Uint8Array, parsed: Parsed<P>) => boolean
    /** Whether a newer variant of the format mended this one. */
    readonly oldVariant?: (params: P) => boolean
    /** The digest with its checksum written over, by the zero of its alphabet: it parses to the same parameters and salt. */
    readonly blank?: (digest: string) => string
  }

/** One reading of a digest. Salt and checksum cannot be seen from outside. Its methods are those of a class: not to be handed on unbound. */
export interface Reading {
  readonly standing: Standing
  describe(): Readonly<Record<string, number | string>>
  /** The cost for one form of a password of so many bytes: for audits, which know no password. */
  cost(passwordBytes: number): Cost
  /** The cost of a whole check of this password: all its forms, and the readings that it alone calls for. */
  costOfCheck(password: Uint8Array): Cost
  /** Whether a newer variant of the format mended this one. */
  readonly oldVariant: boolean
  truncates(password: Uint8Array): boolean
  /** Whether it is the password. A delegate alone hears the signal; jobs hear it by `run`. */
  verify(password: Uint8Array, run: Run, signal?: AbortSignal): Promise<boolean>
  /** The bytes that the checksum of this password would be, in its likeliest form. */
  derive(password: Uint8Array, run: Run): Promise<Uint8Array>
}

/** A hasher as a registry uses it. Made by `defineHasher`, `wrapHasher` or `defineDelegate`, and by nothing else; methods as a reading's. */
export interface Hasher {
  readonly name: string
  /** The lowest that a digest of it may have. */
  readonly standing: Standing
  /** Whether the parameters decide over the standing. */
  readonly varies: boolean
  readonly why: string | undefined
  readonly writtenBy: string | undefined
  readonly aliases: readonly string[]
  readonly prehashed: boolean
  readonly onlyNamed: boolean
  readonly example: string
  readonly prefixes: readonly string[]
  /** The lengths of a bare shape; undefined where it has any. */
  readonly lengths: readonly number[] | undefined
  identify(digest: string): boolean
  parse(digest: string, context?: Context): Readings<Reading> | Malformed
  /** Whether another service checks the password. */
  readonly delegates: boolean
  /** The kind of its jobs, looked up with its example; or words for where else its digests are computed. */
  kind(): Kind | 'in place' | 'another service'
  readonly blank: ((digest: string) => string) | undefined
}
