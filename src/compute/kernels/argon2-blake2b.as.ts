/**
 * BLAKE2b without a key (RFC 7693) and Argon2's variable-length H' made of it (RFC 9106, 3.3).
 *
 * SIMD: the sixteen words v0 to v15 of the state stand two by two in vectors: a0 = (v0, v1), a1 = (v2, v3),
 * b0 = (v4, v5) and so on to d1 = (v14, v15). The code for columns does diagonals too, once b, c and d are turned
 * left by one, two and three words.
 */

// RFC 7693, 2.7: the order of the message words in each of the ten different rounds.
const SIGMA: usize = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
  11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
  7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
  9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
  2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
  12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
  13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
  6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
  10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
])
const IV: usize = memory.data(64, 16)

const CHAIN: usize = memory.data(64, 16)   // the chain value h
const PADDED: usize = memory.data(128, 16) // the last message block

// The upper half of a product of two 64-bit numbers.
function multiplyHigh(x: u64, y: u64): u64 {
  const xLow = x & 0xffffffff, xHigh = x >> 32, yLow = y & 0xffffffff, yHigh = y >> 32
  const middle = xHigh * yLow + ((xLow * yLow) >> 32)
  return xHigh * yHigh + (middle >> 32) + (((middle & 0xffffffff) + xLow * yHigh) >> 32)
}

// The first 64 bits of the fraction of a square root, bit by bit: the largest f (in units of 2^-64) for which
// (whole + f)^2 = whole^2 + 2 whole f + f^2 is below the prime. Only the carry out of the fraction is compared.
function rootFraction(prime: u64, whole: u64): u64 {
  let fraction: u64 = 0
  for (let bit: u64 = 1 << 63; bit != 0; bit >>= 1) {
    const f = fraction | bit
    const product = 2 * whole * f
    const carry = multiplyHigh(2 * whole, f) + u64(product + multiplyHigh(f, f) < product)
    if (carry < prime - whole * whole) fraction = f
  }
  return fraction
}

// BLAKE2b's initial values are SHA-512's: the roots of the first eight primes.
store<u64>(IV, rootFraction(2, 1))
store<u64>(IV, rootFraction(3, 1), 8)
store<u64>(IV, rootFraction(5, 2), 16)
store<u64>(IV, rootFraction(7, 2), 24)
store<u64>(IV, rootFraction(11, 3), 32)
store<u64>(IV, rootFraction(13, 3), 40)
store<u64>(IV, rootFraction(17, 4), 48)
store<u64>(IV, rootFraction(19, 4), 56)

// Rotations of 64-bit words. Those by whole bytes are swizzles, whose constant mask stays in a register; V8 builds the
// mask of a shuffle each time.
@inline export function right32(x: v128): v128 { return i32x4.shuffle(x, x, 1, 0, 3, 2) }
@inline export function right24(x: v128): v128 { return i8x16.swizzle(x, i8x16(3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)) }
@inline export function right16(x: v128): v128 { return i8x16.swizzle(x, i8x16(2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)) }
@inline export function right63(x: v128): v128 { return v128.xor(i64x2.shr_u(x, 63), i64x2.add(x, x)) }
// The middle two of the four words (x, y): turns a row of four by one.
@inline export function middle(x: v128, y: v128): v128 { return i64x2.shuffle(x, y, 1, 2) }

// Two message words of BLAKE2b for the two columns (or diagonals) of one vector.
@inline function words(message: usize, order: usize, at: usize): v128 {
  const first = v128.load_zero<u64>(message + (<usize>load<u8>(order + at) << 3))
  return v128.load_lane<u64>(message + (<usize>load<u8>(order + at + 2) << 3), first, 1)
}
@inline export function add3(x: v128, y: v128, z: v128): v128 { return i64x2.add(i64x2.add(x, y), z) }

