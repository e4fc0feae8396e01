import { nodeCrypto } from './node-crypto.js'

/** `length` bytes of the operating system's secure randomness. */
export function randomBytes(length: number): Uint8Array {
  return nodeCrypto().randomFillSync(new Uint8Array(length))
}
