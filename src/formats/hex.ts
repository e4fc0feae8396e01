import { indexAlphabet, valueAt } from './base64.js'

const LOWER = /* @__PURE__ */ indexAlphabet('0123456789abcdef')
const EITHER = /* @__PURE__ */ indexEitherCase()

/** The bytes of hex text in either case, or what is wrong with it. */
export function decodeHex(text: string): Uint8Array | 'alphabet' | 'length' {
  return decode(text, EITHER)
}

/** The same for systems that compare text, so that upper-case never matched there. */
export function decodeLowerHex(text: string): Uint8Array | 'alphabet' | 'length' {
  return decode(text, LOWER)
}

export function isHex(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (valueAt(EITHER, text, index) < 0) return false
  }
  return true
}

function decode(text: string, values: Int8Array): Uint8Array | 'alphabet' | 'length' {
  const bytes = new Uint8Array(text.length >> 1)
  for (let place = 0; place < bytes.length; place++) {
    const value = (valueAt(values, text, place * 2) << 4) | valueAt(values, text, place * 2 + 1)
    if (value < 0) return 'alphabet'
    bytes[place] = value
  }
  if (text.length % 2 === 0) return bytes
  return valueAt(values, text, text.length - 1) < 0 ? 'alphabet' : 'length'
}

function indexEitherCase(): Int8Array {
  const values = indexAlphabet('0123456789abcdef')
  for (let digit = 10; digit < 16; digit++) values[0x41 + digit - 10] = digit
  return values
}

/** Lower-case hex as ASCII bytes, for systems that hash the text of a digest. */
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
