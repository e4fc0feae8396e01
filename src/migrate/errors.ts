import { PassliftError } from '../index.js'

/** An export that cannot be read. */
export function inputError(message: string, cause?: unknown): PassliftError {
  return new PassliftError('ERR_MIGRATE_INPUT', message, cause)
}

/** An option that does not exist, or does not fit the export or the others. */
export function optionError(message: string, cause?: unknown): PassliftError {
  return new PassliftError('ERR_MIGRATE_OPTION', message, cause)
}

/** A file that cannot be written, with the system's code for why. */
export function outputError(message: string, cause: unknown): PassliftError {
  return new PassliftError('ERR_MIGRATE_OUTPUT', `${message} (${codeOf(cause)}). Nothing was written.`, cause)
}

export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : 'no code'
}
