// Messages for the loops of crypt-digest.as.ts, where the layout of the memory is: one that is added to piece by piece, and one
// that is laid out whole.

import { compress as md5 } from './digest-loops-md5.as'
import { compress as sha1 } from './digest-loops-sha1.as'
import { compress as sha256 } from './digest-loops-sha256.as'
import { compress as sha512 } from './digest-loops-sha512.as'

const MD5_SHA1_INITIAL: usize = 1152
const SHA256_INITIAL: usize = 1184
const SHA512_INITIAL: usize = 1216

export const STATE: usize = 1408
export const BLOCK: usize = 1472
export const WORDS: usize = 1728

export const MD5: u32 = 0
export const APR1: u32 = 1
export const SHA1: u32 = 2
export const SHA256: u32 = 3
export const SHA512: u32 = 4

// The scheme at work and its sizes in bytes, set by `choose`.
export let scheme: u32 = 0
export let blockBytes: usize = 0
export let digestBytes: usize = 0
export let initial: usize = 0
// The message that is being hashed: its bytes in BLOCK, all of its bytes, and where its chaining value is.
let held: usize = 0
let total: u64 = 0
let chained: usize = 0

export function choose(which: u32): void {
  scheme = which
  blockBytes = which == SHA512 ? 128 : 64
  digestBytes = which <= APR1 ? 16 : which == SHA1 ? 20 : which == SHA256 ? 32 : 64
  initial = which <= SHA1 ? MD5_SHA1_INITIAL : which == SHA256 ? SHA256_INITIAL : SHA512_INITIAL
}

/** Hashes a message that is laid out, and writes its digest in bytes. */
@inline
export function hashMessage(at: usize, blocks: u32, to: usize): void {
  if (scheme <= APR1) {
    let from = MD5_SHA1_INITIAL
    for (; blocks > 1; blocks--) {
      md5(from, at, STATE)
      from = STATE
      at += 64
    }
    md5(from, at, to)
    return
  }
  let from = initial
  if (scheme == SHA256) {
    for (; blocks > 0; blocks--) {
      readWords32(at)
      sha256(from, WORDS, STATE, true)
      from = STATE
      at += 64
    }
    swap32(STATE, to)
    swap32(STATE + 16, to + 16)
    return
  }
  for (; blocks > 0; blocks--) {
    readWords64(at)
    sha512(from, WORDS, STATE, true)
    from = STATE
    at += 128
  }
  for (let place: usize = 0; place < 64; place += 16) swap64(STATE + place, to + place)
}

/** Begins a message, behind so many bytes whose chaining value is at `from`. */
export function begin(from: usize, before: u64): void {
  held = 0
  total = before
  chained = from
}

export function add(from: usize, length: usize): void {
  total += length
  while (length > 0) {
    const room = blockBytes - held
    const size = length < room ? length : room
    memory.copy(BLOCK + held, from, size)
    held += size
    from += size
    length -= size
    if (held == blockBytes) compressBlock()
  }
}

/** Ends a message and writes its digest in bytes; STATE keeps it in words. */
export function finish(to: usize): void {
  if (held + 1 + (blockBytes >> 3) > blockBytes) {
    store<u8>(BLOCK + held, 0x80)
    memory.fill(BLOCK + held + 1, 0, blockBytes - held - 1)
    compressBlock()
    memory.fill(BLOCK, 0, blockBytes)
    storeLength(BLOCK + blockBytes, total)
  } else {
    pad(BLOCK + held, BLOCK + blockBytes, <usize>total)
  }
  compressBlock()
  for (let place: usize = 0; place < digestBytes; place += 16) {
    if (scheme <= APR1) v128.store(to + place, v128.load(STATE + place))
    else if (scheme == SHA512) swap64(STATE + place, to + place)
    else swap32(STATE + place, to + place)
  }
}

function compressBlock(): void {
  if (scheme <= APR1) {
    md5(chained, BLOCK, STATE)
  } else if (scheme == SHA512) {
    readWords64(BLOCK)
    sha512(chained, WORDS, STATE, true)
  } else {
    readWords32(BLOCK)
    if (scheme == SHA256) sha256(chained, WORDS, STATE, true)
    else sha1(chained, WORDS, STATE, true)
  }
  chained = STATE
  held = 0
}

/** Writes the padding of a message of `length` bytes: 0x80, zeros, and the length in bits (RFC 1321, 3.1; FIPS 180-4, 5.1). */
export function pad(at: usize, end: usize, length: usize): void {
  store<u8>(at, 0x80)
  memory.fill(at + 1, 0, end - at - 1)
  storeLength(end, <u64>length)
}

// Of SHA-512's 128 bits of length the upper half is always zero here.
function storeLength(end: usize, length: u64): void {
  const bits = length << 3
  if (scheme <= APR1) {
    store<u64>(end - 8, bits)
    return
  }
  for (let place: usize = 0; place < 8; place++) store<u8>(end - 1 - place, <u8>(bits >> (8 * place)))
}

/** Reads a block of 16 big-endian words. */
@inline
export function readWords32(from: usize): void {
  swap32(from, WORDS)
  swap32(from + 16, WORDS + 16)
  swap32(from + 32, WORDS + 32)
  swap32(from + 48, WORDS + 48)
}

@inline
function readWords64(from: usize): void {
  swap64(from, WORDS)
  swap64(from + 16, WORDS + 16)
  swap64(from + 32, WORDS + 32)
  swap64(from + 48, WORDS + 48)
  swap64(from + 64, WORDS + 64)
  swap64(from + 80, WORDS + 80)
  swap64(from + 96, WORDS + 96)
  swap64(from + 112, WORDS + 112)
}

/** Copies four words with the bytes of each in reverse order. */
@inline
export function swap32(from: usize, to: usize): void {
  const words = v128.load(from)
  v128.store(to, i8x16.shuffle(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12))
}

/** Copies two words with the bytes of each in reverse order. */
@inline
function swap64(from: usize, to: usize): void {
  const words = v128.load(from)
  v128.store(to, i8x16.shuffle(words, words, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8))
}
