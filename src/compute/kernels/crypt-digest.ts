import { writeDigestTables } from './digest-tables.js'
import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'

/** The schemes of crypt(3) over a message digest, in WebAssembly. The kernel is crypt-digest.as.ts. */
export interface CryptDigestKernel {
  /**
   * Derives the checksum in the order of the digest's bytes, not of the characters of crypt(3). Throws a `RangeError` that names a
   * field out of its range. After any other error the kernel must not be used again.
   */
  readonly derive: (crypt: CryptDigest) => Uint8Array
  /** The memory of the instance, in bytes. */
  readonly bytes: () => number
}

export interface CryptDigest {
  readonly variant: 'md5' | 'apr1' | 'sha1' | 'sha256' | 'sha512'
  /** at most 4096 bytes */
  readonly password: Uint8Array
  /** at most 128 bytes; of `sha1` the message of the first HMAC */
  readonly salt: Uint8Array
  readonly rounds: number
}

const PASSWORD_BYTES = { min: 0, max: 4096 } as const
const SALT_BYTES = { min: 0, max: 128 } as const
const ROUNDS = { min: 1, max: 4_294_967_295 } as const

interface Variant {
  readonly number: number
  readonly digestBytes: number
}

const VARIANTS: ReadonlyMap<string, Variant> = new Map([
  ['md5', { number: 0, digestBytes: 16 }],
  ['apr1', { number: 1, digestBytes: 16 }],
  ['sha1', { number: 2, digestBytes: 20 }],
  ['sha256', { number: 3, digestBytes: 32 }],
  ['sha512', { number: 4, digestBytes: 64 }],
])

export function createCryptDigestKernel(module: WebAssembly.Module): CryptDigestKernel {
  const { memory, readFunction, readAddress } = instantiate('crypt-digest', module)
  const run = readFunction('derive')
  const wipe = readFunction('wipe')
  const passwordAt = readAddress('PASSWORD')
  const saltAt = readAddress('SALT')
  const resultAt = readAddress('RESULT')
  // The memory never grows, so the bytes stay the same.
  const bytes = new Uint8Array(memory.buffer)
  writeDigestTables(memory)
  bytes.set(new TextEncoder().encode('$1$\0$apr1$'), readAddress('MAGIC'))

  function derive({ variant: name, password, salt, rounds }: CryptDigest): Uint8Array {
    const { number, digestBytes } = requireVariant(name)
    requireBytes('crypt-digest: password', password, PASSWORD_BYTES)
    requireBytes('crypt-digest: salt', salt, SALT_BYTES)
    requireInteger('crypt-digest: rounds', rounds, ROUNDS)
    try {
      bytes.set(password, passwordAt)
      bytes.set(salt, saltAt)
      run(number, password.length, salt.length, rounds)
      return bytes.slice(resultAt, resultAt + digestBytes)
    } finally {
      wipe()
    }
  }
  return { derive, bytes: () => memory.buffer.byteLength }
}

function requireVariant(name: string): Variant {
  const variant = VARIANTS.get(name)
  if (variant === undefined) {
    throw refusal('crypt-digest: variant', "'md5', 'apr1', 'sha1', 'sha256' or 'sha512'")
  }
  return variant
}
