import { nodeCrypto } from './node-crypto.js'

/** MD5 or SHA-256, in place: fast work is not worth a journey to another thread. */
export function computeChecksum(algorithm: 'md5' | 'sha256', bytes: Uint8Array): Uint8Array {
  return nodeCrypto().createHash(algorithm).update(bytes).digest()
}
