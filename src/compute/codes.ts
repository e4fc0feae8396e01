import { adaptedBase64, base64, base64Unpadded, decodeAnyBase64, encodeBase64 } from '../formats/base64.js'
import { fieldOf } from '../formats/fields.js'
import { decodeHex, encodeHexBytes } from '../formats/hex.js'
import { normalizeNfc, normalizeNfkc } from '../formats/text.js'
import { toUtf16 } from '../formats/utf16.js'
import { isUtf8 } from '../platform/node.js'

/**
 * The changes of bytes that are no hashes, and the most bytes that each makes of one: encodings, decodings, cases, and the forms of
 * Unicode, whose FAQ has these numbers. Bundlers keep a table with a division in it.
 */
export const CODES = {
  hex: 2,
  HEX: 2,
  b64: 1.33333333,
  b64np: 1.33333333,
  ab64: 1.33333333,
  unhex: 0.5,
  unb64: 0.75,
  utf16le: 2,
  utf16be: 2,
  latin1: 1,
  upper: 1,
  lower: 1,
  nfc: 3,
  nfkc: 11,
} as const

export type Code = keyof typeof CODES

/** The most bytes that a code makes of so many. Encodings and cases make exactly as many. */
export function lengthOfCode(code: Code, length: number): number {
  return code === 'b64' ? 4 * Math.ceil(length / 3) : Math.ceil(length * CODES[code])
}

/** Bytes encoded or decoded, in a buffer of their own; undefined where the code cannot carry them. */
export function codeOf(code: Code, bytes: Uint8Array): Uint8Array | undefined {
  switch (code) {
    case 'hex':
      return encodeHexBytes(bytes)
    case 'HEX':
      return mapLetters(encodeHexBytes(bytes), 0x61)
    case 'b64':
      return toBytes(encodeBase64(bytes, base64))
    case 'b64np':
      return toBytes(encodeBase64(bytes, base64Unpadded))
    case 'ab64':
      return toBytes(encodeBase64(bytes, adaptedBase64))
    case 'unhex':
      return decoded(decodeHex(fieldOf(toText(bytes))))
    case 'unb64':
      return decoded(decodeAnyBase64(fieldOf(toText(bytes))))
    case 'utf16le':
      return isUtf8(bytes) ? toUtf16(bytes) : undefined
    case 'utf16be':
      return isUtf8(bytes) ? swapPairs(toUtf16(bytes)) : undefined
    case 'latin1':
      return isUtf8(bytes) ? toLatin1(bytes) : undefined
    case 'upper':
      return mapLetters(bytes, 0x61)
    case 'lower':
      return mapLetters(bytes, 0x41)
    case 'nfc':
      return own(normalizeNfc(bytes), bytes)
    case 'nfkc':
      return own(normalizeNfkc(bytes), bytes)
  }
}

/** The bytes filled with NULs, or repeated, to a length; undefined where they do not fit, or there are none to repeat. */
export function fill(type: 'pad' | 'rep', bytes: Uint8Array, length: number): Uint8Array | undefined {
  if (type === 'rep' ? bytes.length === 0 : bytes.length > length) return undefined
  const filled = new Uint8Array(length)
  if (type === 'pad') filled.set(bytes)
  else for (let place = 0; place < length; place++) filled[place] = bytes[place % bytes.length] ?? 0
  return filled
}

/** Normalised bytes, copied where nothing had to be changed: made bytes are overwritten after use, given ones are not. */
function own(normalized: Uint8Array, given: Uint8Array): Uint8Array {
  return normalized === given ? Uint8Array.from(given) : normalized
}

function decoded(bytes: Uint8Array | string): Uint8Array | undefined {
  return typeof bytes === 'string' ? undefined : bytes
}

function toText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let place = 0; place < bytes.length; place++) bytes[place] = text.charCodeAt(place)
  return bytes
}

/** Changes the case of the letters of ASCII that begin at a code. */
function mapLetters(bytes: Uint8Array, first: number): Uint8Array {
  return bytes.map((byte) => (byte >= first && byte < first + 26 ? byte ^ 0x20 : byte))
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length)
  for (let place = 0; place < bytes.length; place++) swapped[place] = bytes[place ^ 1] ?? 0
  bytes.fill(0)
  return swapped
}

/** UTF-8 as Latin-1, in which each character is one byte; undefined where a character has no place there. */
function toLatin1(utf8: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(utf8.length)
  let written = 0
  for (let place = 0; place < utf8.length; place++) {
    const byte = utf8[place] ?? 0
    if (byte > 0xc3) return undefined
    bytes[written++] = byte < 0x80 ? byte : ((byte & 3) << 6) | ((utf8[++place] ?? 0) & 0x3f)
  }
  return bytes.subarray(0, written)
}
