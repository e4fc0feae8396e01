import type { Cost } from '../compute/cost.js'
import type { Job, Kind } from '../compute/kind.js'
import type { Field } from '../formats/fields.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'

/**
 * The standing of a hasher: `sound`, fit to stay; `dated`, which was slow once; `insecure`, so fast that a thief of the table
 * finds most passwords, and always replaced.
 */
export type Standing = 'sound' | 'dated' | 'insecure'

/** The values that some formats need and their digests do not hold: `verify(password, digest, { context })`. */
export interface Context {
  readonly username?: string
  readonly siteKey?: string | Uint8Array
  readonly pepper?: string | Uint8Array
  /** Any value for a hasher of the application's own. */
  readonly account?: unknown
}

/**
 * Computes a job off this thread. The bytes of the job are copied before `run` returns its promise.
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

/** The context of a check without one. It has no prototype, from which hashers would read members of a polluted one. */
export const NO_CONTEXT: Context = /* @__PURE__ */ createEmptyContext()

function createEmptyContext(): Context {
  const context: Context = {}
  Object.setPrototypeOf(context, null)
  return Object.freeze(context)
}

/** The answer of a hasher's `parse` for a digest with none of its prefixes. The claim of a bare shape is its `identify`. */
export const UNCLAIMED: Malformed = /* @__PURE__ */ Object.freeze(malformed('shape', 'digest'))

/** The readings of one digest, the likeliest first. */
export type Readings<R> = readonly [R, ...R[]]

/** The members that every specification of a hasher has. */
export interface HasherFacts {
  /** `<algorithm>` or `<algorithm>_<system>` in snake_case; stored beside digests, so it is never renamed. */
  readonly name: string
  /** The reason for the standing of the hasher, for people. */
  readonly why?: string
  /** The systems that write such digests, for people. */
  readonly writtenBy?: string
  /** A digest of this format, for the table of hashers. */
  readonly example: string
  /** Other names that rows have for the hasher, in snake_case. Hashers may share a name; those that claim the digest are tried. */
  readonly aliases?: readonly string[]
  /**
   * Whether the algorithm is given a pre-hash of the password, or the password with a pepper. A row that names such a hasher is
   * never read as the plain format, where the pre-hash itself would be the password.
   */
  readonly prehashed?: boolean
  /** Whether the hasher reads only the digests of rows that name it, since its digests look like another's. */
  readonly onlyNamed?: boolean
  /** Whether the hasher never reads the digest of a row that names another, which may have been put there to be read so. */
  readonly neverRenamed?: boolean
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
      /** The lengths of the digests; texts of other lengths are not shown to `identify`. Default: any. */
      readonly lengths?: readonly number[]
    }

/** The computation of a checksum: as one job, or by the hasher itself. */
export type Computation<P> =
  | {
      /** The job for a password of any bytes. In audits the cost is that of the job for a password of zeros. */
      readonly job: (password: Uint8Array, parsed: Parsed<P>) => Job
      /** The job's cost without building the job, for audits of millions of digests, or where building copies or hashes. */
      readonly cost?: (parsed: Parsed<P>, passwordBytes: number) => Cost
      /** Makes the checksum of the job's bytes. Default: the bytes are the checksum. */
      readonly finish?: (bytes: Uint8Array, parsed: Parsed<P>) => Uint8Array
      readonly derive?: never
      readonly kind?: never
    }
  | {
      /** Derives the checksum of a password: as many bytes as the digest's checksum has. */
      readonly derive: (password: Uint8Array, parsed: Parsed<P>, run: Run) => Promise<Uint8Array>
      /** The cost, by parameters, lengths and the number of the password's bytes: a new object, since callers get it. */
      readonly cost: (parsed: Parsed<P>, passwordBytes: number) => Cost
      /** The kind of the jobs that `derive` runs one after another. Default: it runs none and computes in place. */
      readonly kind?: Kind
      readonly job?: never
      readonly finish?: never
    }

/**
 * A format of digests with its algorithm. Every function is pure but `derive`, which runs jobs, and none throws for bad data.
 * A digest that parses is claimed.
 */
export type HasherSpec<P> = HasherFacts &
  Claim &
  Computation<P> & {
    /** The standing, or a function of the parameters. A hasher with a function is listed as insecure, the lowest. */
    readonly standing: Standing | ((params: P) => Standing)
    /** The readings of a digest, nearly always one, or the field that is wrong. `rest` is the text behind the prefix. */
    readonly parse: (rest: Field, prefix: string, context: Context) => Readings<Parsed<P>> | Malformed
    /** The parameters for people: numbers and variants, never a salt or a key; a new object, since callers get it. */
    readonly describe: (params: P) => Readonly<Record<string, number | string>>
    /**
     * The byte strings that the maker's system may have hashed for the password that was typed, the likeliest first; default:
     * the password. They are tried until one matches. Forms in a buffer of their own are overwritten after use.
     */
    readonly passwordForms?: (password: Uint8Array, parsed: Parsed<P>) => Readings<Uint8Array>
    /** Further readings that only this password calls for, nearly always none. They are tried last, with the typed password. */
    readonly rareReadings?: (password: Uint8Array, parsed: Parsed<P>) => readonly Parsed<P>[]
    /** Whether the algorithm reads only part of the typed password, or cannot tell the password from another. */
    readonly truncates?: (password: Uint8Array, parsed: Parsed<P>) => boolean
    /** Whether a newer variant of the format mended an error of this one. */
    readonly oldVariant?: (params: P) => boolean
    /** The digest with its checksum overwritten by the zero of its alphabet. It parses to the same parameters and salt. */
    readonly blank?: (digest: string) => string
  }

/** One reading of a digest. It shows neither salt nor checksum. The methods of a reading must not be handed on unbound. */
export interface Reading {
  readonly standing: Standing
  describe(): Readonly<Record<string, number | string>>
  /** The cost for one form of a password of so many bytes, for audits, which have no password. */
  cost(passwordBytes: number): Cost
  /** The cost of a whole check of a password: all forms of the password, and the rare readings that it calls for. */
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
  /** The lowest standing that a digest of the hasher may have. */
  readonly standing: Standing
  /** Whether the parameters of a digest decide its standing. */
  readonly varies: boolean
  readonly why: string | undefined
  readonly writtenBy: string | undefined
  readonly aliases: readonly string[]
  readonly prehashed: boolean
  readonly onlyNamed: boolean
  readonly neverRenamed: boolean
  readonly example: string
  readonly prefixes: readonly string[]
  /** The lengths of a bare shape; undefined where it may have any length. */
  readonly lengths: readonly number[] | undefined
  identify(digest: string): boolean
  parse(digest: string, context?: Context): Readings<Reading> | Malformed
  /** Whether another service checks the password. */
  readonly delegates: boolean
  /** The kind of the hasher's jobs, found with its example, or the other place where its digests are computed. */
  kind(): Kind | 'in place' | 'another service'
  readonly blank: ((digest: string) => string) | undefined
}
