import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeItoa64, isItoa64, readItoa64Digit } from '../formats/itoa64.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import { costOfDigestLoop, powerOfTwo } from '../compute/cost.js'

interface Params {
  /** log2 of the rounds. */
  readonly rounds: number
}

const SALT_LENGTH = 8
const CHECKSUM_LENGTH = 22

/**
 * phpass "portable" digests: older WordPress, phpBB, Drupal's imports.
 *
 *     $P$  9  saltysea  MhWxsZJkPUjvlQXdLZl3D.      (spaces added)
 *
 * The fields are a prefix (`$H$` in phpBB), log2 of the rounds as one itoa64 character, 8 characters of salt and 22 of
 * checksum.
 *
 * @see https://www.openwall.com/phpass/
 */
export const phpass: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'phpass',
  standing: 'dated',
  example: '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0',
  why: 'MD5, 8,192 rounds by default',
  writtenBy: 'WordPress before 6.8, phpBB 3.0',
  prefixes: ['$P$', '$H$'],
  parse,
  describe: ({ rounds }) => ({ rounds }),
  // The cost is not read from the job, since building that copies salt and password.
  cost: ({ params }, passwordBytes) =>
    costOfDigestLoop({ algorithm: 'md5', count: powerOfTwo(params.rounds), tailLength: passwordBytes }),
  job: (password, { params, salt }) =>
    digestLoopJob({
      algorithm: 'md5',
      first: joinBytes(salt, password),
      tail: password,
      count: powerOfTwo(params.rounds),
    }),
  blank: (digest) => writeOver(digest, digest.length - CHECKSUM_LENGTH, '.'),
})

/** Joins bytes in a buffer of their own: Buffer.concat would leave the password in Node's pool. */
function joinBytes(salt: Uint8Array, password: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(salt.length + password.length)
  bytes.set(salt)
  bytes.set(password, salt.length)
  return bytes
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const { text, start, end } = rest
  const saltStart = start + 1
  const checksumStart = saltStart + SALT_LENGTH
  const rounds = readItoa64Digit(fieldOf(text, start, Math.min(saltStart, end)))
  if (rounds === undefined) return malformed(end < saltStart ? 'length' : 'alphabet', 'rounds')
  // crypt_private of phpass refuses exponents below 7 and above 30.
  if (rounds < 7 || rounds > 30) return malformed('range', 'rounds')
  if (end < checksumStart) return malformed('length', 'salt')
  if (lengthOf(rest) !== 1 + SALT_LENGTH + CHECKSUM_LENGTH) return malformed('length', 'checksum')
  const saltField = fieldOf(text, saltStart, checksumStart)
  const salt = isItoa64(saltField) ? readTextSalt(saltField) : 'alphabet'
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeItoa64(fieldOf(text, checksumStart, end))
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { rounds }, salt, checksum }]
}
