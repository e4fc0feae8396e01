import { lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { isHex } from '../../formats/hex.js'
import { findBcryptStart } from './shell.js'
import { countOf, isBase64, isCryptText, isFilled, lastFieldOf } from './text.js'

// $2b$12$ and 53 characters; the oldest version has no letter.
const BCRYPT_LENGTH = 60
const BCRYPT_LENGTH_WITHOUT_LETTER = 59
const ARGON2_NAMES = ['$argon2id$', '$argon2i$', '$argon2d$']

/** What of a format's own length is there. */
interface FixedLength {
  readonly prefixes: readonly string[]
  /** Of the whole digest. */
  readonly length?: number
  /** Of what follows the last dollar sign, in the characters of crypt(3). */
  readonly checksumLength?: number
  readonly dollars?: number
}

const FIXED_LENGTHS: readonly FixedLength[] = [
  { prefixes: ['$P$', '$H$'], length: 34 },
  { prefixes: ['$S$'], length: 55 },
  { prefixes: ['$1$'], dollars: 3, checksumLength: 22 },
  { prefixes: ['$apr1$'], dollars: 3, checksumLength: 22 },
  { prefixes: ['$5$rounds=', '$y$'], dollars: 4, checksumLength: 43 },
  { prefixes: ['$5$'], dollars: 3, checksumLength: 43 },
  { prefixes: ['$6$rounds='], dollars: 4, checksumLength: 86 },
  { prefixes: ['$6$'], dollars: 3, checksumLength: 86 },
]

/** Whether a digest of a known beginning ends before its format does. */
export function isCutShort(text: string): boolean {
  const bcryptStart = findBcryptStart(text)
  if (bcryptStart !== undefined) return text.length < bcryptStart + bcryptLengthAt(text, bcryptStart)
  if (text.startsWith('$2') && text.length < 4) return true
  if (text.startsWith('$argon2')) return isArgon2Cut(text)
  if (text.startsWith('pbkdf2_sha')) return isPbkdf2Cut(text)
  if (text.startsWith('scrypt:')) return countOf(text, '$') < 2 || isHexCut(lastFieldOf(text, '$'), 128)
  const fixed = FIXED_LENGTHS.find(({ prefixes }) => prefixes.some((prefix) => text.startsWith(prefix)))
  return fixed !== undefined && isShorter(text, fixed)
}

/** Whether a whole digest of fixed length has something behind it. */
export function hasMore(text: string): boolean {
  const bcryptStart = findBcryptStart(text)
  if (bcryptStart !== undefined) return text.length > bcryptStart + bcryptLengthAt(text, bcryptStart)
  return (text.startsWith('$P$') || text.startsWith('$H$')) && text.length > 34
}

function bcryptLengthAt(text: string, start: number): number {
  return text.startsWith('$2$', start) ? BCRYPT_LENGTH_WITHOUT_LETTER : BCRYPT_LENGTH
}

function isArgon2Cut(text: string): boolean {
  if (!ARGON2_NAMES.some((name) => text.startsWith(name))) return text.length < 10
  const expected = text.includes('$v=') ? 5 : 4
  const dollars = countOf(text, '$')
  return dollars < expected || (dollars === expected && text.endsWith('$'))
}

function isShorter(text: string, { length, checksumLength, dollars = 0 }: FixedLength): boolean {
  if (length !== undefined) return text.length < length
  if (checksumLength === undefined || countOf(text, '$') < dollars) return true
  const checksum = lastFieldOf(text, '$')
  return lengthOf(checksum) < checksumLength && isCryptText(text, checksum.start)
}

function isPbkdf2Cut(text: string): boolean {
  const dollars = countOf(text, '$')
  // With a fourth, the length of the checksum stands behind it.
  return dollars < 3 || (dollars === 3 && isChecksumCut(lastFieldOf(text, '$')))
}

/** Hexadecimal has an even length, padded base64 one that is a multiple of four. */
function isChecksumCut(checksum: Field): boolean {
  const length = lengthOf(checksum)
  return !isFilled(checksum) || (isHex(checksum) ? length % 2 !== 0 : isBase64(checksum) && length % 4 !== 0)
}

function isHexCut(checksum: Field, length: number): boolean {
  return lengthOf(checksum) < length && isHex(checksum)
}
