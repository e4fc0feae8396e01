import { findBcryptStart } from './shell.js'
import { beginsWithAny, countOf, isBase64, isCryptText, isHexText, lastFieldOf } from './text.js'

/** Formats of crypt(3): how many dollar signs a digest has, and how many characters behind the last of them. */
const CRYPT_LENGTHS: readonly (readonly [prefix: string, dollars: number, checksumLength: number])[] = [
  ['$1$', 3, 22],
  ['$apr1$', 3, 22],
  ['$5$rounds=', 4, 43],
  ['$y$', 4, 43],
  ['$5$', 3, 43],
  ['$6$rounds=', 4, 86],
  ['$6$', 3, 86],
]

/** Whether a digest of a known beginning ends before its format does. */
export function isCutShort(text: string): boolean {
  const whole = wholeLengthOf(text)
  if (whole !== undefined) return text.length < whole
  if (text.startsWith('$2') && text.length < 4) return true
  if (text.startsWith('$S$')) return text.length < 55
  const dollars = countOf(text, '$')
  if (text.startsWith('$argon2')) return isArgon2Cut(text, dollars)
  const last = lastFieldOf(text, '$')
  // The length of the checksum stands behind a fourth dollar sign.
  if (text.startsWith('pbkdf2_sha')) return dollars < 3 || (dollars === 3 && isChecksumCut(last))
  if (text.startsWith('scrypt:')) return dollars < 2 || (last.length < 128 && isHexText(last))
  const crypt = CRYPT_LENGTHS.find(([prefix]) => text.startsWith(prefix))
  if (crypt === undefined) return false
  return dollars < crypt[1] || (last.length < crypt[2] && isCryptText(last))
}

/** Whether a whole digest of fixed length has something behind it. */
export function hasMore(text: string): boolean {
  const whole = wholeLengthOf(text)
  return whole !== undefined && text.length > whole
}

/** The length that a digest of bcrypt or phpass has when it is whole. */
function wholeLengthOf(text: string): number | undefined {
  const bcryptStart = findBcryptStart(text)
  // A bcrypt digest is $2b$12$ and 53 characters; its oldest version has no letter.
  if (bcryptStart !== undefined) return bcryptStart + (text.startsWith('$2$', bcryptStart) ? 59 : 60)
  return beginsWithAny(text, ['$P$', '$H$']) ? 34 : undefined
}

function isArgon2Cut(text: string, dollars: number): boolean {
  if (!beginsWithAny(text, ['$argon2id$', '$argon2i$', '$argon2d$'])) return text.length < 10
  const expected = text.includes('$v=') ? 5 : 4
  return dollars < expected || (dollars === expected && text.endsWith('$'))
}

/** Whether a checksum is cut: a whole one has an even length in hexadecimal, a multiple of four in padded base64. */
function isChecksumCut(checksum: string): boolean {
  const { length } = checksum
  return length === 0 || (isHexText(checksum) ? length % 2 !== 0 : isBase64(checksum) && length % 4 !== 0)
}
