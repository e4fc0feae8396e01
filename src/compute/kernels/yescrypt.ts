import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'
import { deriveYescrypt } from './yescrypt-digests.js'
import type { Mixer, Part, YescryptInput } from './yescrypt-digests.js'

/**
 * yescrypt, from bytes to the 32 bytes of its checksum. The parts of SMix are the kernel in yescrypt.as.ts; node:crypto does the
 * digests around them.
 *
 * An instance keeps its memory between calls, since the first use of fresh pages is expensive. Before a call returns, it
 * overwrites all memory that it has used. The owner of the kernel drops it when `bytes()` is too much to keep.
 */
export interface YescryptKernel {
  /**
   * Computes the checksum. Throws a `RangeError` that names a field out of its range, and an `EngineError` `ERR_ENGINE_MEMORY`
   * when the memory cannot be had. After any other error the kernel must not be used again.
   */
  readonly derive: (input: YescryptInput) => Uint8Array
  /** The memory of the instance, in bytes. */
  readonly bytes: () => number
}

const MAX_STRING = 4096
const MAX_N = 4_194_304
// X and Y of the kernel are 256 * r bytes beside V, at most 16 MiB, which its declared maximum includes.
const MAX_R = 65_536
// The boxes of so many lanes, 12 MiB, are within the declared maximum too.
const MAX_LANES = 1024
/** The bound of V. */
const MAX_BYTES = 536_870_912
// The rounds stay below 2^32.
const MAX_T = 512
/** The boxes of a lane, and the places of them. */
const BOXES_BYTES = 12_352

export function createYescryptKernel(module: WebAssembly.Module): YescryptKernel {
  const { memory, readFunction, grow } = instantiate('yescrypt', module)
  const enter = readFunction('enter')
  const leave = readFunction('leave')
  const fillBoxes = readFunction('fillBoxes')
  const fill = readFunction('fill')
  const mix = readFunction('mix')
  const wipe = readFunction('wipe')

  function within(block: Uint8Array, work: () => void): void {
    const r = block.length / 128
    const inside = new Uint8Array(memory.buffer, 0, block.length)
    inside.set(block)
    enter(r)
    work()
    leave(r)
    block.set(inside)
  }

  function mixerOf({ variant, N, r }: YescryptInput): Mixer {
    const rowBytes = 128 * r
    const v = 2 * rowBytes
    const boxes = v + rowBytes * N
    const boxesOf = (lane: number | undefined): number =>
      lane === undefined ? 0 : boxes + BOXES_BYTES * lane
    const replaces = variant === 'rw' ? 1 : 0
    return {
      fillBoxes: (head, lane) => {
        within(head, () => {
          fillBoxes(boxesOf(lane))
        })
      },
      fillAndMix: (block, { lane, start, rows, count }: Part) => {
        const address = v + rowBytes * start
        within(block, () => {
          fill(address, rows, r, boxesOf(lane))
          mix(address, 2 ** Math.floor(Math.log2(rows)), r, boxesOf(lane), count, replaces)
        })
      },
      mix: (block, { lane, rows, count }) => {
        within(block, () => {
          mix(v, rows, r, boxesOf(lane), count, 0)
        })
      },
    }
  }

  function derive(input: YescryptInput): Uint8Array {
    requireRanges(input)
    const used = usedBytes(input)
    grow(used)
    try {
      return deriveYescrypt(input, mixerOf(input))
    } finally {
      // V and the boxes are overwritten too, since with any row a guess could be checked without the memory of yescrypt.
      wipe(used)
    }
  }
  return { derive, bytes: () => memory.buffer.byteLength }
}

function usedBytes({ variant, N, r, p }: YescryptInput): number {
  return 128 * r * (N + 2) + (variant === 'rw' ? BOXES_BYTES * p : 0)
}

function requireRanges(input: YescryptInput): void {
  const { password, salt, variant, N, r, p, t } = input
  requireBytes('yescrypt: password', password, { min: 0, max: MAX_STRING })
  requireBytes('yescrypt: salt', salt, { min: 0, max: MAX_STRING })
  if (!VARIANTS.includes(variant)) throw refusal('yescrypt: variant', VARIANTS.join(' or '))
  requireInteger('yescrypt: N', N, { min: 4, max: MAX_N })
  if (!Number.isInteger(Math.log2(N))) throw refusal('yescrypt: N', 'a power of two')
  requireInteger('yescrypt: r', r, { min: 1, max: MAX_R })
  requireInteger('yescrypt: p', p, { min: 1, max: variant === 'rw' ? Math.min(MAX_LANES, N / 4) : MAX_LANES })
  requireInteger('yescrypt: t', t, { min: 0, max: MAX_T })
  if (128 * N * r > MAX_BYTES) throw refusal('yescrypt: memory of N and r', `at most ${MAX_BYTES} bytes`)
  if (128 * r * p > MAX_BYTES) throw refusal('yescrypt: memory of r and p', `at most ${MAX_BYTES} bytes`)
}

const VARIANTS: readonly string[] = ['rw', 'worm']
