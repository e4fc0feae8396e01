import { EngineError, isPassliftError } from '../errors.js'
import type { PassliftError } from '../errors.js'

/** Keeps errors that the members of a specification throw inside the hasher. */
export interface Guard {
  /** Calls a function. What it throws becomes an `EngineError` of the hasher, without its text. */
  readonly call: <T>(what: string, act: () => T) => T
  /** The error that says what failed. Errors of this package stay as they are. */
  readonly errorOf: (what: string, error: unknown) => PassliftError
}

/** Makes the guard of a hasher. A foreign error may print what its code was given, such as a password. */
export function createGuard(name: string): Guard {
  const errorOf: Guard['errorOf'] = (what, error) =>
    isPassliftError(error) ? error : new EngineError('ERR_ENGINE_FAILED', `${name}: ${what} failed.`, error)
  return {
    errorOf,
    call: (what, act) => {
      try {
        return act()
      } catch (error) {
        throw errorOf(what, error)
      }
    },
  }
}
