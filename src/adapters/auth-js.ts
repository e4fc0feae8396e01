import type { SignIn } from '../core.js'
import { assertGiven, dropDigest } from './account.js'
import type { WithoutDigest } from './account.js'

// The provider "Credentials" of Auth.js and NextAuth.js. No module of them is imported.

/** What the provider takes as `authorize`. */
export type Authorize<A extends object> = (
  credentials: Readonly<Record<string, unknown>> | undefined,
) => Promise<WithoutDigest<A> | null>

/**
 * Makes the `authorize` of the provider "Credentials". It gives the account without its digest and hasher, since callbacks put
 * what they are given into tokens. It gives null where the password is wrong, and where the field or the password is missing or
 * no text. The errors of `signIn` reject it.
 *
 * @param field the field of the form that names the account, such as "email"
 * @throws TypeError `ERR_INVALID_ARG_TYPE` where signIn is no function, or the field no text
 */
export function createAuthorize<A extends object>(signIn: SignIn<string, A>, field: string): Authorize<A> {
  assertGiven(typeof signIn === 'function', 'createAuthorize: signIn must be a function')
  assertGiven(typeof field === 'string', 'createAuthorize: the field must be a text, such as "email"')
  return async (credentials = {}) => {
    const { [field]: id, password } = credentials
    if (typeof id !== 'string') return null
    const account = await signIn(id, typeof password === 'string' ? password : null)
    return account === null ? null : dropDigest(account)
  }
}
