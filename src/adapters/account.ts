import { argumentError } from '../argument-error.js'

/**
 * Tells an application when it starts, and not with its first user, that an adapter cannot use what it is given.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE`
 */
export function assertGiven(isRight: boolean, problem: string): void {
  if (!isRight) throw argumentError('ERR_INVALID_ARG_TYPE', `${problem}.`)
}

/** Whether a value has all of some functions. */
export function hasFunctions(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function')
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** An account without the columns that belong in no session, token or response. */
export type WithoutDigest<A extends object> = Omit<A, 'digest' | 'hasher'>

/** A copy of an account without its digest and hasher. */
export function dropDigest<A extends object>(account: A): WithoutDigest<A> {
  const copy = { ...account }
  Reflect.deleteProperty(copy, 'digest')
  Reflect.deleteProperty(copy, 'hasher')
  return copy
}

/** Whether a password is empty or nothing but NULs, which bcrypt, PBKDF2 and scrypt cannot tell from the empty one. */
export function isEmpty(password: string): boolean {
  return /^\0*$/.test(password)
}
