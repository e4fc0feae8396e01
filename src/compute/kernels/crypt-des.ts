import { desTables } from './des-tables.js'
import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'

/** The schemes of crypt(3) over DES, in WebAssembly. The kernel is crypt-des.as.ts. */
export interface CryptDesKernel {
  /**
   * Derives the eight bytes of the checksum. Throws a `RangeError` that names a field out of its range. After any other error the
   * kernel must not be used again.
   */
  readonly derive: (crypt: CryptDes) => Uint8Array
  /** The memory of the instance, in bytes. */
  readonly bytes: () => number
}

export interface CryptDes {
  /** Unix's first scheme reads eight bytes of the password, and BSDi's all of it */
  readonly variant: 'unix' | 'bsdi'
  /** at most 4096 bytes */
  readonly password: Uint8Array
  /** 24 bits, the lowest byte first; Unix's first scheme uses twelve */
  readonly salt: Uint8Array
  /** how often the block is encrypted */
  readonly count: number
}

const VARIANTS: readonly string[] = ['unix', 'bsdi']
const PASSWORD_BYTES = { min: 0, max: 4096 } as const
const SALT_BYTES = { min: 3, max: 3 } as const
const COUNT = { min: 1, max: 4_294_967_295 } as const
const BLOCK_BYTES = 8

export function createCryptDesKernel(module: WebAssembly.Module): CryptDesKernel {
  const { memory, readFunction, readAddress } = instantiate('crypt-des', module)
  const run = readFunction('derive')
  const wipe = readFunction('wipe')
  const passwordAt = readAddress('PASSWORD')
  const resultAt = readAddress('RESULT')
  // The memory never grows, so the bytes stay the same.
  const bytes = new Uint8Array(memory.buffer)
  const { boxes, keyBits, initial } = desTables()
  // A word's bytes are the lowest first, in WebAssembly as on every machine with Node.
  bytes.set(new Uint8Array(boxes.buffer), readAddress('BOXES'))
  bytes.set(new Uint8Array(keyBits.buffer), readAddress('KEY_BITS'))
  bytes.set(initial, readAddress('INITIAL'))

  function derive({ variant, password, salt, count }: CryptDes): Uint8Array {
    if (!VARIANTS.includes(variant)) throw refusal('crypt-des: variant', "'unix' or 'bsdi'")
    requireBytes('crypt-des: password', password, PASSWORD_BYTES)
    requireBytes('crypt-des: salt', salt, SALT_BYTES)
    requireInteger('crypt-des: count', count, COUNT)
    const [low = 0, middle = 0, high = 0] = salt
    try {
      bytes.set(password, passwordAt)
      run(password.length, low | (middle << 8) | (high << 16), count, variant === 'bsdi' ? 1 : 0)
      return bytes.slice(resultAt, resultAt + BLOCK_BYTES)
    } finally {
      wipe()
    }
  }
  return { derive, bytes: () => memory.buffer.byteLength }
}