// BLAKE2b's compression function F (RFC 7693, 3.2): one message block into CHAIN.
function absorb(message: usize, hashed: u64, last: bool): void {
  let a0 = v128.load(CHAIN), a1 = v128.load(CHAIN, 16), b0 = v128.load(CHAIN, 32), b1 = v128.load(CHAIN, 48)
  let c0 = v128.load(IV), c1 = v128.load(IV, 16)
  let d0 = v128.xor(v128.load(IV, 32), i64x2(hashed, 0))
  let d1 = v128.xor(v128.load(IV, 48), i64x2(last ? -1 : 0, 0))
  let t: v128
  for (let round: usize = 0; round < 12; round++) {
    const order = SIGMA + ((round < 10 ? round : round - 10) << 4)
    a0 = add3(a0, b0, words(message, order, 0)); a1 = add3(a1, b1, words(message, order, 4))
    d0 = right32(v128.xor(d0, a0)); d1 = right32(v128.xor(d1, a1))
    c0 = i64x2.add(c0, d0); c1 = i64x2.add(c1, d1)
    b0 = right24(v128.xor(b0, c0)); b1 = right24(v128.xor(b1, c1))
    a0 = add3(a0, b0, words(message, order, 1)); a1 = add3(a1, b1, words(message, order, 5))
    d0 = right16(v128.xor(d0, a0)); d1 = right16(v128.xor(d1, a1))
    c0 = i64x2.add(c0, d0); c1 = i64x2.add(c1, d1)
    b0 = right63(v128.xor(b0, c0)); b1 = right63(v128.xor(b1, c1))
    t = middle(b0, b1); b1 = middle(b1, b0); b0 = t; t = c0; c0 = c1; c1 = t; t = middle(d1, d0); d1 = middle(d0, d1); d0 = t
    a0 = add3(a0, b0, words(message, order, 8)); a1 = add3(a1, b1, words(message, order, 12))
    d0 = right32(v128.xor(d0, a0)); d1 = right32(v128.xor(d1, a1))
    c0 = i64x2.add(c0, d0); c1 = i64x2.add(c1, d1)
    b0 = right24(v128.xor(b0, c0)); b1 = right24(v128.xor(b1, c1))
    a0 = add3(a0, b0, words(message, order, 9)); a1 = add3(a1, b1, words(message, order, 13))
    d0 = right16(v128.xor(d0, a0)); d1 = right16(v128.xor(d1, a1))
    c0 = i64x2.add(c0, d0); c1 = i64x2.add(c1, d1)
    b0 = right63(v128.xor(b0, c0)); b1 = right63(v128.xor(b1, c1))
    t = middle(b1, b0); b1 = middle(b0, b1); b0 = t; t = c0; c0 = c1; c1 = t; t = middle(d0, d1); d1 = middle(d1, d0); d0 = t
  }
  v128.store(CHAIN, v128.xor(v128.load(CHAIN), v128.xor(a0, c0)))
  v128.store(CHAIN, v128.xor(v128.load(CHAIN, 16), v128.xor(a1, c1)), 16)
  v128.store(CHAIN, v128.xor(v128.load(CHAIN, 32), v128.xor(b0, d0)), 32)
  v128.store(CHAIN, v128.xor(v128.load(CHAIN, 48), v128.xor(b1, d1)), 48)
}

// BLAKE2b without a key. The message is never empty.
export function blake2b(message: usize, length: usize, out: usize, outLength: usize): void {
  memory.copy(CHAIN, IV, 64)
  store<u64>(CHAIN, load<u64>(CHAIN) ^ 0x01010000 ^ outLength)
  let hashed: usize = 0
  for (; length - hashed > 128; hashed += 128) absorb(message + hashed, hashed + 128, false)
  memory.fill(PADDED, 0, 128)
  memory.copy(PADDED, message + hashed, length - hashed)
  absorb(PADDED, length, true)
  memory.copy(out, CHAIN, outLength)
}

// H' (RFC 9106, 3.3), any length, which overwrites the four bytes in front of the message.
export function stretch(message: usize, length: usize, out: usize, outLength: usize): void {
  store<u32>(message - 4, outLength)
  if (outLength <= 64) {
    blake2b(message - 4, length + 4, out, outLength)
    return
  }
  // Each hash of 64 bytes gives its first 32 and is hashed on; the last hash is as long as what is left.
  blake2b(message - 4, length + 4, out, 64)
  let left = outLength - 32
  for (; left > 64; left -= 32, out += 32) blake2b(out, 64, out + 32, 64)
  blake2b(out, 64, out + 32, left)
}

export function wipeHash(): void {
  memory.fill(CHAIN, 0, 64)
  memory.fill(PADDED, 0, 128)
}
