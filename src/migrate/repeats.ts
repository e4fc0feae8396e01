// Above this many, fingerprints are of 32 bits, of which some are equal by chance.
const EXACT = 1_000_000
const TWO_TO_32 = 2 ** 32
const PARTS = 256
const PART_SHIFT = 24
/** The fingerprints of a piece: half-filled ones waste 2 MiB in 256 parts. */
const PIECE = 4096
const FEW = 10

/** How many accounts share a text with another, and in how many groups; under 10 of either is 0. */
export interface Repeats {
  readonly accounts: number
  readonly groups: number
  /** Whether the numbers are estimates, as with over a million rows. */
  readonly about: boolean
}

export interface RepeatCounter {
  readonly add: (text: string) => void
  readonly count: () => Repeats
}

/** Makes a counter of texts that stand more than once, by fingerprints: 8 bytes a text up to a million, 4 bytes above. */
export function createRepeatCounter(): RepeatCounter {
  let exact: List<Float64Array> | undefined = { pieces: [], count: 0 }
  // By the highest bits of a fingerprint, so that one part at a time is put together and sorted.
  let parts: readonly List<Uint32Array>[] = []
  const addPart = (print: number): void => {
    const part = parts[print >>> PART_SHIFT]
    if (part !== undefined) append(part, print >>> 0, () => new Uint32Array(PIECE))
  }
  return {
    add: (text) => {
      const print = fingerprint(text)
      if (exact === undefined) {
        addPart(print)
        return
      }
      append(exact, print, () => new Float64Array(PIECE))
      if (exact.count <= EXACT) return
      parts = Array.from({ length: PARTS }, () => ({ pieces: [], count: 0 }))
      copyInto(exact, new Float64Array(exact.count)).forEach(addPart)
      exact = undefined
    },
    count: () => {
      if (exact !== undefined) {
        const { accounts, groups } = sortAndCount(copyInto(exact, new Float64Array(exact.count)))
        return { accounts: hideFew(accounts), groups: hideFew(groups), about: false }
      }
      let [texts, accounts, groups] = [0, 0, 0]
      const room = new Uint32Array(Math.max(...parts.map(({ count }) => count)))
      for (const part of parts) {
        const found = sortAndCount(copyInto(part, room))
        texts += part.count
        accounts += found.accounts
        groups += found.groups
      }
      return estimate({ texts, accounts, groups })
    },
  }
}

type Prints = Float64Array | Uint32Array

/** Fingerprints in pieces of one length: an array that grew would leave its smaller ones for the garbage collector. */
interface List<P extends Prints> {
  readonly pieces: P[]
  count: number
}

function append<P extends Prints>(list: List<P>, print: number, make: () => P): void {
  const place = list.count++ % PIECE
  if (place === 0) list.pieces.push(make())
  const piece = list.pieces.at(-1)
  if (piece !== undefined) piece[place] = print
}

/** Copies the pieces into an array with room for them, and gives the part of it that they take. */
function copyInto({ pieces, count }: List<Prints>, all: Prints): Prints {
  for (const [at, piece] of pieces.entries()) all.set(piece.subarray(0, count - at * PIECE), at * PIECE)
  return all.subarray(0, count)
}

/** Sorts fingerprints where they stand, and counts those that are equal. */
function sortAndCount(prints: Prints): Omit<Found, 'texts'> {
  const sorted = prints.sort()
  let [accounts, groups] = [0, 0]
  for (let start = 0; start < sorted.length;) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    if (end - start > 1) {
      accounts += end - start
      groups++
    }
    start = end
  }
  return { accounts, groups }
}

/**
 * Takes away what is equal by chance among fingerprints of 32 bits: of ten million texts, all different, 23,000 share theirs with
 * another. A text alone keeps a fingerprint to itself with the probability that none of the others falls on it.
 */
function estimate({ texts, accounts, groups }: Found): Repeats {
  const prints = texts - accounts + groups
  const different = -TWO_TO_32 * Math.log1p(-prints / TWO_TO_32)
  const alone = (texts - accounts) / Math.exp(-different / TWO_TO_32)
  // Four standard deviations of the number of pairs that chance makes.
  const noise = 4 * Math.sqrt(different ** 2 / 2 / TWO_TO_32)
  const show = (count: number): number => (count < noise ? 0 : hideFew(Number(count.toPrecision(3))))
  return { accounts: show(texts - alone), groups: show(different - alone), about: true }
}

interface Found {
  readonly texts: number
  readonly accounts: number
  readonly groups: number
}

/** Nobody is to learn from an audit who shares a password: few are none. */
function hideFew(count: number): number {
  return count < FEW ? 0 : count
}

/** A fingerprint of 53 bits: two multiplicative hashes of 32 bits over the characters. It keeps nobody from finding collisions. */
function fingerprint(text: string): number {
  let first = 0x811c9dc5
  let second = 0x9e3779b9
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code, 0x85ebca6b)
    second ^= second >>> 13
  }
  first ^= first >>> 16
  return TWO_TO_32 * ((Math.imul(second ^ (second >>> 15), 0xc2b2ae35) >>> 0) & 0x1fffff) + (first >>> 0)
}
