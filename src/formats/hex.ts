import { indexAlphabet, LAST_CODE, valueAt, valueOf } from './alphabet.js'
import type { Alphabet } from './alphabet.js'
import type { Field } from './fields.js'

const LOWER = /* @__PURE__ */ indexAlphabet('0123456789abcdef')
const EITHER = /* @__PURE__ */ indexEitherCase()

/** The bytes of hexadecimal in either case, or the problem of the text. */
export function decodeHex(field: Field): Uint8Array | 'alphabet' | 'length' {
  return decode(field, EITHER)
}

/** The bytes of hexadecimal in lower case alone: a system that compares text never matches upper case. */
export function decodeLowerHex(field: Field): Uint8Array | 'alphabet' | 'length' {
  return decode(field, LOWER)
}

export function isHex({ text, start, end }: Field): boolean {
  for (let index = start; index < end; index++) {
    if (valueAt(EITHER, text, index) < 0) return false
  }
  return true
}

function decode(field: Field, values: Alphabet): Uint8Array | 'alphabet' | 'length' {
  const { text, start, end } = field
  const bytes = new Uint8Array((end - start) >> 1)
  // Codes past ASCII are looked for in all characters at once, which is faster than in each.
  let codes = 0
  let foreign = 0
  for (let place = 0; place < bytes.length; place++) {
    const high = text.charCodeAt(start + place * 2)
    const low = text.charCodeAt(start + place * 2 + 1)
    codes |= high | low
    const value = (valueOf(values, high) << 4) | valueOf(values, low)
    foreign |= value
    bytes[place] = value
  }
  const isOdd = (end - start) % 2 !== 0
  // A foreign character is -1, which no shift makes positive.
  if (foreign < 0 || codes > LAST_CODE || (isOdd && valueAt(values, text, end - 1) < 0)) return 'alphabet'
  return isOdd ? 'length' : bytes
}

function indexEitherCase(): Alphabet {
  const values = indexAlphabet('0123456789abcdef')
  for (let digit = 10; digit < 16; digit++) values[0x41 + digit - 10] = digit
  return values
}

/** Bytes in lower-case hexadecimal as ASCII, for systems that hash the text of a digest. */
export function encodeHexBytes(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(bytes.length * 2)
  bytes.forEach((byte, index) => {
    text[index * 2] = hexDigit(byte >> 4)
    text[index * 2 + 1] = hexDigit(byte & 15)
  })
  return text
}

function hexDigit(value: number): number {
  return value < 10 ? 0x30 + value : 0x61 + value - 10
}
