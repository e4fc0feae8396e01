import type { Mixer, Part, YescryptInput } from './kernels/yescrypt-digests.js'

// The parts of yescrypt's SMix in TypeScript, for where no kernel runs. kernels/yescrypt.as.ts says what they compute, and in what
// order they keep words: word 5i mod 16 of 64 bytes stands at place i.

const PART_WORDS = 16
const BOX_WORDS = 1_024
const BOX_ROWS = 96
const ENTRY = 0xff0
const NEXT_WRITE = 0x3ff

/** The boxes of a lane: their places in one array, and where the next words are written. */
interface Boxes {
  readonly words: Uint32Array
  readonly places: readonly [number, number, number]
  readonly write: number
}

/** Makes the parts for one input, with memory of their own, which `wipe` overwrites. */
export function createMixer({ variant, N, r, p }: YescryptInput): Mixer & { readonly wipe: () => void } {
  const row = 32 * r
  const v = new Uint32Array(row * N)
  const lanes = new Map<number, Boxes>()
  const boxWords = Array.from({ length: variant === 'rw' ? p : 0 }, () => new Uint32Array(3 * BOX_WORDS))

  function stepOf(lane: number | undefined): Step {
    if (lane === undefined) return mixSalsa
    return (x) => {
      const boxes = lanes.get(lane)
      if (boxes !== undefined) lanes.set(lane, mixBoxes(x, boxes))
    }
  }

  function mixRows(x: Uint32Array, { lane, rows, count }: Omit<Part, 'start'>, memory: Uint32Array): void {
    const step = stepOf(lane)
    const replaces = lane !== undefined && memory !== v
    for (let round = 0; round < count; round++) {
      const chosen = row * (wordAt(x, row - PART_WORDS) & (rows - 1))
      for (let at = 0; at < row; at++) x[at] = wordAt(x, at) ^ wordAt(memory, chosen + at)
      if (replaces) memory.set(x, chosen)
      step(x)
    }
  }

  return {
    fillBoxes: (head, lane) => {
      const words = boxWords[lane] ?? new Uint32Array(3 * BOX_WORDS)
      within(head, (x) => {
        fill(x, { v: words, rows: BOX_ROWS, step: mixSalsa, wraps: false })
      })
      lanes.set(lane, { words, places: [2 * BOX_WORDS, BOX_WORDS, 0], write: 0 })
    },
    fillAndMix: (block, { lane, start, rows, count }) => {
      const own = v.subarray(row * start, row * (start + rows))
      within(block, (x) => {
        fill(x, { v: own, rows, step: stepOf(lane), wraps: lane !== undefined })
        mixRows(
          x,
          { ...(lane !== undefined && { lane }), rows: 2 ** Math.floor(Math.log2(rows)), count },
          own,
        )
      })
    },
    mix: (block, part) => {
      within(block, (x) => {
        mixRows(x, part, v)
      })
    },
    wipe: () => {
      for (const words of [v, ...boxWords]) words.fill(0)
    },
  }
}

/** Overwrites X, a row, with BlockMix of it. */
type Step = (x: Uint32Array) => void

/** Gives the words of a block to some work, in the order of the lanes, and puts the words back. */
function within(block: Uint8Array, work: (x: Uint32Array) => void): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const placeOf = (word: number): number => (word & ~15) | ((5 * word) & 15)
  const x = Uint32Array.from({ length: block.length / 4 }, (_, word) =>
    view.getUint32(4 * placeOf(word), true),
  )
  work(x)
  x.forEach((value, word) => {
    view.setUint32(4 * placeOf(word), value, true)
  })
  x.fill(0)
}

interface Filling {
  readonly v: Uint32Array
  readonly rows: number
  readonly step: Step
  readonly wraps: boolean
}

function fill(x: Uint32Array, { v, rows, step, wraps }: Filling): void {
  const row = x.length
  let half = 1
  for (let i = 0; i < rows; i++) {
    v.set(x, row * i)
    if (wraps && i >= 2) {
      if (i >= 2 * half) half *= 2
      const chosen = row * ((wordAt(x, row - PART_WORDS) & (half - 1)) + i - half)
      for (let at = 0; at < row; at++) x[at] = wordAt(x, at) ^ wordAt(v, chosen + at)
    }
    step(x)
  }
}

