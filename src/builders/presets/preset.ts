import { encodeText } from '../../formats/expression-text.js'
import { fieldOf, lengthOf, textOf } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import type { Columns, ColumnType } from '../columns.js'
import { bounded } from '../vendors/values.js'

// A preset makes the digest of a row of one system: an expression of docs/expressions.md, or what the column holds where a hasher
// reads that. Its forms are the shapes of what the releases of the system wrote, so that a table with rows of several is read as it is.

export interface Form {
  /**
   * The shape of the column `digest`. The group `checksum` is what the expression gives, by default all; `salt` is a salt that stands
   * in this column; `count` is handed to the expression.
   */
  readonly shape: RegExp
  /** The type of the whole column, where the shape is its beginning alone. */
  readonly type?: ColumnType
  /** Words for the shape, as in "digest must be MD5 in hexadecimal". */
  readonly words: string
  /** The expression; undefined where a hasher reads the column as it is. */
  readonly expression?: string | ((count: number) => string)
  /** Whether the expression gives the password of the digest, as in `pre`. */
  readonly isInner?: boolean
  /** Whether rows of this form have no salt. It stands in front of the form of the same shape with a salt. */
  readonly isUnsalted?: boolean
}

/** The values of the expression's inputs, and the column of the digest where it is not `digest`. */
export interface Inputs {
  readonly s?: string | undefined
  readonly t?: string | undefined
  readonly u?: string
  readonly column?: string
}

export interface DigestColumn {
  readonly digest: string
}

export interface SaltedColumns extends DigestColumn {
  /** As its column has it; undefined, null or empty where the row has none. */
  readonly salt?: string | null | undefined
}

export interface NamedColumns extends DigestColumn {
  /** The name that the user signs in with, as its column has it. */
  readonly username: string
}

export interface KeyedColumns extends DigestColumn {
  /** Whether the system hashes a key of its configuration too. The check takes the key from the context of its call. */
  readonly siteKey: boolean
}

const COMMA = 0x2c
const MAX_COUNT = 2 ** 31 - 2
/** The inputs that an expression names. No literal of a preset has letters. */
const NAMES = /\b[stku]\b/g

/** The type of an input, of which an expression holds the bytes. */
export const TEXT: ColumnType = {
  is: (field) => lengthOf(field) > 0 && textOf(field).isWellFormed(),
  expected: 'text that is not empty',
}

/**
 * Makes the digest of a row by the first form whose shape the column of its digest has.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function writeDigest(columns: Columns, forms: readonly Form[], inputs: Inputs = {}): string {
  const { column = 'digest' } = inputs
  const fitting = forms.filter(({ isUnsalted = false }) => !isUnsalted || inputs.s === undefined)
  const expected = Array.from(new Set(fitting.map(({ words }) => words))).join(', or ')
  const isOf = (digest: string, { shape, type }: Form): boolean =>
    digest.isWellFormed() && shape.test(digest) && type?.is(fieldOf(digest)) !== false
  const digest = columns.text(column, {
    is: ({ text }) => fitting.some((form) => isOf(text, form)),
    expected,
  })
  // A form without a salt comes before the one of its shape that has one.
  const form = fitting.find((one) => isOf(digest, one))
  if (form?.expression === undefined) return digest
  const { checksum = digest, salt = inputs.s, count = '0' } = form.shape.exec(digest)?.groups ?? {}
  const rounds = readInteger(fieldOf(count), { min: 0, max: MAX_COUNT })
  if (typeof rounds === 'string') throw columns.fail(column, expected)
  const expression = typeof form.expression === 'string' ? form.expression : form.expression(rounds)
  const names: readonly string[] = expression.match(NAMES) ?? []
  const written = [
    names.includes('s') ? `s=${encode(salt ?? columns.text('salt', TEXT))}` : undefined,
    names.includes('t') ? `t=${encode(inputs.t ?? '')}` : undefined,
    names.includes('k') ? 'k' : undefined,
    names.includes('u') ? `u=${encode(inputs.u ?? '')}` : undefined,
  ].filter((input) => input !== undefined)
  return bounded(
    columns,
    [form.isInner === true ? 'pre' : 'expr', expression, written.join(','), checksum].join('$'),
  )
}

function encode(text: string): string {
  return encodeText(new TextEncoder().encode(text), COMMA)
}

/**
 * The calls of a hash function, each of the one before.
 *
 * @param first what the first call hashes
 * @param next what each further call hashes, with `d` for the digest before
 */
export function repeat(hash: string, count: number, first: string, next = 'd'): string {
  if (count === 1) return `${hash}(${first})`
  return next === 'd' ? `${hash}*${count}(${first})` : `${hash}*${count}(${first}|${next})`
}
