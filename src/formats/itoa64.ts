import { indexAlphabet, valueAt } from './alphabet.js'
import type { Field } from './fields.js'

// itoa64 is the encoding of crypt(3) and phpass. Unlike base64 it fills bytes from their low bits.
const VALUES = /* @__PURE__ */ indexAlphabet(
  './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
)

/** The number that one character stands for, 0 to 63; undefined for any other text. */
export function readItoa64Digit({ text, start, end }: Field): number | undefined {
  const value = end - start === 1 ? valueAt(VALUES, text, start) : -1
  return value < 0 ? undefined : value
}

/** The number of up to five digits, the lowest first; undefined for text of other characters. */
export function readItoa64Number({ text, start, end }: Field): number | undefined {
  let number = 0
  for (let index = end - 1; index >= start; index--) {
    const value = valueAt(VALUES, text, index)
    if (value < 0) return undefined
    number = (number << 6) | value
  }
  return number
}

export function isItoa64({ text, start, end }: Field): boolean {
  for (let index = start; index < end; index++) {
    if (valueAt(VALUES, text, index) < 0) return false
  }
  return true
}

/** The bytes of itoa64 text, low bits first, or the problem of the text. Unused bits must be zero. */
export function decodeItoa64({ text, start, end }: Field): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const bytes = new Uint8Array(((end - start) * 3) >> 2)
  let bits = 0
  let held = 0
  let written = 0
  for (let index = start; index < end; index++) {
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
  if ((end - start) % 4 === 1) return 'length'
  return bits === 0 ? bytes : 'canonical'
}

/** The bytes of itoa64 text that was cut off inside a byte. The last byte has the bits that are left, and zeros above. */
export function decodeItoa64Bits({ text, start, end }: Field): Uint8Array | 'alphabet' {
  const bytes = new Uint8Array(Math.ceil(((end - start) * 3) / 4))
  for (let index = start; index < end; index++) {
    const value = valueAt(VALUES, text, index)
    if (value < 0) return 'alphabet'
    const bit = (index - start) * 6
    const place = bit >> 3
    const bits = value << (bit & 7)
    bytes[place] = (bytes[place] ?? 0) | bits
    // A typed array ignores a write past its end, and no bit of the text is there.
    bytes[place + 1] = (bytes[place + 1] ?? 0) | (bits >> 8)
  }
  return bytes
}
