import { once } from '../../once.js'
import { row } from './row.js'
import type { Row } from './row.js'
import {
  hasAny,
  hasBothCases,
  hasCode,
  hasDigit,
  hasSignAt,
  isBase64,
  isCryptText,
  isHexOfLength,
  isHexText,
  isNumber,
} from './text.js'

type Test = (text: string) => boolean

/** Texts without a prefix: formats by the shape of their fields, other columns, plain text. Ordered: the narrower first. */
export const readShapes: () => readonly Row[] = /* @__PURE__ */ once(() => {
  const ALGORITHMS = 'md5 sha1 sha256 sha512 bcrypt argon2 argon2i argon2id scrypt pbkdf2 phpass'.split(' ')
  // The length tells MD5, SHA-1, SHA-256 and SHA-512.
  const isChecksum = hexOf(32, 40, 64, 128)
  const isFiveOfHex = fieldsOf('-', isFilledHex, isFilledHex, isFilledHex, isFilledHex, isFilledHex)

  return [
    row('mysql-password', '*', (text) => isHexOfLength(text.slice(1), [40])),

    row('algorithm-name', '', (text) => ALGORITHMS.includes(text.toLowerCase())),
    row('uuid', '', (text) => text.length === 36 && text.indexOf('-') === 8 && isFiveOfHex(text)),
    row('date', '', isDate),
    row('url', 'https:// http://'),
    row('email-address', '', isEmailAddress),
    row('number', '', (text) => text.length < 16 && isNumber(text)),

    row('shopware', '', fieldsOf(':', isNumber, isFilled, hexOf(64))),
    row('hex-salt', '', fieldsOf(':', isChecksum, isFilled)),
    row('hex-salt', '', fieldsOf(':', isFilled, isChecksum)),
    row('tomcat', '', fieldsOf('$', isFilledHex, isNumber, isChecksum)),
    row('salted-hex', '', fieldsOf('$', isChecksum, isFilled)),
    row('salted-hex', '', fieldsOf('$', isFilled, isChecksum)),
    row('firebase-incomplete', '', hasFieldsOfFirebase),

    row('mysql-old-password', '', hexOf(16)),
    row('grafana', '', hexOf(100)),
    row('passport-local', '', hexOf(1024)),
    row('bare-hex', '', (text) => text.length >= 20 && text.length % 2 === 0 && isHexText(text)),
    row('aspnet-membership', '', fieldsOf('|', isBase64, isNumber, isBase64)),
    row('crypt-des', '', isDesCrypt),
    row('bare-base64', '', isBareBase64),
    row('plain-text', '', mayBePlainText),
  ]
})

function hexOf(...lengths: readonly number[]): Test {
  return (field) => isHexOfLength(field, lengths)
}

/** Whether the fields between separators fit these, one by one. */
function fieldsOf(separator: string, ...tests: readonly Test[]): Test {
  return (text) => {
    const fields = text.split(separator, tests.length + 1)
    return fields.length === tests.length && tests.every((test, place) => test(fields[place] ?? ''))
  }
}

function isFilled(text: string): boolean {
  return text !== ''
}

function isFilledHex(text: string): boolean {
  return text !== '' && isHexText(text)
}

/** Whether the fields are a checksum of 64 bytes and the salt, alone or with some of the parameters. */
function hasFieldsOfFirebase(text: string): boolean {
  const [checksum = '', ...rest] = text.split('$', 6)
  return rest.length > 0 && rest.length < 5 && [86, 88].includes(checksum.length) && isBase64(checksum)
}

/** DES makes 64 bits, and 11 characters hold 66: the last two bits are zero. */
function isDesCrypt(text: string): boolean {
  // Any word of 13 letters would fit; a random checksum has both cases.
  return (
    text.length === 13 && isCryptText(text) && hasSignAt(text, 12, '.26AEIMQUYcgkosw') && hasBothCases(text)
  )
}

function isBareBase64(text: string): boolean {
  return text.length >= 22 && isBase64(text) && hasBothCases(text) && hasDigit(text)
}

/** Whether a text is a date, `2024-05-17`, with or without a time behind it. */
function isDate(text: string): boolean {
  if (text.length < 10 || text.length > 40 || (text.length > 10 && !hasSignAt(text, 10, 'T '))) return false
  return text.startsWith('-', 4) && fieldsOf('-', isNumber, isNumber, isNumber)(text.slice(0, 10))
}

function isEmailAddress(text: string): boolean {
  const at = text.indexOf('@')
  if (at < 1 || text.length > 254 || hasAny(text, ['$', ':', ' ', '/'])) return false
  return text.lastIndexOf('@') === at && text.indexOf('.', at + 2) > 0 && !text.endsWith('.')
}

/** Whether a text is short, visible, without the signs that divide digests, and does not look random. */
function mayBePlainText(text: string): boolean {
  if (text.length > 40 || text.length < 1 || hasAny(text, ['$', '{', '}', ':', '|', '#'])) return false
  if (text.length > 24 && !text.includes(' ')) return false
  return !hasCode(text, (code) => code < 0x20 || code === 0x7f)
}
