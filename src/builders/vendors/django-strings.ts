import { base64, decodeBase64 } from '../../formats/base64.js'
import { fieldOf, splitAny } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { readTextSalt } from '../../formats/text.js'
import type { ColumnType } from '../columns.js'
import { argon2Of, BCRYPT, isScrypt } from './strings.js'

const MAX_UINT31 = 2 ** 31 - 1

/** What stands behind each beginning of Django's digests. */
const BEGINNINGS: readonly (readonly [beginning: string, is: (rest: Field) => boolean])[] = [
  ['pbkdf2_sha256$', (rest) => isPbkdf2(rest, 32)],
  ['pbkdf2_sha1$', (rest) => isPbkdf2(rest, 20)],
  ['scrypt$', isScryptOfDjango],
  ['argon2$', ({ text, start }) => argon2Of('id', 'i', 'd').is(fieldOf(text.slice(start - 1)))],
  ['bcrypt$$', ({ text, start }) => BCRYPT.is(fieldOf(text.slice(start - 1)))],
  ['bcrypt_sha256$$', ({ text, start }) => BCRYPT.is(fieldOf(text.slice(start - 1)))],
]

/** A digest of Django, of one of the hashers that it still has. Those of MD5 and SHA-1 look like Werkzeug's and are refused. */
export const DJANGO: ColumnType = {
  is: ({ text }) =>
    BEGINNINGS.some(([beginning, is]) => text.startsWith(beginning) && is(fieldOf(text, beginning.length))),
  expected: "Django's string, as pbkdf2_sha256$<iterations>$<salt>$<checksum>",
}

function isPbkdf2(rest: Field, bytes: number): boolean {
  const [iterations, salt, checksum] = splitAny(rest, '$', 3) ?? []
  return isNumber(iterations) && isSalt(salt) && isBytes(checksum, bytes)
}

function isScryptOfDjango(rest: Field): boolean {
  const [fieldN, salt, fieldR, fieldP, checksum] = splitAny(rest, '$', 5) ?? []
  const [N, r, p] = [fieldN, fieldR, fieldP].map(numberOf)
  if (N === undefined || r === undefined || p === undefined) return false
  return isScrypt({ N, r, p }) && isSalt(salt) && isBytes(checksum, 64)
}

function numberOf(field: Field | undefined): number | undefined {
  const number = field === undefined ? 'number' : readInteger(field, { min: 1, max: MAX_UINT31 })
  return typeof number === 'number' ? number : undefined
}

function isNumber(field: Field | undefined): boolean {
  return numberOf(field) !== undefined
}

function isSalt(field: Field | undefined): boolean {
  return field !== undefined && typeof readTextSalt(field) !== 'string'
}

function isBytes(field: Field | undefined, size: number): boolean {
  const bytes = field === undefined ? 'length' : decodeBase64(field, base64)
  return typeof bytes !== 'string' && bytes.length === size
}
