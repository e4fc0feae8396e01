import type { Cost } from './cost.js'
import { isKind } from './job.js'
import type { JobFields, JobKind, JobOf } from './job.js'

/** An engine that is given jobs of any kind, and refuses jobs that are not of its own kind. */
export interface AnyEngine {
  readonly name: string
  readonly usesThreadPool: boolean
  /** Computes the bytes of a job, in a new buffer for each job. */
  readonly compute: (job: JobFields, row: Kind) => Promise<Uint8Array>
}

/** A vector of another system: a job, and the bytes that every right engine gives. */
export interface KnownAnswer<J = JobFields> {
  readonly job: J
  readonly bytes: Uint8Array
}

/** Two known answers. An engine is asked for both at once, since an engine that mixes up jobs would mix up people. */
export interface Trial<J = JobFields> {
  /** The kind and its variant, version or algorithm. An engine that ignores one of these gives wrong bytes. */
  readonly name: string
  readonly answers: () => readonly [KnownAnswer<J>, KnownAnswer<J>]
}

/** Native code that computes on the thread pool of the file system and DNS. */
export interface Addon<J> {
  readonly name: string
  readonly compute: (job: J) => Promise<Uint8Array>
}

/** The specification of one kind of job. Its functions take the fields of such a job. */
export interface KindSpec<J, K> {
  readonly name: K
  /** The module in `engines/` that computes such jobs on a thread, packed with its kernel. */
  readonly packed: string
  /** The name of the stand-in, which computes where no kernel runs. */
  readonly standIn: string
  /** Computes the jobs that do not fit the kernel, on the process's thread pool and not on a thread of the runtime. */
  readonly addon?: Addon<J>
  readonly cost: (job: J) => Cost
  /** Lists every field that holds bytes. The password is among them, sometimes twice. */
  readonly bytes: (job: J) => readonly Uint8Array[]
  /** A copy of the job over bytes of its own, each in a buffer that can be transferred, without members of a prototype. */
  readonly copy: (job: J) => J
  /** Whether a job is within the kernel's bounds; a larger one goes to the stand-in. Absent where there is no kernel. */
  readonly fitsKernel?: (job: J) => boolean
  /** The pair key: the kernel computes two jobs with one key together faster than one after the other. */
  readonly pairKey?: (job: J) => string
  /** The trial for a job, cheap enough to ask an engine for it before its first job of that name. */
  readonly trial: (job: J) => Trial<J>
  /** The known answers of every variant, version and algorithm. */
  readonly trials: () => readonly Trial<J>[]
}

/** The row of a kind: all that the calling thread knows of the kind. */
export interface Kind extends Omit<
  Required<KindSpec<JobFields, JobKind>>,
  'addon' | 'fitsKernel' | 'pairKey'
> {
  readonly addon: Addon<JobFields> | undefined
  readonly hasKernel: boolean
  readonly fitsKernel: (job: JobFields) => boolean
  readonly pairKey: (job: JobFields) => string | undefined
}

/** A job with the row of its kind, as `bcryptJob` and the other functions that make jobs give it. */
export type Job = JobFields & {
  readonly row: Kind
  /** Those of the job's bytes that were made for it alone and hold the password. */
  readonly temporary?: readonly Uint8Array[]
}

/** Runs a job, and overwrites its temporary bytes: the runner has copied them when it returns. */
export function runJob<T>(job: Job, run: (job: Job) => T): T {
  try {
    return run(job)
  } finally {
    for (const bytes of job.temporary ?? []) bytes.fill(0)
  }
}

/** The estimated cost of a job. */
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

/** The bytes of a text, for known answers. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The bytes that hexadecimal digits stand for, for known answers. */
export function hex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, place) =>
    Number(`0x${text.slice(2 * place, 2 * place + 2)}`),
  )
}
