import type { MessagePort } from 'node:worker_threads'
import type { JobFields, JobKind } from '../../compute/job.js'
import type { Trial } from '../../compute/kind.js'

// The messages between threads hold numbers, bytes and codes, and the engines themselves.

/** The data that a thread gets when it starts. */
export interface WorkerData {
  /** Whether kernels run in this process. */
  readonly kernels: boolean
  /** The port for replies; without a port, replies go the way the requests come. */
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
  /** The name of the trial that an engine must pass before its first job of this sort. */
  readonly trial: string
}

/** Jobs of one kind for one thread, computed and answered together. */
export interface WorkerRequest {
  readonly id: number
  readonly kind: JobKind
  /** The engine, with the first jobs of a kind: the length of its code in four bytes (little-endian), the code, the kernel. */
  readonly engine: Uint8Array | undefined
  /** The known answers of the trials that are new to the thread. */
  readonly answers: Answers
  readonly lanes: readonly LaneJob[]
}

export interface WorkerReply {
  readonly id: number
  readonly results: readonly WorkerResult[]
  /** The bytes of memory that the thread's engines hold. */
  readonly held: number
}

/** The bytes of a lane, or a code that says why there are none. A result belongs to the job of its lane, never by order. */
export type WorkerResult =
  | { readonly lane: number; readonly bytes: Uint8Array }
  | {
      readonly lane: number
      readonly code:
        'ERR_PASSWORD_ENCODING' | 'ERR_ENGINE_UNAVAILABLE' | 'ERR_ENGINE_FAILED' | 'ERR_ENGINE_MEMORY'
    }

/** The buffers to transfer. Each of the given arrays of bytes has a buffer of its own. */
export function buffersOf(all: readonly Uint8Array[]): ArrayBuffer[] {
  return all.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}

/** All bytes that a job on a thread holds. */
export function bytesIn(job: JobFields): readonly Uint8Array[] {
  return Object.values(job).filter((value) => value instanceof Uint8Array)
}
