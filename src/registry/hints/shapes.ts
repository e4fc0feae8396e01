import { fieldOf, lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { isHex } from '../../formats/hex.js'
import { readItoa64Digit } from '../../formats/itoa64.js'
import type { Row } from './row.js'
import {
  countOf,
  hasAny,
  hasDigit,
  hasFields,
  hasLower,
  hasSignAt,
  hasUpper,
  isBase64,
  isCryptText,
  isDigitAt,
  isFilled,
  isHexOfLength,
  isNumber,
} from './text.js'

const DES_CRYPT_LENGTH = 13
const ALGORITHMS = [
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'bcrypt',
  'argon2',
  'argon2i',
  'argon2id',
  'scrypt',
  'pbkdf2',
  'phpass',
]

/** What has no prefix: formats by the shape of their fields, other columns, plain text. Ordered: the narrower comes first. */
export const SHAPES: readonly Row[] = [
  { looksLike: 'mysql-password', prefixes: ['*'], matches: (text) => isHexOfLength(fieldOf(text, 1), [40]) },
  { looksLike: 'postgres-md5', prefixes: ['md5'], matches: (text) => isHexOfLength(fieldOf(text, 3), [32]) },
  { looksLike: 'crypt-bsdi', prefixes: ['_'], matches: (text) => text.length === 20 && isCryptText(text, 1) },

  { looksLike: 'algorithm-name', matches: (text) => ALGORITHMS.includes(text.toLowerCase()) },
  { looksLike: 'uuid', matches: isUuid },
  { looksLike: 'date', matches: isDate },
  { looksLike: 'url', prefixes: ['https://', 'http://'] },
  { looksLike: 'email-address', matches: isEmailAddress },
  { looksLike: 'number', matches: (text) => text.length < 16 && isNumber(fieldOf(text)) },

  {
    looksLike: 'better-auth',
    matches: (text) => hasFields(text, ':', [isHex32, (key) => isHexOfLength(key, [128])]),
  },
  { looksLike: 'shopware', matches: (text) => hasFields(text, ':', [isNumber, isFilled, isHex64]) },
  { looksLike: 'magento', matches: (text) => hasFields(text, ':', [isChecksum, isFilled, isVersion]) },
  {
    looksLike: 'magento',
    matches: (text) => countOf(text, ':') > 2 && isChecksum(fieldOf(text, 0, text.indexOf(':'))),
  },
  { looksLike: 'hex-salt', matches: (text) => hasFields(text, ':', [isChecksum, isFilled]) },
  { looksLike: 'hex-salt', matches: (text) => hasFields(text, ':', [isFilled, isChecksum]) },
  { looksLike: 'tomcat', matches: (text) => hasFields(text, '$', [isFilledHex, isNumber, isChecksum]) },
  { looksLike: 'scrypt-ruby', matches: isScryptOfRuby },
  { looksLike: 'salted-hex', matches: (text) => hasFields(text, '$', [isChecksum, isFilled]) },
  { looksLike: 'salted-hex', matches: (text) => hasFields(text, '$', [isFilled, isChecksum]) },
  { looksLike: 'firebase-incomplete', matches: hasFieldsOfFirebase },

  { looksLike: 'mysql-old-password', matches: (text) => isHexOfLength(fieldOf(text), [16]) },
  { looksLike: 'bare-sha1', matches: (text) => isHexOfLength(fieldOf(text), [40]) },
  { looksLike: 'bare-sha2', matches: (text) => isHexOfLength(fieldOf(text), [56, 96, 128]) },
  { looksLike: 'grafana', matches: (text) => isHexOfLength(fieldOf(text), [100]) },
  { looksLike: 'passport-local', matches: (text) => isHexOfLength(fieldOf(text), [1024]) },
  {
    looksLike: 'bare-hex',
    matches: (text) => text.length >= 20 && text.length % 2 === 0 && isHex(fieldOf(text)),
  },
  { looksLike: 'aspnet-identity', matches: isAspnetIdentity },
  { looksLike: 'aspnet-membership', matches: (text) => hasFields(text, '|', [isBase64, isNumber, isBase64]) },
  { looksLike: 'crypt-des', matches: isDesCrypt },
  { looksLike: 'bare-base64', matches: isBareBase64 },
  { looksLike: 'plain-text', matches: mayBePlainText },
]

function isHex32(field: Field): boolean {
  return isHexOfLength(field, [32])
}

function isHex64(field: Field): boolean {
  return isHexOfLength(field, [64])
}

/** MD5, SHA-1, SHA-256 or SHA-512 by its length. */
function isChecksum(field: Field): boolean {
  return isHexOfLength(field, [32, 40, 64, 128])
}

function isFilledHex(field: Field): boolean {
  return isFilled(field) && isHex(field)
}

/** Magento's, such as `1` and `3_32_2_67108864`. */
function isVersion({ text, start, end }: Field): boolean {
  return end > start && isDigitAt(text, start) && (end === start + 1 || hasSignAt(text, start + 1, '_'))
}

/** `400$8$36$<salt>$<key>`, all in hexadecimal. */
function isScryptOfRuby(text: string): boolean {
  return hasFields(text, '$', [isFilledHex, isFilledHex, isFilledHex, isFilledHex, isChecksum])
}

/** A checksum of 64 bytes and the salt, alone or with some of the parameters. */
function hasFieldsOfFirebase(text: string): boolean {
  const isFirebaseChecksum = (field: Field): boolean => isBase64(field) && [86, 88].includes(lengthOf(field))
  const rest = countOf(text, '$')
  if (rest < 1 || rest > 4) return false
  return isFirebaseChecksum(fieldOf(text, 0, text.indexOf('$')))
}

/** Base64 of a first byte of 1 and a number below four, or of 0 and 48 bytes. */
function isAspnetIdentity(text: string): boolean {
  if (!isBase64(fieldOf(text))) return false
  if (text.startsWith('AQAAAA')) return text.length >= 60
  return text.length === 68 && text.startsWith('A') && text.charCodeAt(1) <= 0x50 && text.endsWith('==')
}

/** DES makes 64 bits, and 11 characters hold 66: the last two bits are zero. */
function isDesCrypt(text: string): boolean {
  if (text.length !== DES_CRYPT_LENGTH || !isCryptText(text)) return false
  const last = readItoa64Digit(fieldOf(text, DES_CRYPT_LENGTH - 1)) ?? 1
  // Any 13 letters fit; a random checksum has both cases.
  return last % 4 === 0 && hasUpper(text) && hasLower(text)
}

function isBareBase64(text: string): boolean {
  if (text.length < 22 || !isBase64(fieldOf(text))) return false
  return hasUpper(text) && hasLower(text) && hasDigit(text)
}

function isUuid(text: string): boolean {
  if (text.length !== 36) return false
  return (
    hasFields(text, '-', [isFilledHex, isFilledHex, isFilledHex, isFilledHex, isFilledHex]) &&
    text.charAt(8) === '-'
  )
}

/** `2024-05-17`, with or without a time behind it. */
function isDate(text: string): boolean {
  if (text.length < 10 || text.length > 40 || (text.length > 10 && !hasSignAt(text, 10, 'T '))) return false
  return hasFields(text.slice(0, 10), '-', [isNumber, isNumber, isNumber]) && hasSignAt(text, 4, '-')
}

function isEmailAddress(text: string): boolean {
  const at = text.indexOf('@')
  if (at < 1 || text.length > 254 || hasAny(text, ['$', ':', ' ', '/'])) return false
  return text.lastIndexOf('@') === at && text.indexOf('.', at + 2) > 0 && !text.endsWith('.')
}

/** Short and visible, with none of the signs that digests are divided by, and not random by its look. */
function mayBePlainText(text: string): boolean {
  if (text.length > 40 || text.length < 1 || hasAny(text, ['$', '{', '}', ':', '|', '#'])) return false
  if (text.length > 24 && !text.includes(' ')) return false
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) < 0x20 || text.charCodeAt(index) === 0x7f) return false
  }
  return true
}
