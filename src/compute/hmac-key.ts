import { DIGEST_BYTES } from './cost.js'
import type { DigestAlgorithm } from '../platform/node.js'

const SPACE = 0x20
const TILDE = 0x7e

/**
 * Whether another password may be the same key of HMAC, which PBKDF2 and scrypt make of a password (RFC 2104 section 2): one
 * shorter than the hash's block is filled up with NULs, and a longer one is hashed first.
 *
 * So a password that ends in NUL stands for the one without it, and one that is as long as the hash's output, with a byte
 * that nobody types, for the long password of which it is the hash. A long password stands for itself: nobody types its hash.
 */
export function sharesHmacKey(password: Uint8Array, algorithm: DigestAlgorithm): boolean {
  const { length } = password
  if (length > 0 && password[length - 1] === 0) return true
  return length === DIGEST_BYTES[algorithm] && !password.every(isPrintable)
}

function isPrintable(byte: number): boolean {
  return byte >= SPACE && byte <= TILDE
}
