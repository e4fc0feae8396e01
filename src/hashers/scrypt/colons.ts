import { fieldOf, lengthOf, splitFields, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import { isItoa64 } from '../../formats/itoa64.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import { normalizeNfkc, readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed, Readings } from '../../hasher/contract.js'
import { blankLast, defineScrypt } from './define.js'
import type { Params } from './define.js'

// Systems of Node write <salt>:<key>. The salt is hashed as the text that it is, even hexadecimal, and the key has 64 bytes. N is
// 16384 and p is 1. r is 16 or 8, and nothing tells which where the salt is 32 digits of hexadecimal. A row that names one of the
// two hashers may have a digest of the other.

// The lengths of whole digests are written as numbers, since bundlers do not drop expressions that they cannot compute.
const HEX_SALT_LENGTH = 32
const TEXT_SALT_LENGTH = 16
const KEY_LENGTH = 128
const WIDE: Params = { N: 16_384, r: 16, p: 1 }
const NARROW: Params = { N: 16_384, r: 8, p: 1 }
const VERSION = 's2:'

/**
 * scrypt as Better Auth, Lucia 3 and Oslo write it, with r = 16. The password is hashed in NFKC.
 *
 *     000102030405060708090a0b0c0d0e0f  :  <128 characters of lower-case hex>      (spaces added)
 *
 * @see https://github.com/better-auth/utils/blob/main/src/password.node.ts
 */
export const scryptBetterAuth: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_better_auth',
  aliases: ['better_auth', 'lucia', 'oslo', 'scrypt_lucia'],
  writtenBy: 'Better Auth, Lucia 3, Oslo',
  example:
    '000102030405060708090a0b0c0d0e0f:3e0919938b5e2b36382eb5a81c23ab15482d02c6a9e295451ff69530660a61b2ca15c113ee385e40a1a76b9345e7d3d519fe53b60d2786758802d888ceb009d1',
  lengths: [161],
  identify: (digest) => !isMalformed(parseBetterAuth(fieldOf(digest))),
  parse: parseBetterAuth,
  passwordForms: (password) => [normalizeNfkc(password)],
  blank: (digest) => blankLast(digest, ':', '0'),
})

/**
 * scrypt of Lucia. Behind `s2:` r is 16, and the password is hashed in NFKC. Without `s2:` r is 8, and the password is hashed as
 * it was typed; applications of Node that call its scrypt with a hexadecimal salt write the same. Salts have 16 letters and
 * digits, or 32 digits of hexadecimal.
 *
 *     s2  :  HmXw0LzkR8vQ2T5h  :  <128 characters of lower-case hex>      (spaces added)
 *     HmXw0LzkR8vQ2T5h  :  <128 characters of lower-case hex>
 *
 * From 2.0 on Lucia normalised passwords to NFKC before it checked digests of r = 8, so both forms are tried.
 *
 * @see https://github.com/lucia-auth/lucia/blob/v3.2.2/packages/lucia/src/crypto.ts
 */
export const scryptLucia: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_lucia',
  aliases: ['better_auth', 'lucia', 'scrypt_better_auth'],
  writtenBy: 'Lucia 1 to 3, applications of Node',
  example:
    's2:HmXw0LzkR8vQ2T5h:3e0919938b5e2b36382eb5a81c23ab15482d02c6a9e295451ff69530660a61b2ca15c113ee385e40a1a76b9345e7d3d519fe53b60d2786758802d888ceb009d1',
  lengths: [145, 148, 161, 164],
  identify: (digest) => !isMalformed(parseLucia(fieldOf(digest))),
  parse: parseLucia,
  passwordForms: (password, { params }) => formsOfLucia(password, params),
  blank: (digest) => blankLast(digest, ':', '0'),
})

function parseBetterAuth(rest: Field): readonly [Parsed<Params>] | Malformed {
  return parsePair(rest, { params: WIDE, readSalt: readHexSalt })
}

function parseLucia({ text, start, end }: Field): readonly [Parsed<Params>] | Malformed {
  const hasVersion = text.startsWith(VERSION, start)
  const pair = fieldOf(text, hasVersion ? start + VERSION.length : start, end)
  return parsePair(pair, { params: hasVersion ? WIDE : NARROW, readSalt: readLuciaSalt })
}

function parsePair(
  pair: Field,
  {
    params,
    readSalt,
  }: { readonly params: Params; readonly readSalt: (field: Field) => Uint8Array | Problem },
): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(pair, ':', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [saltField, keyField] = fields
  const salt = readSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (lengthOf(keyField) !== KEY_LENGTH) return malformed('length', 'checksum')
  const checksum = decodeLowerHex(keyField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

function readHexSalt(field: Field): Uint8Array | Problem {
  if (lengthOf(field) !== HEX_SALT_LENGTH) return 'length'
  const bytes = decodeLowerHex(field)
  return typeof bytes === 'string' ? bytes : readTextSalt(field)
}

function readLuciaSalt(field: Field): Uint8Array | Problem {
  if (lengthOf(field) !== TEXT_SALT_LENGTH) return readHexSalt(field)
  const text = textOf(field)
  // The alphabet of a salt is that of itoa64 without its two signs.
  return isItoa64(field) && !text.includes('.') && !text.includes('/') ? readTextSalt(field) : 'alphabet'
}

function formsOfLucia(password: Uint8Array, { r }: Params): Readings<Uint8Array> {
  const normal = normalizeNfkc(password)
  return r === WIDE.r || normal === password ? [normal] : [password, normal]
}
