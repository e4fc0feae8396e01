/**
 * Reads a canonical decimal integer: digits only, no sign, no leading zero.
 *
 * Leading zeros are refused because one configuration must have one spelling, or equal digests compare unequal.
 *
 * @returns the number, `number` where the text is no canonical integer, `range` where it is out of bounds (inclusive)
 */
export function readInteger(
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | 'number' | 'range' {
  if (text.length === 0) return 'number'
  let value = 0
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return 'number'
    value = value * 10 + digit
  }
  if (text.length > 1 && text.startsWith('0')) return 'number'
  // Past 2^53 the sum is no longer exact, but it is over every bound that is.
  return value < min || value > max ? 'range' : value
}
