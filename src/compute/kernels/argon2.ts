import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'

/**
 * Argon2d, Argon2i and Argon2id (RFC 9106) in WebAssembly, from bytes to the tag. The kernel is argon2.as.ts.
 *
 * An instance keeps its memory between calls, since the first use of fresh pages is expensive. Before a call returns, it
 * overwrites all memory that it has used. The owner of the kernel drops it when `bytes()` is too much to keep.
 */
export interface Argon2Kernel {
  /**
   * Computes the tag. Throws a `RangeError` that names a field out of its range, and an `EngineError` `ERR_ENGINE_MEMORY`
   * when the memory cannot be had. After any other error the kernel must not be used again.
   */
  readonly derive: (input: Argon2Input) => Uint8Array
  /** The memory of the instance, in bytes. */
  readonly bytes: () => number
}

export interface Argon2Input {
  /** at most 4096 bytes, as every string here */
  readonly password: Uint8Array
  /** at least 8 bytes */
  readonly salt: Uint8Array
  readonly variant: 'd' | 'i' | 'id'
  readonly version: 16 | 19
  /** KiB; at least eight for each lane, at most 1 GiB */
  readonly memory: number
  readonly iterations: number
  readonly parallelism: number
  /** bytes of the tag, 4 to 4096 */
  readonly length: number
  /** the key K of RFC 9106; absent: no bytes, as for `associatedData` */
  readonly secret?: Uint8Array
  readonly associatedData?: Uint8Array
}

// The kernel has its constants and scratch in one page, and the matrix behind.
const RESERVED = 65_536
const MAX_KIBIBYTES = 1_048_576
const MAX_STRING = 4096
const MAX_UINT32 = 4_294_967_295

const VARIANTS: ReadonlyMap<string, number> = new Map([
  ['d', 0],
  ['i', 1],
  ['id', 2],
])
const VERSIONS: ReadonlySet<number> = new Set([16, 19])
const NONE = new Uint8Array()

export function createArgon2Kernel(module: WebAssembly.Module): Argon2Kernel {
  const { memory, readFunction, readAddress, grow } = instantiate('argon2', module)
  const run = readFunction('derive')
  const wipe = readFunction('wipe')
  const messageAt = readAddress('INPUT')
  const tagAt = readAddress('OUTPUT')

  function derive(input: Argon2Input): Uint8Array {
    const { iterations, parallelism, length, version } = input
    const variant = requireVariant(input.variant)
    requireRanges(input)
    const strings = [input.password, input.salt, input.secret ?? NONE, input.associatedData ?? NONE]
    // The number of blocks is m' of RFC 9106, a multiple of four for each lane. H0 takes m as it was given.
    const used = input.memory - (input.memory % (4 * parallelism))
    grow(RESERVED + used * 1024)

    try {
      const numbers = [parallelism, length, input.memory, iterations, version, variant]
      const messageLength = writeMessage(memory.buffer, messageAt, { numbers, strings })
      run(messageLength, variant, version, input.memory, iterations, parallelism, length)
      return new Uint8Array(memory.buffer, tagAt, length).slice()
    } finally {
      wipe()
    }
  }
  return { derive, bytes: () => memory.buffer.byteLength }
}

function requireVariant(name: string): number {
  const variant = VARIANTS.get(name)
  if (variant === undefined) throw refusal('argon2: variant', "'d', 'i' or 'id'")
  return variant
}

function requireRanges(input: Argon2Input): void {
  const { password, salt, secret = NONE, associatedData = NONE, parallelism } = input
  if (!VERSIONS.has(input.version)) throw refusal('argon2: version', '16 or 19')
  requireBytes('argon2: password', password, { min: 0, max: MAX_STRING })
  requireBytes('argon2: salt', salt, { min: 8, max: MAX_STRING })
  requireBytes('argon2: secret', secret, { min: 0, max: MAX_STRING })
  requireBytes('argon2: associatedData', associatedData, { min: 0, max: MAX_STRING })
  requireInteger('argon2: length', input.length, { min: 4, max: MAX_STRING })
  requireInteger('argon2: iterations', input.iterations, { min: 1, max: MAX_UINT32 })
  requireInteger('argon2: parallelism', parallelism, { min: 1, max: MAX_KIBIBYTES / 8 })
  requireInteger('argon2: memory', input.memory, { min: 8 * parallelism, max: MAX_KIBIBYTES })
}

/** The message of H0 (RFC 9106, 3.2, step 1): numbers in 32 bits, little-endian, and each string after its length. */
function writeMessage(
  buffer: ArrayBuffer,
  start: number,
  { numbers, strings }: { readonly numbers: readonly number[]; readonly strings: readonly Uint8Array[] },
): number {
  const bytes = new Uint8Array(buffer)
  const view = new DataView(buffer)
  let at = start
  for (const number of numbers) {
    view.setUint32(at, number, true)
    at += 4
  }
  for (const string of strings) {
    view.setUint32(at, string.length, true)
    bytes.set(string, at + 4)
    at += 4 + string.length
  }
  return at - start
}
