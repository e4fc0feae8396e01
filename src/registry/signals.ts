/** Listens for the abort of a signal, and returns the function that ends the listening. */
export type FollowSignal = (signal: AbortSignal, abort: () => void) => () => void

interface Followed {
  readonly listener: () => void
  readonly aborts: Set<() => void>
}

/**
 * Listens once to each signal, however many calls have the signal. Node warns of a leak from the eleventh listener on.
 * `AbortSignal.any` is no way out, since a signal keeps the signals that are made from it for as long as it lives.
 */
export function createSignalFollower(): FollowSignal {
  const followed = new WeakMap<AbortSignal, Followed>()

  const listenTo = (signal: AbortSignal): Followed => {
    const aborts = new Set<() => void>()
    const listener = (): void => {
      for (const abort of aborts) abort()
    }
    // No options are given, since a polluted prototype would add to them. A signal aborts once.
    signal.addEventListener('abort', listener)
    const listening = { listener, aborts }
    followed.set(signal, listening)
    return listening
  }

  return (signal, abort) => {
    // A signal that is aborted already fires no more events.
    if (signal.aborted) {
      abort()
      return () => undefined
    }
    const { listener, aborts } = followed.get(signal) ?? listenTo(signal)
    aborts.add(abort)
    return () => {
      aborts.delete(abort)
      if (aborts.size > 0 || followed.get(signal)?.aborts !== aborts) return
      signal.removeEventListener('abort', listener)
      followed.delete(signal)
    }
  }
}

/** The answer of some work, or a rejection with the signal's reason as soon as the signal aborts. The work goes on unheard. */
export async function rejectOnAbort<T>(
  signal: AbortSignal,
  {
    follow,
    work,
    onAbort,
  }: {
    readonly follow: FollowSignal
    readonly work: () => Promise<T>
    readonly onAbort?: () => void
  },
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const ignore = follow(signal, () => {
      onAbort?.()
      // The rejection is the caller's own reason, whatever it is, as in fetch.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal.reason)
    })
    void work().finally(ignore).then(resolve, reject)
  })
}
