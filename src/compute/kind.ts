import type { Cost } from './cost.js'
import { isKind } from './job.js'
import type { JobFields, JobKind, JobOf } from './job.js'

/** Computes jobs of any kind; those of a kind that is not its own it refuses. */
export interface AnyEngine {
  readonly name: string
  readonly usesThreadPool: boolean
  /** A new buffer for each job. */
  readonly compute: (job: JobFields, row: Kind) => Promise<Uint8Array>
}

/** A vector of another system: a job, and the bytes that every right engine gives. */
export interface KnownAnswer<J = JobFields> {
  readonly job: J
  readonly bytes: Uint8Array
}

/** Two, so that an engine can be asked for both at once: what mixes up jobs that run together mixes up people. */
export interface Trial<J = JobFields> {
  /** The kind and its variant, version or algorithm: an engine that looks past one of these computes another's. */
  readonly name: string
  readonly answers: () => readonly [KnownAnswer<J>, KnownAnswer<J>]
}

/** Native code that computes on the thread pool which the file system and DNS use. */
export interface Addon<J> {
  readonly name: string
  readonly compute: (job: J) => Promise<Uint8Array>
}

/** What is known of one kind of job, each function over the fields of such a job. */
export interface KindSpec<J, K> {
  readonly name: K
  /** The module in `engines/` that computes it on a thread, with its kernel, packed. */
  readonly packed: string
  /** What computes it where no kernel runs. */
  readonly standIn: string
  /** Computes what does not fit the kernel in the place of the threads: native code that brings its own. */
  readonly addon?: Addon<J>
  readonly cost: (job: J) => Cost
  /** Every field that holds bytes; the password is among them, sometimes twice. */
  readonly bytes: (job: J) => readonly Uint8Array[]
  /** A copy of the job over bytes of its own, each in a buffer that can be transferred, without members of a prototype. */
  readonly copy: (job: J) => J
  /** Whether it is within what the kernel can take; a larger one goes to the stand-in. Absent where there is no kernel. */
  readonly fitsKernel?: (job: J) => boolean
  /** Jobs of one key are computed faster two at a time than one after another, by the kernel. */
  readonly pairKey?: (job: J) => string
  /** Cheap enough to ask an engine for before its first job of that name. */
  readonly trial: (job: J) => Trial<J>
  /** The known answers of every variant, version and algorithm. */
  readonly trials: () => readonly Trial<J>[]
}

/** The row of a kind of work: all that the calling thread knows of it. */
export interface Kind extends Omit<
  Required<KindSpec<JobFields, JobKind>>,
  'addon' | 'fitsKernel' | 'pairKey'
> {
  readonly addon: Addon<JobFields> | undefined
  readonly hasKernel: boolean
  readonly fitsKernel: (job: JobFields) => boolean
  readonly pairKey: (job: JobFields) => string | undefined
}

/** A job that knows the row of its kind, as the functions that make jobs give it: `bcryptJob` and the like. */
export type Job = JobFields & { readonly row: Kind }

/** What a job is estimated to take. */
export function costOfJob(job: Job): Cost {
  return job.row.cost(job)
}

/** Makes the row of a kind. Its functions throw a `TypeError` for a job of another kind. */
export function defineKind<K extends JobKind>(spec: KindSpec<JobOf<K>, K>): Kind {
  const { name, packed, standIn, addon, cost, bytes, copy, fitsKernel, pairKey, trial, trials } = spec
  const own = (job: JobFields): JobOf<K> => {
    if (isKind(job, name)) return job
    throw new TypeError(`A job for ${job.kind} is none for ${name}.`)
  }
  return Object.freeze({
    name,
    packed,
    standIn,
    addon: addon && { name: addon.name, compute: (job: JobFields) => addon.compute(own(job)) },
    hasKernel: fitsKernel !== undefined,
    cost: (job: JobFields) => cost(own(job)),
    bytes: (job: JobFields) => bytes(own(job)),
    copy: (job: JobFields) => copy(own(job)),
    fitsKernel: (job: JobFields) => fitsKernel?.(own(job)) ?? false,
    pairKey: (job: JobFields) => pairKey?.(own(job)),
    trial: (job: JobFields) => trial(own(job)),
    trials,
  } satisfies Kind)
}

/** Bytes for known answers. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Bytes for known answers, from two digits each. */
export function hex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, place) =>
    Number(`0x${text.slice(2 * place, 2 * place + 2)}`),
  )
}
