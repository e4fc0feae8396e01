/**
 * Argon2d, Argon2i and Argon2id, versions 0x10 and 0x13 (RFC 9106).
 *
 *     H0       = BLAKE2b-64(parameters, password, salt, ...)   the caller lays this message out at INPUT
 *     B[l][i]  = H'(H0, i, l)                                  the first two blocks of lane l, i = 0 and 1
 *     B[l][i]  = G(B[l][i-1], B[m][j])                         every other block, in each pass
 *     tag      = H'(xor of the last blocks of all lanes)       the caller reads it at OUTPUT
 *
 * H' and BLAKE2b are in argon2-blake2b.as.ts, G is in argon2-block.as.ts, both with SIMD.
 *
 * Memory: constants and scratch in the first page, then the matrix, one lane after the other. The caller grows
 * the memory; blocks need not be zero before use. A lane is a row of four segments; the segments of one slice do not
 * refer to each other, so the lanes of a slice are computed one after the other.
 */
import { blake2b, stretch, wipeHash } from './argon2-blake2b.as'
import { BLOCK, mixColumns, mixRows, touch, wipeWork } from './argon2-block.as'

const MATRIX: usize = 65536
const TYPE_I: u32 = 1
const TYPE_ID: u32 = 2
const VERSION_13: u32 = 0x13

const ZERO: usize = memory.data(1024, 16)

// Everything below is overwritten by wipe().
const SCRATCH_BYTES: i32 = 24768
const SCRATCH: usize = memory.data(SCRATCH_BYTES, 64)
const COUNTER: usize = SCRATCH             // data-independent addressing: what is hashed,
const HALFWAY: usize = COUNTER + BLOCK     // hashed once,
const ADDRESSES: usize = HALFWAY + BLOCK   // hashed twice: 128 words
const LAST: usize = ADDRESSES + BLOCK + 16 // the xor of the last blocks; stretch needs four bytes in front
const SEED: usize = LAST + BLOCK + 16      // H0, column and lane, 72 bytes; here too
export const OUTPUT: usize = SEED + 80     // 4096 bytes
export const INPUT: usize = OUTPUT + 4096  // ten numbers and four strings of at most 4096 bytes: 16424 bytes

let type: u32 = 0
let iterations: u32 = 0
let lanes: u32 = 0
let segmentLength: u32 = 0
let laneLength: u32 = 0

// The segment being filled.
let ownLane: u32 = 0
let ownLaneOnly: bool = false
let firstColumn: u32 = 0   // of the blocks that may be referred to
let finishedBlocks: u32 = 0 // how many of a lane are complete, as every lane sees it

@inline function blockAt(lane: u32, column: u32): usize {
  return MATRIX + <usize>(lane * laneLength + column) * BLOCK
}

// The reference block for the index-th block of the segment, from a pseudo-random word (RFC 9106, 3.4.2).
function referenceFor(index: u32, word: u64): usize {
  const lane = ownLaneOnly ? ownLane : <u32>(word >> 32) % lanes
  const candidates = lane == ownLane ? finishedBlocks + index - 1 : finishedBlocks - u32(index == 0)
  const low = word & 0xffffffff
  const back = <u32>((((low * low) >> 32) * <u64>candidates) >> 32)
  const column = firstColumn + candidates - 1 - back
  return blockAt(lane, column < laneLength ? column : column - laneLength)
}

// The next 128 words of data-independent addressing (RFC 9106, 3.4.1.2).
function nextAddresses(): void {
  store<u64>(COUNTER, load<u64>(COUNTER, 48) + 1, 48)
  mixRows(ZERO, COUNTER, HALFWAY, false)
  mixColumns(HALFWAY, 0, 128)
  mixRows(ZERO, HALFWAY, ADDRESSES, false)
  mixColumns(ADDRESSES, 0, 128)
}

function fillSegment(pass: u32, slice: u32, withXor: bool): void {
  const start: u32 = pass == 0 && slice == 0 ? 2 : 0
  if (start >= segmentLength) return
  const independent = type == TYPE_I || (type == TYPE_ID && pass == 0 && slice < 2)
  firstColumn = pass == 0 || slice == 3 ? 0 : (slice + 1) * segmentLength
  finishedBlocks = pass == 0 ? slice * segmentLength : laneLength - segmentLength
  ownLaneOnly = lanes == 1 || (pass == 0 && slice == 0)
  if (independent) {
    memory.fill(COUNTER, 0, BLOCK)
    store<u64>(COUNTER, pass)
    store<u64>(COUNTER, ownLane, 8)
    store<u64>(COUNTER, slice, 16)
    store<u64>(COUNTER, lanes * laneLength, 24)
    store<u64>(COUNTER, iterations, 32)
    store<u64>(COUNTER, type, 40)
    nextAddresses()
  }
  const column = slice * segmentLength + start
  let block = blockAt(ownLane, column)
  let previous = blockAt(ownLane, column == 0 ? laneLength - 1 : column - 1)
  let reference = referenceFor(start, load<u64>(independent ? ADDRESSES + 8 * start : previous))
  for (let next = start + 1; next <= segmentLength; next++) {
    if (independent && (next & 127) == 0) nextAddresses()
    mixRows(previous, reference, block, withXor)
    // The next reference depends on the first word of this block, which the first two columns give.
    mixColumns(block, 0, 32)
    reference = referenceFor(next, load<u64>(independent ? ADDRESSES + 8 * (next & 127) : block))
    touch(reference)
    mixColumns(block, 32, 128)
    previous = block
    block += BLOCK
  }
}

/** Writes the tag to OUTPUT. The message of H0 is at INPUT; the caller has checked all bounds. */
export function derive(inputLength: usize, variant: u32, version: u32, kibibytes: u32, passes: u32, parallelism: u32, length: usize): void {
  type = variant
  iterations = passes
  lanes = parallelism
  segmentLength = kibibytes / (4 * lanes)
  laneLength = 4 * segmentLength

  blake2b(INPUT, inputLength, SEED, 64)
  for (let lane: u32 = 0; lane < lanes; lane++) {
    for (let column: u32 = 0; column < 2; column++) {
      store<u32>(SEED, column, 64)
      store<u32>(SEED, lane, 68)
      stretch(SEED, 72, blockAt(lane, column), BLOCK)
    }
  }

  for (let pass: u32 = 0; pass < passes; pass++) {
    for (let slice: u32 = 0; slice < 4; slice++) {
      for (ownLane = 0; ownLane < lanes; ownLane++) fillSegment(pass, slice, version == VERSION_13 && pass > 0)
    }
  }

  memory.copy(LAST, blockAt(0, laneLength - 1), BLOCK)
  for (let lane: u32 = 1; lane < lanes; lane++) {
    const last = blockAt(lane, laneLength - 1)
    for (let at: usize = 0; at < BLOCK; at += 16) v128.store(LAST + at, v128.xor(v128.load(LAST + at), v128.load(last + at)))
  }
  stretch(LAST, BLOCK, OUTPUT, length)
}

/**
 * Overwrites the scratch and all blocks of the last derivation. The first and last blocks would not be enough: with one
 * pass, or in version 0x10, the last block can be computed again from the one before it and its reference, and with one
 * pass a block near the start tests a guess of the password at almost no cost. It takes one to four hundredths of the
 * derivation's time.
 */
export function wipe(): void {
  wipeHash()
  wipeWork()
  memory.fill(SCRATCH, 0, SCRATCH_BYTES)
  memory.fill(MATRIX, 0, <usize>(lanes * laneLength) * BLOCK)
}
