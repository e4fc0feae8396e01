// SHA-256's compression function (FIPS 180-4, section 6.2.2). It is built as SHA-512's, but its words are expanded one by
// one: two of the four words in a vector would wait for the other two.

// ROOTS has 64 words: the first 32 bits of the fraction of the cube root of a prime.
const ROOTS: usize = 256

/**
 * Compresses the block at `words`, which is 64 words, into the chaining value at `from`, and writes it to `to`, which may be
 * either of the others. With `expand` the first 16 words are given and the others are written, else all are given.
 */
export function compress(from: usize, words: usize, to: usize, expand: bool): void {
  let a = load<u32>(from)
  let b = load<u32>(from, 4)
  let c = load<u32>(from, 8)
  let d = load<u32>(from, 12)
  let e = load<u32>(from, 16)
  let f = load<u32>(from, 20)
  let g = load<u32>(from, 24)
  let h = load<u32>(from, 28)

  for (let at: usize = 0; at < 256; at += 32) {
    const w = words + at
    if (expand && at < 192) {
      expandOne(w)
      expandOne(w + 4)
      expandOne(w + 8)
      expandOne(w + 12)
      expandOne(w + 16)
      expandOne(w + 20)
      expandOne(w + 24)
      expandOne(w + 28)
    }
    h = mix(h, e, f, g, w, at, 0);  d += h;  h += spread(a, b, c)
    g = mix(g, d, e, f, w, at, 4);  c += g;  g += spread(h, a, b)
    f = mix(f, c, d, e, w, at, 8);  b += f;  f += spread(g, h, a)
    e = mix(e, b, c, d, w, at, 12); a += e;  e += spread(f, g, h)
    d = mix(d, a, b, c, w, at, 16); h += d;  d += spread(e, f, g)
    c = mix(c, h, a, b, w, at, 20); g += c;  c += spread(d, e, f)
    b = mix(b, g, h, a, w, at, 24); f += b;  b += spread(c, d, e)
    a = mix(a, f, g, h, w, at, 28); e += a;  a += spread(b, c, d)
  }

  store<u32>(to, load<u32>(from) + a)
  store<u32>(to, load<u32>(from, 4) + b, 4)
  store<u32>(to, load<u32>(from, 8) + c, 8)
  store<u32>(to, load<u32>(from, 12) + d, 12)
  store<u32>(to, load<u32>(from, 16) + e, 16)
  store<u32>(to, load<u32>(from, 20) + f, 20)
  store<u32>(to, load<u32>(from, 24) + g, 24)
  store<u32>(to, load<u32>(from, 28) + h, 28)
}

/** h + K + W + Ch(e, f, g) + Sigma1(e), summed in the order in which the terms are ready: e comes last. */
@inline
function mix(h: u32, e: u32, f: u32, g: u32, w: usize, at: usize, offset: usize): u32 {
  const ready = h + (load<u32>(w + offset) + load<u32>(at + ROOTS + offset))
  return ready + (g ^ (e & (f ^ g))) + (rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25))
}

/** Sigma0(a) + Maj(a, b, c). The next round's b ^ c is this one's a ^ b. */
@inline
function spread(a: u32, b: u32, c: u32): u32 {
  return (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + (b ^ ((a ^ b) & (b ^ c)))
}

/** Writes the word 16 after `w`. */
@inline
function expandOne(w: usize): void {
  const x = load<u32>(w, 4)
  const y = load<u32>(w, 56)
  const small0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >>> 3)
  const small1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >>> 10)
  store<u32>(w, load<u32>(w) + small0 + load<u32>(w, 36) + small1, 64)
}
