import type { Job } from '../../compute/job.js'

// What crosses between the threads: numbers, bytes and codes.

/** What a thread is told when it starts. */
export interface WorkerData {
  /** Whether kernels run here. */
  readonly kernels: boolean
}

/** Jobs for one worker, computed and answered together. */
export interface WorkerRequest {
  readonly id: number
  readonly lanes: readonly { readonly lane: number; readonly job: Job }[]
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
