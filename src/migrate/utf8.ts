import { isAscii, isUtf8 } from 'node:buffer'

/** Stands in a text for bytes that are no UTF-8: one of the code points that Unicode keeps from being characters. */
const MARK = '\uFDD0'

/**
 * The text of bytes in UTF-8. Bytes that are no UTF-8 are not replaced by U+FFFD, which a text may hold, but by U+FDD0, which
 * none does: isUnicode tells them in whatever part of a row they stand.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isAscii(buffer)) return buffer.toString('latin1')
  if (isUtf8(buffer)) return buffer.toString()
  // What lies between characters of ASCII is all right, or none of it is: separators and quotes stay what they are.
  return buffer.toString('latin1').replace(/[\x80-\xff]+/g, (run) => {
    const some = Buffer.from(run, 'latin1')
    return isUtf8(some) ? some.toString() : MARK
  })
}

/** Decodes bytes in UTF-8 that come in pieces, as decodeUtf8 does. A byte order mark at the beginning is taken off. */
export async function* decodePieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held = Buffer.alloc(0)
  let isFirst = true
  const decode = (bytes: Uint8Array): string => {
    const text = decodeUtf8(bytes)
    const isMarked = isFirst && text.startsWith('\uFEFF')
    if (text !== '') isFirst = false
    return isMarked ? text.slice(1) : text
  }
  for await (const piece of pieces) {
    const bytes = held.length === 0 ? piece : Buffer.concat([held, piece])
    const end = findUnfinished(bytes)
    held = Buffer.from(bytes.subarray(end))
    yield decode(bytes.subarray(0, end))
  }
  yield decode(held)
}

/** Where a character begins that more bytes may follow: among the last three bytes, or the end. */
function findUnfinished(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= 0 && at >= bytes.length - 3; at--) {
    const byte = bytes[at] ?? 0
    if (byte >= 0xc0) return at
    if (byte < 0x80) break
  }
  return bytes.length
}

/** Whether a text holds nothing that was no UTF-8, and no half of a surrogate pair, which only an escape of JSON can write. */
export function isUnicode(text: string): boolean {
  return !text.includes(MARK) && text.isWellFormed()
}
