import { EngineError, isPassliftError } from '../errors.js'
import type { PassliftError } from '../errors.js'

/** The guard of a hasher, which replaces the errors that members of its specification throw. */
export interface Guard {
  /** Calls a function. An error that it throws becomes an `EngineError` that names the hasher, without the error's text. */
  readonly call: <T>(what: string, act: () => T) => T
  /** The error that says what failed. Errors of this package stay as they are. */
  readonly errorOf: (what: string, error: unknown) => PassliftError
}

/** Makes the guard of a hasher. The text of a foreign error may hold the password. */
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
