import { fieldOf } from '../formats/fields.js'
import { decodeItoa64, isItoa64, readItoa64Digit } from '../formats/itoa64.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/hasher.js'
import { costOfDigestLoop, powerOfTwo } from '../compute/cost.js'

interface Params {
  /** log2 of the rounds. */
  readonly rounds: number
}

const SALT_START = 4
const CHECKSUM_START = 12
const LENGTH = 34

/**
 * phpass "portable" digests: older WordPress, phpBB, Drupal's imports.
 *
 *     $P$  9  saltysea  MhWxsZJkPUjvlQXdLZl3D.      (spaces added)
 *
 * prefix (`$H$` in phpBB), log2 of the rounds as one itoa64 character, 8 salt characters, 22 checksum characters.
 *
 * @see https://www.openwall.com/phpass/
 */
export const phpass: Hasher = /* @__PURE__ */ defineHasher<Params>({
  name: 'phpass',
  standing: 'dated',
  example: '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0',
  prefixes: ['$P$', '$H$'],
  identify,
  parse,
  describe: ({ rounds }) => ({ rounds }),
  cost: ({ params }, passwordBytes) =>
    costOfDigestLoop({ algorithm: 'md5', count: powerOfTwo(params.rounds), tailLength: passwordBytes }),
  derive: (password, { params, salt }, runtime) =>
    runtime.run({
      kind: 'digest-loop',
      algorithm: 'md5',
      first: joinBytes(salt, password),
      tail: password,
      count: powerOfTwo(params.rounds),
    }),
})

/** In a buffer of their own: Buffer.concat would leave the password in Node's pool. */
function joinBytes(salt: Uint8Array, password: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(salt.length + password.length)
  bytes.set(salt)
  bytes.set(password, salt.length)
  return bytes
}

function identify(digest: string): boolean {
  return digest.startsWith('$P$') || digest.startsWith('$H$')
}

function parse(digest: string): readonly [Parsed<Params>] | Malformed {
  if (!identify(digest)) return malformed('shape', 'digest')
  const rounds = readItoa64Digit(fieldOf(digest, SALT_START - 1, Math.min(SALT_START, digest.length)))
  if (rounds === undefined) return malformed(digest.length < SALT_START ? 'length' : 'alphabet', 'rounds')
  // crypt_private of phpass refuses exponents below 7 and above 30.
  if (rounds < 7 || rounds > 30) return malformed('range', 'rounds')
  if (digest.length < CHECKSUM_START) return malformed('length', 'salt')
  if (digest.length !== LENGTH) return malformed('length', 'checksum')
  const saltField = fieldOf(digest, SALT_START, CHECKSUM_START)
  const salt = isItoa64(saltField) ? readTextSalt(saltField) : 'alphabet'
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeItoa64(fieldOf(digest, CHECKSUM_START))
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { rounds }, salt, checksum }]
}
