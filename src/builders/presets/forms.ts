import { openColumns } from '../columns.js'
import type { ColumnType } from '../columns.js'
import { CRYPT as CRYPT_STRING } from '../vendors/crypt-strings.js'
import { argon2Of, BCRYPT as BCRYPT_STRING, PHPASS as PHPASS_STRING } from '../vendors/strings.js'
import { TEXT, writeDigest } from './preset.js'
import type { DigestColumn, Form, KeyedColumns, SaltedColumns } from './preset.js'

// The shapes that many systems share, and a maker of presets for each set of columns. Forms are made when a preset is called, so that
// bundlers drop those of presets that nobody names.

type Shape = Pick<Form, 'shape' | 'words' | 'type'>

export const MD5: Shape = { shape: /^[\da-f]{32}$/, words: 'MD5 in hexadecimal' }
export const SHA1: Shape = { shape: /^[\da-f]{40}$/, words: 'SHA-1 in hexadecimal' }
export const SHA256: Shape = { shape: /^[\da-f]{64}$/, words: 'SHA-256 in hexadecimal' }
export const SHA512: Shape = { shape: /^[\da-f]{128}$/, words: 'SHA-512 in hexadecimal' }
/** A hash, a colon and a salt in one column. */
export const MD5_AND_SALT: Shape = {
  shape: /^(?<checksum>[\da-f]{32}):(?<salt>[^]+)$/,
  words: 'MD5 in hexadecimal, a colon and the salt',
}
export const SHA256_AND_SALT: Shape = {
  shape: /^(?<checksum>[\da-f]{64}):(?<salt>[^]+)$/,
  words: 'SHA-256 in hexadecimal, a colon and the salt',
}
export const SHA512_AND_SALT: Shape = {
  shape: /^(?<checksum>[\da-f]{128}):(?<salt>[^]+)$/,
  words: 'SHA-512 in hexadecimal, a colon and the salt',
}
export const BCRYPT: Shape = { shape: /^\$2[aby]\$/, words: "bcrypt's string", type: BCRYPT_STRING }
export const ARGON2: Shape = {
  shape: /^\$argon2/,
  words: "Argon2's string",
  type: /* @__PURE__ */ argon2Of('i', 'd', 'id'),
}
export const PHPASS: Shape = { shape: /^\$[PH]\$/, words: "phpass's string", type: PHPASS_STRING }
/** The strings of crypt(3) by MD5, SHA-256 and SHA-512. */
export const CRYPT: Shape = { shape: /^\$[156]\$/, words: "crypt(3)'s string", type: CRYPT_STRING }

type Forms = () => readonly Form[]

/** The form of rows without a salt. */
export function unsalted(form: Form): Form {
  return { ...form, isUnsalted: true }
}

export function digestOnly(builder: string, forms: Forms): (columns: DigestColumn) => string {
  return (row) => writeDigest(openColumns(builder, row, ['digest']), forms())
}

/** @param type the type of the salt; default any text */
export function salted(
  builder: string,
  forms: Forms,
  type: ColumnType = TEXT,
): (columns: SaltedColumns) => string {
  return (row) => {
    const columns = openColumns(builder, row, ['digest', 'salt'])
    return writeDigest(columns, forms(), { s: columns.textOrNone('salt', type) })
  }
}

/** @param forms the forms where the system has a site key, or where it has none */
export function keyed(
  builder: string,
  forms: (hasKey: boolean) => readonly Form[],
): (columns: KeyedColumns) => string {
  return (row) => {
    const columns = openColumns(builder, row, ['digest', 'siteKey'])
    return writeDigest(columns, forms(columns.flag('siteKey')))
  }
}
