import { PassliftError } from '../errors.js'
import { isRecord, readOption } from '../options.js'
import { base64, decodeBase64 } from '../formats/base64.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeLowerHex } from '../formats/hex.js'
import { readTextSalt } from '../formats/text.js'

/** The type of a column: a test of its text, and the words for the type, as in "salt must be hexadecimal in lower case". */
export interface ColumnType {
  readonly is: (field: Field) => boolean
  readonly expected: string
}

/** The columns of one row, each read and checked by name. */
export interface Columns {
  /** @throws PassliftError `ERR_BUILDER_FIELD` */
  readonly text: (name: string, type: ColumnType) => string
  /** @throws PassliftError `ERR_BUILDER_FIELD` */
  readonly integer: (name: string, min: number, max: number, fallback?: number) => number
  /**
   * Reads a column that may be empty: undefined, null and the empty text are all undefined.
   *
   * @throws PassliftError `ERR_BUILDER_FIELD`
   */
  readonly textOrNone: (name: string, type: ColumnType) => string | undefined
  /** @throws PassliftError `ERR_BUILDER_FIELD` */
  readonly flag: (name: string) => boolean
  /** Whether a column is given. */
  readonly has: (name: string) => boolean
  /**
   * Opens the object in a column. Errors name its columns with the column in front, as in `hash.value`.
   *
   * @throws PassliftError `ERR_BUILDER_FIELD`
   */
  readonly open: (name: string, names: readonly string[]) => Columns
  /**
   * Refuses columns that are given and not among `names`.
   *
   * @param when what makes them meaningless, as in "algorithm is md5"
   * @throws PassliftError `ERR_BUILDER_FIELD`
   */
  readonly only: (names: readonly string[], when: string) => void
  /** Makes the error for a column that does not fit. */
  readonly fail: (name: string, expected: string) => PassliftError
}

/** The type of a checksum in lower-case hexadecimal, at least 16 bytes: a shorter text is no checksum. */
export const HEX_CHECKSUM: ColumnType = {
  is: (field) => isLong(decodeLowerHex(field)),
  expected: 'hexadecimal in lower case, at least 32 characters',
}

export const BASE64_CHECKSUM: ColumnType = {
  is: (field) => isLong(decodeBase64(field, base64)),
  expected: 'base64 of at least 16 bytes, padded',
}

/** The type of lower-case hexadecimal of so many bytes. */
export function hexOf(bytes: number): ColumnType {
  return {
    is: (field) => HEX_CHECKSUM.is(field) && lengthOf(field) === bytes * 2,
    expected: `hexadecimal in lower case, ${bytes * 2} characters`,
  }
}

/** The type of a salt that is text. A `$` in a salt would end its field of the digest. */
export const SALT: ColumnType = {
  is: (field) => typeof readTextSalt(field) !== 'string' && !field.text.includes('$'),
  expected: 'text that is not empty, without "$" and without control characters',
}

/** The type of a salt that is text, or empty where the user has none. */
export const SALT_OR_NONE: ColumnType = {
  is: (field) => lengthOf(field) === 0 || SALT.is(field),
  expected: SALT.expected,
}

/**
 * Opens the columns of a row.
 *
 * @param builder the name of the builder, for errors
 * @throws PassliftError `ERR_BUILDER_FIELD` where the row is no object, or has other columns
 */
export function openColumns(builder: string, row: unknown, names: readonly string[]): Columns {
  return openObject(builder, { row, names, path: '' })
}

interface Opened {
  readonly row: unknown
  readonly names: readonly string[]
  /** What stands in front of the columns' names: nothing, or a column and a full stop. */
  readonly path: string
}

function openObject(builder: string, { row, names, path }: Opened): Columns {
  const error = (problem: string): PassliftError =>
    new PassliftError('ERR_BUILDER_FIELD', `${builder}: ${problem}.`)
  const fail = (name: string, expected: string): PassliftError => error(`${path}${name} must be ${expected}`)
  const object = path === '' ? 'the columns' : path.slice(0, -1)
  if (!isRecord(row)) throw error(`${object} must be an object of ${names.join(', ')}`)
  for (const name of Object.keys(row)) {
    if (names.includes(name)) continue
    throw error(
      path === ''
        ? `there is no such column. It takes ${names.join(', ')}`
        : `${object} must have no columns but ${names.join(', ')}`,
    )
  }
  const text: Columns['text'] = (name, { is, expected }) => {
    const value = readOption(row, name)
    if (typeof value !== 'string' || !is(fieldOf(value))) throw fail(name, expected)
    return value
  }
  return {
    fail,
    text,
    textOrNone: (name, type) => {
      const value = readOption(row, name)
      return value === undefined || value === null || value === '' ? undefined : text(name, type)
    },
    flag: (name) => {
      const value = readOption(row, name)
      if (typeof value !== 'boolean') throw fail(name, 'true or false')
      return value
    },
    integer: (name, min, max, fallback) => {
      const value = readOption(row, name) ?? fallback
      if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
        throw fail(name, `an integer from ${min} to ${max}`)
      }
      return value
    },
    has: (name) => readOption(row, name) !== undefined,
    only: (taken, when) => {
      const other = names.find((name) => readOption(row, name) !== undefined && !taken.includes(name))
      if (other !== undefined) throw fail(other, `absent where ${when}`)
    },
    open: (name, inner) =>
      openObject(builder, { row: readOption(row, name), names: inner, path: `${path}${name}.` }),
  }
}

/** The type of one of a few words. */
export function oneOf(words: readonly string[]): ColumnType {
  return { is: ({ text }) => words.includes(text), expected: words.join(', ') }
}

function isLong(decoded: Uint8Array | string): boolean {
  return typeof decoded !== 'string' && decoded.length >= 16
}
