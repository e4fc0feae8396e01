import { isNativeError } from './platform/node.js'

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
  // Nothing but the constructor makes it, and to ask for it runs no code of what is asked.
  readonly #isOwn = true

  constructor(code: Code, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause: describeCause(cause) })
    this.code = code
  }

  /** @internal */
  static isOwn(error: unknown): error is PassliftError {
    return typeof error === 'object' && error !== null && #isOwn in error && error.#isOwn
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
export class EngineError extends PassliftError<
  'ERR_ENGINE_UNAVAILABLE' | 'ERR_ENGINE_LOST' | 'ERR_ENGINE_MEMORY' | 'ERR_ENGINE_FAILED'
> {
  override readonly name = 'EngineError'
}

/** Too many checks are under way or wait. Nothing was computed; try again later. */
export class OverloadedError extends PassliftError<'ERR_OVERLOADED'> {
  override readonly name = 'OverloadedError'
}

/** Whether an error is one of this package's own, whose text may be shown. Not so what only looks like one. */
export function isPassliftError(error: unknown): error is PassliftError {
  return PassliftError.isOwn(error)
}

/** A text of something that was thrown; undefined where there is none, and where it throws itself when it is looked at. */
export function readErrorText(error: unknown, field: 'name' | 'code' | 'message'): string | undefined {
  try {
    if (!isError(error)) return undefined
    const text: unknown = Reflect.get(error, field)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

// Names of errors: words with capitals (NotCapable), or any that end in Error or Exception (TypeError, Argon2Error). A checksum in
// base64 is neither.
const NAME = /^(?:[A-Z][A-Za-z0-9]*(?:Error|Exception)|(?:[A-Z][a-z]+)+)$/
// Codes of errors: capitals with at most one group of digits between underscores (ENOENT, E2BIG, P2002, ERR_OUT_OF_RANGE). Upper-
// case hex (5F4DCC3B) has digits in several places, and is none.
const CODE = /^[A-Z]+\d{0,4}[A-Z]*(?:_(?:[A-Z]+\d{0,4}[A-Z]*|\d{1,5}))*$/
// Longer than any, and short enough for the patterns.
const MAX_TEXT_LENGTH = 64

function describeCause(cause: unknown): ErrorCause {
  if (!isError(cause)) return { name: typeof cause, code: undefined }
  const name = readErrorText(cause, 'name') ?? ''
  const code = readErrorText(cause, 'code') ?? ''
  return { name: fits(name, NAME) ? name : 'Error', code: fits(code, CODE) ? code : undefined }
}

/** What an application may put there is not known: only what looks like a name or a code is handed on. */
function fits(text: string, pattern: RegExp): boolean {
  return text.length <= MAX_TEXT_LENGTH && pattern.test(text)
}

/** Whether it is an error, of another realm too, as addons and vm contexts make. A proxy can throw where its prototype is asked for. */
function isError(value: unknown): value is object {
  try {
    return value instanceof Error || isNativeError(value)
  } catch {
    return false
  }
}
