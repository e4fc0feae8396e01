import type { StoredDigest, VerifyOptions } from './api.js'
import { isRecord, readOption } from './options.js'
import { assertPassword } from './password.js'
import type { Password } from './password.js'

/**
 * Marks a check as part of a call that was admitted before: a sign-in that looks again because its swap was lost. No
 * option of the API, and no border: whoever digs it out of an object in its own process refuses itself nothing.
 */
export const ADMITTED: unique symbol = Symbol('admitted')

/** The arguments of a check, once they are known to be of the right types. */
export interface Request {
  readonly password: Password
  readonly digest: StoredDigest
  readonly hasherName: string | undefined
  readonly rehash: VerifyOptions['rehash']
  readonly signal: AbortSignal | undefined
  readonly isAdmitted: boolean
}

/** @throws TypeError which never shows the argument */
export function readRequest(password: Password, digest: StoredDigest, options: VerifyOptions): Request {
  assertPassword(password)
  assertDigest(digest)
  const hasherName = readHasherName(options)
  const rehash: unknown = readOption(options, 'rehash')
  if (!isCallback(rehash)) throw new TypeError('rehash must be a function.')
  const isAdmitted = Object.hasOwn(options, ADMITTED)
  return { password, digest, hasherName, rehash, signal: readSignal(options), isAdmitted }
}

function isCallback(value: unknown): value is VerifyOptions['rehash'] {
  return value === undefined || typeof value === 'function'
}

export function assertDigest(digest: unknown): asserts digest is StoredDigest {
  if (digest === undefined || digest === null || typeof digest === 'string') return
  throw new TypeError('digest must be a string, null or undefined.')
}

/** @throws TypeError where it is something else, or the options are no object */
export function readSignal(options: unknown): AbortSignal | undefined {
  const signal = readArgument(options, 'signal')
  if (signal === undefined || signal instanceof AbortSignal) return signal
  throw new TypeError('signal must be an AbortSignal.')
}

/** A row's hasher is data: any text is taken, and is looked up in a Map. */
export function readHasherName(options: unknown): string | undefined {
  const hasher = readArgument(options, 'hasher')
  if (hasher === undefined || hasher === null) return undefined
  if (typeof hasher === 'string') return hasher
  throw new TypeError('hasher must be a string, null or undefined.')
}

function readArgument(options: unknown, name: string): unknown {
  if (!isRecord(options)) throw new TypeError('options must be a plain object.')
  return readOption(options, name)
}
