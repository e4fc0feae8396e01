// Iterated digests: h = H(first), then `count` times h = H(h || tail), with H one of MD5 (RFC 1321), SHA-1, SHA-256,
// SHA-384 and SHA-512 (FIPS 180-4).
//
// The loop is fast because most of a round's message stays the same. Every digest is a whole number of words and shorter than
// a block, so only the first words of the first block of h || tail || padding change from one round to the next. The padded
// message is laid out in memory once, as the words that the compression function reads; a round writes its digest over those
// first words. SHA expands the 16 words of a block into 64 or 80: the first block in each round, all others once.
//
// Memory, one page, addresses in bytes:
//
//         0   tables and initial values, written once by the caller: see beside each algorithm, and below
//      1408   STATE: the chaining value between blocks, the digest in words at the end
//      1472   MESSAGE: the padded message; `first` when called, the digest in bytes on return
//      9792   TAIL, when called
//     17984   EXPANDED: the words of each block, for SHA; MD5 takes its words out of MESSAGE. The most is SHA-1's 129 blocks of
//             81 words, for a tail of 8192 bytes: up to 59780

import { compress as md5 } from './digest-loops-md5.as'
import { compress as sha1 } from './digest-loops-sha1.as'
import { compress as sha256 } from './digest-loops-sha256.as'
import { compress as sha512 } from './digest-loops-sha512.as'

const STATE: usize = 1408
export const MESSAGE: usize = 1472
export const TAIL: usize = 9792
const EXPANDED: usize = 17984
const END: usize = 59784

const MD5_SHA1_INITIAL: usize = 1152
const SHA256_INITIAL: usize = 1184
const SHA512_INITIAL: usize = 1216
const SHA384_INITIAL: usize = 1296

const MD5: u32 = 0
const SHA1: u32 = 1
const SHA256: u32 = 2
const SHA512: u32 = 3
// SHA-512 with other initial values, of which the first six words are kept.
const SHA384: u32 = 4

// The algorithm at work and its sizes in bytes, set by `choose`.
let algorithm: u32 = 0
let blockBytes: usize = 0
let digestBytes: usize = 0
let initial: usize = 0
// The address of the words of the first block, and the distance from one block's words to the next's.
let words: usize = 0
let stride: usize = 0

/** Runs the loop, which leaves the digest at MESSAGE. It overwrites nothing: see `wipe`. */
export function iterate(which: u32, firstLength: usize, tailLength: usize, count: u32): void {
  choose(which)
  hash(lay(firstLength), true, STATE)
  if (count > 0) {
    memory.copy(MESSAGE + digestBytes, TAIL, tailLength)
    const blocks = lay(digestBytes + tailLength)
    memory.copy(words, STATE, digestBytes)
    hash(blocks, true, which == SHA384 ? STATE : words)
    if (which == SHA384) memory.copy(words, STATE, digestBytes)
    if (which == MD5 && blocks == 1) {
      for (let left = count - 1; left > 0; left--) md5(MD5_SHA1_INITIAL, MESSAGE, MESSAGE)
    } else if (which == SHA384) {
      // The two words that are not kept would overwrite the message behind the digest.
      for (let left = count - 1; left > 0; left--) {
        hash(blocks, false, STATE)
        memory.copy(words, STATE, digestBytes)
      }
    } else {
      for (let left = count - 1; left > 0; left--) hash(blocks, false, words)
    }
    memory.copy(STATE, words, digestBytes)
  }
  writeDigest()
}

/** Overwrites all of a message and a digest. */
export function wipe(): void {
  memory.fill(STATE, 0, END - STATE)
}

function choose(which: u32): void {
  algorithm = which
  blockBytes = which >= SHA512 ? 128 : 64
  digestBytes = which == MD5 ? 16 : which == SHA1 ? 20 : which == SHA256 ? 32 : which == SHA384 ? 48 : 64
  initial = initialOf(which)
  words = which == MD5 ? MESSAGE : EXPANDED
  stride = which == MD5 ? 64 : which == SHA1 ? 324 : which == SHA256 ? 256 : 640
}

function initialOf(which: u32): usize {
  if (which == SHA384) return SHA384_INITIAL
  if (which == SHA512) return SHA512_INITIAL
  return which == SHA256 ? SHA256_INITIAL : MD5_SHA1_INITIAL
}

/** Pads the message (RFC 1321, 3.1; FIPS 180-4, 5.1) and lays out the words of its blocks, whose number it gives. */
function lay(length: usize): usize {
  // The padding is 0x80, zeros, and the length in bits: 128 bits for SHA-384 and SHA-512, whose upper half is always zero here.
  const blocks = (length + (blockBytes >> 3)) / blockBytes + 1
  const end = MESSAGE + blocks * blockBytes
  store<u8>(MESSAGE + length, 0x80)
  memory.fill(MESSAGE + length + 1, 0, end - MESSAGE - length - 1)
  const bits = <u64>length << 3
  store<u64>(end - 8, algorithm == MD5 ? bits : swap64(bits))
  if (algorithm == MD5) return blocks

  let to = words
  for (let from = MESSAGE; from < end; from += blockBytes) {
    for (let at: usize = 0; at < blockBytes; at += wordBytes()) copyWord(from + at, to + at)
    to += stride
  }
  return blocks
}

/**
 * Compresses all blocks and writes the digest to `to`. With `fresh` all blocks are new, else all but the first have been
 * expanded before.
 */
function hash(blocks: usize, fresh: bool, to: usize): void {
  let from = initial
  let at = words
  for (let left = blocks; left > 0; left--) {
    const target = left == 1 ? to : STATE
    const expand = fresh || left == blocks
    if (algorithm == MD5) md5(from, at, target)
    else if (algorithm == SHA1) sha1(from, at, target, expand)
    else if (algorithm == SHA256) sha256(from, at, target, expand)
    else sha512(from, at, target, expand)
    from = STATE
    at += stride
  }
}

function writeDigest(): void {
  for (let at: usize = 0; at < digestBytes; at += wordBytes()) copyWord(STATE + at, MESSAGE + at)
}

@inline
function wordBytes(): usize {
  return algorithm >= SHA512 ? 8 : 4
}

/** Copies a word, with its bytes swapped for SHA, whose words are big-endian. */
function copyWord(from: usize, to: usize): void {
  if (algorithm >= SHA512) store<u64>(to, swap64(load<u64>(from)))
  else if (algorithm == MD5) store<u32>(to, load<u32>(from))
  else store<u32>(to, swap32(load<u32>(from)))
}

// AssemblyScript's own bswap is in its library, and nothing of that is in the kernels.

@inline
function swap64(word: u64): u64 {
  return (<u64>swap32(<u32>word) << 32) | swap32(<u32>(word >> 32))
}

@inline
function swap32(word: u32): u32 {
  return rotl<u32>(word & 0xff00ff00, 8) | rotr<u32>(word & 0x00ff00ff, 8)
}
