import { decodeAnyBase64 } from '../formats/base64.js'
import { scryptJob } from '../compute/kinds/scrypt.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { hasDigitsOnly, readInteger } from '../formats/integer.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import { encryptAesCtr } from '../platform/node.js'
import { costOfScrypt, powerOfTwo } from '../compute/cost.js'
import { sharesHmacKey } from '../compute/hmac-key.js'

interface Params {
  readonly signerKey: Uint8Array
  readonly saltSeparator: Uint8Array
  readonly rounds: number
  readonly memoryCost: number
}

// The bytes that scrypt gives are the AES-256 key.
const KEY_BYTES = 32
const MIN_CHECKSUM_BYTES = 16
const DOLLAR = 0x24
const OTHERS_STARTS = ['$', '!', '*']

/**
 * Firebase's modified scrypt: the project's parameters beside the user's checksum and salt.
 *
 *     <checksum>  $  <salt>  $  <signer key>  $  <salt separator>  $  8  $  14      (spaces added)
 *
 * The first four fields are base64, then follow scrypt's r ("rounds") and log2 N ("memory cost"). scrypt over salt and
 * separator gives the AES key that encrypts the signer key; the checksum is that ciphertext.
 *
 * @see https://github.com/firebase/scrypt
 */
export const scryptFirebase: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'scrypt_firebase',
  standing: 'sound',
  why: 'hard on memory',
  writtenBy: 'Firebase Authentication',
  example:
    'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14',
  identify,
  parse,
  describe: ({ rounds, memoryCost }) => ({ rounds, memoryCost }),
  job: (password, { params: { saltSeparator, rounds, memoryCost }, salt }) =>
    scryptJob({
      password,
      salt: Buffer.concat([salt, saltSeparator]),
      N: powerOfTwo(memoryCost),
      r: rounds,
      p: 1,
      length: KEY_BYTES,
    }),
  finish: (key, { params }) => encryptAesCtr(key, params.signerKey),
  // The cost is not read from the job, since building that copies the salt, and audits read digests by the million.
  cost: ({ params: { rounds, memoryCost } }) => costOfScrypt({ N: powerOfTwo(memoryCost), r: rounds, p: 1 }),
  // scrypt gives the password to HMAC with SHA-256 (RFC 7914).
  truncates: (password) => sharesHmacKey(password, 'sha256'),
  // The checksum is overwritten up to its padding.
  blank: (digest) => writeOver(digest, 0, 'A', /^[^=$]*/.exec(digest)?.[0].length ?? 0),
})

/**
 * Whether a text has the shape of a digest, which has no prefix: six fields, the last two short numbers. It begins neither
 * with the `$` of crypt(3) nor with a mark of an account without a password.
 */
function identify(digest: string): boolean {
  // The end is read first, since every digest without a known prefix is shown to this function.
  if (!endsWithMemoryCost(digest) || OTHERS_STARTS.includes(digest.charAt(0))) return false
  const fields = splitFields(fieldOf(digest), '$', 6)
  if (fields === undefined) return false
  const [, , , , roundsField, memoryCostField] = fields
  return isShortNumber(roundsField) && isShortNumber(memoryCostField)
}

function endsWithMemoryCost(digest: string): boolean {
  const { length } = digest
  return digest.charCodeAt(length - 2) === DOLLAR || digest.charCodeAt(length - 3) === DOLLAR
}

function isShortNumber(field: Field): boolean {
  const length = lengthOf(field)
  return (length === 1 || length === 2) && hasDigitsOnly(field)
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 6)
  if (fields === undefined) return malformed('shape', 'digest')
  const [checksumField, saltField, signerKeyField, saltSeparatorField, roundsField, memoryCostField] = fields

  const checksum = decodeAnyBase64(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')

  const salt = decodeAnyBase64(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')

  const signerKey = decodeAnyBase64(signerKeyField)
  if (typeof signerKey === 'string') return malformed(signerKey, 'signerKey')
  if (signerKey.length === 0) return malformed('length', 'signerKey')
  if (signerKey.length !== checksum.length) return malformed('length', 'checksum')

  const saltSeparator = decodeAnyBase64(saltSeparatorField)
  if (typeof saltSeparator === 'string') return malformed(saltSeparator, 'saltSeparator')

  // These are the bounds of Firebase's own import of users.
  const rounds = readInteger(roundsField, { min: 1, max: 8 })
  if (typeof rounds === 'string') return malformed(rounds, 'rounds')
  const memoryCost = readInteger(memoryCostField, { min: 1, max: 14 })
  if (typeof memoryCost === 'string') return malformed(memoryCost, 'memoryCost')

  return [{ params: { signerKey, saltSeparator, rounds, memoryCost }, salt, checksum }]
}
