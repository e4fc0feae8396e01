import { fieldOf } from './fields.js'
import type { Field } from './fields.js'
import { readItoa64Digit } from './itoa64.js'
import { malformed } from './problem.js'
import type { Malformed } from './problem.js'

// yescrypt writes its parameters one after another, each as a number of one to six characters: `j9T` is the flavor, log2 of N, and
// r. More may follow: a number that says which, and p, t, g and log2 of the size of a ROM.

export interface YescryptParams {
  readonly flavor: 'rw' | 'worm' | 'scrypt'
  readonly N: number
  readonly r: number
  readonly p: number
  readonly t: number
}

// scrypt itself, scrypt with a time, and the one set of settings of pwxform that the reference computes.
const FLAVORS: ReadonlyMap<number, YescryptParams['flavor']> = /* @__PURE__ */ new Map([
  [0, 'scrypt'],
  [1, 'worm'],
  [47, 'rw'],
])
// The bits of the number that says which parameters follow. The reference computes nothing with g, and a digest with a ROM cannot
// be checked without the ROM.
const HAS_P = 1
const HAS_T = 2
const MAX_LOG2_N = 31
const MAX_NUMBERS = 6

/** Reads the parameters that the reference computes: N from 4 to 2^31, with boxes at least 4 for each p, and r p < 2^30. */
export function readYescryptParams(field: Field): YescryptParams | Malformed {
  const numbers = readNumbers(field)
  if (typeof numbers === 'string') return malformed(numbers, 'parameters')
  // Numbers are written less their least value, and what has its default is not written.
  const [flavorNumber = -1, log2N = -1, rLess1 = -1, which = -1, ...others] = numbers
  if (rLess1 < 0) return malformed('length', 'parameters')
  const has = which + 1
  if (has > (HAS_P | HAS_T)) return malformed('range', 'parameters')
  if (others.length !== (has & HAS_P) + ((has & HAS_T) >> 1)) return malformed('length', 'parameters')
  const p = (has & HAS_P) !== 0 ? (others[0] ?? 0) + 2 : 1
  const t = (has & HAS_T) !== 0 ? (others.at(-1) ?? 0) + 1 : 0

  const flavor = FLAVORS.get(flavorNumber)
  if (flavor === undefined) return malformed('range', 'flavor')
  const N = 2 ** (log2N + 1)
  if (log2N < 1 || log2N >= MAX_LOG2_N) return malformed('range', 'N')
  const r = rLess1 + 1
  if (r * p >= 2 ** 30 || (flavor === 'rw' && N / p < 4)) return malformed('range', 'p')
  if (flavor === 'scrypt' && t > 0) return malformed('range', 't')
  return { flavor, N, r, p, t }
}

/** The numbers of a text that holds nothing else, or the problem of the text. */
function readNumbers({ text, start, end }: Field): readonly number[] | 'alphabet' | 'length' {
  const numbers: number[] = []
  for (let at = start; at < end;) {
    const first = readItoa64Digit(fieldOf(text, at, at + 1))
    if (first === undefined) return 'alphabet'
    const { length, digit, offset } = sizeOf(first)
    if (numbers.length === MAX_NUMBERS || at + length > end) return 'length'
    let value = digit
    for (const stop = at + length; ++at < stop;) {
      const next = readItoa64Digit(fieldOf(text, at, at + 1))
      if (next === undefined) return 'alphabet'
      value = value * 64 + next
    }
    numbers.push(offset + value)
  }
  return numbers
}

/**
 * What the first character of a number says: how many characters the number has, the character's part of it, and how many
 * numbers are shorter. 48 of the characters begin a number of one, 8 one of two, 4, 2, 1 and 1 the others. So every number has one
 * spelling.
 */
function sizeOf(first: number): { readonly length: number; readonly digit: number; readonly offset: number } {
  let length = 1
  let start = 0
  let end = 47
  let offset = 0
  while (first > end) {
    offset += (end + 1 - start) * 64 ** (length - 1)
    start = end + 1
    end = start + ((62 - end) >> 1)
    length++
  }
  return { length, digit: first - start, offset }
}
