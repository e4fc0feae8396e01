import { encodeHexBytes } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Hasher } from '../../hasher/contract.js'
import { makeWrap } from '../../hasher/wrap.js'
import { messageDigest } from '../../platform/node.js'
import { bcrypt } from './bcrypt.js'

export const BCRYPT_SHA256_PREFIX = 'bcrypt_sha256$'
// The SHA-256 in hexadecimal has 64 characters.
const PREPARED_BYTES = 64

/**
 * bcrypt over the SHA-256 of the password in hex, as Django writes it: no password is too long.
 *
 *     bcrypt_sha256$  $2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW      (space added)
 *
 * @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/#using-bcrypt-with-django
 */
export const bcryptSha256Django: Hasher = /* @__PURE__ */ makeWrap(bcrypt, {
  name: 'bcrypt_sha256_django',
  why: 'bcrypt',
  writtenBy: 'Django, and this package for long passwords',
  example: 'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuZVXpWnAOAlBBt3Iu3cO1dhmg8t/3ja.',
  prefixes: [BCRYPT_SHA256_PREFIX],
  // Django has written only versions that are the algorithm of 2b.
  refuse: ({ version }) =>
    version === '2' || version === '2x' ? malformed('version', 'version') : undefined,
  prepare: prehash,
  preparedBytes: () => PREPARED_BYTES,
})

/** Makes what bcrypt is given for the password: 64 ASCII characters. */
export function prehash(password: Uint8Array): Uint8Array {
  return encodeHexBytes(messageDigest('sha256', password))
}
