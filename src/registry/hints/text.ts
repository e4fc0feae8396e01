import { valueAt } from '../../formats/alphabet.js'
import { base64 } from '../../formats/base64.js'
import { fieldOf } from '../../formats/fields.js'
import { isHex } from '../../formats/hex.js'
import { hasDigitsOnly } from '../../formats/integer.js'
import { isItoa64 } from '../../formats/itoa64.js'

// No regular expressions are used here: RegExp.lastMatch and its like would keep the last digest that was looked at.

export function hasAny(text: string, parts: readonly string[]): boolean {
  return parts.some((part) => text.includes(part))
}

/** Whether a text begins with a prefix. Its first character is compared first, since audits ask by the million. */
export function beginsWithAny(text: string, prefixes: readonly string[], start = 0): boolean {
  const first = text.charCodeAt(start)
  return prefixes.some((prefix) => prefix.charCodeAt(0) === first && text.startsWith(prefix, start))
}

export function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++
  return count
}

/** Whether the code of a character belongs to a class. */
export function hasCode(text: string, isSuch: (code: number, index: number) => boolean): boolean {
  for (let index = 0; index < text.length; index++) {
    if (isSuch(text.charCodeAt(index), index)) return true
  }
  return false
}

export function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last
}

export function isDigitAt(text: string, index: number): boolean {
  return isBetween(text.charCodeAt(index), 0x30, 0x39)
}

export function hasSignAt(text: string, index: number, signs: string): boolean {
  return index >= 0 && index < text.length && signs.includes(text.charAt(index))
}

export function hasUpper(text: string): boolean {
  return text !== text.toLowerCase()
}

export function hasBothCases(text: string): boolean {
  return hasUpper(text) && text !== text.toUpperCase()
}

export function hasDigit(text: string): boolean {
  return hasCode(text, (_, index) => isDigitAt(text, index))
}

/** The characters of crypt(3), which are those of bcrypt's base64 too. */
export function isCryptText(text: string, start = 0): boolean {
  return isItoa64(fieldOf(text, start))
}

export function isHexText(text: string): boolean {
  return isHex(fieldOf(text))
}

export function isHexOfLength(text: string, lengths: readonly number[]): boolean {
  return lengths.includes(text.length) && isHexText(text)
}

export function isNumber(text: string): boolean {
  return text !== '' && hasDigitsOnly(fieldOf(text))
}

/** Base64 in either alphabet, padded or not; only its characters are looked at. */
export function isBase64(text: string): boolean {
  const end = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)
  const isForeignAt = (index: number): boolean =>
    index < end && valueAt(base64.values, text, index) < 0 && !hasSignAt(text, index, '-_')
  return end > 0 && !hasCode(text, (_, index) => isForeignAt(index))
}

/** What stands behind the last separator. */
export function lastFieldOf(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1)
}
