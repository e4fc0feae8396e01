/**
 * The first bits of the fraction of pi in 32-bit words, the highest first: 243f6a88 85a308d3 …, Blowfish's initial state.
 *
 * The bits come from Chudnovsky's series by binary splitting, in integers. The series gains more than 47 bits a term, so that
 * 1042 words take some three milliseconds. Machin's formula, added up term by term, takes fifty.
 *
 * @see https://doi.org/10.1073/pnas.86.21.8178
 */
export function piFraction(words: number): Uint32Array {
  const bits = 32 * words + GUARD_BITS
  const { q, t } = sum(0, Math.ceil(bits / 47))
  const root = squareRoot(10005n << BigInt(2 * bits))
  const pi = (q * 426880n * root) / t
  const digits = BigInt.asUintN(bits, pi)
    .toString(16)
    .padStart(bits / 4, '0')
  return Uint32Array.from({ length: words }, (_, i) => Number(`0x${digits.slice(8 * i, 8 * i + 8)}`))
}

// The rest of the series and the roundings of root and quotient are errors of a few bits. 64 bits keep them out of the words.
const GUARD_BITS = 64

interface Terms {
  readonly p: bigint
  readonly q: bigint
  readonly t: bigint
}

/** The terms from `first` up to `end` as the fraction t / q, and p, the factor that all later terms share. */
function sum(first: number, end: number): Terms {
  if (end - first === 1) return term(first)
  const middle = Math.floor((first + end) / 2)
  const left = sum(first, middle)
  const right = sum(middle, end)
  return { p: left.p * right.p, q: left.q * right.q, t: left.t * right.q + left.p * right.t }
}

// The divisor is 640320 ** 3 / 24. The other products of a term stay below 2 ** 53 for some 50,000 terms, 70 times as many
// as Blowfish needs.
const STEP = 10939058860032000n

function term(k: number): Terms {
  if (k === 0) return { p: 1n, q: 1n, t: 13591409n }
  const p = BigInt(-(6 * k - 5) * (2 * k - 1) * (6 * k - 1))
  return { p, q: BigInt(k ** 3) * STEP, t: p * BigInt(13591409 + 545140134 * k) }
}

/**
 * The square root, wrong by a few units at most. The root of the upper half of the digits gives half of the root's digits,
 * and one step of Newton's iteration doubles their number.
 */
function squareRoot(n: bigint): bigint {
  if (n < 1n << 100n) return BigInt(Math.floor(Math.sqrt(Number(n))))
  const half = BigInt(n.toString(16).length)
  const start = squareRoot(n >> (2n * half)) << half
  return (start + n / start) >> 1n
}
