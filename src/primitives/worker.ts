import { parentPort } from 'node:worker_threads'
import { PassliftError } from '../errors.js'
import { bytesOf } from './job.js'
import type { Job } from './job.js'
import { passesKnownAnswers } from './known-answers.js'
import { computeSync } from './sync-engines.js'
import { buffersOf } from './worker-protocol.js'
import type { WorkerReply, WorkerRequest, WorkerResult } from './worker-protocol.js'

// The worker thread: computes what it is sent, one request after another. It is bundled on its own and embedded as
// text, so nothing of the main thread's modules is shared with it.

const isSound = passesKnownAnswers(computeSync)

parentPort?.on('message', ({ id, jobs }: WorkerRequest) => {
  const results = jobs.map(compute)
  const bytes = results.flatMap((result) => ('bytes' in result ? [result.bytes] : []))
  parentPort?.postMessage({ id, results } satisfies WorkerReply, buffersOf(bytes))
})

function compute(job: Job): WorkerResult {
  if (!isSound) return { code: 'ERR_BACKEND_FAILED' }
  try {
    // A view of a larger buffer, as Node's pool hands out, would take all of it along.
    return { bytes: Uint8Array.from(computeSync(job)) }
  } catch (error) {
    return { code: codeOf(error) }
  } finally {
    for (const bytes of bytesOf(job)) bytes.fill(0)
  }
}

function codeOf(error: unknown): Extract<WorkerResult, { readonly code: string }>['code'] {
  if (error instanceof PassliftError && error.code === 'ERR_PASSWORD_ENCODING') return 'ERR_PASSWORD_ENCODING'
  return error instanceof RangeError ? 'ERR_BACKEND_MEMORY' : 'ERR_BACKEND_FAILED'
}
