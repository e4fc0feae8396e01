// SHA-1's compression function (FIPS 180-4, section 6.1.2).
//
// A turn of a loop does five rounds, after which a to e have their own names again, and expands the five words that stand 16
// to 20 further on. Those are 64 in all, and a 65th, word 80, which is not read. Sums are in the order in which their terms
// are ready: a comes last, from the step before, and two operations lead from it to the next a.

// ROOTS has 4 words: the first 32 bits of the square roots of 2, 3, 5 and 10.
const ROOTS: usize = 1280

/**
 * Compresses the block at `words`, which is 81 words, into the chaining value at `from`, and writes it to `to`, which may be
 * either of the others. With `expand` the first 16 words are given and the others are written, else all are given.
 */
export function compress(from: usize, words: usize, to: usize, expand: bool): void {
  let a = load<u32>(from)
  let b = load<u32>(from, 4)
  let c = load<u32>(from, 8)
  let d = load<u32>(from, 12)
  let e = load<u32>(from, 16)

  let w = words
  let k = load<u32>(ROOTS)
  for (const end = words + 80; w < end; w += 20) {
    if (expand) expandFive(w)
    e = ((e + (k + load<u32>(w))) + choose(b, c, d)) + rotl<u32>(a, 5);     b = rotl<u32>(b, 30)
    d = ((d + (k + load<u32>(w, 4))) + choose(a, b, c)) + rotl<u32>(e, 5);  a = rotl<u32>(a, 30)
    c = ((c + (k + load<u32>(w, 8))) + choose(e, a, b)) + rotl<u32>(d, 5);  e = rotl<u32>(e, 30)
    b = ((b + (k + load<u32>(w, 12))) + choose(d, e, a)) + rotl<u32>(c, 5); d = rotl<u32>(d, 30)
    a = ((a + (k + load<u32>(w, 16))) + choose(c, d, e)) + rotl<u32>(b, 5); c = rotl<u32>(c, 30)
  }
  k = load<u32>(ROOTS, 4)
  for (const end = words + 160; w < end; w += 20) {
    if (expand) expandFive(w)
    e = ((e + (k + load<u32>(w))) + (b ^ c ^ d)) + rotl<u32>(a, 5);     b = rotl<u32>(b, 30)
    d = ((d + (k + load<u32>(w, 4))) + (a ^ b ^ c)) + rotl<u32>(e, 5);  a = rotl<u32>(a, 30)
    c = ((c + (k + load<u32>(w, 8))) + (e ^ a ^ b)) + rotl<u32>(d, 5);  e = rotl<u32>(e, 30)
    b = ((b + (k + load<u32>(w, 12))) + (d ^ e ^ a)) + rotl<u32>(c, 5); d = rotl<u32>(d, 30)
    a = ((a + (k + load<u32>(w, 16))) + (c ^ d ^ e)) + rotl<u32>(b, 5); c = rotl<u32>(c, 30)
  }
  k = load<u32>(ROOTS, 8)
  for (const end = words + 240; w < end; w += 20) {
    if (expand) expandFive(w)
    e = ((e + (k + load<u32>(w))) + majority(b, c, d)) + rotl<u32>(a, 5);     b = rotl<u32>(b, 30)
    d = ((d + (k + load<u32>(w, 4))) + majority(a, b, c)) + rotl<u32>(e, 5);  a = rotl<u32>(a, 30)
    c = ((c + (k + load<u32>(w, 8))) + majority(e, a, b)) + rotl<u32>(d, 5);  e = rotl<u32>(e, 30)
    b = ((b + (k + load<u32>(w, 12))) + majority(d, e, a)) + rotl<u32>(c, 5); d = rotl<u32>(d, 30)
    a = ((a + (k + load<u32>(w, 16))) + majority(c, d, e)) + rotl<u32>(b, 5); c = rotl<u32>(c, 30)
  }
  k = load<u32>(ROOTS, 12)
  for (const end = words + 320; w < end; w += 20) {
    // The 13th turn expands the last of the 80 words.
    if (expand && w < words + 260) expandFive(w)
    e = ((e + (k + load<u32>(w))) + (b ^ c ^ d)) + rotl<u32>(a, 5);     b = rotl<u32>(b, 30)
    d = ((d + (k + load<u32>(w, 4))) + (a ^ b ^ c)) + rotl<u32>(e, 5);  a = rotl<u32>(a, 30)
    c = ((c + (k + load<u32>(w, 8))) + (e ^ a ^ b)) + rotl<u32>(d, 5);  e = rotl<u32>(e, 30)
    b = ((b + (k + load<u32>(w, 12))) + (d ^ e ^ a)) + rotl<u32>(c, 5); d = rotl<u32>(d, 30)
    a = ((a + (k + load<u32>(w, 16))) + (c ^ d ^ e)) + rotl<u32>(b, 5); c = rotl<u32>(c, 30)
  }

  store<u32>(to, load<u32>(from) + a)
  store<u32>(to, load<u32>(from, 4) + b, 4)
  store<u32>(to, load<u32>(from, 8) + c, 8)
  store<u32>(to, load<u32>(from, 12) + d, 12)
  store<u32>(to, load<u32>(from, 16) + e, 16)
}

@inline
function choose(b: u32, c: u32, d: u32): u32 {
  return d ^ (b & (c ^ d))
}

@inline
function majority(b: u32, c: u32, d: u32): u32 {
  return (b & c) + (d & (b ^ c))
}

/** Writes the words 16 to 20 after `w`. */
@inline
function expandFive(w: usize): void {
  expandOne(w)
  expandOne(w + 4)
  expandOne(w + 8)
  expandOne(w + 12)
  expandOne(w + 16)
}

@inline
function expandOne(w: usize): void {
  store<u32>(w, rotl<u32>(load<u32>(w) ^ load<u32>(w, 8) ^ load<u32>(w, 32) ^ load<u32>(w, 52), 1), 64)
}
