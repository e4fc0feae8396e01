import { indexAlphabet, valueAt } from './base64.js'

// The alphabet of crypt(3) and phpass. Unlike base64 it fills bytes from their low bits.
const VALUES = /* @__PURE__ */ indexAlphabet(
  './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
)

/** The number that one character stands for, 0 to 63; undefined for any other text. */
export function readItoa64Digit(text: string): number | undefined {
  const value = text.length === 1 ? valueAt(VALUES, text, 0) : -1
  return value < 0 ? undefined : value
}

export function isItoa64(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (valueAt(VALUES, text, index) < 0) return false
  }
  return true
}

/** The bytes of itoa64 text, low bits first; unused bits must be zero. */
export function decodeItoa64(text: string): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const bytes = new Uint8Array((text.length * 3) >> 2)
  let bits = 0
  let held = 0
  let written = 0
  for (let index = 0; index < text.length; index++) {
    const value = valueAt(VALUES, text, index)
    if (value < 0) return 'alphabet'
    bits |= value << held
    held += 6
    if (held >= 8) {
      bytes[written++] = bits & 0xff
      bits >>= 8
      held -= 8
    }
  }
  if (text.length % 4 === 1) return 'length'
  return bits === 0 ? bytes : 'canonical'
}
