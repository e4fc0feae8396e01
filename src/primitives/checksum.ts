import { nodeCrypto } from './node-crypto.js'

/**
 * MD5 or SHA-256, in place: fast work is not worth a journey to another thread. Throws what node:crypto throws where it
 * refuses the algorithm, as OpenSSL does with MD5 under FIPS.
 */
export function computeChecksum(algorithm: 'md5' | 'sha256', bytes: Uint8Array): Uint8Array {
  return nodeCrypto().createHash(algorithm).update(bytes).digest()
}
