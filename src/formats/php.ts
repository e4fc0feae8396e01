// The functions with which PHP applications change a password before they hash it, byte by byte as in PHP.

const NUL = 0x00
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const BACKSLASH = 0x5c
const ZERO = 0x30
/** The bytes that PHP's trim cuts: space, tab, line feed, carriage return, NUL and vertical tab. */
const TRIMMED = [0x20, 0x09, LINE_FEED, CARRIAGE_RETURN, NUL, 0x0b]
/** The bytes before which addslashes puts a backslash: both quotes and the backslash. A NUL becomes a backslash and a zero. */
const SLASHED = [0x27, 0x22, BACKSLASH]
/** The entities of htmlspecialchars with ENT_COMPAT, the default before PHP 8.1. */
const ENTITIES: ReadonlyMap<number, Uint8Array> = /* @__PURE__ */ new Map(
  (
    [
      ['&', '&amp;'],
      ['"', '&quot;'],
      ['<', '&lt;'],
      ['>', '&gt;'],
    ] as const
  ).map(([sign, entity]) => [sign.charCodeAt(0), /* @__PURE__ */ new TextEncoder().encode(entity)]),
)

/** trim() of PHP, as a copy. @see https://www.php.net/trim */
export function trim(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let start = 0
  let end = bytes.length
  while (start < end && TRIMMED.includes(bytes[start] ?? -1)) start++
  while (end > start && TRIMMED.includes(bytes[end - 1] ?? -1)) end--
  return Uint8Array.from(bytes.subarray(start, end))
}

/** addslashes() of PHP. @see https://www.php.net/addslashes */
export function addSlashes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return replaceBytes(bytes, (byte) =>
    SLASHED.includes(byte)
      ? Uint8Array.of(BACKSLASH, byte)
      : byte === NUL
        ? Uint8Array.of(BACKSLASH, ZERO)
        : undefined,
  )
}

/** htmlspecialchars() of PHP before 8.1, for text in UTF-8. @see https://www.php.net/htmlspecialchars */
export function escapeHtml(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return replaceBytes(bytes, (byte) => ENTITIES.get(byte))
}

/** Makes every line ending one line feed and drops NULs, as phpBB does first. */
export function unifyLineEnds(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return replaceBytes(bytes, (byte, next) => {
    if (byte === NUL || (byte === CARRIAGE_RETURN && next === LINE_FEED)) return new Uint8Array(0)
    return byte === CARRIAGE_RETURN ? Uint8Array.of(LINE_FEED) : undefined
  })
}

/** Replaces some bytes, in a new buffer. There are two passes, so that no other buffer holds a part of a password. */
function replaceBytes(
  bytes: Uint8Array,
  replace: (byte: number, next: number | undefined) => Uint8Array | undefined,
): Uint8Array<ArrayBuffer> {
  let length = 0
  bytes.forEach((byte, place) => (length += replace(byte, bytes[place + 1])?.length ?? 1))
  const replaced = new Uint8Array(length)
  let written = 0
  bytes.forEach((byte, place) => {
    const other = replace(byte, bytes[place + 1])
    if (other === undefined) replaced[written] = byte
    else replaced.set(other, written)
    written += other?.length ?? 1
  })
  return replaced
}
