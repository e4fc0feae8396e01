import { desTables } from './kernels/des-tables.js'
import type { DesTables } from './kernels/des-tables.js'

// DES of crypt(3) in JavaScript, where no kernel runs: OpenSSL has no DES with a salt. crypt-des.as.ts explains the computation.

const KEY_WORDS = 32

interface Halves {
  readonly left: number
  readonly right: number
}

/** What a salt exchanges, in the words of the S-boxes 1, 3, 5, 7, and of the others. */
interface Swaps {
  readonly odd: number
  readonly even: number
}

const NO_SWAPS: Swaps = { odd: 0, even: 0 }

/** Derives the eight bytes of a checksum: see `CryptDesJob`. */
export function cryptDes({
  variant,
  password,
  salt,
  count,
}: {
  readonly variant: 'unix' | 'bsdi'
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly count: number
}): Uint8Array {
  const tables = desTables()
  let block = packKey(password, 0)
  let keys = scheduleOf(block, tables)
  for (let read = 8; variant === 'bsdi' && read < password.length; read += 8) {
    const next = packKey(password, read)
    block = encrypt(block, { tables, keys, swaps: NO_SWAPS, count: 1 }).map(
      (byte, place) => byte ^ (next[place] ?? 0),
    )
    keys.fill(0)
    keys = scheduleOf(block, tables)
  }
  const checksum = encrypt(new Uint8Array(8), { tables, keys, swaps: swapsOf(salt), count })
  keys.fill(0)
  block.fill(0)
  return checksum
}

/** Eight bytes of a password, or fewer and zeros, each without its highest bit. */
function packKey(password: Uint8Array, from: number): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, place) => (password[from + place] ?? 0) << 1)
}

function scheduleOf(key: Uint8Array, { keyBits }: DesTables): Uint32Array {
  const keys = new Uint32Array(KEY_WORDS)
  for (let bit = 0; bit < 56; bit++) {
    if ((((key[Math.floor(bit / 7)] ?? 0) >> (7 - (bit % 7))) & 1) === 0) continue
    for (let word = 0; word < KEY_WORDS; word++) {
      keys[word] = (keys[word] ?? 0) ^ (keyBits[KEY_WORDS * bit + word] ?? 0)
    }
  }
  return keys
}

function swapsOf([low = 0, middle = 0, high = 0]: Uint8Array): Swaps {
  const salt = low | (middle << 8) | (high << 16)
  return {
    odd: swapOf(salt, 15) | swapOf(salt >> 12, 7),
    even: swapOf(salt >> 6, 15) | swapOf(salt >> 18, 7),
  }
}

function swapOf(salt: number, top: number): number {
  let swap = 0
  for (let bit = 0; bit < 6; bit++) swap |= ((salt >> bit) & 1) << (top - bit)
  return swap
}

function encrypt(
  block: Uint8Array,
  {
    tables,
    keys,
    swaps,
    count,
  }: {
    readonly tables: DesTables
    readonly keys: Uint32Array
    readonly swaps: Swaps
    readonly count: number
  },
): Uint8Array {
  const { boxes, initial } = tables
  let halves = permute(block, initial)
  for (let left = count; left > 0; left--) halves = runRounds(halves, { boxes, keys, swaps })
  return permuteBack(halves, initial)
}

function runRounds(
  halves: Halves,
  { boxes, keys, swaps }: { readonly boxes: Uint32Array; readonly keys: Uint32Array; readonly swaps: Swaps },
): Halves {
  let { left, right } = halves
  const { odd, even } = swaps
  for (let word = 0; word < KEY_WORDS; word += 2) {
    const turned = (right << 4) | (right >>> 28)
    const swapOdd = (right ^ (right >>> 16)) & odd
    const swapEven = (turned ^ (turned >>> 16)) & even
    const x = right ^ swapOdd ^ (swapOdd << 16) ^ (keys[word] ?? 0)
    const y = turned ^ swapEven ^ (swapEven << 16) ^ (keys[word + 1] ?? 0)
    const mixed =
      (boxes[x >>> 26] ?? 0) ^
      (boxes[64 + (y >>> 26)] ?? 0) ^
      (boxes[128 + ((x >>> 18) & 63)] ?? 0) ^
      (boxes[192 + ((y >>> 18) & 63)] ?? 0) ^
      (boxes[256 + ((x >>> 10) & 63)] ?? 0) ^
      (boxes[320 + ((y >>> 10) & 63)] ?? 0) ^
      (boxes[384 + ((x >>> 2) & 63)] ?? 0) ^
      (boxes[448 + ((y >>> 2) & 63)] ?? 0)
    const next = left ^ mixed
    left = right
    right = next
  }
  // The halves are exchanged behind the last round.
  return { left: right, right: left }
}

/** IP, and the halves rotated to the right by one. */
function permute(block: Uint8Array, initial: Uint8Array): Halves {
  let left = 0
  let right = 0
  for (const [to, from] of initial.entries()) {
    const bit = ((block[from >> 3] ?? 0) >> (7 - (from & 7))) & 1
    if (to < 32) left |= bit << (31 - to)
    else right |= bit << (63 - to)
  }
  return { left: (left >>> 1) | (left << 31), right: (right >>> 1) | (right << 31) }
}

/** The halves rotated back, and the inverse of IP. */
function permuteBack({ left, right }: Halves, initial: Uint8Array): Uint8Array {
  const words = [(left << 1) | (left >>> 31), (right << 1) | (right >>> 31)]
  const block = new Uint8Array(8)
  for (const [from, to] of initial.entries()) {
    const bit = ((words[from >> 5] ?? 0) >>> (31 - (from & 31))) & 1
    block[to >> 3] = (block[to >> 3] ?? 0) | (bit << (7 - (to & 7)))
  }
  return block
}
