// The schemes of crypt(3) that are a loop over a message digest: MD5 by Poul-Henning Kamp (`$1$`, Apache's `$apr1$`), NetBSD's
// HMAC-SHA-1 (`$sha1$`), SHA-256 and SHA-512 by Ulrich Drepper (`$5$`, `$6$`).
//
// A round of MD5 and SHA-2 hashes the last digest, the password and the salt in an order that depends on the round: the digest
// stands first in even rounds and last in odd ones, the salt is left out of every third round and one password out of every
// seventh. That makes eight messages, which are laid out once with their padding. A round writes its digest into the message
// of the next round.
//
// Memory, two pages, addresses in bytes:
//
//         0   tables and initial values, written once by the caller: see digest-loops.as.ts
//      1360   MAGIC: `$1$`, at 1364 `$apr1$`, and zeros, written once by the caller
//      1408   STATE: the chaining value between blocks, the digest in words at the end
//      1472   BLOCK: the block of a message that is being added to
//      1600   A, B: two digests in bytes, 64 each
//      1728   WORDS: the expanded words of a block of SHA, 640 bytes, at most two vectors beyond
//      2432   OUTER: SHA-1's words of the outer message of HMAC; those of the inner one are WORDS
//      2816   INNER_STATE, OUTER_STATE: HMAC's chaining values after the key, 32 each
//      2880   LAYOUT: of each of the eight messages, the address of the digest in it, and its number of blocks
//      2944   RESULT
//      3008   SALT, at most 128 bytes, when called
//      3136   PASSWORD, at most 4096 bytes, when called
//      7232   SALT_MADE, PASSWORD_MADE: SHA-2's sequences S and P, as long as salt and password, a digest longer while made
//     11616   MESSAGES: eight, each of at most 8448 bytes: up to 79200

import { compress as sha1 } from './digest-loops-sha1.as'
import {
  add,
  APR1,
  begin,
  BLOCK,
  blockBytes,
  choose,
  digestBytes,
  finish,
  hashMessage,
  initial,
  pad,
  readWords32,
  scheme,
  SHA1,
  STATE,
  swap32,
  WORDS,
} from './crypt-message.as'

export const MAGIC: usize = 1360
const APR1_MAGIC: usize = 1364
const ZERO: usize = 1370
const A: usize = 1600
const B: usize = 1664
const OUTER: usize = 2432
const INNER_STATE: usize = 2816
const OUTER_STATE: usize = 2848
const LAYOUT: usize = 2880
export const RESULT: usize = 2944
export const SALT: usize = 3008
export const PASSWORD: usize = 3136
const SALT_MADE: usize = 7232
const PASSWORD_MADE: usize = 7424
const MESSAGES: usize = 11616

// The end of what was used of MESSAGES.
let used: usize = MESSAGES

/** Derives the checksum, which it leaves at RESULT. It overwrites nothing: see `wipe`. */
export function derive(which: u32, passwordLength: usize, saltLength: usize, rounds: u32): void {
  choose(which)
  if (which == SHA1) {
    deriveSha1(passwordLength, saltLength, rounds)
  } else if (which <= APR1) {
    prepareMd5(passwordLength, saltLength)
    iterate(PASSWORD, passwordLength, SALT, saltLength, rounds)
  } else {
    prepareSha2(passwordLength, saltLength)
    iterate(PASSWORD_MADE, passwordLength, SALT_MADE, saltLength, rounds)
  }
}

/** Overwrites all of a password, a salt and what was made of them. */
export function wipe(): void {
  memory.fill(STATE, 0, used - STATE)
  used = MESSAGES
}

/** The first digest of MD5, at A: password, magic, salt, as many bytes of B as the password has, and a byte for each bit of its length. */
function prepareMd5(passwordLength: usize, saltLength: usize): void {
  hashAround(passwordLength, saltLength)
  begin(initial, 0)
  add(PASSWORD, passwordLength)
  if (scheme == APR1) add(APR1_MAGIC, 6)
  else add(MAGIC, 3)
  add(SALT, saltLength)
  addRepeated(passwordLength)
  for (let bits = passwordLength; bits > 0; bits >>= 1) add(bits & 1 ? ZERO : PASSWORD, 1)
  finish(A)
}

/** The first digest of SHA-2, at A, and the sequences P and S (the specification's steps 1 to 20). */
function prepareSha2(passwordLength: usize, saltLength: usize): void {
  hashAround(passwordLength, saltLength)
  begin(initial, 0)
  add(PASSWORD, passwordLength)
  add(SALT, saltLength)
  addRepeated(passwordLength)
  for (let bits = passwordLength; bits > 0; bits >>= 1) {
    if (bits & 1) add(B, digestBytes)
    else add(PASSWORD, passwordLength)
  }
  finish(A)

  begin(initial, 0)
  for (let left = passwordLength; left > 0; left--) add(PASSWORD, passwordLength)
  finish(B)
  fillWith(PASSWORD_MADE, passwordLength)

  begin(initial, 0)
  for (let left: u32 = 16 + <u32>load<u8>(A); left > 0; left--) add(SALT, saltLength)
  finish(B)
  fillWith(SALT_MADE, saltLength)
}

