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

// RFC 3454, tables C.2 to C.9, as ranges: controls, private use, what is no character or out of place in a text.
const PROHIBITED: readonly (readonly [number, number])[] = [
  [0x0, 0x1f],
  [0x7f, 0x9f],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x180e, 0x180e],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2061, 0x2063],
  [0x206a, 0x206f],
  [0x2ff0, 0x2ffb],
  [0xe000, 0xf8ff],
  [0xfdd0, 0xfdef],
  [0xfff9, 0xfffd],
  [0x1d173, 0x1d17a],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f],
  [0xf0000, 0x10ffff],
]

/**
 * A password as SASLprep maps it (RFC 4013): other spaces become spaces, some signs go, and the rest is put into Unicode's form
 * NFKC. Bytes of ASCII alone, bytes that are not UTF-8, and what SASLprep prohibits are given back as they are, as systems hash them.
 *
 * What has no meaning in Unicode 3.2, and letters of both directions in one text, SASLprep refuses too, and here they are mapped: a
 * caller tries the typed bytes as well. A library has the tables of these, for 15 ms and 3 MB of each import; the test holds this
 * mapping to that library for every character.
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
  const normal = mapped.normalize('NFKC')
  for (const sign of normal) if (isProhibited(sign.codePointAt(0) ?? 0)) return password
  return encoder.encode(normal)
}

function isProhibited(code: number): boolean {
  // The last two of each plane are no characters.
  return (code & 0xfffe) === 0xfffe || isIn(PROHIBITED, code)
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
