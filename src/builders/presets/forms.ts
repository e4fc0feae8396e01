import { openColumns } from '../columns.js'
import type { ColumnType } from '../columns.js'
import { TEXT, writeDigest } from './preset.js'
import type { DigestColumn, Form, KeyedColumns, SaltedColumns } from './preset.js'

// The shapes that many systems share, and a maker of presets for each set of columns.

type Shape = Pick<Form, 'shape' | 'words'>

export const MD5: Shape = { shape: /^[\da-f]{32}$/, words: 'MD5 in hexadecimal' }
export const SHA1: Shape = { shape: /^[\da-f]{40}$/, words: 'SHA-1 in hexadecimal' }
export const SHA256: Shape = { shape: /^[\da-f]{64}$/, words: 'SHA-256 in hexadecimal' }
export const SHA512: Shape = { shape: /^[\da-f]{128}$/, words: 'SHA-512 in hexadecimal' }
/** A hash, a colon and a salt in one column. */
export const MD5_AND_SALT: Shape = {
  shape: /^(?<checksum>[\da-f]{32}):(?<salt>[^]+)$/,
  words: 'MD5 in hexadecimal, a colon and the salt',
}
export const BCRYPT: Shape = { shape: /^\$2[abxy]\$\d\d\$[./\dA-Za-z]{53}$/, words: "bcrypt's string" }
export const ARGON2: Shape = { shape: /^\$argon2(?:id|i|d)\$[ -~]+$/, words: "Argon2's string" }
export const PHPASS: Shape = { shape: /^\$[PH]\$[./\dA-Za-z]{31}$/, words: "phpass's string" }

/** The form of rows without a salt. */
export function unsalted(form: Form): Form {
  return { ...form, isUnsalted: true }
}

export function digestOnly(builder: string, forms: readonly Form[]): (columns: DigestColumn) => string {
  return (row) => writeDigest(openColumns(builder, row, ['digest']), forms)
}

/** @param type the type of the salt; default any text */
export function salted(
  builder: string,
  forms: readonly Form[],
  type: ColumnType = TEXT,
): (columns: SaltedColumns) => string {
  return (row) => {
    const columns = openColumns(builder, row, ['digest', 'salt'])
    return writeDigest(columns, forms, { s: columns.textOrNone('salt', type) })
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
