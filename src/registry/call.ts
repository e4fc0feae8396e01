import type { Runtime } from '../runtime/runtime.js'
import { rejectOnAbort } from './signals.js'
import type { FollowSignal } from './signals.js'

/** One call to a registry: its place in the queue, and the caller's signal. */
export interface Call {
  /** Drops waiting jobs when the caller aborts. */
  readonly runtime: Runtime
  /** Gives the place back before the work has ended: what follows waits for the application and computes nothing. */
  readonly leave: () => void
  /** @throws the signal's reason where the caller has aborted: nothing follows from a match that nobody hears of */
  readonly throwIfAborted: () => void
}

/** What calls are opened with. */
export interface CallSettings {
  readonly runtime: Runtime
  readonly follow: FollowSignal
}

/**
 * Admits a call and does its work. An abort rejects at once with the signal's reason, before anything else if it came
 * before; work under way goes on unheard and keeps its place until it ends or leaves.
 */
export async function openCall<T>(
  { runtime, follow }: CallSettings,
  signal: AbortSignal | undefined,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const leave = once(runtime.admit())
  if (signal === undefined) {
    return work({ runtime, leave, throwIfAborted: () => undefined }).finally(leave)
  }

  const controller = new AbortController()
  const bound: Runtime = {
    ...runtime,
    run: (job, options) => runtime.run(job, { ...options, signal: controller.signal }),
  }
  const call: Call = {
    runtime: bound,
    leave,
    throwIfAborted: () => {
      signal.throwIfAborted()
    },
  }
  return rejectOnAbort(signal, {
    follow,
    work: () => work(call).finally(leave),
    onAbort: () => {
      controller.abort(signal.reason)
    },
  })
}

/** A runtime of the application may count every call of what gives a place back. */
function once(leave: () => void): () => void {
  let left = false
  return () => {
    if (left) return
    left = true
    leave()
  }
}
