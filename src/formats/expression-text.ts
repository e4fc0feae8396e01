import type { Problem } from './problem.js'

const PERCENT = 0x25
const DOLLAR = 0x24
const DIGITS = '0123456789ABCDEF'

/** Whether a byte stands in a text as itself: printable ASCII, but for the signs that mean something there. */
function isPlain(byte: number, reserved: number): boolean {
  return byte >= 0x20 && byte <= 0x7e && byte !== PERCENT && byte !== DOLLAR && byte !== reserved
}

/**
 * The bytes of a literal or an input, or the problem of its text. Whatever is no printable ASCII, `$`, `%` and the reserved sign
 * are `%HH` with upper-case digits, and nothing else is, so that a value has one spelling.
 */
export function decodeText(
  text: string,
  { start, end, reserved }: { readonly start: number; readonly end: number; readonly reserved: number },
): Uint8Array | Problem {
  const bytes = new Uint8Array(end - start)
  let written = 0
  for (let place = start; place < end; place++) {
    const code = text.charCodeAt(place)
    if (code !== PERCENT) {
      if (!isPlain(code, reserved)) return 'alphabet'
      bytes[written++] = code
      continue
    }
    if (place + 2 >= end) return 'alphabet'
    const high = digitAt(text, place + 1)
    const low = digitAt(text, place + 2)
    if (high === undefined || low === undefined) return 'alphabet'
    const byte = high * 16 + low
    if (text.slice(place + 1, place + 3) !== hexOf(byte) || isPlain(byte, reserved)) return 'canonical'
    bytes[written++] = byte
    place += 2
  }
  return bytes.subarray(0, written)
}

/** Writes bytes as the text that `decodeText` reads. */
export function encodeText(bytes: Uint8Array, reserved: number): string {
  return Array.from(bytes, (byte) =>
    isPlain(byte, reserved) ? String.fromCharCode(byte) : `%${hexOf(byte)}`,
  ).join('')
}

function digitAt(text: string, place: number): number | undefined {
  const value = DIGITS.indexOf(text.charAt(place).toUpperCase())
  return value < 0 ? undefined : value
}

function hexOf(byte: number): string {
  return DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15)
}
