// yescrypt's SMix (its specification, section "SMix"), in parts, for one block of 128 * r bytes. The caller does the digests
// around it, and says which parts follow each other.
//
//     fill    for i in 0 .. N-1:  V[i] = X;  X = BlockMix(X), or BlockMix(X xor V[Wrap(X, i)]) from i = 2 on with boxes
//     mix     count times:  j = X mod N;  X = BlockMix(X xor V[j]);  with boxes V[j] may be replaced by X xor V[j]
//
// Without boxes BlockMix is scrypt's, of Salsa20/8. With boxes it is one chain of pwxform over the 2r parts of 64 bytes, and
// Salsa20/2 of the last part.
//
// pwxform. A box is a table of 256 entries of 16 bytes. Each vector of a part chooses an entry of two boxes by the two halves of its
// first word of 64 bits, and is (high half * low half + first entry) xor second entry, six times. What the rounds 2 to 5 give is
// written over a third box. Then the boxes change their places.
//
// X, V and the boxes keep the order of words of salsa.as.ts, on which pwxform is defined.
//
// Memory, in bytes; it grows to its end before the first call:
//
//     0          X, 128 * r: B when entered, the result when left
//     128 * r    Y, 128 * r: the other end of each BlockMix without boxes
//     256 * r    V, N rows of 128 * r
//     behind V   for each lane three boxes of 4096 bytes, and 64 bytes for the places of the boxes and of the next write

import { BLOCK, input, keep, keepSalsa2, salsaChain } from './salsa.as'

const BOX: usize = 4096
/** The boxes of a lane, as rows of 128 bytes that scrypt's fill writes. */
const BOX_ROWS: u32 = 96
const PLACES: usize = 3 * BOX
// An entry has 16 bytes, and its number 8 bits, in each half of a word.
const ENTRY: u64 = 0x00000ff0_00000ff0
const NEXT_WRITE: usize = 0xff0

/** Puts the words of X into the order of the lanes. */
export function enter(r: u32): void {
  const row: usize = 128 * r
  memory.copy(row, 0, row)
  for (let at: usize = 0; at < row; at += BLOCK) {
    for (let i: usize = 0; i < 16; i++) store<u32>(at + 4 * i, load<u32>(row + at + 4 * ((5 * i) & 15)))
  }
}

/** Puts the words of X back into their order. */
export function leave(r: u32): void {
  const row: usize = 128 * r
  memory.copy(row, 0, row)
  for (let at: usize = 0; at < row; at += BLOCK) {
    for (let i: usize = 0; i < 16; i++) store<u32>(at + 4 * ((5 * i) & 15), load<u32>(row + at + 4 * i))
  }
}

/** Fills the boxes of a lane from X, the first 128 bytes of the lane's block, and changes X. */
export function fillBoxes(boxes: usize): void {
  fill(boxes, BOX_ROWS, 1, 0)
  store<u32>(boxes + PLACES, <u32>(boxes + 2 * BOX))
  store<u32>(boxes + PLACES, <u32>(boxes + BOX), 4)
  store<u32>(boxes + PLACES, <u32>boxes, 8)
  store<u32>(boxes + PLACES, 0, 12)
}

/** Fills `n` rows at `v`, an even number, and changes X. Without boxes `boxes` is 0. */
export function fill(v: usize, n: u32, r: u32, boxes: usize): void {
  const row: usize = 128 * r
  memory.copy(v, 0, row)
  let last = v
  let half: u32 = 1
  for (let i: u32 = 0; i < n; i++) {
    const next: usize = i === n - 1 ? <usize>0 : last + row
    if (!boxes) {
      blockMix(last, next, row)
    } else if (i < 2) {
      pwxMix(last, next, row, boxes)
    } else {
      // Wrap of the specification: the row is one of the last `half` rows, the largest power of two up to i.
      if (i >= 2 * half) half *= 2
      pwxMixWith(last, v + row * wrap(load<u32>(last + row - BLOCK), i, half), next, row, boxes)
    }
    last = next
  }
}

@inline
function wrap(word: u32, i: u32, half: u32): usize {
  return (word & (half - 1)) + i - half
}

