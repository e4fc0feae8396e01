/** What an error of a dependency may tell: its kind, never its text, which can hold what it was given. */
export interface ErrorCause {
  readonly name: string
  readonly code: string | undefined
}

/** The base of every error of this package. `code` is stable; messages never hold a password, salt, digest or key. */
export class PassliftError<Code extends string = string> extends Error {
  // In words: an application's bundler shortens the names of classes.
  override readonly name: string = 'PassliftError'
  readonly code: Code

  constructor(code: Code, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause: describeCause(cause) })
    this.code = code
  }
}

/** A password that cannot be hashed, or that an engine cannot take. */
export class PasswordError extends PassliftError<
  'ERR_PASSWORD_ILL_FORMED' | 'ERR_PASSWORD_TOO_LONG' | 'ERR_PASSWORD_ENCODING'
> {
  override readonly name = 'PasswordError'
}

/** Wrong wiring: thrown when a registry, a hasher, a target or a sign-in is made. */
export class RegistryError extends PassliftError<'ERR_REGISTRY_OPTION' | 'ERR_REGISTRY_DUPLICATE_HASHER'> {
  override readonly name = 'RegistryError'
}

/** An engine that is missing, was lost, ran out of memory or answered wrongly. The check has no answer. */
export class BackendError extends PassliftError<
  'ERR_BACKEND_UNAVAILABLE' | 'ERR_BACKEND_LOST' | 'ERR_BACKEND_MEMORY' | 'ERR_BACKEND_FAILED'
> {
  override readonly name = 'BackendError'
}

/** Too many checks are under way or wait: nothing was looked at. Try again later. */
export class OverloadedError extends PassliftError<'ERR_OVERLOADED'> {
  override readonly name = 'OverloadedError'
}

/** Whether an error is one of this package's own, whose text may be shown. */
export function isPassliftError(error: unknown): error is PassliftError {
  return error instanceof PassliftError
}

function describeCause(cause: unknown): ErrorCause {
  if (!(cause instanceof Error)) return { name: typeof cause, code: undefined }
  const code = 'code' in cause ? cause.code : undefined
  return { name: cause.name, code: typeof code === 'string' ? code : undefined }
}
