// MD5's compression function (RFC 1321, section 3.4).
//
// Each of the 64 steps waits for the one before, so its time is the number of operations from b to the next step's b. The
// sums of the words and of a are ready long before. G is written as a sum of two disjoint halves, of which only one waits
// for b: four operations, where RFC 1321's form (as an exclusive or) has six. H has four too, F and I have five.

// SINES has 64 words: floor(2^32 * |sin(i + 1)|).
const SINES: usize = 0

/** Compresses the 16 words at `words` into the chaining value at `from`, and writes it to `to`. The three may overlap. */
export function compress(from: usize, words: usize, to: usize): void {
  const a0 = load<u32>(from)
  const b0 = load<u32>(from, 4)
  const c0 = load<u32>(from, 8)
  const d0 = load<u32>(from, 12)
  let a = a0, b = b0, c = c0, d = d0

  a = f(a, b, c, d, words, 0, 7)
  d = f(d, a, b, c, words, 1, 12)
  c = f(c, d, a, b, words, 2, 17)
  b = f(b, c, d, a, words, 3, 22)
  a = f(a, b, c, d, words, 4, 7)
  d = f(d, a, b, c, words, 5, 12)
  c = f(c, d, a, b, words, 6, 17)
  b = f(b, c, d, a, words, 7, 22)
  a = f(a, b, c, d, words, 8, 7)
  d = f(d, a, b, c, words, 9, 12)
  c = f(c, d, a, b, words, 10, 17)
  b = f(b, c, d, a, words, 11, 22)
  a = f(a, b, c, d, words, 12, 7)
  d = f(d, a, b, c, words, 13, 12)
  c = f(c, d, a, b, words, 14, 17)
  b = f(b, c, d, a, words, 15, 22)

  a = g(a, b, c, d, words, 16, 5)
  d = g(d, a, b, c, words, 17, 9)
  c = g(c, d, a, b, words, 18, 14)
  b = g(b, c, d, a, words, 19, 20)
  a = g(a, b, c, d, words, 20, 5)
  d = g(d, a, b, c, words, 21, 9)
  c = g(c, d, a, b, words, 22, 14)
  b = g(b, c, d, a, words, 23, 20)
  a = g(a, b, c, d, words, 24, 5)
  d = g(d, a, b, c, words, 25, 9)
  c = g(c, d, a, b, words, 26, 14)
  b = g(b, c, d, a, words, 27, 20)
  a = g(a, b, c, d, words, 28, 5)
  d = g(d, a, b, c, words, 29, 9)
  c = g(c, d, a, b, words, 30, 14)
  b = g(b, c, d, a, words, 31, 20)

  a = h(a, b, c, d, words, 32, 4)
  d = h(d, a, b, c, words, 33, 11)
  c = h(c, d, a, b, words, 34, 16)
  b = h(b, c, d, a, words, 35, 23)
  a = h(a, b, c, d, words, 36, 4)
  d = h(d, a, b, c, words, 37, 11)
  c = h(c, d, a, b, words, 38, 16)
  b = h(b, c, d, a, words, 39, 23)
  a = h(a, b, c, d, words, 40, 4)
  d = h(d, a, b, c, words, 41, 11)
  c = h(c, d, a, b, words, 42, 16)
  b = h(b, c, d, a, words, 43, 23)
  a = h(a, b, c, d, words, 44, 4)
  d = h(d, a, b, c, words, 45, 11)
  c = h(c, d, a, b, words, 46, 16)
  b = h(b, c, d, a, words, 47, 23)

  a = i(a, b, c, d, words, 48, 6)
  d = i(d, a, b, c, words, 49, 10)
  c = i(c, d, a, b, words, 50, 15)
  b = i(b, c, d, a, words, 51, 21)
  a = i(a, b, c, d, words, 52, 6)
  d = i(d, a, b, c, words, 53, 10)
  c = i(c, d, a, b, words, 54, 15)
  b = i(b, c, d, a, words, 55, 21)
  a = i(a, b, c, d, words, 56, 6)
  d = i(d, a, b, c, words, 57, 10)
  c = i(c, d, a, b, words, 58, 15)
  b = i(b, c, d, a, words, 59, 21)
  a = i(a, b, c, d, words, 60, 6)
  d = i(d, a, b, c, words, 61, 10)
  c = i(c, d, a, b, words, 62, 15)
  b = i(b, c, d, a, words, 63, 21)

  store<u32>(to, a0 + a)
  store<u32>(to, b0 + b, 4)
  store<u32>(to, c0 + c, 8)
  store<u32>(to, d0 + d, 12)
}

@inline
function f(a: u32, b: u32, c: u32, d: u32, words: usize, i: usize, bits: u32): u32 {
  return b + rotl<u32>(ready(a, words, i, i) + (d ^ (b & (c ^ d))), bits)
}

@inline
function g(a: u32, b: u32, c: u32, d: u32, words: usize, i: usize, bits: u32): u32 {
  return b + rotl<u32>(ready(a, words, (5 * i + 1) & 15, i) + (c & ~d) + (b & d), bits)
}

@inline
function h(a: u32, b: u32, c: u32, d: u32, words: usize, i: usize, bits: u32): u32 {
  return b + rotl<u32>(ready(a, words, (3 * i + 5) & 15, i) + (b ^ (c ^ d)), bits)
}

@inline
function i(a: u32, b: u32, c: u32, d: u32, words: usize, i: usize, bits: u32): u32 {
  return b + rotl<u32>(ready(a, words, (7 * i) & 15, i) + (c ^ (b | ~d)), bits)
}

/** The sums of a step that are ready before the step begins. */
@inline
function ready(a: u32, words: usize, word: usize, step: usize): u32 {
  return a + (load<u32>(words + 4 * word) + load<u32>(SINES + 4 * step))
}