/** Mixes `n` rows at `v`, a power of two, into X, an even number of times. `replaces`: whether the rows become what is mixed. */
export function mix(v: usize, n: u32, r: u32, boxes: usize, count: u32, replaces: u32): void {
  const row: usize = 128 * r
  const x: usize = 0
  const y: usize = row
  for (let i: u32 = 0; i < count; i += 2) {
    if (!boxes) {
      blockMixWith(x, chosen(x, v, n, row), y, row)
      blockMixWith(y, chosen(y, v, n, row), x, row)
    } else if (replaces) {
      pwxMixAndReplace(x, chosen(x, v, n, row), row, boxes)
      pwxMixAndReplace(x, chosen(x, v, n, row), row, boxes)
    } else {
      pwxMixWith(x, chosen(x, v, n, row), x, row, boxes)
      pwxMixWith(x, chosen(x, v, n, row), x, row, boxes)
    }
  }
}

@inline
function chosen(x: usize, v: usize, n: u32, row: usize): usize {
  return v + row * (load<u32>(x + row - BLOCK) & (n - 1))
}

/** Clears the first bytes of the memory. */
export function wipe(bytes: usize): void {
  memory.fill(0, 0, bytes)
}

// The functions below are exported, and so never inlined into `fill` and `mix`: the engine optimises a busy function while it
// runs, but it never replaces a call that is under way.

/** to = BlockMix(from), of Salsa20/8 */
export function blockMix(from: usize, to: usize, row: usize): void {
  salsaChain(from, 0, to, row, false)
}

/** to = BlockMix(from xor other), of Salsa20/8 */
export function blockMixWith(from: usize, other: usize, to: usize, row: usize): void {
  salsaChain(from, other, to, row, true)
}

/** to = BlockMix(from), of pwxform */
export function pwxMix(from: usize, to: usize, row: usize, boxes: usize): void {
  pwxChain(from, 0, to, row, boxes, false, false)
}

/** to = BlockMix(from xor other), of pwxform; `to` may be `from` */
export function pwxMixWith(from: usize, other: usize, to: usize, row: usize, boxes: usize): void {
  pwxChain(from, other, to, row, boxes, true, false)
}

/** other = x xor other, x = BlockMix(other), of pwxform */
export function pwxMixAndReplace(x: usize, other: usize, row: usize, boxes: usize): void {
  pwxChain(x, other, x, row, boxes, true, true)
}

@inline
function pwxChain(
  from: usize,
  other: usize,
  to: usize,
  row: usize,
  boxes: usize,
  both: bool,
  replaces: bool,
): void {
  let s0: usize = load<u32>(boxes + PLACES)
  let s1: usize = load<u32>(boxes + PLACES, 4)
  let s2: usize = load<u32>(boxes + PLACES, 8)
  let write: usize = load<u32>(boxes + PLACES, 12)

  const end = row - BLOCK
  let a = input(from, other, end, both)
  let b = input(from, other, end + 16, both)
  let c = input(from, other, end + 32, both)
  let d = input(from, other, end + 48, both)

  for (let at: usize = 0; at < row; at += BLOCK) {
    const e = input(from, other, at, both)
    const f = input(from, other, at + 16, both)
    const g = input(from, other, at + 32, both)
    const h = input(from, other, at + 48, both)
    if (replaces) keep(other + at, e, f, g, h)
    a = v128.xor(a, e)
    b = v128.xor(b, f)
    c = v128.xor(c, g)
    d = v128.xor(d, h)

    const target = s2 + write
    for (let round = 0; round < 6; round++) {
      a = pwx(a, s0, s1)
      b = pwx(b, s0, s1)
      c = pwx(c, s0, s1)
      d = pwx(d, s0, s1)
      if (round >= 1 && round <= 4) keep(target + BLOCK * (round - 1), a, b, c, d)
    }
    write = (write + 4 * BLOCK) & NEXT_WRITE
    const first = s2
    s2 = s1
    s1 = s0
    s0 = first

    keep(to + at, a, b, c, d)
  }
  store<u32>(boxes + PLACES, <u32>s0)
  store<u32>(boxes + PLACES, <u32>s1, 4)
  store<u32>(boxes + PLACES, <u32>s2, 8)
  store<u32>(boxes + PLACES, <u32>write, 12)

  keepSalsa2(to + end, a, b, c, d)
}

/** One round of pwxform on a vector. */
@inline
function pwx(x: v128, s0: usize, s1: usize): v128 {
  const entries = i64x2.extract_lane(x, 0) & ENTRY
  const product = i64x2.extmul_low_i32x4_u(i32x4.shuffle(x, x, 0, 2, 0, 2), i32x4.shuffle(x, x, 1, 3, 1, 3))
  return v128.xor(
    i64x2.add(product, v128.load(s0 + <usize>entries)),
    v128.load(s1 + <usize>(entries >> 32)),
  )
}
