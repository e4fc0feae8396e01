import type { SignIn } from '../core.js'
import { assertGiven, dropDigest } from './account.js'
import type { WithoutDigest } from './account.js'

// passport-local, and the strategies of NestJS. No module of them is imported.

/** What the strategy of passport-local takes: a name, a password, and the function to call with an error or the account. */
export type PassportVerify<A extends object> = (
  name: unknown,
  password: unknown,
  done: (error: unknown, user?: WithoutDigest<A> | false) => void,
) => void

/** The `validate` of a strategy of NestJS, which answers null with the status 401. */
export type Validate<A extends object> = (
  name: unknown,
  password: unknown,
) => Promise<WithoutDigest<A> | null>

/**
 * Makes the function that the strategy of passport-local takes. It hands on the account without its digest and hasher, or false
 * for a wrong password and for a name or a password that is no text, which JSON may hold. The errors of `signIn` are handed on.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` where signIn is no function
 */
export function createVerify<A extends object>(signIn: SignIn<string, A>): PassportVerify<A> {
  const validate = createValidate(signIn)
  return (name, password, done) => {
    validate(name, password).then(
      (user) => {
        done(null, user ?? false)
      },
      (error: unknown) => {
        done(error)
      },
    )
  }
}

/**
 * Makes the `validate` of a strategy of NestJS. It gives what {@link createVerify} hands on, and null instead of false.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` where signIn is no function
 */
export function createValidate<A extends object>(signIn: SignIn<string, A>): Validate<A> {
  assertGiven(typeof signIn === 'function', 'createVerify, createValidate: signIn must be a function')
  return async (name, password) => {
    if (typeof name !== 'string') return null
    const account = await signIn(name, typeof password === 'string' ? password : null)
    return account === null ? null : dropDigest(account)
  }
}
