import { createRequire } from 'node:module'
import { runInThisContext } from 'node:vm'
import { MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { EnginePair } from '../../compute/engines/pair.js'
import type { JobKind } from '../../compute/job.js'
import * as errors from '../../errors.js'
import { createThreadEngines } from './thread-engines.js'
import { buffersOf, bytesIn } from './worker-protocol.js'
import type { WorkerData, WorkerReply, WorkerRequest, WorkerResult } from './worker-protocol.js'

// The worker thread computes the requests that it is sent, one after another. It is bundled on its own and embedded as text,
// so that it shares no module with the main thread. The engines of a kind come with the first jobs of the kind.

const requireBuiltin = createRequire(process.execPath)
const engines = createThreadEngines({ kernels: readKernels(workerData), load: compile })
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

/** The port for replies; undefined where replies go the way the requests come. */
function readReplies(data: unknown): MessagePort | undefined {
  if (typeof data !== 'object' || data === null || !('replies' in data)) return undefined
  return data.replies instanceof MessagePort ? data.replies : undefined
}

/** Runs the code of an engine, without eval, which an application may forbid (--disallow-code-generation-from-strings). */
function compile(kind: JobKind, engine: Uint8Array): EnginePair {
  const end = 4 + new DataView(engine.buffer, engine.byteOffset).getUint32(0, true)
  const code = new TextDecoder().decode(engine.subarray(4, end))
  const module: { exports: unknown } = { exports: {} }
  const start: unknown = runInThisContext(`(function (module, require, kernel) {${code}\n})`, {
    filename: `passlift-${kind}.cjs`,
  })
  if (typeof start === 'function')
    Reflect.apply(start, undefined, [module, requireForEngine, engine.slice(end)])
  const { exports } = module
  if (hasEngines(exports)) return exports.engines
  throw new TypeError(`What was sent for ${kind} holds no engines.`)
}

/** The modules that an engine requires: modules of Node, and the classes of errors, which this thread must recognise. */
function requireForEngine(name: string): unknown {
  return name === 'passlift:errors' ? errors : requireBuiltin(name)
}

function hasEngines(exports: unknown): exports is { readonly engines: EnginePair } {
  return typeof exports === 'object' && exports !== null && 'engines' in exports
}

function compute(request: Omit<WorkerRequest, 'id'>): readonly WorkerResult[] {
  const { lanes } = request
  try {
    const all = engines.compute(request)
    return lanes.map(({ lane }, place) => {
      const bytes = all[place]
      // The bytes are copied, since the transfer of a view, such as a view of Node's pool, would transfer its whole buffer.
      return bytes === undefined
        ? { lane, code: 'ERR_ENGINE_FAILED' }
        : { lane, bytes: Uint8Array.from(bytes) }
    })
  } catch (error) {
    // The error may concern one of the jobs alone, so each job is computed by itself.
    if (lanes.length > 1) return lanes.flatMap((lane) => compute({ ...request, lanes: [lane] }))
    const code = codeOf(error)
    return lanes.map(({ lane }) => ({ lane, code }))
  } finally {
    for (const bytes of lanes.flatMap(({ job }) => bytesIn(job))) bytes.fill(0)
  }
}

function codeOf(error: unknown): Extract<WorkerResult, { readonly code: string }>['code'] {
  if (errors.isPassliftError(error)) {
    const { code } = error
    if (code === 'ERR_PASSWORD_ENCODING' || code === 'ERR_ENGINE_UNAVAILABLE') return code
    if (code === 'ERR_ENGINE_MEMORY') return code
  }
  return isOutOfMemory(error) ? 'ERR_ENGINE_MEMORY' : 'ERR_ENGINE_FAILED'
}

/** Whether an error says that memory ran out, which V8 and OpenSSL say in its text alone. */
function isOutOfMemory(error: unknown): boolean {
  return /(?:malloc failure|allocation failed)$/.test(errors.readErrorText(error, 'message') ?? '')
}
