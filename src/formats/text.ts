import { fieldOf } from './fields.js'
import type { Field } from './fields.js'

const encoder = /* @__PURE__ */ new TextEncoder()
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const BYTE_ORDER_MARK = 0xfeff
const LINE_SEPARATOR = 0x2028
const PARAGRAPH_SEPARATOR = 0x2029

/**
 * The UTF-8 bytes of a salt that a system keeps as text, or the problem of the text.
 *
 * Systems accept any text as a salt, with spaces at its ends too. Controls, a byte order mark, the separators of lines and
 * paragraphs and lone surrogates come from a damaged column, never from a system that writes digests.
 */
export function readTextSalt({ text, start, end }: Field): Uint8Array | 'alphabet' | 'length' {
  if (end <= start) return 'length'
  const bytes = new Uint8Array(end - start)
  for (let place = 0; place < bytes.length; place++) {
    const code = text.charCodeAt(start + place)
    if (code > 0x7e) return readUnicode(fieldOf(text, start, end))
    if (code < 0x20) return 'alphabet'
    bytes[place] = code
  }
  return bytes
}

/** Reads a salt with a loop, since a regular expression would keep the salt where any code can read it (RegExp.input). */
function readUnicode({ text, start, end }: Field): Uint8Array | 'alphabet' {
  for (let place = start; place < end; place++) {
    const code = text.charCodeAt(place)
    if (isForeign(code)) return 'alphabet'
    if (!isSurrogate(code)) continue
    place++
    if (!isLeading(code) || place === end || !isTrailing(text.charCodeAt(place))) return 'alphabet'
  }
  return encoder.encode(text.slice(start, end))
}

/** Whether a code is a control (Cc) of ASCII or Latin-1, a byte order mark, or a separator of lines or paragraphs. */
function isForeign(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true
  return code === BYTE_ORDER_MARK || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

function isLeading(code: number): boolean {
  return code <= 0xdbff
}

function isTrailing(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

/**
 * A password in Unicode's form NFKC, in which some systems of JavaScript hash it. Bytes of ASCII alone, and bytes that are not
 * UTF-8, are given back as they are.
 */
export function normalizeNfkc(password: Uint8Array): Uint8Array {
  return normalize(password, 'NFKC')
}

/** A password in Unicode's form NFC, in which Jasypt hashes it. Other bytes are treated as by `normalizeNfkc`. */
export function normalizeNfc(password: Uint8Array): Uint8Array {
  return normalize(password, 'NFC')
}

function normalize(password: Uint8Array, form: 'NFC' | 'NFKC'): Uint8Array {
  if (password.every((byte) => byte < 0x80)) return password
  try {
    return encoder.encode(decoder.decode(password).normalize(form))
  } catch {
    return password
  }
}

/**
 * A password up to its first NUL, where the strings of C end, and with all that follows, as systems in other languages read it.
 * The bytes are not copied.
 */
export function formsOfCString(password: Uint8Array): readonly [Uint8Array, Uint8Array] {
  return [cutAtNul(password), password]
}

/** A password up to its first NUL. The bytes are not copied. */
export function cutAtNul(password: Uint8Array): Uint8Array {
  const end = password.indexOf(0)
  return end < 0 ? password : password.subarray(0, end)
}
