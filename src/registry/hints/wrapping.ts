import { fieldOf, lengthOf, NO_FIELD, splitFields } from '../../formats/fields.js'
import { isHex } from '../../formats/hex.js'
import { isCutShort } from './length.js'
import {
  countOf,
  hasAny,
  hasSignAt,
  hasUpper,
  isBase64,
  isCryptText,
  isDigitAt,
  isHexOfLength,
  lastFieldOf,
} from './text.js'

// What exports, editors and pages do to the text of a digest.

const QUOTES = ['""', "''", '``', '\u201c\u201d', '\u2018\u2019', '\u00ab\u00bb']
const WORDS_OF_MASKS = ['redact', 'filter', 'hidden', 'mask', 'remov', 'secret', 'protect']
const FIELDS_OF_LINES = ['$2', '$1$', '$5$', '$6$', '$y$', '$P$', '$apr1$', '$argon2', '{SHA}', '{SSHA}']

/** Every second character is NUL, and only those: ASCII that takes two bytes each. */
export function hasNulsBetween(text: string, first: number): boolean {
  if (text.length < 8) return false
  for (let index = 0; index < text.length; index++) {
    if ((text.charCodeAt(index) === 0) !== (index % 2 === first)) return false
  }
  return true
}

/** Two visible characters of ASCII in each: bytes that were read as UTF-16. */
export function hasPairedCharacters(text: string): boolean {
  if (text.length < 16) return false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (!isVisibleAscii(code >> 8) || !isVisibleAscii(code & 0xff)) return false
  }
  return true
}

function isVisibleAscii(code: number): boolean {
  return code > 0x20 && code < 0x7f
}

/** Soft hyphen, zero-width characters and marks of direction (Unicode's Cf, as they come from pages). */
export function hasInvisible(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0xad || code === 0xfeff) return true
    if ((code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)) return true
    if (code >= 0x2060 && code <= 0x206f) return true
  }
  return false
}

/** One sign repeated, or a word that says so in brackets. */
export function isMasked(text: string): boolean {
  if (text.length < 4) return false
  if (hasSignAt(text, 0, '*\u2022\u25cf\u00b7#xX')) {
    return (
      text.lastIndexOf(text.charAt(0)) === text.length - 1 && countOf(text, text.charAt(0)) === text.length
    )
  }
  return hasSignAt(text, 0, '[<(') && text.length <= 40 && hasAny(text.toLowerCase(), WORDS_OF_MASKS)
}

export function isQuoted(text: string): boolean {
  return text.length > 2 && QUOTES.includes(text.charAt(0) + text.charAt(text.length - 1))
}

/** SQL Server's own digests begin so too, with a version of one or two. */
export function isMarkedHex(text: string): boolean {
  if (text.startsWith('0x0100') || text.startsWith('0x0200')) return false
  return text.length >= 18 && isHex(fieldOf(text, 2))
}

export function isLongHex(text: string): boolean {
  return text.length >= 40 && text.length % 2 === 0 && isHex(fieldOf(text))
}

export function isLongBase64(text: string): boolean {
  return text.length >= 28 && isBase64(fieldOf(text))
}

/** A colon before the digest. MediaWiki begins with one, Jenkins with a hash sign. */
export function hasFieldsInFront(text: string): boolean {
  if (text.indexOf(':') < 1 || text.startsWith('#')) return false
  return FIELDS_OF_LINES.some((start) => text.includes(`:${start}`))
}

/** Dots belong to the alphabet of crypt(3) too: a whole digest may end in three. */
export function endsInDots(text: string): boolean {
  return text.endsWith('...') && (isCutShort(text) || isHex(fieldOf(text, 0, text.length - 3)))
}

/** `2y12` and the 53 characters of bcrypt. */
export function isBcryptWithoutDollars(text: string): boolean {
  return text.length === 57 && isDigitAt(text, 2) && isDigitAt(text, 3) && isCryptText(text) && hasUpper(text)
}

/** Checksum and signer key have 64 bytes: no base64 of that many is hexadecimal by chance. */
export function hasHexInFirebase(text: string): boolean {
  const fields = splitFields(fieldOf(text), '$', 6)
  if (fields === undefined) return false
  const [checksum = NO_FIELD, , signerKey = NO_FIELD] = fields
  return [checksum, signerKey].some((field) => lengthOf(field) >= 32 && isHex(field))
}

/** Twenty bytes of base64 are Django's SHA-1, which has it so. */
export function hasBase64Checksum(text: string): boolean {
  const checksum = lastFieldOf(text, '$')
  return text.endsWith('=') && lengthOf(checksum) > 28 && isBase64(checksum)
}

/** In front of the last dollar sign the salt ends. */
export function hasPadding(text: string): boolean {
  return text.endsWith('=') || text.charAt(text.lastIndexOf('$') - 1) === '='
}

/** One digit less than a checksum has: a program took it for a number, which has no zero in front. */
export function hasLostDigit(text: string): boolean {
  return isHexOfLength(fieldOf(text), [31, 39, 63, 95, 127])
}

/** Two digits a byte and a separator between: `5F-4D-…` of .NET, `5f:4d:…` of fingerprints. */
export function isGroupedHex(text: string, separator: string): boolean {
  if (text.length < 47 || text.length % 3 !== 2 || text.charAt(2) !== separator) return false
  const digits = text.replaceAll(separator, '')
  return digits.length === ((text.length + 1) / 3) * 2 && isHex(fieldOf(digits))
}

export function hasForeign(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7e) return true
  }
  return false
}
