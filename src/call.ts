import type { Runtime } from './primitives/runtime.js'
import type { FollowSignal } from './signals.js'

/** One call to a registry: its place in the queue, and the caller's signal until a match is known. */
export interface Call {
  /** Drops waiting jobs when the caller aborts. */
  readonly runtime: Runtime
  /**
   * From here on the signal is ignored: a match stands.
   *
   * @throws the signal's reason where it came before: nothing follows from a match that nobody hears of
   */
  readonly disarm: () => void
}

/** What calls are opened with. */
export interface CallSettings {
  readonly runtime: Runtime
  readonly follow: FollowSignal
}

/**
 * Admits a call and does its work. An abort rejects at once with the signal's reason, before anything else if it came
 * before; work under way goes on unheard and keeps its place until it ends.
 */
export async function openCall<T>(
  { runtime, follow }: CallSettings,
  signal: AbortSignal | undefined,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const leave = runtime.admit()
  if (signal === undefined) return work({ runtime, disarm: () => undefined }).finally(leave)

  const controller = new AbortController()
  return new Promise<T>((resolve, reject) => {
    const ignore = follow(signal, () => {
      controller.abort(signal.reason)
      // The caller's own reason, whatever it is, as fetch does.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal.reason)
    })
    const disarm = (): void => {
      signal.throwIfAborted()
      ignore()
    }
    const bound: Runtime = {
      ...runtime,
      run: (job, options) => runtime.run(job, { ...options, signal: controller.signal }),
    }
    void work({ runtime: bound, disarm }).finally(leave).finally(ignore).then(resolve, reject)
  })
}
