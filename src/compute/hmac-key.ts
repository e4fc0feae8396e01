import { DIGEST_BYTES } from './cost.js'
import type { DigestAlgorithm } from '../platform/node.js'

const SPACE = 0x20
const TILDE = 0x7e

/**
 * Whether another password may make the same key of HMAC, which PBKDF2 and scrypt use (RFC 2104 section 2): a password
 * shorter than the hash function's block is filled up with NULs, and a longer one is hashed first.
 *
 * So a password that ends in NUL may stand for the same password without the NUL. A password as long as the function's output,
 * with a byte that nobody types, may be the digest of a long password and stand for it. A long password stands for no other.
 */
export function sharesHmacKey(password: Uint8Array, algorithm: DigestAlgorithm): boolean {
  const { length } = password
  if (length > 0 && password[length - 1] === 0) return true
  return length === DIGEST_BYTES[algorithm] && !isPrintableText(password)
}

/** Whether all bytes of a password are printable ASCII, as of nearly no digest. */
export function isPrintableText(password: Uint8Array): boolean {
  return password.every((byte) => byte >= SPACE && byte <= TILDE)
}
