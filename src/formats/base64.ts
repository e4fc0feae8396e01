/**
 * Base64 in the spellings that digests use (RFC 4648 sections 4 and 5, and bcrypt's own alphabet).
 *
 * Decoding is strict: what decodes is exactly what encoding the bytes again would write. `Buffer.from` skips
 * foreign characters, takes both alphabets at once and ignores stray bits, so it cannot be used on a digest.
 */
export interface Base64 {
  readonly alphabet: string
  readonly values: Int8Array
  readonly padded: boolean
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const BCRYPT = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const PAD = 0x3d

/** For every ASCII code its place in the alphabet, -1 where it has none. */
export function indexAlphabet(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index
  return values
}

export const base64: Base64 = /* @__PURE__ */ define(STANDARD, true)
export const base64Unpadded: Base64 = /* @__PURE__ */ define(STANDARD, false)
export const bcryptBase64: Base64 = /* @__PURE__ */ define(BCRYPT, false)
const base64Url: Base64 = /* @__PURE__ */ define(URL_SAFE, true)
const base64UrlUnpadded: Base64 = /* @__PURE__ */ define(URL_SAFE, false)

function define(alphabet: string, padded: boolean): Base64 {
  return { alphabet, values: indexAlphabet(alphabet), padded }
}

/**
 * The bytes of a base64 text, or what is wrong with it: a foreign character (`alphabet`), a length or padding that
 * no number of bytes has (`length`), unused bits that are not zero (`canonical`).
 */
export function decodeBase64(
  text: string,
  variant: Base64,
): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const { values, padded } = variant
  const end = padded ? unpaddedLength(text) : text.length
  const rest = end % 4
  const bytes = new Uint8Array((end * 3) >> 2)
  let read = 0
  let written = 0
  while (read < end - rest) {
    const high = (valueAt(values, text, read) << 6) | valueAt(values, text, read + 1)
    const low = (valueAt(values, text, read + 2) << 6) | valueAt(values, text, read + 3)
    // A foreign character is -1, which no shift makes positive.
    if ((high | low) < 0) return 'alphabet'
    bytes[written++] = high >> 4
    bytes[written++] = (high << 4) | (low >> 8)
    bytes[written++] = low
    read += 4
  }
  let bits = 0
  for (; read < end; read++) {
    const value = valueAt(values, text, read)
    if (value < 0) return 'alphabet'
    bits = (bits << 6) | value
  }
  if (rest === 1 || (padded && text.length - end !== (4 - rest) % 4)) return 'length'
  if (rest === 2) bytes[written] = bits >> 4
  if (rest === 3) {
    bytes[written] = bits >> 10
    bytes[written + 1] = bits >> 2
  }
  const unused = rest === 2 ? 0xf : rest === 3 ? 0x3 : 0
  return (bits & unused) === 0 ? bytes : 'canonical'
}

/** The place of a character in an alphabet, -1 where it has none, also past the table. */
export function valueAt(values: Int8Array, text: string, index: number): number {
  return values[text.charCodeAt(index)] ?? -1
}

/** Either alphabet, padded or not; one of each for the whole text. */
export function decodeAnyBase64(text: string): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const padded = text.endsWith('=')
  const bytes = decodeBase64(text, padded ? base64 : base64Unpadded)
  return bytes === 'alphabet' ? decodeBase64(text, padded ? base64Url : base64UrlUnpadded) : bytes
}

export function encodeBase64(bytes: Uint8Array, { alphabet, padded }: Base64): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0x3fff
    held += 8
    while (held >= 6) {
      held -= 6
      text += alphabet.charAt((bits >> held) & 0x3f)
    }
  }
  if (held > 0) text += alphabet.charAt((bits << (6 - held)) & 0x3f)
  return padded ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text
}

/** At most two signs of padding; a third is a foreign character like any other. */
function unpaddedLength(text: string): number {
  let end = text.length
  while (end > text.length - 2 && text.charCodeAt(end - 1) === PAD) end--
  return end
}
