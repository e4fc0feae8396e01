import {
  MD5_SHA1_INITIAL,
  md5Sines,
  sha1Roots,
  sha384Initial,
  sha512Initial,
  sha512Roots,
} from './digest-constants.js'
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
  writeTables(new DataView(memory.buffer))

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

/** Writes the tables to the addresses that the kernel's files name, little-endian as its memory is on every machine. */
function writeTables(view: DataView): void {
  const upper = (word: bigint): number => Number(word >> 32n)
  const write32 = (start: number, table: readonly number[]): void => {
    table.forEach((word, i) => {
      view.setUint32(start + 4 * i, word, true)
    })
  }
  const write64 = (start: number, table: readonly bigint[]): void => {
    table.forEach((word, i) => {
      view.setBigUint64(start + 8 * i, word, true)
    })
  }
  const roots = sha512Roots()
  const initial = sha512Initial()
  write32(0, md5Sines())
  write32(256, roots.slice(0, 64).map(upper))
  write64(512, roots)
  write32(1152, MD5_SHA1_INITIAL)
  write32(1184, initial.map(upper))
  write64(1216, initial)
  write32(1280, sha1Roots())
  write64(1296, sha384Initial())
}
