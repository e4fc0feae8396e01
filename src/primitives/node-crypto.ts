import type * as crypto from 'node:crypto'

/** Node's own cryptography, loaded on first use: an application that only imports this package does not wait for it. */
export function nodeCrypto(): typeof crypto {
  return process.getBuiltinModule('node:crypto')
}
