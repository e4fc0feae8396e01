import { isKind } from '../job.js'
import type { JobFields, JobKind, JobOf } from '../job.js'

/** The kernel and the stand-in that compute one kind of job on a thread. */
export interface EnginePair {
  /** Makes the kernel; absent where the stand-in is faster. */
  readonly createKernel?: () => KernelEngine
  /** Computes a job where no kernel runs, or the job does not fit the kernel. */
  readonly standIn: (job: JobFields) => Uint8Array
}

/** The kernel of one kind of job, on one thread, with memory of its own that grows with the jobs. */
export interface KernelEngine {
  /** Computes the bytes of each job. Two jobs with one pair key are two lanes of one computation. */
  readonly compute: (jobs: readonly JobFields[]) => readonly Uint8Array[]
  /** The bytes of memory that the kernel holds. */
  readonly bytes: () => number
}

/** Makes the pair of a kind. Its functions throw a `TypeError` for a job of another kind. */
export function definePair<K extends JobKind>(
  kind: K,
  {
    createKernel,
    standIn,
  }: {
    readonly createKernel?: () => {
      readonly compute: (jobs: readonly JobOf<K>[]) => readonly Uint8Array[]
      readonly bytes: () => number
    }
    readonly standIn: (job: JobOf<K>) => Uint8Array
  },
): EnginePair {
  const own = (job: JobFields): JobOf<K> => {
    if (isKind(job, kind)) return job
    throw new TypeError(`An engine for ${kind} was given a job for ${job.kind}.`)
  }
  const alone = (job: JobFields): Uint8Array => standIn(own(job))
  if (createKernel === undefined) return { standIn: alone }
  return {
    createKernel: () => {
      const { compute, bytes } = createKernel()
      return { compute: (jobs) => compute(jobs.map(own)), bytes }
    },
    standIn: alone,
  }
}
