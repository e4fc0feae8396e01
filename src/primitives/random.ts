import { randomFillSync } from 'node:crypto'

/** `length` bytes of the operating system's secure randomness. */
export function randomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length))
}
