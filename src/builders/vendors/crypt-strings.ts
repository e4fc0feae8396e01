import { cryptBase64, decodeBase64 } from '../../formats/base64.js'
import { decodeCrypt } from '../../formats/crypt.js'
import type { CryptOrder } from '../../formats/crypt.js'
import { fieldOf } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { isItoa64 } from '../../formats/itoa64.js'
import { readTextSalt } from '../../formats/text.js'
import type { ColumnType } from '../columns.js'
import { BCRYPT, isPhpass, PHPASS } from './strings.js'
import { NONE } from './values.js'

// The digests of crypt(3) that PHP writes too. Each is read as strictly as its hasher reads it.

const DES_LENGTH = 13
const DES_CHECKSUM = 2
const BSDI_LENGTH = 20
const BSDI_CHECKSUM = 9
/** A count of none, which its hasher refuses. */
const NO_ROUNDS = '_....'

const ROUNDS_MARK = 'rounds='
const ROUNDS = { min: 1_000, max: 999_999_999 }

interface Scheme {
  readonly order: CryptOrder
  readonly maxSalt: number
  readonly hasRounds: boolean
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  $1$: { order: 'md5', maxSalt: 8, hasRounds: false },
  $5$: { order: 'sha256', maxSalt: 16, hasRounds: true },
  $6$: { order: 'sha512', maxSalt: 16, hasRounds: true },
}

function isMessageDigest(text: string): boolean {
  const prefix = text.slice(0, 3)
  const scheme = Object.hasOwn(SCHEMES, prefix) ? SCHEMES[prefix] : undefined
  if (scheme === undefined) return false
  const hasRounds = scheme.hasRounds && text.startsWith(ROUNDS_MARK, prefix.length)
  const fields = text.slice(prefix.length).split('$')
  const [rounds, salt = '', checksum = '', ...others] = hasRounds ? fields : [undefined, ...fields]
  if (rounds !== undefined && typeof readInteger(fieldOf(rounds, ROUNDS_MARK.length), ROUNDS) === 'string')
    return false
  const bytes = salt === '' ? NONE : readTextSalt(fieldOf(salt))
  if (typeof bytes === 'string' || bytes.length > scheme.maxSalt || others.length > 0) return false
  return typeof decodeCrypt(fieldOf(checksum), scheme.order) !== 'string'
}

/** Whether a text is a digest of DES, which has no mark of its own. */
export function isDes(text: string): boolean {
  return text.length === DES_LENGTH && isBlock(text, 0, DES_CHECKSUM)
}

function isBsdi(text: string): boolean {
  const isMarked = text.startsWith('_') && !text.startsWith(NO_ROUNDS)
  return isMarked && text.length === BSDI_LENGTH && isBlock(text, 1, BSDI_CHECKSUM)
}

function isBlock(text: string, start: number, checksum: number): boolean {
  const front = fieldOf(text, start, checksum)
  return isItoa64(front) && typeof decodeBase64(fieldOf(text, checksum), cryptBase64) !== 'string'
}

/** A digest of crypt(3). */
export const CRYPT: ColumnType = {
  is: (field) => BCRYPT.is(field) || [isDes, isBsdi, isMessageDigest].some((is) => is(field.text)),
  expected: 'a digest of crypt(3), as $6$<salt>$<checksum>',
}

/** A digest that SAP calls compound: of bcrypt, of crypt(3) with MD5 or SHA-2, of phpass or of Drupal 7. */
export const COMPOUND: ColumnType = {
  is: (field) =>
    BCRYPT.is(field) || PHPASS.is(field) || isMessageDigest(field.text) || isPhpass(field.text, '$S$'),
  expected: 'a string that begins with $2a$, $2b$, $2y$, $1$, $5$, $6$, $P$, $H$ or $S$',
}
