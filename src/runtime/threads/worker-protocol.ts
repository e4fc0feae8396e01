import type { MessagePort } from 'node:worker_threads'
import type { JobFields, JobKind } from '../../compute/job.js'
import type { Trial } from '../../compute/kind.js'

// The messages between threads hold numbers, bytes and codes, and the engines themselves.

/** What a thread is told when it starts. */
export interface WorkerData {
  /** Whether kernels run in this process. */
  readonly kernels: boolean
  /** The port for replies; without it they go the way the requests come. */
  readonly replies?: MessagePort
}

/** The known answers of trials. */
export type Answers = readonly {
  readonly trial: string
  readonly answers: ReturnType<Trial['answers']>
}[]

/** One of the jobs of a request. */
export interface LaneJob {
  readonly lane: number
  readonly job: JobFields
  readonly fitsKernel: boolean
  /** The name of the trial that an engine must pass before its first such job. */
  readonly trial: string
}

/** Jobs of one kind for one thread, computed and answered together. */
export interface WorkerRequest {
  readonly id: number
  readonly kind: JobKind
  /** The engine, with the thread's first jobs of the kind: the length of its code in four bytes, the code, its kernel. */
  readonly engine: Uint8Array | undefined
  /** The kinds that the thread was not told before. */
  readonly answers: Answers
  readonly lanes: readonly LaneJob[]
}

export interface WorkerReply {
  readonly id: number
  readonly results: readonly WorkerResult[]
  /** The bytes of memory that the thread's engines hold. */
  readonly held: number
}

/** The bytes of a lane, or why there are none. Results are matched by the number of their lane, never by order. */
export type WorkerResult =
  | { readonly lane: number; readonly bytes: Uint8Array }
  | {
      readonly lane: number
      readonly code:
        'ERR_PASSWORD_ENCODING' | 'ERR_ENGINE_UNAVAILABLE' | 'ERR_ENGINE_FAILED' | 'ERR_ENGINE_MEMORY'
    }

/** The buffers to transfer. Each of the given bytes has one of its own. */
export function buffersOf(all: readonly Uint8Array[]): ArrayBuffer[] {
  return all.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}

/** All bytes that a job on a thread holds. */
export function bytesIn(job: JobFields): readonly Uint8Array[] {
  return Object.values(job).filter((value) => value instanceof Uint8Array)
}
