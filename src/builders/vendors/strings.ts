import { base64Unpadded, decodeBase64 } from '../../formats/base64.js'
import { parseBcrypt } from '../../formats/bcrypt.js'
import { fieldOf, readParameters, splitBetween, splitFields, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { decodeItoa64, isItoa64, readItoa64Digit } from '../../formats/itoa64.js'
import { isMalformed } from '../../formats/problem.js'
import type { Columns, ColumnType } from '../columns.js'
import { KEY_BYTES } from './values.js'
import type { ScryptNumbers } from './write.js'

// The strings that vendors take whole. Each is read as strictly as its hasher reads it, so that a digest that a builder gives back is
// read later.

const MAX_UINT32 = 2 ** 32 - 1
const PHPASS_LENGTH = 34
const DRUPAL_LENGTH = 55

/** A digest of bcrypt that is not of an old, faulty writer. */
export const BCRYPT: ColumnType = {
  is: ({ text }) =>
    ['$2a$', '$2b$', '$2y$'].some((prefix) => text.startsWith(prefix)) &&
    !isMalformed(parseBcrypt(fieldOf(text, 4))),
  expected: "bcrypt's string, which begins with $2a$, $2b$ or $2y$",
}

/** A digest of Argon2 in the PHC string format, of any of these variants. */
export function argon2Of(...variants: readonly ('i' | 'd' | 'id')[]): ColumnType {
  const prefixes = variants.map((variant) => `$argon2${variant}$v=`)
  return {
    is: ({ text }) => {
      const prefix = prefixes.find((one) => text.startsWith(one))
      return prefix !== undefined && isArgon2(fieldOf(text, prefix.length))
    },
    expected: `Argon2's string, which begins with ${prefixes.join(' or ')}`,
  }
}

function isArgon2(rest: Field): boolean {
  const fields = splitFields(rest, '$', 4)
  if (fields === undefined) return false
  const [version, parametersField, salt, checksum] = fields
  if (!['16', '19'].includes(textOf(version))) return false
  const parameters = readParameters(parametersField, ['m', 't', 'p'])
  if (isMalformed(parameters)) return false
  const [m, t, p] = parameters.map((field) => readInteger(field, { min: 1, max: MAX_UINT32 }))
  if (typeof m !== 'number' || typeof t !== 'number' || typeof p !== 'number') return false
  return m >= 8 * p && p < 2 ** 24 && isBytes(salt, 8) && isBytes(checksum, 4)
}

/** A digest of scrypt in the PHC string format. */
export const SCRYPT: ColumnType = {
  is: ({ text }) => {
    const prefix = '$scrypt$ln='
    const fields = splitBetween(fieldOf(text, prefix.length), [',r=', ',p='], 5)
    if (!text.startsWith(prefix) || fields === undefined) return false
    const [lnField, rField, pField, salt, checksum] = fields
    const [ln, r, p] = [lnField, rField, pField].map((field) =>
      readInteger(field, { min: 1, max: MAX_UINT32 }),
    )
    if (typeof ln !== 'number' || typeof r !== 'number' || typeof p !== 'number') return false
    return ln <= 31 && isScrypt({ N: 2 ** ln, r, p }) && isBytes(salt, 1) && isBytes(checksum, KEY_BYTES.min)
  },
  expected: "scrypt's string, as $scrypt$ln=14,r=8,p=1$<salt>$<checksum>",
}

/** Whether numbers are within RFC 7914 section 6. */
export function isScrypt({ N, r, p }: ScryptNumbers): boolean {
  const log2N = Math.log2(N)
  return Number.isInteger(log2N) && log2N > 0 && log2N < 16 * r && r * p < 2 ** 30
}

/** Reads the numbers of scrypt from columns of these names, with their defaults. */
export function readScrypt(
  { integer, fail }: Columns,
  [nameN, nameR, nameP]: readonly [string, string, string],
  defaults?: ScryptNumbers,
): ScryptNumbers {
  // An expression counts to below 2^31.
  const N = integer(nameN, 2, 2 ** 30, defaults?.N)
  const r = integer(nameR, 1, 2 ** 30 - 1, defaults?.r)
  const p = integer(nameP, 1, 2 ** 30 - 1, defaults?.p)
  if (!isScrypt({ N, r, p: 1 })) throw fail(nameN, 'a power of two below 2^(16 r)')
  if (!isScrypt({ N, r, p })) throw fail(nameP, 'an integer below 2^30 / r')
  return { N, r, p }
}

/** A digest of phpass. */
export const PHPASS: ColumnType = {
  is: ({ text }) => isPhpass(text, '$P$') || isPhpass(text, '$H$'),
  expected: "phpass's string, which begins with $P$ or $H$",
}

/** Whether a text is a digest of phpass, or with `$S$` of Drupal 7. */
export function isPhpass(text: string, prefix: string): boolean {
  const rounds = readItoa64Digit(fieldOf(text, 3, 4)) ?? 0
  const isDrupal = prefix === '$S$'
  const checksum = fieldOf(text, 12)
  return (
    text.startsWith(prefix) &&
    text.length === (isDrupal ? DRUPAL_LENGTH : PHPASS_LENGTH) &&
    rounds >= 7 &&
    rounds <= 30 &&
    isItoa64(fieldOf(text, 4)) &&
    // The checksum of Drupal is cut off inside a byte.
    (isDrupal || typeof decodeItoa64(checksum) !== 'string')
  )
}

function isBytes(field: Field, min: number): boolean {
  const bytes = decodeBase64(field, base64Unpadded)
  return typeof bytes !== 'string' && bytes.length >= min
}

/** A digest of WordPress, of phpass or of bcrypt. */
export const WORDPRESS: ColumnType = {
  is: (field) =>
    PHPASS.is(field) || (field.text.startsWith('$wp') && BCRYPT.is(fieldOf(field.text.slice(3)))),
  expected: "WordPress's string, which begins with $P$, $H$ or $wp$2y$",
}
