import { fieldOf, textOf } from '../../formats/fields.js'
import { decodeItoa64, isItoa64 } from '../../formats/itoa64.js'
import type { Columns, ColumnType } from '../columns.js'

const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** So many characters of the alphabet of crypt(3) and phpass. */
function itoa64Of(length: number): ColumnType {
  return {
    is: (field) => textOf(field).length === length && isItoa64(field),
    expected: `${length} characters of "./0-9A-Za-z"`,
  }
}

/** The prefix of each algorithm, and its checksum: the whole MD5, or as much of SHA-512 as Drupal's 55 characters hold. */
const TYPES = {
  md5: { prefix: '$P$', checksum: 22 },
  sha512: { prefix: '$S$', checksum: 43 },
} as const

/** The columns of a digest of phpass. */
export type PhpassNames = Readonly<Record<'rounds' | 'salt' | 'checksum', string>>

/** Writes a digest of phpass, or with SHA-512 of Drupal 7. The column of the rounds has their count, which is a power of two. */
export function writePhpass(
  { text, integer, fail }: Columns,
  type: keyof typeof TYPES,
  names: PhpassNames,
): string {
  const { prefix, checksum: length } = TYPES[type]
  const rounds = integer(names.rounds, 2 ** 7, 2 ** 30)
  if (!Number.isInteger(Math.log2(rounds))) throw fail(names.rounds, 'a power of two')
  const salt = text(names.salt, itoa64Of(8))
  const checksum = text(names.checksum, itoa64Of(length))
  // The checksum of SHA-512 is cut off inside a byte, and has no bits that are left over.
  if (type === 'md5' && typeof decodeItoa64(fieldOf(checksum)) === 'string') {
    throw fail(names.checksum, `${itoa64Of(length).expected}, the last of which holds two bits`)
  }
  return `${prefix}${ITOA64.charAt(Math.log2(rounds))}${salt}${checksum}`
}
