import { base64, decodeBase64 } from '../../formats/base64.js'
import { lengthOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { blankLast, defineScrypt, readParams } from './define.js'
import type { Params } from './define.js'

// The formats of Werkzeug and Django have a salt that is text and a checksum of 64 bytes.

const CHECKSUM_BYTES = 64
const HEX_LENGTH = 128
const BASE64_LENGTH = 88

/**
 * scrypt as Werkzeug (Flask) writes it since 2.3.
 *
 *     scrypt:32768:8:1  $  salt  $  <128 characters of lower-case hex>      (spaces added)
 *
 * The numbers are N, r and p. The salt is text. The checksum has 64 bytes, and is accepted in base64 too.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security
 */
export const scryptWerkzeug: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_werkzeug',
  writtenBy: 'Werkzeug (Flask) since 2.3',
  example:
    'scrypt:32768:8:1$salt$4bc0fd507e93a600768021341ec726c57c00cb55a4702a1650131365500cf47150e20a6189e2626330068b4313cbf1ba8a82bb34f5fef9500178c90d3eb995ac',
  prefixes: ['scrypt:'],
  parse: parseWerkzeug,
  blank: (digest) => {
    const isHex = digest.length - digest.lastIndexOf('$') - 1 === HEX_LENGTH
    return blankLast(digest, '$', isHex ? '0' : 'A')
  },
})

/**
 * scrypt as Django writes it since 4.0. The salt is text and stands behind N. The checksum has 64 bytes.
 *
 *     scrypt  $  16384  $  seasalt  $  8  $  5  $  <88 characters of base64>      (spaces added)
 *
 * The numbers are N, r and p; p was 1 before Django 5.1.
 *
 * @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/#using-scrypt-with-django
 */
export const scryptDjango: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_django',
  writtenBy: 'Django since 4.0',
  example:
    'scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==',
  prefixes: ['scrypt$'],
  parse: parseDjango,
  blank: (digest) => blankLast(digest, '$', 'A'),
})

function parseWerkzeug(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  const numbers = fields && splitFields(fields[0], ':', 3)
  if (fields === undefined || numbers === undefined) return malformed('shape', 'digest')
  const [, saltField, checksumField] = fields
  const params = readParams(numbers)
  if (isMalformed(params)) return params
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum =
    lengthOf(checksumField) === HEX_LENGTH ? decodeLowerHex(checksumField) : decode64Bytes(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

function parseDjango(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 5)
  if (fields === undefined) return malformed('shape', 'digest')
  const [fieldN, saltField, fieldR, fieldP, checksumField] = fields
  const params = readParams([fieldN, fieldR, fieldP])
  if (isMalformed(params)) return params
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decode64Bytes(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

function decode64Bytes(field: Field): Uint8Array | Problem {
  if (lengthOf(field) !== BASE64_LENGTH) return 'length'
  const bytes = decodeBase64(field, base64)
  // Text of 88 characters with one sign of padding, or none, has 65 or 66 bytes.
  return typeof bytes !== 'string' && bytes.length !== CHECKSUM_BYTES ? 'length' : bytes
}
