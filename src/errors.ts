import { isNativeError } from './platform/node.js'

/** The part of a foreign error that is shown: its name and code, never its text, which may hold a password. */
export interface ErrorCause {
  readonly name: string
  readonly code: string | undefined
}

/** The base of every error of this package. `code` is stable; messages never hold a password, salt, digest or key. */
export class PassliftError<Code extends string = string> extends Error {
  // The name of an error is a text, since an application's bundler shortens the names of classes.
  override readonly name: string = 'PassliftError'
  readonly code: Code
  // Only the constructor makes the private member, and looking for the member runs no code of the object.
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

/** An error for a password of which no digest can be made, or that an engine cannot take. */
export class PasswordError extends PassliftError<
  'ERR_PASSWORD_ILL_FORMED' | 'ERR_PASSWORD_TOO_LONG' | 'ERR_PASSWORD_ENCODING'
> {
  override readonly name = 'PasswordError'
}

/** An error for a wrong option or specification, thrown when a registry, a hasher, a target, a runtime or a sign-in is made. */
export class RegistryError extends PassliftError<'ERR_REGISTRY_OPTION' | 'ERR_REGISTRY_DUPLICATE_HASHER'> {
  override readonly name = 'RegistryError'
}

/** An error for an engine that is missing, was lost, ran out of memory or answered wrongly. The check has no answer. */
export class EngineError extends PassliftError<
  'ERR_ENGINE_UNAVAILABLE' | 'ERR_ENGINE_LOST' | 'ERR_ENGINE_MEMORY' | 'ERR_ENGINE_FAILED'
> {
  override readonly name = 'EngineError'
}

/** An error for a digest that needs a value which the call's context does not hold. The check has no answer. */
export class ContextError extends PassliftError<'ERR_CONTEXT_MISSING'> {
  override readonly name = 'ContextError'
}

/** An error for a call while too many checks run or wait. Nothing was computed; try again later. */
export class OverloadedError extends PassliftError<'ERR_OVERLOADED'> {
  override readonly name = 'OverloadedError'
}

/** Whether an error is one of this package's own, whose text may be shown. An error that only looks like one is not. */
export function isPassliftError(error: unknown): error is PassliftError {
  return PassliftError.isOwn(error)
}

/** A text property of a thrown value; undefined where the value is no error, has no such text, or reading it throws. */
export function readErrorText(error: unknown, field: 'name' | 'code' | 'message'): string | undefined {
  try {
    if (!isError(error)) return undefined
    const text: unknown = Reflect.get(error, field)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

// The name of an error is words with capitals (NotCapable), or ends in Error or Exception (TypeError, Argon2Error). A checksum
// in base64 is neither.
const NAME = /^(?:[A-Z][A-Za-z0-9]*(?:Error|Exception)|(?:[A-Z][a-z]+)+)$/
// The code of an error is capitals with at most one group of digits between underscores (ENOENT, E2BIG, P2002,
// ERR_OUT_OF_RANGE). Upper-case hexadecimal (5F4DCC3B) has digits in several places, so it is no code.
const CODE = /^[A-Z]+\d{0,4}[A-Z]*(?:_(?:[A-Z]+\d{0,4}[A-Z]*|\d{1,5}))*$/
// Names and codes are shorter than this, and the patterns are fast up to this length.
const MAX_TEXT_LENGTH = 64

function describeCause(cause: unknown): ErrorCause {
  if (!isError(cause)) return { name: typeof cause, code: undefined }
  const name = readErrorText(cause, 'name') ?? ''
  const code = readErrorText(cause, 'code') ?? ''
  return { name: fits(name, NAME) ? name : 'Error', code: fits(code, CODE) ? code : undefined }
}

/** Whether a text looks like the name or code of an error. A foreign error may have any text there, even a password. */
function fits(text: string, pattern: RegExp): boolean {
  return text.length <= MAX_TEXT_LENGTH && pattern.test(text)
}

/** Whether a value is an error, of this or another realm, as addons and vm contexts make. A hostile proxy may throw here. */
function isError(value: unknown): value is object {
  try {
    return value instanceof Error || isNativeError(value)
  } catch {
    return false
  }
}
