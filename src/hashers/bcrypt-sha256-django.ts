import { parseBcrypt } from '../formats/bcrypt.js'
import { encodeHexBytes } from '../formats/hex.js'
import { createPrefixTest } from '../formats/prefix.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/hasher.js'
import { messageDigest } from '../platform/node.js'
import { costOfBcrypt } from '../compute/cost.js'

interface Params {
  readonly version: string
  readonly cost: number
}

export const BCRYPT_SHA256_PREFIX = 'bcrypt_sha256$'
const identify = /* @__PURE__ */ createPrefixTest(BCRYPT_SHA256_PREFIX)

/**
 * bcrypt over the SHA-256 of the password in hex, as Django writes it: no password is too long.
 *
 *     bcrypt_sha256$  $2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW      (space added)
 *
 * @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/#using-bcrypt-with-django
 */
export const bcryptSha256Django: Hasher = /* @__PURE__ */ defineHasher<Params>({
  name: 'bcrypt_sha256_django',
  standing: 'sound',
  prehashed: true,
  example: 'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuZVXpWnAOAlBBt3Iu3cO1dhmg8t/3ja.',
  prefixes: [BCRYPT_SHA256_PREFIX],
  identify,
  parse,
  describe: ({ version, cost }) => ({ version, cost }),
  cost: ({ params }) => costOfBcrypt(params),
  derive: (password, { params, salt }, runtime) =>
    runtime.run({
      kind: 'bcrypt',
      variant: 'standard',
      password: prehash(password),
      salt,
      cost: params.cost,
    }),
})

/** What bcrypt is given in the password's place: 64 ASCII characters. */
export function prehash(password: Uint8Array): Uint8Array {
  return encodeHexBytes(messageDigest('sha256', password))
}

function parse(digest: string): readonly [Parsed<Params>] | Malformed {
  if (!identify(digest)) return malformed('shape', 'digest')
  const fields = parseBcrypt(digest, BCRYPT_SHA256_PREFIX.length)
  if (isMalformed(fields)) return fields
  const { version, cost, salt, checksum } = fields
  // Django has only ever written versions that are 2b's algorithm.
  if (version === '2' || version === '2x') return malformed('version', 'version')
  return [{ params: { version, cost }, salt, checksum }]
}
