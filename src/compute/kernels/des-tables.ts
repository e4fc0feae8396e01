/**
 * The tables of DES (FIPS 46-3), in the form in which crypt-des.as.ts and the stand-in use them.
 *
 * Each half of a block is kept rotated to the right by one bit. The expansion E then needs no work: the six bits for the S-boxes
 * 1, 3, 5 and 7 are the upper six of the half's four bytes, and those for the other S-boxes the upper six of the bytes of the
 * half rotated to the left by four.
 */
export interface DesTables {
  /** For each S-box 64 words: its four bits for each six, in their places behind P, rotated as the halves are. */
  readonly boxes: Uint32Array
  /**
   * For each of a key's 56 bits 32 words: what the bit sets in the two words of each of the 16 rounds. The key schedule does
   * nothing but choose bits, so the schedule of a key is the exclusive or of the schedules of its bits.
   */
  readonly keyBits: Uint32Array
  /** For each bit of what IP gives, the highest first, the bit that IP takes, counted from the highest as 0. */
  readonly initial: Uint8Array
}

/** The S-boxes, a row each sixteen digits. */
const BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((rows) => rows.split(' '))

const P = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22,
  11, 4, 25,
]

/** PC-2, by S-box. Its first half chooses from the first half of the key, its second from the second. */
const CHOICE = [
  [14, 17, 11, 24, 1, 5],
  [3, 28, 15, 6, 21, 10],
  [23, 19, 12, 4, 26, 8],
  [16, 7, 27, 20, 13, 2],
  [41, 52, 31, 37, 47, 55],
  [30, 40, 51, 45, 33, 48],
  [44, 49, 39, 56, 34, 53],
  [46, 42, 50, 36, 29, 32],
]

const ROUNDS = 16
const HALF_KEY = 28
/** The rounds before which the halves of the key are rotated by one place and not by two. */
const SINGLE = [0, 1, 8, 15]

export function desTables(): DesTables {
  return { boxes: makeBoxes(), keyBits: makeKeyBits(), initial: makeInitial() }
}

function makeBoxes(): Uint32Array {
  const boxes = new Uint32Array(8 * 64)
  for (const [box, rows] of BOXES.entries()) {
    for (let six = 0; six < 64; six++) {
      // The outer bits are the row, the inner ones the column.
      const row = ((six >> 4) & 2) | (six & 1)
      const four = Number(`0x${rows[row]?.charAt((six >> 1) & 15) ?? ''}`)
      for (const [to, from] of P.entries()) {
        if (((four << (28 - 4 * box)) << (from - 1)) >>> 31 === 1) set(boxes, 64 * box + six, 31 - to)
      }
    }
  }
  return boxes.map((word) => (word >>> 1) | (word << 31))
}

function makeKeyBits(): Uint32Array {
  const keyBits = new Uint32Array(8 * 7 * 2 * ROUNDS)
  let rotated = 0
  for (let round = 0; round < ROUNDS; round++) {
    rotated += SINGLE.includes(round) ? 1 : 2
    for (const [box, choice] of CHOICE.entries()) {
      for (const [place, chosen] of choice.entries()) {
        const half = chosen > HALF_KEY ? HALF_KEY : 0
        const source = half + ((chosen - 1 - half + rotated) % HALF_KEY)
        // The words of a round have the bits of the S-boxes 1, 3, 5 and 7, and those of 2, 4, 6 and 8.
        const word = 2 * ROUNDS * keyBitAt(source) + 2 * round + (box & 1)
        set(keyBits, word, 31 - 8 * (box >> 1) - place)
      }
    }
  }
  return keyBits
}

/**
 * PC-1: the bit of the key at a place of its two halves, of 56 bits that are counted without those of parity. The first half has
 * the columns 1 to 3 of the key's bytes and half of column 4, the second the columns 7 to 5 and the other half, each from the last
 * byte to the first.
 */
function keyBitAt(place: number): number {
  const inHalf = place % HALF_KEY
  const isFirst = place < HALF_KEY
  const isShared = inHalf >= 24
  const column = isShared ? 3 : isFirst ? inHalf >> 3 : 6 - (inHalf >> 3)
  const byte = isShared && !isFirst ? 3 - (inHalf - 24) : 7 - (inHalf & 7)
  return 7 * byte + column
}

/** IP: the second bits of all bytes from the last to the first, then the fourth, sixth, eighth, first, third, fifth and seventh. */
function makeInitial(): Uint8Array {
  return Uint8Array.from({ length: 64 }, (_, to) => {
    const row = to >> 3
    const bit = row < 4 ? 2 * row + 1 : 2 * (row - 4)
    return 8 * (7 - (to & 7)) + bit
  })
}

function set(words: Uint32Array, place: number, bit: number): void {
  words[place] = (words[place] ?? 0) | (1 << bit)
}
