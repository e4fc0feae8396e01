// The schemes of crypt(3) that are DES (FIPS 46-3) over and over on a block of zeros: Unix's first, and BSDi's. A salt of up to 24
// bits exchanges bits of what the expansion E gives: its bit i, from the lowest, exchanges the bits i and i + 24.
//
// A half of a block is kept as des-tables.ts says. The bits that a salt exchanges then stand 16 places apart in one word.
//
// Memory, one page, addresses in bytes:
//
//         0   BOXES: of each of the S-boxes 64 words, written once by the caller
//      2048   KEY_BITS: of each of the 56 bits of a key 32 words, written once by the caller
//      9216   INITIAL: 64 bytes, written once by the caller
//      9280   KEYS: the two words of each round
//      9408   RESULT: 8 bytes
//      9416   PASSWORD, at most 4096 bytes, when called: up to 13512

export const BOXES: usize = 0
export const KEY_BITS: usize = 2048
export const INITIAL: usize = 9216
const KEYS: usize = 9280
export const RESULT: usize = 9408
export const PASSWORD: usize = 9416
const END: usize = 13512

// What a salt exchanges, in the lower halves of the words of the S-boxes 1, 3, 5, 7, and of the others.
let swapOdd: u32 = 0
let swapEven: u32 = 0

/**
 * Derives the checksum, which it leaves at RESULT. With `folds` all bytes of the password are read, as BSDi's scheme does; the
 * first eight otherwise. It overwrites nothing: see `wipe`.
 */
export function derive(passwordLength: usize, salt: u32, count: u32, folds: bool): void {
  setSalt(0)
  let read: usize = passwordLength < 8 ? passwordLength : 8
  let key = packKey(PASSWORD, read)
  setKey(key)
  while (folds && read < passwordLength) {
    const rest = passwordLength - read
    const size: usize = rest < 8 ? rest : 8
    key = encrypt(key, 1) ^ packKey(PASSWORD + read, size)
    setKey(key)
    read += size
  }
  setSalt(salt)
  const block = encrypt(0, count)
  for (let place: usize = 0; place < 8; place++) store<u8>(RESULT + place, <u8>(block >> (56 - 8 * place)))
}

/** Overwrites all of a password, its keys and a checksum. */
export function wipe(): void {
  memory.fill(KEYS, 0, END - KEYS)
  setSalt(0)
}

/** Packs up to eight bytes, each without its highest bit and followed by a bit of parity, which is not used. */
function packKey(from: usize, length: usize): u64 {
  let key: u64 = 0
  for (let place: usize = 0; place < length; place++) {
    key |= <u64>(<u8>(load<u8>(from + place) << 1)) << (56 - 8 * place)
  }
  return key
}

/** Writes the keys of the rounds: the exclusive or of those of the key's bits. */
function setKey(key: u64): void {
  memory.fill(KEYS, 0, 128)
  let from = KEY_BITS
  for (let byte: usize = 0; byte < 8; byte++) {
    for (let bit: usize = 0; bit < 7; bit++) {
      if ((key >> (63 - 8 * byte - bit)) & 1) {
        for (let at: usize = 0; at < 128; at += 16) {
          v128.store(KEYS + at, v128.xor(v128.load(KEYS + at), v128.load(from + at)))
        }
      }
      from += 128
    }
  }
}

/** The salt's lowest six bits are for the S-boxes 1 and 5, the next for 2 and 6, 3 and 7, 4 and 8. */
function setSalt(salt: u32): void {
  swapOdd = swapOf(salt, 15) | swapOf(salt >> 12, 7)
  swapEven = swapOf(salt >> 6, 15) | swapOf(salt >> 18, 7)
}

/** Six bits of a salt in reverse order, the lowest at `top`. */
function swapOf(salt: u32, top: u32): u32 {
  let swap: u32 = 0
  for (let bit: u32 = 0; bit < 6; bit++) swap |= ((salt >> bit) & 1) << (top - bit)
  return swap
}

/** Encrypts a block so many times. The first bit of DES is the highest of the block. */
function encrypt(block: u64, count: u32): u64 {
  let mixed: u64 = 0
  for (let to: usize = 0; to < 64; to++) {
    mixed |= ((block >> (63 - <u64>load<u8>(INITIAL + to))) & 1) << (63 - to)
  }
  let left = rotr<u32>(<u32>(mixed >> 32), 1)
  let right = rotr<u32>(<u32>mixed, 1)
  const odd = swapOdd
  const even = swapEven
  for (; count > 0; count--) {
    for (let keys: usize = KEYS; keys < KEYS + 128; keys += 32) {
      left ^= mix(right, odd, even, keys, 0)
      right ^= mix(left, odd, even, keys, 8)
      left ^= mix(right, odd, even, keys, 16)
      right ^= mix(left, odd, even, keys, 24)
    }
    // The halves are exchanged behind the last round. IP follows its own inverse here, so neither is done.
    const last = left
    left = right
    right = last
  }
  mixed = (<u64>rotl<u32>(left, 1) << 32) | <u64>rotl<u32>(right, 1)
  block = 0
  for (let from: usize = 0; from < 64; from++) {
    block |= ((mixed >> (63 - from)) & 1) << (63 - <u64>load<u8>(INITIAL + from))
  }
  return block
}

/** The function of a round: the expansion with what the salt exchanges, the key, the S-boxes and P. */
@inline
function mix(half: u32, odd: u32, even: u32, keys: usize, key: usize): u32 {
  let x = half
  let y = rotl<u32>(half, 4)
  const swapX = (x ^ (x >>> 16)) & odd
  const swapY = (y ^ (y >>> 16)) & even
  x ^= swapX ^ (swapX << 16) ^ load<u32>(keys + key)
  y ^= swapY ^ (swapY << 16) ^ load<u32>(keys + key, 4)
  return (
    (((load<u32>(BOXES + ((x >>> 24) & 0xfc)) ^ load<u32>(BOXES + ((y >>> 24) & 0xfc), 256)) ^
    (load<u32>(BOXES + ((x >>> 16) & 0xfc), 512) ^ load<u32>(BOXES + ((y >>> 16) & 0xfc), 768))) ^
    ((load<u32>(BOXES + ((x >>> 8) & 0xfc), 1024) ^ load<u32>(BOXES + ((y >>> 8) & 0xfc), 1280)) ^
    (load<u32>(BOXES + (x & 0xfc), 1536) ^ load<u32>(BOXES + (y & 0xfc), 1792))))
  )
}
