/**
 * The estimated cost of a check on the reference machine (one core of a 2023 server Xeon) with the default engines. It does
 * not depend on the engine in use, so that a digest is admitted everywhere or nowhere.
 */
export interface Cost {
  readonly milliseconds: number
  /** Memory in bytes while the check runs. */
  readonly bytes: number
  /** Parallel lanes that the parameters ask for. */
  readonly lanes: number
}

/** The cost of two jobs one after the other: milliseconds add up, memory and lanes are the larger of both. */
export function addCosts(first: Cost, second: Cost): Cost {
  return {
    milliseconds: first.milliseconds + second.milliseconds,
    bytes: Math.max(first.bytes, second.bytes),
    lanes: Math.max(first.lanes, second.lanes),
  }
}

// The numbers are milliseconds on the reference machine: a round of bcrypt, a block of Argon2's memory, a block of 128 r bytes
// of scrypt divided by r, a block of a digest in a loop. The table "verify" of bench/README.md has estimates beside
// measurements.
const BCRYPT_ROUND = 0.057
const ARGON2_BLOCK = 6.2e-4
// Argon2 above ARGON2_CACHED KiB jumps to blocks that are in no cache, like their page tables. Each doubling of the memory adds
// ARGON2_DOUBLING to the time of each block.
const ARGON2_CACHED = 65_536
const ARGON2_DOUBLING = 0.15
const SCRYPT_BLOCK = 2.6e-4
// For each of scrypt's p this is the least time, even with the smallest N: both PBKDF2 over 128 r bytes, and the call.
const SCRYPT_LEAST = 0.006
// A row of yescrypt divided by r, filled or mixed, and what each lane takes besides: the digests, the boxes and the call.
const YESCRYPT_ROW = 1e-4
const YESCRYPT_LANE = 0.08
/** The bytes of the boxes of a lane. */
const YESCRYPT_BOXES = 12_352
// The numbers of SHA are from the kernel on another machine, where SHA took 1.4, 2.65 and 3.0 times as long as MD5.
const DIGEST_LOOP_BLOCK = {
  md5: 1.25e-4,
  sha1: 1.75e-4,
  sha256: 3.3e-4,
  sha384: 3.8e-4,
  sha512: 3.8e-4,
} as const
// A block of DES, measured as a part of SHA-512's block; and its least time, with the key and the call.
const DES_BLOCK = 1.1e-4
const DES_LEAST = 1.5e-3
// One digest by node:crypto takes the time of a call, and more for each byte.
const DIGEST_CALL = 0.005
const DIGEST_BYTE = 2.5e-6
// MD5, SHA-3 and RIPEMD-160 were measured on another machine, where they took 0.49, 1.43 and 0.91 times as long as SHA-512.
const PBKDF2_BLOCK = {
  md5: 3.3e-4,
  sha1: 2.7e-4,
  sha224: 2.6e-4,
  sha256: 2.6e-4,
  sha384: 6.6e-4,
  sha512: 6.6e-4,
  'sha3-224': 9.4e-4,
  'sha3-256': 9.4e-4,
  'sha3-384': 9.4e-4,
  'sha3-512': 9.4e-4,
  'sha512-224': 6.6e-4,
  'sha512-256': 6.6e-4,
  ripemd160: 6e-4,
} as const

/** The number of bytes that a hash function gives. */
export const DIGEST_BYTES = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
  'sha512-224': 28,
  'sha512-256': 32,
  ripemd160: 20,
} as const

/** The cost of bcrypt; `cost` is log2 of the rounds, 4 to 31. */
export function costOfBcrypt({ cost }: { readonly cost: number }): Cost {
  return { milliseconds: BCRYPT_ROUND * powerOfTwo(cost), bytes: 8 * 1024, lanes: 1 }
}

/** The cost of Argon2; memory is in KiB. */
export function costOfArgon2({
  memory,
  iterations,
  parallelism,
}: {
  readonly memory: number
  readonly iterations: number
  readonly parallelism: number
}): Cost {
  const distance = memory > ARGON2_CACHED ? 1 + ARGON2_DOUBLING * Math.log2(memory / ARGON2_CACHED) : 1
  return {
    milliseconds: ARGON2_BLOCK * distance * memory * iterations,
    bytes: memory * 1024,
    lanes: parallelism,
  }
}

interface ScryptParams {
  readonly N: number
  readonly r: number
  readonly p: number
}

export function costOfScrypt({ N, r, p }: ScryptParams): Cost {
  return {
    milliseconds: Math.max(SCRYPT_BLOCK * N, SCRYPT_LEAST) * r * p,
    bytes: scryptBytes({ N, r, p }),
    lanes: 1,
  }
}