/** scrypt's BlockMix, of Salsa20/8. */
function mixSalsa(x: Uint32Array): void {
  const parts = x.length / PART_WORDS
  const from = x.slice()
  const chain = from.slice(-PART_WORDS)
  for (let part = 0; part < parts; part++) {
    for (let at = 0; at < PART_WORDS; at++)
      chain[at] = wordAt(chain, at) ^ wordAt(from, PART_WORDS * part + at)
    salsa(chain, 8)
    // Parts with an even number make the first half of the row, the others the second half.
    x.set(chain, PART_WORDS * ((part >> 1) + (part % 2) * (parts / 2)))
  }
  for (const words of [from, chain]) words.fill(0)
}

/** BlockMix of pwxform, with Salsa20/2 of the last part. Gives the boxes with their new places. */
function mixBoxes(x: Uint32Array, { words, ...first }: Boxes): Boxes {
  const chain = x.slice(-PART_WORDS)
  let [s0, s1, s2] = first.places
  let { write } = first
  for (let start = 0; start < x.length; start += PART_WORDS) {
    for (let at = 0; at < PART_WORDS; at++) chain[at] = wordAt(chain, at) ^ wordAt(x, start + at)
    for (let round = 0; round < 6; round++) {
      for (let at = 0; at < PART_WORDS; at += 4) pwx(chain, { at, words, s0, s1 })
      if (round >= 1 && round <= 4) words.set(chain, s2 + write + PART_WORDS * (round - 1))
    }
    write = (write + 4 * PART_WORDS) & NEXT_WRITE
    ;[s0, s1, s2] = [s2, s0, s1]
    x.set(chain, start)
  }
  salsa(chain, 2)
  x.set(chain, x.length - PART_WORDS)
  chain.fill(0)
  return { words, places: [s0, s1, s2], write }
}

interface Place {
  readonly at: number
  readonly words: Uint32Array
  readonly s0: number
  readonly s1: number
}

/** One round of pwxform on the four words from `at` on, which are two of 64 bits. */
function pwx(chain: Uint32Array, { at, words, s0, s1 }: Place): void {
  // The numbers of both entries are in bytes.
  const first = s0 + ((wordAt(chain, at) & ENTRY) >> 2)
  const second = s1 + ((wordAt(chain, at + 1) & ENTRY) >> 2)
  for (let half = 0; half < 4; half += 2) {
    const low = wordAt(chain, at + half)
    const high = wordAt(chain, at + half + 1)
    const sum = (Math.imul(low, high) >>> 0) + wordAt(words, first + half)
    const carry = sum > 0xffff_ffff ? 1 : 0
    const rest = multiplyHigh(low, high) + wordAt(words, first + half + 1) + carry
    chain[at + half] = sum ^ wordAt(words, second + half)
    chain[at + half + 1] = rest ^ wordAt(words, second + half + 1)
  }
}

/** The upper 32 bits of the product of two words. */
function multiplyHigh(a: number, b: number): number {
  const [lowA, highA, lowB, highB] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  const middle = highA * lowB + ((lowA * lowB) >>> 16)
  return highA * highB + (middle >>> 16) + ((lowA * highB + (middle & 0xffff)) >>> 16)
}

function salsa(x: Uint32Array, rounds: number): void {
  const before = x.slice()
  for (let round = 0; round < rounds; round += 2) {
    for (let k = 0; k < 4; k++) quarter(x, [k, k + 4, k + 8, k + 12])
    for (let k = 0; k < 4; k++) quarter(x, [k, inRow(k, 1), inRow(k, 2), inRow(k, 3)])
  }
  for (let at = 0; at < PART_WORDS; at++) x[at] = wordAt(x, at) + wordAt(before, at)
  before.fill(0)
}

/** The place of a word in row k of Salsa20's matrix, so many words behind the diagonal. */
function inRow(k: number, behind: number): number {
  return (13 * (4 * k + ((k + behind) & 3))) & 15
}

function quarter(x: Uint32Array, [a, b, c, d]: readonly [number, number, number, number]): void {
  x[b] = wordAt(x, b) ^ rotate(wordAt(x, a) + wordAt(x, d), 7)
  x[c] = wordAt(x, c) ^ rotate(wordAt(x, b) + wordAt(x, a), 9)
  x[d] = wordAt(x, d) ^ rotate(wordAt(x, c) + wordAt(x, b), 13)
  x[a] = wordAt(x, a) ^ rotate(wordAt(x, d) + wordAt(x, c), 18)
}

function rotate(sum: number, bits: number): number {
  return (sum << bits) | (sum >>> (32 - bits))
}

function wordAt(words: Uint32Array, place: number): number {
  return words[place] ?? 0
}
