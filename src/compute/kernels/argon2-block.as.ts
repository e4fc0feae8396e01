/**
 * Argon2's block compression G (RFC 9106, 3.5 and 3.6).
 *
 * A block is 1024 bytes, 64 cells of two words. G takes R = previous ^ reference, applies BLAKE2b's round, with
 * multiplications and without a message, to its eight rows of eight cells, then to its eight columns, and adds R again.
 *
 * SIMD: a cell is one v128; the eight cells of a round are a0, a1, b0 ... d1 as in BLAKE2b. One round alone is a
 * chain of dependent instructions that leaves the processor idle, so two (a b c d and e f g h) are written interleaved.
 */
import { add3, middle, right16, right24, right32, right63 } from './argon2-blake2b.as'

export const BLOCK: usize = 1024

const WORK: usize = memory.data(1024, 64) // between rows and columns

// x + y + 2 * low32(x) * low32(y), two vectors at once: gathering the low halves of both first takes two shuffles fewer
// than for each vector alone.
@inline function lows(x0: v128, x1: v128): v128 { return i32x4.shuffle(x0, x1, 0, 2, 4, 6) }
@inline function plusFirst(x: v128, y: v128, xs: v128, ys: v128): v128 {
  const product = i64x2.extmul_low_i32x4_u(xs, ys)
  return add3(x, y, i64x2.add(product, product))
}
@inline function plusSecond(x: v128, y: v128, xs: v128, ys: v128): v128 {
  const product = i64x2.extmul_high_i32x4_u(xs, ys)
  return add3(x, y, i64x2.add(product, product))
}

