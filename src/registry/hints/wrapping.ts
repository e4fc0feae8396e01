import { isCutShort } from './length.js'
import {
  beginsWithAny,
  hasAny,
  hasCode,
  hasSignAt,
  hasUpper,
  isBase64,
  isBetween,
  isCryptText,
  isDigitAt,
  isHexOfLength,
  isHexText,
  lastFieldOf,
} from './text.js'

// These functions tell what exports, editors and web pages do to the text of a digest.

const QUOTES = ['""', "''", '``', '\u201c\u201d', '\u2018\u2019', '\u00ab\u00bb']
const WORDS_OF_MASKS = ['redact', 'filter', 'hidden', 'mask', 'remov', 'secret', 'protect']
const FIELDS_OF_LINES = ['$2', '$1$', '$5$', '$6$', '$y$', '$P$', '$apr1$', '$argon2', '{SHA}', '{SSHA}']

/** Whether UTF-16 was read as bytes (every second character is NUL), or bytes as UTF-16 (each character is two of ASCII). */
export function isUtf16(text: string): boolean {
  const { length } = text
  const hasNulsAt = (place: number): boolean =>
    !hasCode(text, (code, index) => (code === 0) !== (index % 2 === place))
  if (length >= 8 && (hasNulsAt(0) || hasNulsAt(1))) return true
  return length >= 16 && !hasCode(text, (code) => !isVisibleAscii(code >> 8) || !isVisibleAscii(code & 0xff))
}

function isVisibleAscii(code: number): boolean {
  return isBetween(code, 0x21, 0x7e)
}

/**
 * Whether a text holds a soft hyphen, a zero-width character or a mark of direction (Unicode's Cf), as web pages add
 * them. Formats whose salt is text may hold them, and are left out.
 */
export function hasInvisible(text: string): boolean {
  if (beginsWithAny(text, ['pbkdf2_', 'pbkdf2:', 'scrypt:', 'scrypt$'])) return false
  return hasCode(
    text,
    (code) =>
      code === 0xad ||
      code === 0xfeff ||
      isBetween(code, 0x200b, 0x200f) ||
      isBetween(code, 0x202a, 0x202e) ||
      isBetween(code, 0x2060, 0x206f),
  )
}

/** Whether the digest was masked: one sign repeated, or a word in brackets that says so. */
export function isMasked(text: string): boolean {
  if (text.length < 4) return false
  if (hasSignAt(text, 0, '*\u2022\u25cf\u00b7#xX')) return text === text.charAt(0).repeat(text.length)
  return hasSignAt(text, 0, '[<(') && text.length <= 40 && hasAny(text.toLowerCase(), WORDS_OF_MASKS)
}

export function isQuoted(text: string): boolean {
  return text.length > 2 && QUOTES.includes(text.charAt(0) + text.charAt(text.length - 1))
}

/** Whether this is bytes as `0x…`. SQL Server's own digests begin so too, with a version of one or two. */
export function isMarkedHex(text: string): boolean {
  return text.length >= 18 && !beginsWithAny(text, ['0x0100', '0x0200']) && isHexText(text.slice(2))
}

export function isLongHex(text: string): boolean {
  return text.length >= 40 && text.length % 2 === 0 && isHexText(text)
}

export function isLongBase64(text: string): boolean {
  return text.length >= 28 && isBase64(text)
}

/** Whether a name and a colon stand before the digest. MediaWiki begins with a colon, Jenkins with a hash sign. */
export function hasFieldsInFront(text: string): boolean {
  if (text.indexOf(':') < 1 || text.startsWith('#')) return false
  return FIELDS_OF_LINES.some((start) => text.includes(`:${start}`))
}

/** Whether an ellipsis ends the text. A whole digest of crypt(3) may end in three dots, which are in its alphabet. */
export function endsInDots(text: string): boolean {
  return text.endsWith('...') && (isCutShort(text) || isHexText(text.slice(0, -3)))
}

/** Whether a text is a bcrypt digest without its dollar signs: `2y12` and 53 characters. */
export function isBcryptWithoutDollars(text: string): boolean {
  return text.length === 57 && isDigitAt(text, 2) && isDigitAt(text, 3) && isCryptText(text) && hasUpper(text)
}

/** Whether bytes are in hexadecimal that Firebase has in base64: no base64 of 64 bytes is hexadecimal by chance. */
export function hasHexInFirebase(text: string): boolean {
  const [checksum = '', , signerKey = '', ...rest] = text.split('$', 7)
  return rest.length === 3 && [checksum, signerKey].some((field) => field.length >= 32 && isHexText(field))
}

/** Whether a checksum is in base64. One of 28 characters is left out: Django writes its SHA-1 so. */
export function hasBase64Checksum(text: string): boolean {
  const checksum = lastFieldOf(text, '$')
  return text.endsWith('=') && checksum.length > 28 && isBase64(checksum)
}

/** Whether the checksum, or the salt in front of the last dollar sign, ends in an equals sign. */
export function hasPadding(text: string): boolean {
  return text.endsWith('=') || text.charAt(text.lastIndexOf('$') - 1) === '='
}

/** Whether hexadecimal has one digit less than a checksum: a program that took it for a number dropped a zero in front. */
export function hasLostDigit(text: string): boolean {
  return isHexOfLength(text, [31, 39, 63, 95, 127])
}

/** Whether bytes are in hexadecimal with separators: `5F-4D-…` as .NET writes, `5f:4d:…` as fingerprints have. */
export function isGroupedHex(text: string, separator: string): boolean {
  if (text.length < 47 || text.length % 3 !== 2 || text.charAt(2) !== separator) return false
  const digits = text.replaceAll(separator, '')
  return digits.length === ((text.length + 1) / 3) * 2 && isHexText(digits)
}
