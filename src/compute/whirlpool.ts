import { once } from '../once.js'

// Whirlpool as ISO/IEC 10118-3:2004 has it. OpenSSL 3 no longer has it by default.

const BLOCK_BYTES = 64
const LENGTH_BYTES = 32
const ROUNDS = 10
// The S-box is made of two boxes of four bits and the inverse of the first. The row is the first of the diffusion matrix.
const EXPONENTIAL = [1, 11, 9, 12, 13, 6, 15, 3, 14, 8, 7, 4, 10, 2, 5, 0] as const
const PSEUDORANDOM = [7, 12, 11, 13, 14, 4, 9, 15, 6, 3, 8, 10, 2, 5, 1, 0] as const
const ROW = [1, 1, 4, 1, 8, 5, 2, 9] as const
// The field's polynomial, x^8 + x^4 + x^3 + x^2 + 1.
const POLYNOMIAL = 0x11d

/** Whirlpool of a message. The padded message and the states are overwritten afterwards. */
export function whirlpool(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES)
  padded.set(message)
  padded[message.length] = 0x80
  const words = new DataView(padded.buffer)
  words.setBigUint64(padded.length - 8, BigInt(message.length) * 8n)
  const chain = new Uint32Array(16)
  const state = new Uint32Array(16)
  for (let start = 0; start < padded.length; start += BLOCK_BYTES) {
    for (let word = 0; word < 16; word++) state[word] = words.getUint32(start + word * 4)
    compress(chain, state)
  }
  padded.fill(0)
  state.fill(0)
  const digest = new DataView(new ArrayBuffer(BLOCK_BYTES))
  chain.forEach((word, place) => {
    digest.setUint32(place * 4, word)
  })
  return new Uint8Array(digest.buffer)
}

/** Makes the next chaining value of a block: the cipher of the block, the block, and the value before (Miyaguchi-Preneel). */
function compress(chain: Uint32Array, block: Uint32Array): void {
  const { columns, constants } = tables()
  const key = Uint32Array.from(chain)
  const mixed = new Uint32Array(16)
  chain.forEach((word, place) => (chain[place] = word ^ (block[place] ?? 0)))
  const state = Uint32Array.from(chain)
  for (let round = 0; round < ROUNDS; round++) {
    mix(columns, key, mixed)
    key.set(mixed)
    key[0] = (key[0] ?? 0) ^ (constants[2 * round] ?? 0)
    key[1] = (key[1] ?? 0) ^ (constants[2 * round + 1] ?? 0)
    mix(columns, state, mixed)
    for (let word = 0; word < 16; word++) state[word] = (mixed[word] ?? 0) ^ (key[word] ?? 0)
  }
  for (let word = 0; word < 16; word++) chain[word] = (chain[word] ?? 0) ^ (state[word] ?? 0)
  mixed.fill(0)
  state.fill(0)
}

/** One round without its key: S-box, shift of the columns and diffusion, from tables. A row has two words. */
function mix(columns: Uint32Array, from: Uint32Array, to: Uint32Array): void {
  for (let row = 0; row < 8; row++) {
    let high = 0
    let low = 0
    for (let column = 0; column < 8; column++) {
      const word = from[(((row - column) & 7) << 1) + (column >> 2)] ?? 0
      const entry = ((column << 8) | ((word >>> (24 - 8 * (column & 3))) & 0xff)) << 1
      high ^= columns[entry] ?? 0
      low ^= columns[entry + 1] ?? 0
    }
    to[2 * row] = high
    to[2 * row + 1] = low
  }
}

/** The rows that each byte gives in each column, and the constants of the rounds. They are made when they are first needed. */
const tables: () => { readonly columns: Uint32Array; readonly constants: Uint32Array } = /* @__PURE__ */ once(
  () => {
    const box = Uint8Array.from({ length: 256 }, (_, byte) => substitute(byte))
    const columns = new Uint32Array(2 * 8 * 256)
    for (const [byte, value] of box.entries()) {
      const row = ROW.map((factor) => multiply(value, factor))
      for (let column = 0; column < 8; column++) {
        const turned = (from: number): number =>
          [0, 1, 2, 3].reduce((word, at) => (word << 8) | (row[(from + at - column) & 7] ?? 0), 0)
        columns[2 * ((column << 8) | byte)] = turned(0)
        columns[2 * ((column << 8) | byte) + 1] = turned(4)
      }
    }
    const first = new DataView(box.buffer)
    return {
      columns,
      constants: Uint32Array.from({ length: 2 * ROUNDS }, (_, word) => first.getUint32(4 * word)),
    }
  },
)

function substitute(byte: number): number {
  const inverse = (value: number): number => EXPONENTIAL.findIndex((entry) => entry === value)
  const upper = EXPONENTIAL[byte >> 4] ?? 0
  const lower = inverse(byte & 15)
  const middle = PSEUDORANDOM[upper ^ lower] ?? 0
  return ((EXPONENTIAL[upper ^ middle] ?? 0) << 4) | inverse(lower ^ middle)
}

/** The product of two elements of the field; the factor has four bits. */
function multiply(value: number, factor: number): number {
  let product = 0
  for (let bit = 3; bit >= 0; bit--) {
    product = product << 1
    if (product > 0xff) product ^= POLYNOMIAL
    if (((factor >> bit) & 1) === 1) product ^= value
  }
  return product
}
