import { valueAt } from '../../formats/alphabet.js'
import { base64 } from '../../formats/base64.js'
import { fieldOf, lengthOf, NO_FIELD, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { isHex } from '../../formats/hex.js'
import { hasDigitsOnly } from '../../formats/integer.js'
import { isItoa64 } from '../../formats/itoa64.js'

// Without regular expressions: RegExp.lastMatch and its like would keep the last digest that was looked at.

export function hasAny(text: string, parts: readonly string[]): boolean {
  return parts.some((part) => text.includes(part))
}

export function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++
  return count
}

export function isDigitAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return code >= 0x30 && code <= 0x39
}

export function hasSignAt(text: string, index: number, signs: string): boolean {
  return index >= 0 && index < text.length && signs.includes(text.charAt(index))
}

export function hasUpper(text: string): boolean {
  return text !== text.toLowerCase()
}

export function hasLower(text: string): boolean {
  return text !== text.toUpperCase()
}

export function hasDigit(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (isDigitAt(text, index)) return true
  }
  return false
}

/** The characters of crypt(3), which are those of bcrypt's base64 too. */
export function isCryptText(text: string, start = 0): boolean {
  return isItoa64(fieldOf(text, start))
}

export function isHexOfLength(field: Field, lengths: readonly number[]): boolean {
  return lengths.includes(lengthOf(field)) && isHex(field)
}

export function isNumber(field: Field): boolean {
  return lengthOf(field) > 0 && hasDigitsOnly(field)
}

/** Base64 in either alphabet, padded or not; only its characters are looked at. */
export function isBase64({ text, start, end }: Field): boolean {
  let last = end
  while (last > start && last > end - 2 && hasSignAt(text, last - 1, '=')) last--
  for (let index = start; index < last; index++) {
    if (valueAt(base64.values, text, index) < 0 && !hasSignAt(text, index, '-_')) return false
  }
  return last > start
}

/** What stands behind the last separator. */
export function lastFieldOf(text: string, separator: string): Field {
  return fieldOf(text, text.lastIndexOf(separator) + 1)
}

/** Whether the fields between separators fit these, one by one. */
export function hasFields(
  text: string,
  separator: string,
  tests: readonly ((field: Field) => boolean)[],
): boolean {
  const fields = splitFields(fieldOf(text), separator, tests.length)
  return fields !== undefined && tests.every((fits, place) => fits(fields[place] ?? NO_FIELD))
}

export function isFilled(field: Field): boolean {
  return lengthOf(field) > 0
}
