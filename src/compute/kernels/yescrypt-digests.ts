import { hmac, messageDigest, pbkdf2 } from '../../platform/node.js'

// yescrypt but for SMix: the digests around it, and the order of its parts. The kernel and the stand-in differ in the parts alone.
// The specification is the source of yescrypt 1.1, https://www.openwall.com/yescrypt/

/** The input of yescrypt, which gives 32 bytes. */
export interface YescryptInput {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  /** `rw`, the usual one, with boxes and with rows that change; or `worm`, scrypt's own SMix with a time */
  readonly variant: 'rw' | 'worm'
  /** a power of two, 4 or more */
  readonly N: number
  readonly r: number
  readonly p: number
  /** the time, of which 0 is the usual one */
  readonly t: number
}

/** The parts of SMix, on one block of 128 r bytes, which they overwrite. */
export interface Mixer {
  /** Fills the boxes of a lane from the first 128 bytes of its block, and changes these. */
  readonly fillBoxes: (head: Uint8Array, lane: number) => void
  /** Fills rows of V, then mixes the first of them, a power of two, so many times. */
  readonly fillAndMix: (block: Uint8Array, part: Part) => void
  /** Mixes the rows of V so many times, without replacing them. */
  readonly mix: (block: Uint8Array, part: Omit<Part, 'start'>) => void
}

export interface Part {
  /** The lane whose boxes are used; absent: none, as in scrypt. */
  readonly lane?: number
  /** The first row. */
  readonly start: number
  readonly rows: number
  readonly count: number
}

const ONCE = { algorithm: 'sha256', iterations: 1 } as const
const BYTES = 32
const HEAD_BYTES = 128
const PART_BYTES = 64

/** Computes yescrypt with the given parts of SMix. */
export function deriveYescrypt(input: YescryptInput, mixer: Mixer): Uint8Array {
  const { variant, N, r, p, password } = input
  const rows = Math.floor(N / p)
  // What takes at least 16 MiB begins with a 64th of it, so that a server may leave the rest to others.
  if (variant !== 'rw' || rows < 256 || rows * r < 0x2_0000) return deriveOnce(input, mixer, false)
  const prehash = deriveOnce({ ...input, password, N: N / 64, t: 0 }, mixer, true)
  try {
    return deriveOnce({ ...input, password: prehash }, mixer, false)
  } finally {
    prehash.fill(0)
  }
}

function deriveOnce(input: YescryptInput, mixer: Mixer, isPrehash: boolean): Uint8Array {
  const { salt, r, p } = input
  const first = hmac('sha256', utf8(isPrehash ? 'yescrypt-prehash' : 'yescrypt'), input.password)
  const blocks = pbkdf2({ ...ONCE, password: first, salt, length: 128 * r * p })
  // From here on the password is the beginning of the blocks before they are mixed.
  const password = Uint8Array.from(blocks.subarray(0, BYTES))
  let last: Uint8Array = password
  try {
    last = mixBlocks({ input, mixer, blocks, password })
    const derived = pbkdf2({ ...ONCE, password: last, salt: blocks, length: BYTES })
    if (isPrehash) return Uint8Array.from(derived)
    // These are SCRAM's steps (RFC 5802 section 3), so that a client could do all work before them.
    const clientKey = hmac('sha256', derived, utf8('Client Key'))
    const storedKey = Uint8Array.from(messageDigest('sha256', clientKey))
    for (const bytes of [derived, clientKey]) bytes.fill(0)
    return storedKey
  } finally {
    for (const bytes of [blocks, first, password, last]) bytes.fill(0)
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

interface Work {
  readonly input: YescryptInput
  readonly mixer: Mixer
  readonly blocks: Uint8Array
  readonly password: Uint8Array
}

/** Mixes the block of every lane, and gives the password of the last PBKDF2. */
function mixBlocks({ input, mixer, blocks, password }: Work): Uint8Array {
  const { variant, N, r, p } = input
  const blockOf = (lane: number): Uint8Array => blocks.subarray(128 * r * lane, 128 * r * (lane + 1))
  const { all, own } = countsOf(input)
  if (variant !== 'rw') {
    // Each lane fills all of V anew.
    for (let lane = 0; lane < p; lane++) mixer.fillAndMix(blockOf(lane), { start: 0, rows: N, count: all })
    return password
  }
  let last = password
  const rows = Math.floor(N / p / 2) * 2
  for (let lane = 0; lane < p; lane++) {
    const block = blockOf(lane)
    mixer.fillBoxes(block.subarray(0, HEAD_BYTES), lane)
    if (lane === 0) last = hmac('sha256', block.subarray(-PART_BYTES), password)
    const start = lane * rows
    mixer.fillAndMix(block, { lane, start, rows: lane === p - 1 ? N - start : rows, count: own })
  }
  if (all > own) {
    for (let lane = 0; lane < p; lane++) mixer.mix(blockOf(lane), { lane, rows: N, count: all - own })
  }
  return last
}

/** How often each lane mixes rows: `all` in all, of which `own` only its own rows. */
function countsOf({ variant, N, p, t }: Omit<YescryptInput, 'password' | 'salt' | 'r'>): {
  readonly all: number
  readonly own: number
} {
  if (variant !== 'rw') return { all: even(t === 0 ? N : t === 1 ? N + Math.ceil(N / 2) : N * t), own: 0 }
  const rows = Math.floor(N / p)
  const all = t === 0 ? Math.floor((rows + 2) / 3) : t === 1 ? Math.floor((2 * rows + 2) / 3) : rows * (t - 1)
  return { all: even(all), own: even(Math.floor(all / p)) }
}

function even(count: number): number {
  return 2 * Math.ceil(count / 2)
}
