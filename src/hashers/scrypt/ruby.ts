import { fieldOf, lengthOf, splitFields, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import { readLowerHexInteger } from '../../formats/integer.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { messageDigest } from '../../platform/node.js'
import { blankLast, defineScrypt, readParams } from './define.js'
import type { Params } from './define.js'

interface RubyParams extends Params {
  /** Whether it is of the gem's first releases: their salt is the text before the checksum, and that is SHA-1 of 256 bytes. */
  readonly isOld: boolean
}

// These bounds of the gem are in digits.
const SALT = { min: 16, max: 64 } as const
const CHECKSUM = { min: 32, max: 1_024 } as const
const OLD_LENGTH = 40
const OLD_KEY_BYTES = 256
// N is the longest number: 2^32 has nine digits.
const MAX_NUMBER_LENGTH = 9

/**
 * scrypt as the gem scrypt of Ruby writes it, which Authlogic uses. All fields are lower-case hexadecimal.
 *
 *     400  $  8  $  36  $  78f4ae6983f76119  $  <64 characters>      (spaces added)
 *
 * The fields are N, r, p, salt and checksum. Bytes of zero at the beginning of a salt are not hashed, and an odd digit at its end
 * is the first of two. A digest with a salt of 40 digits is one of the gem's first releases.
 *
 * @see https://github.com/pbhogan/scrypt/blob/master/lib/scrypt/engine.rb
 */
export const scryptRuby: Hasher = /* @__PURE__ */ defineScrypt<RubyParams>({
  name: 'scrypt_ruby',
  writtenBy: 'the gem scrypt (Ruby), Authlogic',
  example: '400$8$36$78f4ae6983f76119$37ec6ce55a2b928dc56ff9a7d0cdafbd7dbde49d9282c38a40b1434e88f24cf5',
  identify,
  parse,
  keyBytes: ({ params, checksum }) => (params.isOld ? OLD_KEY_BYTES : checksum.length),
  finish: (key, { params }) => (params.isOld ? messageDigest('sha1', key) : key),
  blank: (digest) => blankLast(digest, '$', '0'),
})

/** Whether a digest has the bare shape: five fields of hexadecimal, with a short one in front. */
function identify(digest: string): boolean {
  // The first field is looked at first, since every digest without a known prefix is shown to this hasher.
  const first = digest.indexOf('$')
  return first > 0 && first <= MAX_NUMBER_LENGTH && !isMalformed(parse(fieldOf(digest)))
}

function parse(rest: Field): readonly [Parsed<RubyParams>] | Malformed {
  const fields = splitFields(rest, '$', 5)
  if (fields === undefined) return malformed('shape', 'digest')
  const [fieldN, fieldR, fieldP, saltField, checksumField] = fields
  const params = readParams([fieldN, fieldR, fieldP], { read: readLowerHexInteger })
  if (isMalformed(params)) return params
  const isOld = lengthOf(saltField) === OLD_LENGTH
  const salt = isOld ? readOldSalt(rest, saltField) : readSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const digits = lengthOf(checksumField)
  if (isOld ? digits !== OLD_LENGTH : digits < CHECKSUM.min || digits > CHECKSUM.max)
    return malformed('length', 'checksum')
  const checksum = decodeLowerHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { ...params, isOld }, salt, checksum }]
}

function readSalt(field: Field): Uint8Array | Problem {
  const digits = lengthOf(field)
  if (digits < SALT.min || digits > SALT.max) return 'length'
  const isEven = digits % 2 === 0
  const text = textOf(field)
  let start = 0
  while (text.startsWith('00', start)) start += 2
  return decodeLowerHex(isEven ? fieldOf(text, start) : fieldOf(`${text}0`, start))
}

/** The salt of the gem's first releases: the text of the numbers and the salt. */
function readOldSalt({ text, start }: Field, saltField: Field): Uint8Array | Problem {
  const bytes = decodeLowerHex(saltField)
  return typeof bytes === 'string' ? bytes : readTextSalt(fieldOf(text, start, saltField.end))
}
