import type { StoredDigest, VerifyOptions } from './api.js'
import { argumentError } from '../argument-error.js'
import type { Context } from '../hasher/contract.js'
import { findUnknownOption, isRecord, readOption } from '../options.js'
import { isUint8Array } from '../platform/node.js'
import { assertPassword } from './password.js'
import type { Password } from './password.js'

/**
 * Marks a check as part of a call that was admitted before: the second check of a sign-in that found another digest
 * stored. The mark is no option of the API and no security boundary: it only skips the refusal of a full queue.
 */
export const ADMITTED: unique symbol = Symbol('admitted')

/** The arguments of a check, all of the right types. */
export interface Request {
  readonly password: Password
  readonly digest: StoredDigest
  readonly hasherName: string | undefined
  readonly context: Context | undefined
  readonly rehash: VerifyOptions['rehash']
  readonly signal: AbortSignal | undefined
  readonly isAdmitted: boolean
}

/**
 * Reads the arguments of a check.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`; its message never shows the argument
 */
export function readRequest(password: Password, digest: StoredDigest, options: VerifyOptions): Request {
  assertPassword(password)
  assertDigest(digest)
  assertOptions(options, ['hasher', 'context', 'rehash', 'signal'])
  const hasherName = readHasherName(options)
  const rehash: unknown = readOption(options, 'rehash')
  if (!isCallback(rehash)) throw argumentError('ERR_INVALID_ARG_TYPE', 'rehash must be a function.')
  const isAdmitted = Object.hasOwn(options, ADMITTED)
  const context = readContext(options)
  return { password, digest, hasherName, context, rehash, signal: readSignal(options), isAdmitted }
}

function isCallback(value: unknown): value is VerifyOptions['rehash'] {
  return value === undefined || typeof value === 'function'
}

export function assertDigest(digest: unknown): asserts digest is StoredDigest {
  if (digest === undefined || digest === null || typeof digest === 'string') return
  throw argumentError('ERR_INVALID_ARG_TYPE', 'digest must be a string, null or undefined.')
}

/**
 * Refuses options that are no object, and names of options that do not exist: a misspelled option would silently have its
 * default.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`
 */
export function assertOptions(
  options: unknown,
  names: readonly string[],
): asserts options is Readonly<Record<string, unknown>> {
  if (!isRecord(options)) throw argumentError('ERR_INVALID_ARG_TYPE', 'options must be a plain object.')
  if (findUnknownOption(options, names) === undefined) return
  const known = names.length === 0 ? 'This function takes no options.' : `It takes ${names.join(', ')}.`
  throw argumentError('ERR_INVALID_ARG_VALUE', `options: there is no such option. ${known}`)
}

/**
 * Reads the option `context`.
 *
 * @throws TypeError where the context is no plain object, and for a member that does not exist or has the wrong type
 */
function readContext(options: object): Context | undefined {
  const context: unknown = readOption<{ context?: unknown }, 'context'>(options, 'context')
  if (context === undefined) return undefined
  if (!isPlain(context)) throw argumentError('ERR_INVALID_ARG_TYPE', 'context must be a plain object.')
  const name = findUnknownOption(context, ['username', 'siteKey', 'pepper', 'account'])
  if (name !== undefined) {
    const known = 'It has username, siteKey, pepper and account.'
    throw argumentError('ERR_INVALID_ARG_VALUE', `context: there is no such member. ${known}`)
  }
  const { username, siteKey, pepper } = context
  if (!isContextText(username) || !isContextBytes(siteKey) || !isContextBytes(pepper)) {
    const types = 'username a string, siteKey and pepper a string or a Uint8Array'
    throw argumentError('ERR_INVALID_ARG_TYPE', `context: ${types}.`)
  }
  // The context has no prototype: hashers would read members of a polluted Object.prototype.
  const own: Context = Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, copyBytes(value)]),
  )
  Object.setPrototypeOf(own, null)
  return Object.freeze(own)
}

/** Whether a value is a plain object. A map or a promise would be read as an empty context. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Object.prototype of any realm has no prototype itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Copies bytes, so that the caller may overwrite its own bytes at once. */
function copyBytes(value: unknown): unknown {
  return isUint8Array(value) ? Uint8Array.from(value) : value
}

function isContextText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isContextBytes(value: unknown): boolean {
  return isContextText(value) || isUint8Array(value)
}

/**
 * Reads the option `signal`.
 *
 * @throws TypeError where the signal is no AbortSignal
 */
export function readSignal(options: object): AbortSignal | undefined {
  const signal: unknown = readOption<{ signal?: unknown }, 'signal'>(options, 'signal')
  if (signal === undefined || signal instanceof AbortSignal) return signal
  throw argumentError('ERR_INVALID_ARG_TYPE', 'signal must be an AbortSignal.')
}

/**
 * Reads the option `hasher`. Any text is accepted, since it comes from a row.
 *
 * @throws TypeError where the name of the hasher is no text
 */
export function readHasherName(options: object): string | undefined {
  const hasher: unknown = readOption<{ hasher?: unknown }, 'hasher'>(options, 'hasher')
  if (hasher === undefined || hasher === null) return undefined
  if (typeof hasher === 'string') return hasher
  throw argumentError('ERR_INVALID_ARG_TYPE', 'hasher must be a string, null or undefined.')
}
