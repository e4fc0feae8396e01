import { MAX_DIGEST_LENGTH } from '../../formats/bounds.js'
import { bcryptBase64, decodeAnyBase64, decodeBase64 } from '../../formats/base64.js'
import { fieldOf, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex, decodeLowerHex } from '../../formats/hex.js'
import { readTextSalt } from '../../formats/text.js'
import { oneOf, openColumns } from '../columns.js'
import type { Columns, ColumnType } from '../columns.js'

/** The spelling of bytes in a field: the function that reads it, and the words for it. */
export interface Spelling {
  readonly decode: (field: Field) => Uint8Array | string
  readonly words: string
}

export const TEXT: Spelling = { decode: readTextSalt, words: 'text without control characters' }
export const HEX: Spelling = { decode: decodeHex, words: 'hexadecimal' }
/** The hexadecimal of vendors that compare it as text. */
export const LOWER_HEX: Spelling = { decode: decodeLowerHex, words: 'hexadecimal in lower case' }
/** Base64 in either alphabet, padded or not: what the vendors decode with takes all of them. */
export const BASE64: Spelling = { decode: decodeAnyBase64, words: 'base64' }

/** The bytes of a checksum that a key derivation made: fewer would be matched by chance. */
export const KEY_BYTES = { min: 16, max: 1_024 } as const

/** Reads bytes. */
export function readBytes(
  { text, fail }: Columns,
  name: string,
  { decode, words, min = 1, max = 1_024 }: Spelling & { readonly min?: number; readonly max?: number },
): Uint8Array {
  const expected = `${words}, ${min === max ? min : `${min} to ${max}`} bytes`
  const bytes = decode(fieldOf(text(name, { is: () => true, expected })))
  if (typeof bytes === 'string' || bytes.length < min || bytes.length > max) throw fail(name, expected)
  return bytes
}

/** Reads bytes that may be absent, which then are none. */
export function readBytesOrNone(
  columns: Columns,
  name: string,
  spelling: Parameters<typeof readBytes>[2],
): Uint8Array {
  return columns.has(name) ? readBytes(columns, name, spelling) : NONE
}

export const NONE: Uint8Array = /* @__PURE__ */ new Uint8Array(0)

/** Reads one of the names of a table, and gives what the table has for it. */
export function choose<T>({ text, fail }: Columns, name: string, table: Readonly<Record<string, T>>): T {
  const type = oneOf(Object.keys(table))
  const found = table[text(name, type)]
  if (found === undefined) throw fail(name, type.expected)
  return found
}

/** The 22 characters of a salt of bcrypt, or the 31 of a checksum. */
export function bcryptBase64Of(length: number): ColumnType {
  return {
    is: (field) => textOf(field).length === length && typeof decodeBase64(field, bcryptBase64) !== 'string',
    expected: `${length} characters of bcrypt's base64`,
  }
}

/** An algorithm of a vendor: the fields that it takes, and the digest of them. */
export interface Row {
  readonly takes: readonly string[]
  readonly write: (fields: Columns) => string
}

/** A vendor: the name of its builder, the field that names the algorithm, and a row for each. */
export interface Vendor {
  readonly builder: string
  readonly by: string
  readonly rows: Readonly<Record<string, Row>>
  /** The algorithm where the field is absent. */
  readonly fallback?: string
}

/**
 * Makes the digest of a vendor's fields. A field that the algorithm does not take is refused like one that does not fit.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 */
export function build({ builder, by, rows, fallback }: Vendor, fields: unknown): string {
  const all = Object.values(rows).flatMap(({ takes }) => takes)
  const columns = openColumns(builder, fields, [...new Set([by, ...all])])
  const type = oneOf(Object.keys(rows))
  const name = fallback !== undefined && !columns.has(by) ? fallback : columns.text(by, type)
  const row = rows[name]
  if (row === undefined) throw columns.fail(by, type.expected)
  columns.only([by, ...row.takes], `${by} is ${name}`)
  return bounded(columns, row.write(columns))
}

/** A digest, or an error where no hasher would read so long a text. */
export function bounded({ fail }: Columns, digest: string): string {
  if (digest.length > MAX_DIGEST_LENGTH) {
    throw fail('the digest', `at most ${MAX_DIGEST_LENGTH} characters long, but its salt or key is too long`)
  }
  return digest
}
