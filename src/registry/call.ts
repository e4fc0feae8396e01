import type { AnyEngine } from '../compute/kind.js'
import type { JobKind } from '../compute/job.js'
import { OverloadedError } from '../errors.js'
import type { Run } from '../hasher/contract.js'
import type { Runtime } from '../runtime/runtime.js'
import { once } from '../once.js'
import { rejectOnAbort } from './signals.js'
import type { FollowSignal } from './signals.js'

/** One call to a registry: its place in the queue, the function that runs its jobs, and the caller's signal. */
export interface Call {
  /** Runs a job on the registry's engine for its kind. Where the caller aborts, a job that still waits is dropped. */
  readonly run: Run
  /** A signal that aborts when the caller's signal does; undefined where the caller gave none. */
  readonly signal: AbortSignal | undefined
  /** Gives the place back before the work has ended, where the rest of the work waits for the application and computes nothing. */
  readonly leave: () => void
  /**
   * Ends the call where the caller has aborted: a match that nobody hears of replaces nothing.
   *
   * @throws the signal's reason
   */
  readonly throwIfAborted: () => void
}

/** The settings that all calls of a registry have in common. */
export interface CallSettings {
  readonly runtime: Runtime
  /** Engines that replace the built-in ones. */
  readonly engines: ReadonlyMap<JobKind, AnyEngine>
  /** Jobs estimated to take longer than this, in milliseconds, never hold all places. */
  readonly heavyAbove: number
  readonly follow: FollowSignal
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Whether the call is part of a call that was admitted before. It is then not refused where no place is free. */
  readonly isAdmitted?: boolean
}

/**
 * Admits a call and does its work. An abort rejects at once with the signal's reason; a signal that has aborted before the
 * call rejects before anything is done. Work that has begun goes on unheard and keeps its place until it ends or leaves.
 */
export async function openCall<T>(
  { runtime, engines, heavyAbove, follow }: CallSettings,
  { signal, isAdmitted = false }: CallOptions,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  // A runtime of the application may count every call of the function that gives a place back, so it is called once.
  const leave = once(isAdmitted ? admitAnyway(runtime) : runtime.admit())
  const controller = signal === undefined ? undefined : new AbortController()
  const call: Call = {
    // Every option is given, even undefined, so that a runtime reads none from a polluted prototype.
    run: (job) => runtime.run(job, { heavyAbove, engine: engines.get(job.kind), signal: controller?.signal }),
    signal: controller?.signal,
    leave,
    throwIfAborted: () => {
      signal?.throwIfAborted()
    },
  }
  const done = (): Promise<T> => work(call).finally(leave)
  if (signal === undefined) return done()
  return rejectOnAbort(signal, {
    follow,
    work: done,
    onAbort: () => {
      controller?.abort(signal.reason)
    },
  })
}

function admitAnyway(runtime: Runtime): () => void {
  try {
    return runtime.admit()
  } catch (error) {
    if (error instanceof OverloadedError) return () => undefined
    throw error
  }
}
