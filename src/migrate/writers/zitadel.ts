import {
  spellArgon2,
  spellBareHex,
  spellBcrypt,
  spellPbkdf2Passlib,
  spellPhpass,
  spellScryptPhc,
} from './spell.js'
import { isEmail, isRefusal, NO_EMAIL, rewrittenOf, take } from './writer.js'
import type { Refusal, Spellings, Writer } from './writer.js'

const MAX_TEXT = 200
const OUT_OF_BOUNDS: Refusal = { refused: 'zitadel takes no digest of such a cost' }
const KEPT: ReadonlyMap<string, RegExp> = new Map([
  ['md5_passwap', /^/],
  ['pbkdf2_passwap', /^/],
  ['sha512_drupal7', /^/],
])

// The bounds are the defaults of passwap's verifiers.
const SPELLINGS: Spellings = {
  bcrypt: spellBcrypt,
  argon2: (parts) => {
    const [, memory = ''] = /m=(\d+)/.exec(parts.text) ?? []
    if (parts.text.startsWith('$argon2d$')) return { refused: 'zitadel takes no argon2d' }
    return Number(memory) < 8 * 1024 ? OUT_OF_BOUNDS : spellArgon2(parts)
  },
  phpass: spellPhpass,
  digest: (parts) => (parts.algorithm === 'md5' ? spellBareHex(parts) : undefined),
  pbkdf2: (parts) => {
    if (!/^sha(?:1|256|512)$/.test(parts.algorithm)) return undefined
    return Number(parts.iterations) < 1000 ? OUT_OF_BOUNDS : spellPbkdf2Passlib(parts)
  },
  scrypt: (parts) => (parts.logN < 14 || parts.logN > 20 ? OUT_OF_BOUNDS : spellScryptPhc(parts)),
}

/**
 * A line for each request that adds a human user, `POST /v2/users/human`. Zitadel wants a name, and the login stands for it; the
 * verifiers of all hashers but bcrypt must be switched on in its configuration.
 *
 * @see https://zitadel.com/docs/apis/resources/user_service/user-service-add-human-user
 */
export const zitadelWriter: Writer = {
  ...{ name: 'zitadel', begin: '', between: '', end: '', isCsv: false },
  write: ({ id, login }, digest) => {
    if (!isEmail(login)) return NO_EMAIL
    if (login.length > MAX_TEXT || id.length > MAX_TEXT) {
      return { refused: `zitadel takes no id or login over ${MAX_TEXT} characters` }
    }
    const taken =
      digest === undefined ? undefined : take(digest, { name: 'zitadel', kept: KEPT, spellings: SPELLINGS })
    if (taken !== undefined && isRefusal(taken)) return taken
    const user = {
      ...(id !== '' && { userId: id }),
      username: login,
      profile: { givenName: login, familyName: login },
      email: { email: login },
      ...(taken !== undefined && { hashedPassword: { hash: taken.spelled.text } }),
    }
    return { value: `${JSON.stringify(user)}\n`, rewritten: rewrittenOf(taken) }
  },
}
