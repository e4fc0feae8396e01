// scrypt's ROMix (RFC 7914, sections 3 to 5), for one block of 128 * r bytes. The caller does PBKDF2 before and after it.
//
//     X = B
//     for i in 0 .. N-1:  V[i] = X;                              X = BlockMix(X)
//     for i in 0 .. N-1:  j = first word of X's last 64 bytes;   X = BlockMix(X xor V[j mod N])
//     B = X
//
// BlockMix and the order in which X and all of V keep their words are in salsa.as.ts. Word 0, which chooses j, keeps its place.
//
// Memory, in bytes; it grows to 128 * r * (N + 2) before the call:
//
//     0          X, 128 * r: B when called, the result on return
//     128 * r    Y, 128 * r: the other end of each BlockMix
//     256 * r    V, N rows of 128 * r

import { BLOCK, salsaChain } from './salsa.as'

/** Mixes the block at 0. `n` is a power of two, 2 or more. It overwrites nothing afterwards: see `wipe`. */
export function mix(n: u32, r: u32): void {
  const row: usize = 128 * r
  const x: usize = 0
  const y: usize = row
  const v: usize = 2 * row

  toDiagonals(x, v, row)
  let last: usize = v
  for (let i: u32 = 1; i < n; i++) {
    blockMix(last, last + row, row)
    last += row
  }
  blockMix(last, x, row)

  // A turn does two steps, from X to Y and back, so that nothing is copied.
  for (let i: u32 = 0; i < n; i += 2) {
    blockMixWith(x, v + row * (load<u32>(x + row - BLOCK) & (n - 1)), y, row)
    blockMixWith(y, v + row * (load<u32>(y + row - BLOCK) & (n - 1)), x, row)
  }
  fromDiagonals(x, y, row)
}

/** Clears the first bytes of the memory, of X, Y and V. */
export function wipe(bytes: usize): void {
  memory.fill(0, 0, bytes)
}

// The two functions are exported, and so never inlined into `mix`: the engine optimises a busy function while it runs, but it never
// replaces a call that is under way, and `mix` is called once.

/** to = BlockMix(from) */
export function blockMix(from: usize, to: usize, row: usize): void {
  salsaChain(from, 0, to, row, false)
}

/** to = BlockMix(from xor other) */
export function blockMixWith(from: usize, other: usize, to: usize, row: usize): void {
  salsaChain(from, other, to, row, true)
}

// Words are little-endian in RFC 7914 as in WebAssembly: only their places change.

function toDiagonals(from: usize, to: usize, row: usize): void {
  for (let at: usize = 0; at < row; at += BLOCK) {
    for (let i: usize = 0; i < 16; i++) store<u32>(to + at + 4 * i, load<u32>(from + at + 4 * ((5 * i) & 15)))
  }
}

function fromDiagonals(x: usize, scratch: usize, row: usize): void {
  memory.copy(scratch, x, row)
  for (let at: usize = 0; at < row; at += BLOCK) {
    for (let i: usize = 0; i < 16; i++) store<u32>(x + at + 4 * ((5 * i) & 15), load<u32>(scratch + at + 4 * i))
  }
}
