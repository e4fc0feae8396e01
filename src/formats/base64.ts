import { indexAlphabet, LAST_CODE, valueAt, valueOf } from './alphabet.js'
import type { Alphabet } from './alphabet.js'
import type { Field } from './fields.js'

/**
 * Base64 in the spellings that digests use (RFC 4648 sections 4 and 5, and bcrypt's own alphabet).
 *
 * Decoding is strict: a text that decodes is exactly the text that encoding the bytes again would write. `Buffer.from` skips
 * foreign characters, takes both alphabets at once and ignores stray bits, so it cannot be used on a digest.
 */
export interface Base64 {
  readonly characters: string
  readonly values: Alphabet
  readonly padded: boolean
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ADAPTED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./'
// The alphabet of crypt(3), which its DES fills from the high bits, as base64 does.
const CRYPT = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BCRYPT = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const PAD = 0x3d

export const base64: Base64 = /* @__PURE__ */ define(STANDARD, true)
export const base64Unpadded: Base64 = /* @__PURE__ */ define(STANDARD, false)
export const base64Url: Base64 = /* @__PURE__ */ define(URL_SAFE, true)
/** passlib's own base64, which it calls ab64. */
export const adaptedBase64: Base64 = /* @__PURE__ */ define(ADAPTED, false)
export const bcryptBase64: Base64 = /* @__PURE__ */ define(BCRYPT, false)
export const cryptBase64: Base64 = /* @__PURE__ */ define(CRYPT, false)
const base64UrlUnpadded: Base64 = /* @__PURE__ */ define(URL_SAFE, false)

function define(characters: string, padded: boolean): Base64 {
  return { characters, values: indexAlphabet(characters), padded }
}

/**
 * The bytes of a base64 text, or its problem: a foreign character (`alphabet`), a length or padding that no number of bytes
 * has (`length`), unused bits that are not zero (`canonical`).
 */
export function decodeBase64(
  field: Field,
  { values, padded }: Base64,
): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const { text, start } = field
  const end = padded ? unpaddedEnd(field) : field.end
  const rest = (end - start) % 4
  const whole = end - rest
  const bytes = new Uint8Array(((end - start) * 3) >> 2)
  let written = 0
  // Codes past ASCII are looked for in all characters at once, which is faster than in each.
  let codes = 0
  let foreign = 0
  for (let read = start; read < whole; read += 4) {
    const first = text.charCodeAt(read)
    const second = text.charCodeAt(read + 1)
    const third = text.charCodeAt(read + 2)
    const fourth = text.charCodeAt(read + 3)
    codes |= first | second | third | fourth
    const bits =
      (valueOf(values, first) << 18) |
      (valueOf(values, second) << 12) |
      (valueOf(values, third) << 6) |
      valueOf(values, fourth)
    foreign |= bits
    bytes[written] = bits >> 16
    bytes[written + 1] = bits >> 8
    bytes[written + 2] = bits
    written += 3
  }
  let bits = 0
  for (let read = whole; read < end; read++) bits = (bits << 6) | valueAt(values, text, read)
  // A foreign character is -1, which no shift makes positive.
  if ((foreign | bits) < 0 || codes > LAST_CODE) return 'alphabet'
  if (rest === 1 || (padded && field.end - end !== (4 - rest) % 4)) return 'length'
  if (rest === 2) bytes[written] = bits >> 4
  if (rest === 3) {
    bytes[written] = bits >> 10
    bytes[written + 1] = bits >> 2
  }
  const unused = rest === 2 ? 0xf : rest === 3 ? 0x3 : 0
  return (bits & unused) === 0 ? bytes : 'canonical'
}

/** Decodes base64 in either alphabet, padded or not. The whole text has one alphabet. */
export function decodeAnyBase64(field: Field): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const padded = field.end > field.start && field.text.charCodeAt(field.end - 1) === PAD
  const bytes = decodeBase64(field, padded ? base64 : base64Unpadded)
  return bytes === 'alphabet' ? decodeBase64(field, padded ? base64Url : base64UrlUnpadded) : bytes
}

export function encodeBase64(bytes: Uint8Array, { characters, padded }: Base64): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0x3fff
    held += 8
    while (held >= 6) {
      held -= 6
      text += characters.charAt((bits >> held) & 0x3f)
    }
  }
  if (held > 0) text += characters.charAt((bits << (6 - held)) & 0x3f)
  return padded ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text
}

/** The end of a base64 text without its padding. At most two signs are padding; a third is a foreign character. */
function unpaddedEnd({ text, start, end }: Field): number {
  let last = end
  while (last > start && last > end - 2 && text.charCodeAt(last - 1) === PAD) last--
  return last
}
