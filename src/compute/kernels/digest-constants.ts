/**
 * The tables of MD5, SHA-1 and SHA-2, computed from their definitions in integers.
 *
 * @see RFC 1321, section 3.4; FIPS 180-4, sections 4.2 and 5.3
 */

/**
 * MD5's table: floor(2^32 * |sin(i + 1)|), i from 0 to 63. Each sine follows from two: sin(n + 1) = 2 cos(1) sin(n) - sin(n - 1).
 */
export function md5Sines(): readonly number[] {
  const twiceCosine = 2n * series(0n)
  let before = 0n
  let sine = series(1n)
  return Array.from({ length: 64 }, () => {
    const magnitude = sine < 0n ? -sine : sine
    const next = ((twiceCosine * sine) >> FRACTION_BITS) - before
    before = sine
    sine = next
    return Number(magnitude >> (FRACTION_BITS - 32n))
  })
}

/** SHA-1's constants: 32 bits of the square roots of 2, 3, 5 and 10, two of the whole part and thirty of the fraction. */
export function sha1Roots(): readonly number[] {
  return [2n, 3n, 5n, 10n].map((n) => Number(root(n << 60n, 2n)))
}

/** SHA-2's constants: 64 bits of the fraction of the cube roots of 80 primes. SHA-256 has the upper half of the first 64. */
export function sha512Roots(): readonly bigint[] {
  return primes(80).map((prime) => BigInt.asUintN(64, root(prime << 192n, 3n)))
}

/** SHA-2's initial values: 64 bits of the fraction of the square roots of 8 primes. SHA-256 has the upper half. */
export function sha512Initial(): readonly bigint[] {
  return primes(8).map((prime) => BigInt.asUintN(64, root(prime << 128n, 2n)))
}

/** SHA-384's initial values: the same of the next 8 primes. */
export function sha384Initial(): readonly bigint[] {
  return primes(16)
    .slice(8)
    .map((prime) => BigInt.asUintN(64, root(prime << 128n, 2n)))
}

/** The initial values of SHA-1, of which MD5 has the first four: the hexadecimal digits up and down, then 0 to 4 and f to c. */
export const MD5_SHA1_INITIAL: readonly number[] = [
  0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0,
]

// The result needs 32 bits. The other 96 are for errors, which grow with the square of the steps and take fewer than 20 bits.
const FRACTION_BITS = 128n

/** Taylor's series at 1, in units of 2^-128: the cosine with a first term of order 0, the sine with one of order 1. */
function series(order: bigint): bigint {
  let sum = 0n
  let term = 1n << FRACTION_BITS
  for (let n = order; term !== 0n; n += 2n) {
    sum += term
    term = -term / ((n + 1n) * (n + 2n))
  }
  return sum
}

/** The floor of a root by Newton's method from above, whose guesses fall until they reach the root. */
function root(n: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(n.toString(2).length) / degree + 1n)
  for (;;) {
    const next = ((degree - 1n) * guess + n / guess ** (degree - 1n)) / degree
    if (next >= guess) return guess
    guess = next
  }
}

function primes(count: number): readonly bigint[] {
  const found: bigint[] = []
  for (let n = 2n; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0n)) found.push(n)
  }
  return found
}
