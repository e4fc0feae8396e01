const encoder = /* @__PURE__ */ new TextEncoder()

/**
 * The UTF-8 bytes of a salt that a system keeps as text.
 *
 * Salts are visible characters: white space, controls, a byte order mark and lone surrogates come from a damaged
 * column, never from a system that writes digests.
 */
export function readTextSalt(text: string): Uint8Array | 'alphabet' | 'length' {
  if (text.length === 0) return 'length'
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7e) return readUnicode(text)
    if (code <= 0x20) return 'alphabet'
    bytes[index] = code
  }
  return bytes
}

function readUnicode(text: string): Uint8Array | 'alphabet' {
  // \s holds U+FEFF; Cc are the controls, Cf the invisible format characters, Cs lone surrogates.
  return /[\s\p{Cc}\p{Cf}\p{Cs}]/u.test(text) ? 'alphabet' : encoder.encode(text)
}
