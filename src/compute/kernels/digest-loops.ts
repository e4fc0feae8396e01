import { writeDigestTables } from './digest-tables.js'
import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'

/** A loop of thousands of message digests, each of the digest before, in WebAssembly. The kernel is digest-loops.as.ts. */
export interface DigestLoopsKernel {
  /**
   * Computes h = H(first), then `count` times h = H(h || tail). Throws a `RangeError` that names a field out of its range.
   * After any other error the kernel must not be used again.
   */
  readonly iterate: (loop: DigestLoop) => Uint8Array
  /** The memory of the instance, in bytes. */
  readonly bytes: () => number
}

export interface DigestLoop {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** the message of the first digest, at most 8192 bytes */
  readonly first: Uint8Array
  /** what follows the digest in every round, at most 8192 bytes */
  readonly tail: Uint8Array
  /** the rounds after the first digest; 0 gives the digest of `first` */
  readonly count: number
}

const MESSAGE_BYTES = { min: 0, max: 8192 } as const
const COUNT = { min: 0, max: 4_294_967_295 } as const

interface Algorithm {
  readonly number: number
  readonly digestBytes: number
}

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ['md5', { number: 0, digestBytes: 16 }],
  ['sha1', { number: 1, digestBytes: 20 }],
  ['sha256', { number: 2, digestBytes: 32 }],
  ['sha512', { number: 3, digestBytes: 64 }],
  ['sha384', { number: 4, digestBytes: 48 }],
])

export function createDigestLoopsKernel(module: WebAssembly.Module): DigestLoopsKernel {
  const { memory, readFunction, readAddress } = instantiate('digest-loops', module)
  const run = readFunction('iterate')
  const wipe = readFunction('wipe')
  const messageAt = readAddress('MESSAGE')
  const tailAt = readAddress('TAIL')
  // The memory never grows, so the bytes stay the same.
  const bytes = new Uint8Array(memory.buffer)
  writeDigestTables(memory)

  function iterate({ algorithm, first, tail, count }: DigestLoop): Uint8Array {
    const { number, digestBytes } = requireAlgorithm(algorithm)
    requireBytes('digest-loops: first', first, MESSAGE_BYTES)
    requireBytes('digest-loops: tail', tail, MESSAGE_BYTES)
    requireInteger('digest-loops: count', count, COUNT)
    try {
      bytes.set(first, messageAt)
      bytes.set(tail, tailAt)
      run(number, first.length, tail.length, count)
      return bytes.slice(messageAt, messageAt + digestBytes)
    } finally {
      wipe()
    }
  }
  return { iterate, bytes: () => memory.buffer.byteLength }
}

function requireAlgorithm(name: string): Algorithm {
  const algorithm = ALGORITHMS.get(name)
  if (algorithm === undefined) {
    throw refusal('digest-loops: algorithm', "'md5', 'sha1', 'sha256', 'sha384' or 'sha512'")
  }
  return algorithm
}
