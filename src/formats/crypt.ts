import { decodeItoa64 } from './itoa64.js'
import type { Field } from './fields.js'

// crypt(3) writes the bytes of a checksum in an order of each scheme's own. An order has the place of each written byte.

/** The schemes of crypt(3) that write a message digest. */
export type CryptOrder = 'md5' | 'sha1' | 'sha256' | 'sha512'

const ORDERS: Readonly<Record<CryptOrder, readonly number[]>> = {
  md5: [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11],
  // The 20 bytes of SHA-1 would leave two characters half used, so the first byte is written again behind them.
  sha1: [2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 17, 16, 15, 0, 19, 18],
  // The groups of SHA-2 are a third of the digest apart, and each begins where the one before ended.
  sha256: [...turn(30, 21), 30, 31],
  sha512: [...turn(63, 22), 63],
}

function turn(bytes: number, step: number): readonly number[] {
  return Array.from({ length: bytes }, (_, place) => {
    const third = Math.floor(place / 3)
    return (third * step + (2 - (place % 3)) * (bytes / 3)) % bytes
  })
}

/** The number of characters of a checksum. */
export function cryptLengthOf(order: CryptOrder): number {
  return Math.ceil((ORDERS[order].length * 4) / 3)
}

/** The bytes of a checksum in the order of the message digest, or the problem of the text. */
export function decodeCrypt(
  field: Field,
  order: CryptOrder,
): Uint8Array | 'alphabet' | 'length' | 'canonical' {
  if (field.end - field.start !== cryptLengthOf(order)) return 'length'
  const written = decodeItoa64(field)
  if (typeof written === 'string') return written
  const places = ORDERS[order]
  const bytes = new Uint8Array(Math.max(...places) + 1)
  for (const [from, to] of places.entries()) bytes[to] = written[from] ?? 0
  // A byte that is written twice must be the same twice.
  return places.every((to, from) => bytes[to] === written[from]) ? bytes : 'canonical'
}
