/** Hears of a failed replacement. Not even a listener that fails itself undoes the sign-in. */
export async function reportRehashError(
  error: unknown,
  onRehashError: (error: unknown) => unknown,
): Promise<void> {
  try {
    await onRehashError(error)
  } catch {
    warnOfRehashError()
  }
}

/** Says nothing of the error itself: database drivers print the parameters of a failed statement. */
export function warnOfRehashError(): void {
  process.emitWarning('A digest could not be replaced. The sign-in stands; the next one tries again.', {
    type: 'PassliftWarning',
    code: 'PASSLIFT_REHASH_FAILED',
  })
}
