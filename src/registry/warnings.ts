import { warn } from '../platform/node.js'

/** Tells of a failed replacement. Nobody waits for the listener, and not even one that fails itself undoes the sign-in. */
export function reportRehashError(error: unknown, onRehashError: (error: unknown) => unknown): void {
  catchAll(() => onRehashError(error), warnOfRehashError)
}

/** Calls what an application gave, and whatever it throws or rejects with, at any time, goes no further. */
function catchAll(callback: () => unknown, onFailure: () => void): void {
  new Promise((resolve) => {
    resolve(callback())
  }).catch(onFailure)
}

/** Says nothing of the error itself: database drivers print the parameters of a failed statement. */
export function warnOfRehashError(): void {
  warn(
    'PASSLIFT_REHASH_FAILED',
    'A digest could not be replaced. The sign-in stands; the next one tries again.',
  )
}

/** A warning that is given once, however often it is called: what is wrong is wrong for every sign-in. */
export function createWarning(code: string, message: string): () => void {
  let warned = false
  return () => {
    if (warned) return
    warned = true
    warn(code, message)
  }
}
