import type { Job } from './job.js'

// What crosses between the threads: numbers, bytes and codes.

/** Jobs for one worker, answered together. */
export interface WorkerRequest {
  readonly id: number
  readonly jobs: readonly Job[]
}

/** For each job in turn its bytes, or why there are none. */
export interface WorkerReply {
  readonly id: number
  readonly results: readonly WorkerResult[]
}

export type WorkerResult =
  | { readonly bytes: Uint8Array }
  | { readonly code: 'ERR_PASSWORD_ENCODING' | 'ERR_BACKEND_FAILED' | 'ERR_BACKEND_MEMORY' }

/** What to transfer: each of these bytes has a buffer of its own. */
export function buffersOf(all: readonly Uint8Array[]): ArrayBuffer[] {
  return all.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}
