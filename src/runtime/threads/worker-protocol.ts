import type { MessagePort } from 'node:worker_threads'
import type { JobFields, JobKind } from '../../compute/job.js'
import type { Trial } from '../../compute/kind.js'

// What crosses between the threads: numbers, bytes and codes, and the engines themselves.

/** What a thread is told when it starts. */
export interface WorkerData {
  /** Whether kernels run here. */
  readonly kernels: boolean
  /** Where replies go; without a port, the way the requests come. */
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
  /** The name of the trial that an engine passes before its first such job. */
  readonly trial: string
}

/** Jobs of one kind for one thread, computed and answered together. */
export interface WorkerRequest {
  readonly id: number
  readonly kind: JobKind
  /** What computes the kind, with the thread's first jobs of it: the length of its code in four bytes, the code, its kernel. */
  readonly engine: Uint8Array | undefined
  /** The kinds that the thread was not told before. */
  readonly answers: Answers
  readonly lanes: readonly LaneJob[]
}

export interface WorkerReply {
  readonly id: number
  readonly results: readonly WorkerResult[]
  /** The memory in bytes that the thread's engines hold on to. */
  readonly held: number
}

/** The bytes of a lane, or why there are none. Each result names its lane: answers are never matched by order. */
export type WorkerResult =
  | { readonly lane: number; readonly bytes: Uint8Array }
  | {
      readonly lane: number
      readonly code:
        'ERR_PASSWORD_ENCODING' | 'ERR_ENGINE_UNAVAILABLE' | 'ERR_ENGINE_FAILED' | 'ERR_ENGINE_MEMORY'
    }

/** What to transfer: each of these bytes has a buffer of its own. */
export function buffersOf(all: readonly Uint8Array[]): ArrayBuffer[] {
  return all.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}

/** What a job on a thread holds as bytes. */
export function bytesIn(job: JobFields): readonly Uint8Array[] {
  return Object.values(job).filter((value) => value instanceof Uint8Array)
}
