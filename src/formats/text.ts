import type { Field } from './fields.js'

const encoder = /* @__PURE__ */ new TextEncoder()

/**
 * The UTF-8 bytes of a salt that a system keeps as text.
 *
 * Salts are visible characters: white space, controls, a byte order mark and lone surrogates come from a damaged
 * column, never from a system that writes digests.
 */
export function readTextSalt({ text, start, end }: Field): Uint8Array | 'alphabet' | 'length' {
  if (end <= start) return 'length'
  const bytes = new Uint8Array(end - start)
  for (let place = 0; place < bytes.length; place++) {
    const code = text.charCodeAt(start + place)
    if (code > 0x7e) return readUnicode(text.slice(start, end))
    if (code <= 0x20) return 'alphabet'
    bytes[place] = code
  }
  return bytes
}

function readUnicode(text: string): Uint8Array | 'alphabet' {
  // \s holds U+FEFF; Cc are the controls, Cf the invisible format characters, Cs lone surrogates.
  return /[\s\p{Cc}\p{Cf}\p{Cs}]/u.test(text) ? 'alphabet' : encoder.encode(text)
}
