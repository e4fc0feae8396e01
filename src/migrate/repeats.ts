// Above this many, fingerprints are of 32 bits, of which some are equal by chance.
const EXACT = 1_000_000
const TWO_TO_32 = 2 ** 32
const PARTS = 256
const PART_SHIFT = 24
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
  let exact: List<Float64Array> | undefined = { prints: new Float64Array(4096), count: 0 }
  // By the highest bits of a fingerprint, so that no list is long: one that grows stands in memory twice.
  let parts: readonly List<Uint32Array>[] = []
  const addPart = (print: number): void => {
    const part = parts[print >>> PART_SHIFT]
    if (part !== undefined) append(part, print >>> 0, (length) => new Uint32Array(length))
  }
  return {
    add: (text) => {
      const print = fingerprint(text)
      if (exact === undefined) {
        addPart(print)
        return
      }
      append(exact, print, (length) => new Float64Array(length))
      if (exact.count <= EXACT) return
      parts = Array.from({ length: PARTS }, () => ({ prints: new Uint32Array(EXACT / PARTS), count: 0 }))
      exact.prints.subarray(0, exact.count).forEach(addPart)
      exact = undefined
    },
    count: () => {
      let texts = 0
      let accounts = 0
      let groups = 0
      for (const { prints, count } of exact === undefined ? parts : [exact]) {
        texts += count
        const sorted = prints.subarray(0, count).sort()
        for (let start = 0; start < sorted.length;) {
          let end = start + 1
          while (end < sorted.length && sorted[end] === sorted[start]) end++
          if (end - start > 1) {
            accounts += end - start
            groups++
          }
          start = end
        }
      }
      return exact === undefined
        ? estimate({ texts, accounts, groups })
        : { accounts: hideFew(accounts), groups: hideFew(groups), about: false }
    },
  }
}

interface List<Prints> {
  prints: Prints
  count: number
}

function append<Prints extends Float64Array | Uint32Array>(
  list: List<Prints>,
  print: number,
  make: (length: number) => Prints,
): void {
  if (list.count === list.prints.length) {
    const larger = make(Math.ceil(list.count * 1.5))
    larger.set(list.prints)
    list.prints = larger
  }
  list.prints[list.count++] = print
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
