import type { Field } from './fields.js'

const ZERO = 0x30
const LOWER_A = 0x61
const LOWER_F = 0x66

/**
 * Reads a canonical decimal integer: digits only, no sign, no leading zero.
 *
 * Leading zeros are refused because one configuration must have one spelling, or equal digests compare unequal.
 *
 * @returns the number, `number` where the text is no canonical integer, `range` where it is out of bounds (inclusive)
 */
export function readInteger(
  { text, start, end }: Field,
  { min, max }: { readonly min: number; readonly max: number },
): number | 'number' | 'range' {
  if (end <= start) return 'number'
  let value = 0
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - ZERO
    // A code past the end of the text is NaN, for which every comparison is false.
    if (!(digit >= 0 && digit <= 9)) return 'number'
    value = value * 10 + digit
  }
  if (end - start > 1 && text.charCodeAt(start) === ZERO) return 'number'
  // The value is not exact past 2^53, but it is then above every bound, since all bounds are below 2^53.
  return value < min || value > max ? 'range' : value
}

export function hasDigitsOnly({ text, start, end }: Field): boolean {
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - ZERO
    if (!(digit >= 0 && digit <= 9)) return false
  }
  return true
}

/** Reads a canonical integer in lower-case hexadecimal: no sign, no leading zero. */
export function readLowerHexInteger(
  { text, start, end }: Field,
  { min, max }: { readonly min: number; readonly max: number },
): number | 'number' | 'range' {
  if (end <= start) return 'number'
  let value = 0
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    const digit = code >= LOWER_A && code <= LOWER_F ? code - LOWER_A + 10 : code - ZERO
    if (!(digit >= 0 && digit <= 15) || (digit > 9 && code < LOWER_A)) return 'number'
    value = value * 16 + digit
  }
  if (end - start > 1 && text.charCodeAt(start) === ZERO) return 'number'
  return value < min || value > max ? 'range' : value
}
