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
  const bytes = new Uint8Array((end * 3) >> 2)
  let bits = 0
  let held = 0
  let written = 0
  for (let index = 0; index < end; index++) {
    // Codes past the table give undefined, which is no place in the alphabet either.
    const value = values[text.charCodeAt(index)] ?? -1
    if (value < 0) return 'alphabet'
    bits = ((bits << 6) | value) & 0xfff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[written++] = bits >> held
    }
  }
  if (end % 4 === 1 || (padded && text.length % 4 !== 0)) return 'length'
  if (padded && text.length - end !== (4 - (end % 4)) % 4) return 'length'
  return (bits & ((1 << held) - 1)) === 0 ? bytes : 'canonical'
}

/** Either alphabet, padded or not; one of each for the whole text. */
export function decodeAnyBase64(text: string): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  const padded = text.endsWith('=')
  if (/[-_]/.test(text)) return decodeBase64(text, padded ? base64Url : base64UrlUnpadded)
  return decodeBase64(text, padded ? base64 : base64Unpadded)
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
