import { nodeCrypto } from './node-crypto.js'

/** One digest, in place: fast work is not worth a journey to another thread. */
export function digest(algorithm: 'md5' | 'sha256', bytes: Uint8Array): Uint8Array {
  return nodeCrypto().createHash(algorithm).update(bytes).digest()
}
