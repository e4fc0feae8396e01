// A byte that is no UTF-8 becomes a lone surrogate. No text has lone surrogates, so no text is taken for such bytes.
const FOREIGN_BYTE = 0xdc00

/** Text in UTF-8 as UTF-16 in little-endian order, without a byte order mark, as .NET and Windows hash it. */
export function toUtf16(utf8: Uint8Array): Uint8Array<ArrayBuffer> {
  const units = decodeUnits(utf8)
  const bytes = new Uint8Array(units.length * 2)
  units.forEach((unit, place) => {
    bytes[place * 2] = unit
    bytes[place * 2 + 1] = unit >> 8
  })
  units.fill(0)
  return bytes
}

function decodeUnits(utf8: Uint8Array): Uint16Array {
  const units = new Uint16Array(utf8.length)
  let count = 0
  for (let place = 0; place < utf8.length;) {
    const { point, length } = readPoint(utf8, place)
    if (point > 0xffff) {
      units[count++] = 0xd800 + ((point - 0x10000) >> 10)
      units[count++] = 0xdc00 + ((point - 0x10000) & 0x3ff)
    } else units[count++] = point
    place += length
  }
  return units.subarray(0, count)
}

/** The code point that begins at an index, and the number of its bytes (Unicode 15, table 3-7). */
function readPoint(utf8: Uint8Array, start: number): { readonly point: number; readonly length: number } {
  const first = utf8[start] ?? 0
  if (first < 0x80) return { point: first, length: 1 }
  const length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1
  let point = first & (0xff >> (length + 1))
  for (let place = start + 1; place < start + length; place++) {
    const next = utf8[place] ?? 0
    if (next >> 6 !== 2) return { point: FOREIGN_BYTE + first, length: 1 }
    point = (point << 6) | (next & 0x3f)
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0
  const isSurrogate = point >= 0xd800 && point <= 0xdfff
  if (length === 1 || point < least || isSurrogate || point > 0x10ffff) {
    return { point: FOREIGN_BYTE + first, length: 1 }
  }
  return { point, length }
}
