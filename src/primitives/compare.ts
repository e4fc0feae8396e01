import { nodeCrypto } from './node-crypto.js'

/** Compares in a time that depends on the lengths alone. Bytes of different lengths are not equal. */
export function equalBytes(first: Uint8Array, second: Uint8Array): boolean {
  return first.byteLength === second.byteLength && nodeCrypto().timingSafeEqual(first, second)
}
