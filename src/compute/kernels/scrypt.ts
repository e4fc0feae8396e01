import { pbkdf2 } from '../../platform/node.js'
import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'

/**
 * scrypt (RFC 7914), from bytes to the key. ROMix is the kernel in scrypt.as.ts; node:crypto does the two PBKDF2 around it,
 * of one iteration each.
 *
 * An instance keeps its memory between calls, since the first use of fresh pages is expensive. Before a call returns, it
 * overwrites all memory that it has used. The owner of the kernel drops it when `bytes()` is too much to keep.
 */
export interface ScryptKernel {
  /**
   * Computes the key. Throws a `RangeError` that names a field out of its range, and an `EngineError` `ERR_ENGINE_MEMORY`
   * when the memory cannot be had. After any other error the kernel must not be used again.
   */
  readonly derive: (input: ScryptInput) => Uint8Array
  /** The memory of the instance, in bytes. */
  readonly bytes: () => number
}

export interface ScryptInput {
  /** at most 4096 bytes, as the salt */
  readonly password: Uint8Array
  readonly salt: Uint8Array
  /** a power of two; the memory is 128 * N * r bytes, at most 512 MiB */
  readonly N: number
  readonly r: number
  /** done one after another, in the same memory */
  readonly p: number
  /** bytes of the key, 1 to 4096 */
  readonly length: number
}

const MAX_STRING = 4096
const MAX_N = 1_048_576
// X and Y of the kernel are 256 * r bytes beside V, at most 16 MiB, which its declared maximum includes.
const MAX_R = 65_536
// RFC 7914, section 2, bounds p by (2^32 - 1) * 32 / (128 * r), which is usually written r * p < 2^30.
const MAX_RP = 1_073_741_823
// The bound of V, and of the p blocks between the two PBKDF2.
const MAX_BYTES = 536_870_912

const ONCE = { algorithm: 'sha256', iterations: 1 } as const

export function createScryptKernel(module: WebAssembly.Module): ScryptKernel {
  const { memory, readFunction, grow } = instantiate('scrypt', module)
  const mix = readFunction('mix')
  const wipe = readFunction('wipe')

  function derive(input: ScryptInput): Uint8Array {
    requireRanges(input)
    const { password, salt, N, r, p, length } = input
    const blockBytes = 128 * r
    const used = blockBytes * (N + 2)
    grow(used)

    const blocks = pbkdf2({ ...ONCE, password, salt, length: blockBytes * p })
    try {
      for (let start = 0; start < blocks.length; start += blockBytes) {
        const block = blocks.subarray(start, start + blockBytes)
        const inside = new Uint8Array(memory.buffer, 0, blockBytes)
        inside.set(block)
        mix(N, r)
        block.set(inside)
      }
      return new Uint8Array(pbkdf2({ ...ONCE, password, salt: blocks, length }))
    } finally {
      // V is overwritten too, which takes two or three percent of the time. Its first row is PBKDF2 of the password with one
      // iteration, and with any row a guess could be checked without the memory of scrypt.
      wipe(used)
      blocks.fill(0)
    }
  }
  return { derive, bytes: () => memory.buffer.byteLength }
}

function requireRanges({ password, salt, N, r, p, length }: ScryptInput): void {
  requireBytes('scrypt: password', password, { min: 0, max: MAX_STRING })
  requireBytes('scrypt: salt', salt, { min: 0, max: MAX_STRING })
  requireInteger('scrypt: N', N, { min: 2, max: MAX_N })
  if (!Number.isInteger(Math.log2(N))) throw refusal('scrypt: N', 'a power of two')
  requireInteger('scrypt: r', r, { min: 1, max: MAX_R })
  requireInteger('scrypt: p', p, { min: 1, max: Math.floor(MAX_RP / r) })
  requireInteger('scrypt: length', length, { min: 1, max: MAX_STRING })
  if (128 * N * r > MAX_BYTES) throw refusal('scrypt: memory of N and r', `at most ${MAX_BYTES} bytes`)
  if (128 * r * p > MAX_BYTES) throw refusal('scrypt: memory of r and p', `at most ${MAX_BYTES} bytes`)
}
