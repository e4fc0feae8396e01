import { MessagePort, parentPort, workerData } from 'node:worker_threads'
import { isPassliftError, readErrorText } from '../../errors.js'
import { bytesOf } from '../../compute/job.js'
import { createThreadEngines } from './thread-engines.js'
import { buffersOf } from './worker-protocol.js'
import type { WorkerData, WorkerReply, WorkerRequest, WorkerResult } from './worker-protocol.js'

// The worker thread: computes what it is sent, one request after another. It is bundled on its own and embedded as
// text, so nothing of the main thread's modules is shared with it.

const engines = createThreadEngines({ kernels: readKernels(workerData) })
const replies = readReplies(workerData) ?? parentPort

parentPort?.on('message', (request: WorkerRequest) => {
  const results = compute(request)
  const bytes = results.flatMap((result) => ('bytes' in result ? [result.bytes] : []))
  const reply: WorkerReply = { id: request.id, results, held: engines.bytes() }
  replies?.postMessage(reply, buffersOf(bytes))
})

function readKernels(data: unknown): WorkerData['kernels'] {
  return typeof data === 'object' && data !== null && 'kernels' in data && data.kernels === true
}

/** The port for replies; without one they go the way the requests come. */
function readReplies(data: unknown): MessagePort | undefined {
  if (typeof data !== 'object' || data === null || !('replies' in data)) return undefined
  return data.replies instanceof MessagePort ? data.replies : undefined
}

function compute({ lanes }: Pick<WorkerRequest, 'lanes'>): readonly WorkerResult[] {
  const jobs = lanes.map(({ job }) => job)
  try {
    const all = engines.compute(jobs)
    return lanes.map(({ lane }, place) => {
      const bytes = all[place]
      // A view of a larger buffer, as Node's pool hands out, would take all of it along.
      return bytes === undefined
        ? { lane, code: 'ERR_ENGINE_FAILED' }
        : { lane, bytes: Uint8Array.from(bytes) }
    })
  } catch (error) {
    // What is wrong with one of them is no fault of the others.
    if (lanes.length > 1) return lanes.flatMap((lane) => compute({ lanes: [lane] }))
    const code = codeOf(error)
    return lanes.map(({ lane }) => ({ lane, code }))
  } finally {
    for (const bytes of jobs.flatMap(bytesOf)) bytes.fill(0)
  }
}

function codeOf(error: unknown): Extract<WorkerResult, { readonly code: string }>['code'] {
  if (isPassliftError(error)) {
    const { code } = error
    if (code === 'ERR_PASSWORD_ENCODING' || code === 'ERR_ENGINE_UNAVAILABLE') return code
    if (code === 'ERR_ENGINE_MEMORY') return code
  }
  return isOutOfMemory(error) ? 'ERR_ENGINE_MEMORY' : 'ERR_ENGINE_FAILED'
}

/** V8 and OpenSSL say it in their text alone. */
function isOutOfMemory(error: unknown): boolean {
  return /(?:malloc failure|allocation failed)$/.test(readErrorText(error, 'message') ?? '')
}
