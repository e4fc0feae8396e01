const BLOCK_BYTES = 64
const LENGTH_BYTES = 8
// RFC 1320 section 3.4 gives the word of the block that each step takes, and the bits by which it turns, four steps at a time.
const ORDERS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const
const TURNS = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const
const ADDED = [0, 0x5a827999, 0x6ed9eba1] as const
const INITIAL = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const

/** MD4 of a message (RFC 1320). By default OpenSSL 3 no longer has MD4. The padded message is overwritten afterwards. */
export function md4(message: Uint8Array): Uint8Array {
  const padded = pad(message)
  const state = Int32Array.from(INITIAL)
  const words = new DataView(padded.buffer)
  for (let start = 0; start < padded.length; start += BLOCK_BYTES) compress(state, words, start)
  padded.fill(0)
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, place) => {
    digest.setInt32(place * 4, word, true)
  })
  return new Uint8Array(digest.buffer)
}

function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES)
  const padded = new Uint8Array(blocks * BLOCK_BYTES)
  padded.set(message)
  padded[message.length] = 0x80
  const bits = new DataView(padded.buffer, padded.length - LENGTH_BYTES)
  bits.setBigUint64(0, BigInt(message.length) * 8n, true)
  return padded
}

function compress(state: Int32Array, words: DataView, start: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (const [round, order] of ORDERS.entries()) {
    for (const [step, word] of order.entries()) {
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
      const sum = (a + mixed + words.getInt32(start + word * 4, true) + (ADDED[round] ?? 0)) | 0
      const turn = TURNS[round]?.[step % 4] ?? 0
      ;[a, b, c, d] = [d, (sum << turn) | (sum >>> (32 - turn)), b, c]
    }
  }
  state[0] = (state[0] ?? 0) + a
  state[1] = (state[1] ?? 0) + b
  state[2] = (state[2] ?? 0) + c
  state[3] = (state[3] ?? 0) + d
}
