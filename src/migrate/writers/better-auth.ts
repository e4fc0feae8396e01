import { isRefusal, JSON_LIST, NO_ID, take } from './writer.js'
import type { Writer } from './writer.js'

// Better Auth checks no others, unless the application gives it a function of its own.
const KEPT: ReadonlyMap<string, RegExp> = new Map([['scrypt_better_auth', /^/]])

/**
 * Rows of Better Auth's table `account`, for users that its table `user` has.
 *
 * @see https://www.better-auth.com/docs/concepts/database#account
 */
export const betterAuthWriter: Writer = {
  ...JSON_LIST,
  name: 'better-auth',
  write: ({ id }, digest) => {
    if (id === '') return NO_ID
    const taken =
      digest === undefined ? undefined : take(digest, { name: 'better-auth', kept: KEPT, spellings: {} })
    if (taken !== undefined && isRefusal(taken)) return taken
    const password = taken?.spelled.text ?? null
    return {
      value: JSON.stringify({ id, accountId: id, providerId: 'credential', userId: id, password }),
    }
  },
}
