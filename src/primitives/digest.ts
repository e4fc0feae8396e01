import { createHash } from 'node:crypto'

/** One digest, in place: fast work is not worth a journey to another thread. */
export function digest(algorithm: 'md5' | 'sha256', bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest()
}