// Two rounds. Rows are read from `x` xor `y`, which `to` keeps for the end of G, and written to WORK. Columns are read
// from WORK and added to what `to` has kept. `rows` is a constant in each call, which is compiled without the other half.
@inline function twoRounds(rows: bool, x: usize, y: usize, to: usize, work: usize, withXor: bool): void {
  let a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128, d0: v128, d1: v128
  let e0: v128, e1: v128, f0: v128, f1: v128, g0: v128, g1: v128, h0: v128, h1: v128
  let s: v128, t: v128
  if (rows) {
    a0 = v128.xor(v128.load(x, 0), v128.load(y, 0)); a1 = v128.xor(v128.load(x, 16), v128.load(y, 16))
    b0 = v128.xor(v128.load(x, 32), v128.load(y, 32)); b1 = v128.xor(v128.load(x, 48), v128.load(y, 48))
    c0 = v128.xor(v128.load(x, 64), v128.load(y, 64)); c1 = v128.xor(v128.load(x, 80), v128.load(y, 80))
    d0 = v128.xor(v128.load(x, 96), v128.load(y, 96)); d1 = v128.xor(v128.load(x, 112), v128.load(y, 112))
    e0 = v128.xor(v128.load(x, 128), v128.load(y, 128)); e1 = v128.xor(v128.load(x, 144), v128.load(y, 144))
    f0 = v128.xor(v128.load(x, 160), v128.load(y, 160)); f1 = v128.xor(v128.load(x, 176), v128.load(y, 176))
    g0 = v128.xor(v128.load(x, 192), v128.load(y, 192)); g1 = v128.xor(v128.load(x, 208), v128.load(y, 208))
    h0 = v128.xor(v128.load(x, 224), v128.load(y, 224)); h1 = v128.xor(v128.load(x, 240), v128.load(y, 240))
    if (withXor) {
      v128.store(to, v128.xor(v128.load(to, 0), a0), 0); v128.store(to, v128.xor(v128.load(to, 16), a1), 16)
      v128.store(to, v128.xor(v128.load(to, 32), b0), 32); v128.store(to, v128.xor(v128.load(to, 48), b1), 48)
      v128.store(to, v128.xor(v128.load(to, 64), c0), 64); v128.store(to, v128.xor(v128.load(to, 80), c1), 80)
      v128.store(to, v128.xor(v128.load(to, 96), d0), 96); v128.store(to, v128.xor(v128.load(to, 112), d1), 112)
      v128.store(to, v128.xor(v128.load(to, 128), e0), 128); v128.store(to, v128.xor(v128.load(to, 144), e1), 144)
      v128.store(to, v128.xor(v128.load(to, 160), f0), 160); v128.store(to, v128.xor(v128.load(to, 176), f1), 176)
      v128.store(to, v128.xor(v128.load(to, 192), g0), 192); v128.store(to, v128.xor(v128.load(to, 208), g1), 208)
      v128.store(to, v128.xor(v128.load(to, 224), h0), 224); v128.store(to, v128.xor(v128.load(to, 240), h1), 240)
    } else {
      v128.store(to, a0, 0); v128.store(to, a1, 16)
      v128.store(to, b0, 32); v128.store(to, b1, 48)
      v128.store(to, c0, 64); v128.store(to, c1, 80)
      v128.store(to, d0, 96); v128.store(to, d1, 112)
      v128.store(to, e0, 128); v128.store(to, e1, 144)
      v128.store(to, f0, 160); v128.store(to, f1, 176)
      v128.store(to, g0, 192); v128.store(to, g1, 208)
      v128.store(to, h0, 224); v128.store(to, h1, 240)
    }
  } else {
    a0 = v128.load(work, 0); a1 = v128.load(work, 128); b0 = v128.load(work, 256); b1 = v128.load(work, 384)
    c0 = v128.load(work, 512); c1 = v128.load(work, 640); d0 = v128.load(work, 768); d1 = v128.load(work, 896)
    e0 = v128.load(work, 16); e1 = v128.load(work, 144); f0 = v128.load(work, 272); f1 = v128.load(work, 400)
    g0 = v128.load(work, 528); g1 = v128.load(work, 656); h0 = v128.load(work, 784); h1 = v128.load(work, 912)
  }
  s = lows(a0, a1); t = lows(b0, b1)
  a0 = plusFirst(a0, b0, s, t); a1 = plusSecond(a1, b1, s, t)
  d0 = right32(v128.xor(d0, a0)); d1 = right32(v128.xor(d1, a1))
  s = lows(e0, e1); t = lows(f0, f1)
  e0 = plusFirst(e0, f0, s, t); e1 = plusSecond(e1, f1, s, t)
  h0 = right32(v128.xor(h0, e0)); h1 = right32(v128.xor(h1, e1))
  s = lows(c0, c1); t = lows(d0, d1)
  c0 = plusFirst(c0, d0, s, t); c1 = plusSecond(c1, d1, s, t)
  b0 = right24(v128.xor(b0, c0)); b1 = right24(v128.xor(b1, c1))
  s = lows(g0, g1); t = lows(h0, h1)
  g0 = plusFirst(g0, h0, s, t); g1 = plusSecond(g1, h1, s, t)
  f0 = right24(v128.xor(f0, g0)); f1 = right24(v128.xor(f1, g1))
  s = lows(a0, a1); t = lows(b0, b1)
  a0 = plusFirst(a0, b0, s, t); a1 = plusSecond(a1, b1, s, t)
  d0 = right16(v128.xor(d0, a0)); d1 = right16(v128.xor(d1, a1))
  s = lows(e0, e1); t = lows(f0, f1)
  e0 = plusFirst(e0, f0, s, t); e1 = plusSecond(e1, f1, s, t)
  h0 = right16(v128.xor(h0, e0)); h1 = right16(v128.xor(h1, e1))
  s = lows(c0, c1); t = lows(d0, d1)
  c0 = plusFirst(c0, d0, s, t); c1 = plusSecond(c1, d1, s, t)
  b0 = right63(v128.xor(b0, c0)); b1 = right63(v128.xor(b1, c1))
  s = lows(g0, g1); t = lows(h0, h1)
  g0 = plusFirst(g0, h0, s, t); g1 = plusSecond(g1, h1, s, t)
  f0 = right63(v128.xor(f0, g0)); f1 = right63(v128.xor(f1, g1))
  // Diagonals into columns, and back below.
  t = middle(b0, b1); b1 = middle(b1, b0); b0 = t; t = c0; c0 = c1; c1 = t
  t = middle(d1, d0); d1 = middle(d0, d1); d0 = t
  t = middle(f0, f1); f1 = middle(f1, f0); f0 = t; t = g0; g0 = g1; g1 = t
  t = middle(h1, h0); h1 = middle(h0, h1); h0 = t
  s = lows(a0, a1); t = lows(b0, b1)
  a0 = plusFirst(a0, b0, s, t); a1 = plusSecond(a1, b1, s, t)
  d0 = right32(v128.xor(d0, a0)); d1 = right32(v128.xor(d1, a1))
  s = lows(e0, e1); t = lows(f0, f1)
  e0 = plusFirst(e0, f0, s, t); e1 = plusSecond(e1, f1, s, t)
  h0 = right32(v128.xor(h0, e0)); h1 = right32(v128.xor(h1, e1))
  s = lows(c0, c1); t = lows(d0, d1)
  c0 = plusFirst(c0, d0, s, t); c1 = plusSecond(c1, d1, s, t)
  b0 = right24(v128.xor(b0, c0)); b1 = right24(v128.xor(b1, c1))
  s = lows(g0, g1); t = lows(h0, h1)
  g0 = plusFirst(g0, h0, s, t); g1 = plusSecond(g1, h1, s, t)
  f0 = right24(v128.xor(f0, g0)); f1 = right24(v128.xor(f1, g1))
  s = lows(a0, a1); t = lows(b0, b1)
  a0 = plusFirst(a0, b0, s, t); a1 = plusSecond(a1, b1, s, t)
  d0 = right16(v128.xor(d0, a0)); d1 = right16(v128.xor(d1, a1))
  s = lows(e0, e1); t = lows(f0, f1)
  e0 = plusFirst(e0, f0, s, t); e1 = plusSecond(e1, f1, s, t)
  h0 = right16(v128.xor(h0, e0)); h1 = right16(v128.xor(h1, e1))
  s = lows(c0, c1); t = lows(d0, d1)
  c0 = plusFirst(c0, d0, s, t); c1 = plusSecond(c1, d1, s, t)
  b0 = right63(v128.xor(b0, c0)); b1 = right63(v128.xor(b1, c1))
  s = lows(g0, g1); t = lows(h0, h1)
  g0 = plusFirst(g0, h0, s, t); g1 = plusSecond(g1, h1, s, t)
  f0 = right63(v128.xor(f0, g0)); f1 = right63(v128.xor(f1, g1))
  t = middle(b1, b0); b1 = middle(b0, b1); b0 = t; t = c0; c0 = c1; c1 = t
  t = middle(d0, d1); d1 = middle(d1, d0); d0 = t
  t = middle(f1, f0); f1 = middle(f0, f1); f0 = t; t = g0; g0 = g1; g1 = t
  t = middle(h0, h1); h1 = middle(h1, h0); h0 = t
  if (rows) {
    v128.store(work, a0, 0); v128.store(work, a1, 16)
    v128.store(work, b0, 32); v128.store(work, b1, 48)
    v128.store(work, c0, 64); v128.store(work, c1, 80)
    v128.store(work, d0, 96); v128.store(work, d1, 112)
    v128.store(work, e0, 128); v128.store(work, e1, 144)
    v128.store(work, f0, 160); v128.store(work, f1, 176)
    v128.store(work, g0, 192); v128.store(work, g1, 208)
    v128.store(work, h0, 224); v128.store(work, h1, 240)
  } else {
    v128.store(to, v128.xor(v128.load(to, 0), a0), 0); v128.store(to, v128.xor(v128.load(to, 128), a1), 128)
    v128.store(to, v128.xor(v128.load(to, 256), b0), 256); v128.store(to, v128.xor(v128.load(to, 384), b1), 384)
    v128.store(to, v128.xor(v128.load(to, 512), c0), 512); v128.store(to, v128.xor(v128.load(to, 640), c1), 640)
    v128.store(to, v128.xor(v128.load(to, 768), d0), 768); v128.store(to, v128.xor(v128.load(to, 896), d1), 896)
    v128.store(to, v128.xor(v128.load(to, 16), e0), 16); v128.store(to, v128.xor(v128.load(to, 144), e1), 144)
    v128.store(to, v128.xor(v128.load(to, 272), f0), 272); v128.store(to, v128.xor(v128.load(to, 400), f1), 400)
    v128.store(to, v128.xor(v128.load(to, 528), g0), 528); v128.store(to, v128.xor(v128.load(to, 656), g1), 656)
    v128.store(to, v128.xor(v128.load(to, 784), h0), 784); v128.store(to, v128.xor(v128.load(to, 912), h1), 912)
  }
}

// The first half of G: previous ^ reference, in version 0x13 also the block's old value, and the eight rows.
export function mixRows(previous: usize, reference: usize, block: usize, withXor: bool): void {
  for (let at: usize = 0; at < BLOCK; at += 256) twoRounds(true, previous + at, reference + at, block + at, WORK + at, withXor)
}

// The second half: some or all of the eight columns, which are 16 bytes wide.
export function mixColumns(block: usize, from: usize, to: usize): void {
  for (let at = from; at < to; at += 32) twoRounds(false, 0, 0, block + at, WORK + at, false)
}

// One load from each cache line of a block. The loads wait for memory together, while G still works on the columns.
export function touch(block: usize): void {
  load<u8>(block, 0); load<u8>(block, 64); load<u8>(block, 128); load<u8>(block, 192)
  load<u8>(block, 256); load<u8>(block, 320); load<u8>(block, 384); load<u8>(block, 448)
  load<u8>(block, 512); load<u8>(block, 576); load<u8>(block, 640); load<u8>(block, 704)
  load<u8>(block, 768); load<u8>(block, 832); load<u8>(block, 896); load<u8>(block, 960)
}

export function wipeWork(): void {
  memory.fill(WORK, 0, BLOCK)
}
