import { EngineError, isPassliftError } from '../errors.js'
import type { PassliftError } from '../errors.js'

/** Keeps what the members of a specification throw from going any further. */
export interface Guard {
  /** What the function gives; whatever it throws becomes an `EngineError` of the hasher, without its text. */
  readonly call: <T>(what: string, act: () => T) => T
  /** The error that says what failed. Errors of this package stay what they are. */
  readonly errorOf: (what: string, error: unknown) => PassliftError
}

/** The guard of a hasher. A foreign error can print what its code was given: a password among them. */
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
