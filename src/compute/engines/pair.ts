import { isKind } from '../job.js'
import type { JobFields, JobKind, JobOf } from '../job.js'

/** What computes one kind of job on a thread. */
export interface EnginePair {
  /** Absent where the stand-in is the faster. */
  readonly createKernel?: () => KernelEngine
  /** Computes a job where no kernel runs, or none that takes it. */
  readonly standIn: (job: JobFields) => Uint8Array
}

/** The kernel of one kind of job: on one thread, and with memory of its own that grows with the jobs. */
export interface KernelEngine {
  /** The bytes of each job; two of one pair key are computed as two lanes. */
  readonly compute: (jobs: readonly JobFields[]) => readonly Uint8Array[]
  /** The memory that it holds. */
  readonly bytes: () => number
}

/** The pair of a kind, each of them over jobs of that kind. */
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
