// SHA-512's compression function (FIPS 180-4, section 6.4.2).
//
// A turn of the loop does eight rounds, after which a to h have their own names again, and expands the eight words that are
// needed in two turns, two at once in a vector. The rounds leave the processor time for that.

// ROOTS has 80 words: the first 64 bits of the fraction of the cube root of a prime.
const ROOTS: usize = 512

/**
 * Compresses the block at `words`, which is 80 words, into the chaining value at `from`, and writes it to `to`, which may be
 * either of the others. With `expand` the first 16 words are given and the others are written, else all are given.
 */
export function compress(from: usize, words: usize, to: usize, expand: bool): void {
  let a = load<u64>(from)
  let b = load<u64>(from, 8)
  let c = load<u64>(from, 16)
  let d = load<u64>(from, 24)
  let e = load<u64>(from, 32)
  let f = load<u64>(from, 40)
  let g = load<u64>(from, 48)
  let h = load<u64>(from, 56)

  for (let at: usize = 0; at < 640; at += 64) {
    const w = words + at
    if (expand && at < 512) {
      expandTwo(w)
      expandTwo(w + 16)
      expandTwo(w + 32)
      expandTwo(w + 48)
    }
    h = mix(h, e, f, g, w, at, 0);  d += h;  h += spread(a, b, c)
    g = mix(g, d, e, f, w, at, 8);  c += g;  g += spread(h, a, b)
    f = mix(f, c, d, e, w, at, 16); b += f;  f += spread(g, h, a)
    e = mix(e, b, c, d, w, at, 24); a += e;  e += spread(f, g, h)
    d = mix(d, a, b, c, w, at, 32); h += d;  d += spread(e, f, g)
    c = mix(c, h, a, b, w, at, 40); g += c;  c += spread(d, e, f)
    b = mix(b, g, h, a, w, at, 48); f += b;  b += spread(c, d, e)
    a = mix(a, f, g, h, w, at, 56); e += a;  a += spread(b, c, d)
  }

  store<u64>(to, load<u64>(from) + a)
  store<u64>(to, load<u64>(from, 8) + b, 8)
  store<u64>(to, load<u64>(from, 16) + c, 16)
  store<u64>(to, load<u64>(from, 24) + d, 24)
  store<u64>(to, load<u64>(from, 32) + e, 32)
  store<u64>(to, load<u64>(from, 40) + f, 40)
  store<u64>(to, load<u64>(from, 48) + g, 48)
  store<u64>(to, load<u64>(from, 56) + h, 56)
}

/** h + K + W + Ch(e, f, g) + Sigma1(e), summed in the order in which the terms are ready: e comes last. */
@inline
function mix(h: u64, e: u64, f: u64, g: u64, w: usize, at: usize, offset: usize): u64 {
  const ready = h + (load<u64>(w + offset) + load<u64>(at + ROOTS + offset))
  return ready + (g ^ (e & (f ^ g))) + (rotr<u64>(e, 14) ^ rotr<u64>(e, 18) ^ rotr<u64>(e, 41))
}

/** Sigma0(a) + Maj(a, b, c). The next round's b ^ c is this one's a ^ b. */
@inline
function spread(a: u64, b: u64, c: u64): u64 {
  return (rotr<u64>(a, 28) ^ rotr<u64>(a, 34) ^ rotr<u64>(a, 39)) + (b ^ ((a ^ b) & (b ^ c)))
}

/** Writes the words 16 and 17 after `w`. */
@inline
function expandTwo(w: usize): void {
  const x = v128.load(w, 8)
  const y = v128.load(w, 112)
  const small0 = v128.xor(v128.xor(right(x, 1), right(x, 8)), i64x2.shr_u(x, 7))
  const small1 = v128.xor(v128.xor(right(y, 19), right(y, 61)), i64x2.shr_u(y, 6))
  v128.store(w, i64x2.add(i64x2.add(v128.load(w), small0), i64x2.add(v128.load(w, 72), small1)), 128)
}

@inline
function right(x: v128, bits: i32): v128 {
  return v128.or(i64x2.shr_u(x, bits), i64x2.shl(x, 64 - bits))
}
