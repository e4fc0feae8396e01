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

/** What some formats need and their digests do not hold: `verify(password, digest, { context })`. */
export interface Context {
  readonly username?: string
  readonly siteKey?: string | Uint8Array
  readonly pepper?: string | Uint8Array
  /** Anything that a hasher of the application's own asks for. */
  readonly account?: unknown
}

/**
 * Computes a job off this thread. Its bytes are copied before this returns.
 *
 * @throws EngineError where the engine is missing, was lost or ran out of memory
 */
export type Run = (job: Job) => Promise<Uint8Array>

/** One way to read a digest: its parameters, its salt and its checksum. */
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

/** What `parse` of a hasher gives for a digest without one of its prefixes; for a bare shape `identify` tells. */
export const UNCLAIMED: Malformed = /* @__PURE__ */ Object.freeze(malformed('shape', 'digest'))

/** Readings of one digest, the likeliest first. */
export type Readings<R> = readonly [R, ...R[]]

/** The members that every specification of a hasher has. */
export interface HasherFacts {
  /** `<algorithm>` or `<algorithm>_<system>` in snake_case; stored beside digests, so it is never renamed. */
  readonly name: string
  /** Why its standing is what it is, for people. */
  readonly why?: string
  /** The systems that write it, for people. */
  readonly writtenBy?: string
  /** A digest of this format, for the table of hashers. */
  readonly example: string
  /** Other names that rows have for it, in snake_case. Hashers may share one; all of them that claim the digest are tried. */
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
      /** The prefixes. A tag in braces is compared without case. */
      readonly prefixes: readonly [string, ...string[]]
      readonly identify?: never
      readonly lengths?: never
    }
  | {
      readonly prefixes?: never
      readonly identify: (digest: string) => boolean
      /** The lengths that its digests have; texts of others are not shown to `identify`. Default: any. */
      readonly lengths?: readonly number[]
    }

/** How a checksum is computed: as one job, or by the hasher itself. */
export type Computation<P> =
  | {
      /** The job for a password of any bytes. Its cost in audits is that of the job for a password of zeros. */
      readonly job: (password: Uint8Array, parsed: Parsed<P>) => Job
      /** The job's cost without building it, where building copies or hashes, or audits ask for it by the million. */
      readonly cost?: (parsed: Parsed<P>, passwordBytes: number) => Cost
      /** Makes the checksum of the job's bytes. Default: they are the checksum. */
      readonly finish?: (bytes: Uint8Array, parsed: Parsed<P>) => Uint8Array
      readonly derive?: never
      readonly kind?: never
    }
  | {
      /** The checksum of a password: as many bytes as the digest's has. */
      readonly derive: (password: Uint8Array, parsed: Parsed<P>, run: Run) => Promise<Uint8Array>
      /** The cost, from all that it depends on: parameters, lengths, the password's bytes. A new object, for it is handed out. */
      readonly cost: (parsed: Parsed<P>, passwordBytes: number) => Cost
      /** The kind of the jobs that `derive` runs one after another. Default: it runs none and computes in place. */
      readonly kind?: Kind
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
     * The byte strings that the maker's system may have hashed for what was typed, the likeliest first; default: what was
     * typed. They are tried until one matches. Those in a buffer of their own are overwritten after use.
     */
    readonly passwordForms?: (password: Uint8Array, parsed: Parsed<P>) => Readings<Uint8Array>
    /** Further readings that only this password calls for, nearly always none. They are tried last, on what was typed. */
    readonly rareReadings?: (password: Uint8Array, parsed: Parsed<P>) => readonly Parsed<P>[]
    /** Whether the algorithm reads only part of the password as it was typed, or cannot tell it from another. */
    readonly truncates?: (password: Uint8Array, parsed: Parsed<P>) => boolean
    /** Whether a newer variant of the format mended an error of this one. */
    readonly oldVariant?: (params: P) => boolean
    /** The digest with its checksum overwritten by the zero of its alphabet. It parses to the same parameters and salt. */
    readonly blank?: (digest: string) => string
  }

/** One reading of a digest, which shows neither salt nor checksum. Its methods must not be handed on unbound. */
export interface Reading {
  readonly standing: Standing
  describe(): Readonly<Record<string, number | string>>
  /** The cost for one form of a password of so many bytes, for audits, which know no password. */
  cost(passwordBytes: number): Cost
  /** The cost of a whole check of a password: all its forms, and the rare readings that it calls for. */
  costOfCheck(password: Uint8Array): Cost
  /** Whether a newer variant of the format mended an error of this one. */
  readonly oldVariant: boolean
  truncates(password: Uint8Array): boolean
  /** Whether the password matches. Only a delegate uses the signal; jobs are aborted through `run`. */
  verify(password: Uint8Array, run: Run, signal?: AbortSignal): Promise<boolean>
  /** The checksum of a password in its likeliest form. */
  derive(password: Uint8Array, run: Run): Promise<Uint8Array>
}

/**
 * A hasher as a registry uses it. Only `defineHasher`, `wrapHasher` and `defineDelegate` make one. Its methods must not be
 * handed on unbound.
 */
export interface Hasher {
  readonly name: string
  /** The lowest standing that a digest of it may have. */
  readonly standing: Standing
  /** Whether the parameters of a digest decide its standing. */
  readonly varies: boolean
  readonly why: string | undefined
  readonly writtenBy: string | undefined
  readonly aliases: readonly string[]
  readonly prehashed: boolean
  readonly onlyNamed: boolean
  readonly example: string
  readonly prefixes: readonly string[]
  /** The lengths of a bare shape; undefined where it may have any length. */
  readonly lengths: readonly number[] | undefined
  identify(digest: string): boolean
  parse(digest: string, context?: Context): Readings<Reading> | Malformed
  /** Whether another service checks the password. */
  readonly delegates: boolean
  /** The kind of its jobs, found with its example; or where else its digests are computed. */
  kind(): Kind | 'in place' | 'another service'
  readonly blank: ((digest: string) => string) | undefined
}
