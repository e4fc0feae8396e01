// Salsa20 and BlockMix (RFC 7914, sections 3 and 4), for the kernels of scrypt and yescrypt.
//
// BlockMix is 2r calls of Salsa20/8, each of which waits for the one before. Only the four quarter-rounds of a round can be
// done side by side, and they are four lanes of a vector.
//
// Lanes. Salsa20 works on sixteen words, a 4 x 4 matrix, and mixes its columns and its rows in turn, each from its diagonal
// on. So a vector holds a diagonal: word 5i mod 16 of a block stands at place i, and the first vector is words 0 5 10 15, the
// second 4 9 14 3, the third 8 13 2 7, the fourth 12 1 6 11. A column is then one place of all four vectors, and rotating three
// vectors makes it a row. The rows of both kernels are kept in that order: blocks are only copied and xored in between.

export const BLOCK: usize = 64

/** to = BlockMix(from), or where `both` BlockMix(from xor other), of Salsa20/8 */
@inline
export function salsaChain(from: usize, other: usize, to: usize, row: usize, both: bool): void {
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

    keep(even, a, b, c, d)
    const next = even + BLOCK
    even = odd
    odd = next
  }
}

/** 16 bytes of `from`, or where `both` of `from` xor `other`. */
@inline
export function input(from: usize, other: usize, at: usize, both: bool): v128 {
  return both ? v128.xor(v128.load(from + at), v128.load(other + at)) : v128.load(from + at)
}

/** Stores four vectors. */
@inline
export function keep(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(at, a)
  v128.store(at, b, 16)
  v128.store(at, c, 32)
  v128.store(at, d, 48)
}

/** Stores Salsa20/2 of four vectors. */
@inline
export function keepSalsa2(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  let s = a, t = b, u = c, w = d
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
  keep(at, i32x4.add(a, s), i32x4.add(b, t), i32x4.add(c, u), i32x4.add(d, w))
}

/** target xor ((x + y) <<< bits) */
@inline
function quarter(target: v128, x: v128, y: v128, bits: i32): v128 {
  const sum = i32x4.add(x, y)
  return v128.xor(v128.xor(target, i32x4.shl(sum, bits)), i32x4.shr_u(sum, 32 - bits))
}
