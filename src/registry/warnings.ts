import { warn } from '../platform/node.js'

/** Reports a failed replacement. The listener is not awaited, and a listener that fails does not undo the sign-in. */
export function reportRehashError(error: unknown, onRehashError: (error: unknown) => unknown): void {
  callAside(() => onRehashError(error), warnOfRehashError)
}

/**
 * Calls an application's function without awaiting it. An error that it throws or rejects with at any time is dropped, and
 * `onFailure` called.
 */
export function callAside(callback: () => unknown, onFailure: () => void): void {
  new Promise((resolve) => {
    resolve(callback())
  }).catch(onFailure)
}

/** Warns of a failed replacement without the text of the error, in which database drivers print parameters of statements. */
export function warnOfRehashError(): void {
  warn(
    'PASSLIFT_REHASH_FAILED',
    'A digest could not be replaced. The sign-in stands; the next one tries again.',
  )
}

/** Makes a function that warns at its first call alone, since the cause of the warning is there in every sign-in. */
export function createWarning(code: string, message: string): () => void {
  let warned = false
  return () => {
    if (warned) return
    warned = true
    warn(code, message)
  }
}
