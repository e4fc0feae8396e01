import { fieldOf, lengthOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeItoa64, isItoa64, readItoa64Digit } from '../../formats/itoa64.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { formsOfCString, readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { blankLast, defineScrypt, readParams } from './define.js'
import type { Params } from './define.js'

const NUMBER_LENGTH = 5
const NUMBERS_LENGTH = 1 + 2 * NUMBER_LENGTH
const CHECKSUM_LENGTH = 43
// libxcrypt's whole digests have at most 383 characters.
const MAX_SALT_LENGTH = 325

/**
 * scrypt of crypt(3): log2 of N, r and p in itoa64, the low bits first, the salt, which is hashed as text, and the checksum.
 *
 *     $7$  C  6....  /....  SodiumChloride  $  <43 characters>      (spaces added)
 *
 * libsodium writes the same (crypto_pwhash_scryptsalsa208sha256_str). In libxcrypt the password ends at a NUL, where the strings
 * of C end; libsodium hashes the NUL and what follows. Both are tried.
 *
 * @see https://github.com/besser82/libxcrypt/blob/develop/lib/crypt-scrypt.c
 * @see https://doc.libsodium.org/password_hashing/scrypt
 */
export const scryptCrypt: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_crypt',
  writtenBy: 'Linux, libsodium',
  example: '$7$66..../....SodiumChloride$IRqON6M.CZInCa/Y/Zpx/d8q39oKlIqQK642upv8ZHA',
  prefixes: ['$7$'],
  parse,
  passwordForms: formsOfCString,
  endsAtNul: true,
  blank: (digest) => blankLast(digest, '$', '.'),
})

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [settingField, checksumField] = fields
  const { text, start, end } = settingField
  const saltStart = start + NUMBERS_LENGTH
  if (saltStart > end) return malformed('length', 'parameters')
  const cut = (from: number, length: number): Field => fieldOf(text, start + from, start + from + length)
  const params = readParams([cut(0, 1), cut(1, NUMBER_LENGTH), cut(1 + NUMBER_LENGTH, NUMBER_LENGTH)], {
    cost: 'ln',
    read: readItoa64Integer,
  })
  if (isMalformed(params)) return params
  const saltField = fieldOf(text, saltStart, end)
  if (lengthOf(saltField) > MAX_SALT_LENGTH) return malformed('length', 'salt')
  const salt = isItoa64(saltField) ? readTextSalt(saltField) : 'alphabet'
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (lengthOf(checksumField) !== CHECKSUM_LENGTH) return malformed('length', 'checksum')
  const checksum = decodeItoa64(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

/** Reads all characters as one number of itoa64, the low bits first. */
function readItoa64Integer(
  { text, start, end }: Field,
  { min, max }: { readonly min: number; readonly max: number },
): number | 'number' | 'range' {
  let value = 0
  for (let at = end - 1; at >= start; at--) {
    const digit = readItoa64Digit(fieldOf(text, at, at + 1))
    if (digit === undefined) return 'number'
    value = value * 64 + digit
  }
  return value < min || value > max ? 'range' : value
}
