// scrypt's ROMix (RFC 7914, sections 3 to 5), for one block of 128 * r bytes. The caller does PBKDF2 before and after it.
//
//     X = B
//     for i in 0 .. N-1:  V[i] = X;                              X = BlockMix(X)
//     for i in 0 .. N-1:  j = first word of X's last 64 bytes;   X = BlockMix(X xor V[j mod N])
//     B = X
//
// BlockMix is 2r calls of Salsa20/8, each of which waits for the one before. Only the four quarter-rounds of a round can be
// done side by side, and they are four lanes of a vector.
//
// Lanes. Salsa20 works on sixteen words, a 4 x 4 matrix, and mixes its columns and its rows in turn, each from its diagonal
// on. So a vector holds a diagonal: word 5i mod 16 of a block stands at place i, and the first vector is words 0 5 10 15, the
// second 4 9 14 3, the third 8 13 2 7, the fourth 12 1 6 11. A column is then one place of all four vectors, and rotating three
// vectors makes it a row. X and all of V are kept in that order: blocks are only copied and xored in between. Word 0, which
// chooses j, keeps its place.
//
// Memory, in bytes; it grows to 128 * r * (N + 2) before the call:
//
//     0          X, 128 * r: B when called, the result on return
//     128 * r    Y, 128 * r: the other end of each BlockMix
//     256 * r    V, N rows of 128 * r

const BLOCK: usize = 64

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

@inline
function salsaChain(from: usize, other: usize, to: usize, row: usize, both: bool): void {
  const end = row - BLOCK
  let a = input(from, other, end, both)
  let b = input(from, other, end + 16, both)
  let c = input(from, other, end + 32, both)
  let d = input(from, other, end + 48, both)

  // Results with an even number make the first half of the row, the others the second half.
  let even = to
  let odd = to + (row >> 1)
  for (let at: usize = 0; at < row; at += BLOCK) {
    a = v128.xor(a, input(from, other, at, both))
    b = v128.xor(b, input(from, other, at + 16, both))
    c = v128.xor(c, input(from, other, at + 32, both))
    d = v128.xor(d, input(from, other, at + 48, both))

    let s = a, t = b, u = c, w = d
    for (let round = 0; round < 8; round += 2) {
      t = quarter(t, s, w, 7)
      u = quarter(u, t, s, 9)
      w = quarter(w, u, t, 13)
      s = quarter(s, w, u, 18)
      t = i32x4.shuffle(t, t, 3, 0, 1, 2)
      u = i32x4.shuffle(u, u, 2, 3, 0, 1)
      w = i32x4.shuffle(w, w, 1, 2, 3, 0)

      w = quarter(w, s, t, 7)
      u = quarter(u, w, s, 9)
      t = quarter(t, u, w, 13)
      s = quarter(s, t, u, 18)
      t = i32x4.shuffle(t, t, 1, 2, 3, 0)
      u = i32x4.shuffle(u, u, 2, 3, 0, 1)
      w = i32x4.shuffle(w, w, 3, 0, 1, 2)
    }
    a = i32x4.add(a, s)
    b = i32x4.add(b, t)
    c = i32x4.add(c, u)
    d = i32x4.add(d, w)

    v128.store(even, a)
    v128.store(even, b, 16)
    v128.store(even, c, 32)
    v128.store(even, d, 48)
    const next = even + BLOCK
    even = odd
    odd = next
  }
}

@inline
function input(from: usize, other: usize, at: usize, both: bool): v128 {
  return both ? v128.xor(v128.load(from + at), v128.load(other + at)) : v128.load(from + at)
}

/** target xor ((x + y) <<< bits) */
@inline
function quarter(target: v128, x: v128, y: v128, bits: i32): v128 {
  const sum = i32x4.add(x, y)
  return v128.xor(v128.xor(target, i32x4.shl(sum, bits)), i32x4.shr_u(sum, 32 - bits))
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