/** The digest of password, salt and password, at B. */
function hashAround(passwordLength: usize, saltLength: usize): void {
  begin(initial, 0)
  add(PASSWORD, passwordLength)
  add(SALT, saltLength)
  add(PASSWORD, passwordLength)
  finish(B)
}

/** Adds bytes of B, over and over. */
function addRepeated(length: usize): void {
  for (; length > digestBytes; length -= digestBytes) add(B, digestBytes)
  add(B, length)
}

/** Writes bytes of B, over and over, and some more than `length`. */
function fillWith(to: usize, length: usize): void {
  for (const end = to + length; to < end; to += digestBytes) memory.copy(to, B, digestBytes)
}

/** Runs the rounds of MD5 and SHA-2 from the digest at A. */
function iterate(password: usize, passwordLength: usize, salt: usize, saltLength: usize, rounds: u32): void {
  // The longest message has digest, salt and two passwords; padding is a byte and the length.
  const longest = digestBytes + saltLength + 2 * passwordLength + 1 + (blockBytes >> 3)
  const stride = ((longest + blockBytes - 1) / blockBytes) * blockBytes
  for (let which: usize = 0; which < 8; which++) {
    lay(which, MESSAGES + which * stride, password, passwordLength, salt, saltLength)
  }
  used = MESSAGES + 8 * stride

  // The first round is even, and a multiple of three and of seven.
  let which: usize = 0
  let third: u32 = 0
  let seventh: u32 = 0
  memory.copy(load<u32>(LAYOUT), A, digestBytes)
  for (let round: u32 = 1; round <= rounds; round++) {
    third = third == 2 ? 0 : third + 1
    seventh = seventh == 6 ? 0 : seventh + 1
    const next: usize = (round & 1) | (<u32>(third != 0) << 1) | (<u32>(seventh != 0) << 2)
    const target = round == rounds ? RESULT : <usize>load<u32>(LAYOUT + 8 * next)
    hashMessage(MESSAGES + which * stride, load<u32>(LAYOUT + 8 * which, 4), target)
    which = next
  }
}

/** Lays out one of the eight messages: bit 0 is set for odd rounds, bit 1 where the salt is in, bit 2 where both passwords are. */
function lay(which: usize, at: usize, password: usize, passwordLength: usize, salt: usize, saltLength: usize): void {
  let to = at
  let digest = to
  if (which & 1) {
    memory.copy(to, password, passwordLength)
    to += passwordLength
  } else {
    to += digestBytes
  }
  if (which & 2) {
    memory.copy(to, salt, saltLength)
    to += saltLength
  }
  if (which & 4) {
    memory.copy(to, password, passwordLength)
    to += passwordLength
  }
  if (which & 1) {
    digest = to
    to += digestBytes
  } else {
    memory.copy(to, password, passwordLength)
    to += passwordLength
  }
  const blocks = (to - at + (blockBytes >> 3)) / blockBytes + 1
  pad(to, at + blocks * blockBytes, to - at)
  store<u32>(LAYOUT + 8 * which, <u32>digest)
  store<u32>(LAYOUT + 8 * which, <u32>blocks, 4)
}

/** NetBSD's: HMAC-SHA-1 of the salt, then of each HMAC, with the password as the key (RFC 2104). */
function deriveSha1(passwordLength: usize, saltLength: usize, rounds: u32): void {
  let key = PASSWORD
  let keyLength = passwordLength
  if (passwordLength > 64) {
    begin(initial, 0)
    add(PASSWORD, passwordLength)
    finish(A)
    key = A
    keyLength = 20
  }
  startWith(key, keyLength, 0x36, INNER_STATE)
  startWith(key, keyLength, 0x5c, OUTER_STATE)
  begin(INNER_STATE, 64)
  add(SALT, saltLength)
  finish(A)
  // Both messages of a round are a digest behind the block of the key, 84 bytes.
  layDigest(WORDS)
  layDigest(OUTER)
  memory.copy(OUTER, STATE, 20)
  sha1(OUTER_STATE, OUTER, WORDS, true)
  for (; rounds > 1; rounds--) {
    sha1(INNER_STATE, WORDS, OUTER, true)
    sha1(OUTER_STATE, OUTER, WORDS, true)
  }
  swap32(WORDS, RESULT)
  swap32(WORDS + 16, RESULT + 16)
}

/** Writes the chaining value after the block of the key. */
function startWith(key: usize, keyLength: usize, mask: u8, to: usize): void {
  memory.fill(BLOCK, mask, 64)
  for (let place: usize = 0; place < keyLength; place++) store<u8>(BLOCK + place, load<u8>(key + place) ^ mask)
  readWords32(BLOCK)
  sha1(initial, WORDS, to, true)
}

/** The words behind a digest in its block: the padding, and the length with the block of the key, in bits. */
function layDigest(words: usize): void {
  memory.fill(words, 0, 64)
  store<u32>(words, 0x80000000, 20)
  store<u32>(words, (64 + 20) * 8, 60)
}