/** The cost of yescrypt. A lane of `rw` fills its share of the rows, one of `worm`, which is scrypt's SMix, all of them. */
export function costOfYescrypt({
  variant,
  N,
  r,
  p,
  t,
}: ScryptParams & { readonly variant: 'rw' | 'worm'; readonly t: number }): Cost {
  const bytes = scryptBytes({ N, r, p })
  if (variant === 'worm') {
    const rows = N * (t === 0 ? 2 : t === 1 ? 2.5 : t + 1)
    return { milliseconds: (YESCRYPT_LANE + (SCRYPT_BLOCK / 2) * rows * r) * p, bytes, lanes: 1 }
  }
  // Large ones begin with a 64th of the usual work.
  const rows = N * (t < 2 ? (t + 4) / 3 : t) + N / 48
  return {
    milliseconds: YESCRYPT_LANE * p + YESCRYPT_ROW * rows * r,
    bytes: bytes + YESCRYPT_BOXES * p,
    lanes: 1,
  }
}

/** The bytes of memory of scrypt: V, B and the working block (RFC 7914 section 2). */
export function scryptBytes({ N, r, p }: ScryptParams): number {
  return 128 * r * (N + p + 2)
}

/** The cost of PBKDF2 of `length` bytes. The iterations run for each block of the algorithm's size, whole or not. */
export function costOfPbkdf2({
  algorithm,
  iterations,
  length,
}: {
  readonly algorithm: keyof typeof PBKDF2_BLOCK
  readonly iterations: number
  readonly length: number
}): Cost {
  const blocks = Math.ceil(length / DIGEST_BYTES[algorithm])
  return { milliseconds: PBKDF2_BLOCK[algorithm] * iterations * blocks, bytes: 0, lanes: 1 }
}

/**
 * The cost of a digest loop. A round hashes the digest, the tail, and a padding of at least 9 bytes (17 in SHA-384 and SHA-512). The first digest
 * counts as a round.
 */
export function costOfDigestLoop({
  algorithm,
  count,
  tailLength,
}: {
  readonly algorithm: keyof typeof DIGEST_LOOP_BLOCK
  readonly count: number
  readonly tailLength: number
}): Cost {
  const [padding, blockBytes] = algorithm === 'sha384' || algorithm === 'sha512' ? [17, 128] : [9, 64]
  const blocks = Math.ceil((DIGEST_BYTES[algorithm] + tailLength + padding) / blockBytes)
  return { milliseconds: DIGEST_LOOP_BLOCK[algorithm] * (count + 1) * blocks, bytes: 0, lanes: 1 }
}

/**
 * The cost of crypt(3) over a message digest. The rounds of SHA-2 follow a digest of the password as often as it has bytes, and one
 * of the salt up to 271 times.
 */
export function costOfCryptDigest({
  variant,
  rounds,
  passwordLength,
  saltLength,
}: {
  readonly variant: 'md5' | 'apr1' | 'sha1' | 'sha256' | 'sha512'
  readonly rounds: number
  readonly passwordLength: number
  readonly saltLength: number
}): Cost {
  const algorithm = variant === 'apr1' ? 'md5' : variant
  const block = DIGEST_LOOP_BLOCK[algorithm]
  if (algorithm === 'sha1') {
    // HMAC hashes two blocks, and a long password once.
    return { milliseconds: block * (2 * rounds + Math.ceil(passwordLength / 64)), bytes: 0, lanes: 1 }
  }
  const [padding, blockBytes] = algorithm === 'sha512' ? [17, 128] : [9, 64]
  const blocksOf = (bytes: number): number => Math.ceil((bytes + padding) / blockBytes)
  const least = DIGEST_BYTES[algorithm] + passwordLength
  // The salt is in two messages of three, and the password once more in six of seven.
  const round =
    (12 * blocksOf(least + saltLength + passwordLength) +
      2 * blocksOf(least + saltLength) +
      6 * blocksOf(least + passwordLength) +
      blocksOf(least)) /
    21
  const before =
    algorithm === 'md5'
      ? 2 * blocksOf(2 * passwordLength + saltLength)
      : blocksOf(passwordLength * passwordLength) + blocksOf(271 * saltLength)
  return { milliseconds: block * (rounds * round + before), bytes: 0, lanes: 1 }
}

/** The cost of crypt(3)'s DES. */
export function costOfCryptDes({
  count,
  passwordLength,
}: {
  readonly count: number
  readonly passwordLength: number
}): Cost {
  // BSDi's scheme encrypts a block for each eight bytes, and makes a key.
  return { milliseconds: DES_BLOCK * (count + passwordLength / 2) + DES_LEAST, bytes: 0, lanes: 1 }
}

/** The cost of one fast digest in place, of a message of so many bytes. */
export function costOfDigest({ bytes }: { readonly bytes: number }): Cost {
  return { milliseconds: DIGEST_CALL + DIGEST_BYTE * bytes, bytes: 0, lanes: 1 }
}

/** 2 to the power of an integer, 0 to 31. `**` would take 50 ns, a tenth of the time to parse a bcrypt digest. */
export function powerOfTwo(exponent: number): number {
  return (1 << exponent) >>> 0
}
