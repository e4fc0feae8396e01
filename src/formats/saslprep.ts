const encoder = /* @__PURE__ */ new TextEncoder()
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// RFC 3454, tables C.1.2 and B.1, as the first and last code points of ranges. The zero-width space, 200b, is in both tables, and
// PostgreSQL makes a space of it.
const SPACES: readonly (readonly [number, number])[] = [
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200b],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
]
const NOTHING: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x1806, 0x1806],
  [0x180b, 0x180d],
  [0x200c, 0x200d],
  [0x2060, 0x2060],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
]

/**
 * A password as SASLprep maps it (RFC 4013): other spaces become spaces, some signs go, and the rest is put into Unicode's form
 * NFKC. Bytes of ASCII alone, and bytes that are not UTF-8, are given back as they are.
 *
 * SASLprep refuses some texts besides, for which systems hash the typed bytes. A caller tries these bytes too, so that nothing is
 * refused here, and the tables of what SASLprep refuses are not needed. A library has these tables, for 15 ms and 3 MB of each
 * import; the test holds this mapping to that library for every character.
 */
export function mapSaslprep(password: Uint8Array): Uint8Array {
  if (password.every((byte) => byte < 0x80)) return password
  const text = decode(password)
  if (text === undefined) return password
  // A regular expression would keep the password where any code can read it (RegExp.input).
  let mapped = ''
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    if (isIn(SPACES, code)) mapped += ' '
    else if (!isIn(NOTHING, code)) mapped += sign
  }
  return encoder.encode(mapped.normalize('NFKC'))
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function isIn(ranges: readonly (readonly [number, number])[], code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last)
}
