import { warn } from '../platform/node.js'

/** Reports a failed replacement. The listener is not awaited, and one that fails does not undo the sign-in. */
export function reportRehashError(error: unknown, onRehashError: (error: unknown) => unknown): void {
  catchAll(() => onRehashError(error), warnOfRehashError)
}

/** Calls an application's function, and drops what it throws or rejects with, at any time. */
function catchAll(callback: () => unknown, onFailure: () => void): void {
  new Promise((resolve) => {
    resolve(callback())
  }).catch(onFailure)
}

/** Warns of a failed replacement without the error's text: database drivers print the parameters of a statement there. */
export function warnOfRehashError(): void {
  warn(
    'PASSLIFT_REHASH_FAILED',
    'A digest could not be replaced. The sign-in stands; the next one tries again.',
  )
}

/** Makes a warning that is given once, however often it is called: its cause is there in every sign-in. */
export function createWarning(code: string, message: string): () => void {
  let warned = false
  return () => {
    if (warned) return
    warned = true
    warn(code, message)
  }
}
