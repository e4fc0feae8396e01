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

// What exports, editors and pages do to the text of a digest.

const QUOTES = ['""', "''", '``', '\u201c\u201d', '\u2018\u2019', '\u00ab\u00bb']
const WORDS_OF_MASKS = ['redact', 'filter', 'hidden', 'mask', 'remov', 'secret', 'protect']
const FIELDS_OF_LINES = ['$2', '$1$', '$5$', '$6$', '$y$', '$P$', '$apr1$', '$argon2', '{SHA}', '{SSHA}']

/** Every second character is NUL, and only those; or all are two visible ones of ASCII that were read as one. */
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
 * Soft hyphen, zero-width characters and marks of direction (Unicode's Cf, as they come from pages); not where formats begin
 * so whose salt is text, which may hold them.
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

/** One sign repeated, or a word that says so in brackets. */
export function isMasked(text: string): boolean {
  if (text.length < 4) return false
  if (hasSignAt(text, 0, '*\u2022\u25cf\u00b7#xX')) return text === text.charAt(0).repeat(text.length)
  return hasSignAt(text, 0, '[<(') && text.length <= 40 && hasAny(text.toLowerCase(), WORDS_OF_MASKS)
}

export function isQuoted(text: string): boolean {
  return text.length > 2 && QUOTES.includes(text.charAt(0) + text.charAt(text.length - 1))
}

/** SQL Server's own digests begin so too, with a version of one or two. */
export function isMarkedHex(text: string): boolean {
  return text.length >= 18 && !beginsWithAny(text, ['0x0100', '0x0200']) && isHexText(text.slice(2))
}

export function isLongHex(text: string): boolean {
  return text.length >= 40 && text.length % 2 === 0 && isHexText(text)
}

export function isLongBase64(text: string): boolean {
  return text.length >= 28 && isBase64(text)
}

/** A colon before the digest. MediaWiki begins with one, Jenkins with a hash sign. */
export function hasFieldsInFront(text: string): boolean {
  if (text.indexOf(':') < 1 || text.startsWith('#')) return false
  return FIELDS_OF_LINES.some((start) => text.includes(`:${start}`))
}

/** Dots belong to the alphabet of crypt(3) too: a whole digest may end in three. */
export function endsInDots(text: string): boolean {
  return text.endsWith('...') && (isCutShort(text) || isHexText(text.slice(0, -3)))
}

/** `2y12` and the 53 characters of bcrypt. */
export function isBcryptWithoutDollars(text: string): boolean {
  return text.length === 57 && isDigitAt(text, 2) && isDigitAt(text, 3) && isCryptText(text) && hasUpper(text)
}

/** Checksum and signer key have 64 bytes: no base64 of that many is hexadecimal by chance. */
export function hasHexInFirebase(text: string): boolean {
  const [checksum = '', , signerKey = '', ...rest] = text.split('$', 7)
  return rest.length === 3 && [checksum, signerKey].some((field) => field.length >= 32 && isHexText(field))
}

/** Twenty bytes of base64 are Django's SHA-1, which has it so. */
export function hasBase64Checksum(text: string): boolean {
  const checksum = lastFieldOf(text, '$')
  return text.endsWith('=') && checksum.length > 28 && isBase64(checksum)
}

/** In front of the last dollar sign the salt ends. */
export function hasPadding(text: string): boolean {
  return text.endsWith('=') || text.charAt(text.lastIndexOf('$') - 1) === '='
}

/** One digit less than a checksum has: a program took it for a number, which has no zero in front. */
export function hasLostDigit(text: string): boolean {
  return isHexOfLength(text, [31, 39, 63, 95, 127])
}

/** Two digits a byte and a separator between: `5F-4D-…` of .NET, `5f:4d:…` of fingerprints. */
export function isGroupedHex(text: string, separator: string): boolean {
  if (text.length < 47 || text.length % 3 !== 2 || text.charAt(2) !== separator) return false
  const digits = text.replaceAll(separator, '')
  return digits.length === ((text.length + 1) / 3) * 2 && isHexText(digits)
}
