import { nodeCrypto } from './node-crypto.js'

/** AES-256 in counter mode from a counter block of zeros (NIST SP 800-38A). The key has 32 bytes. */
export function encryptAesCtr(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = nodeCrypto().createCipheriv('aes-256-ctr', key, new Uint8Array(16))
  return Buffer.concat([cipher.update(plaintext), cipher.final()])
}
