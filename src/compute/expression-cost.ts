import { addCosts, costOfPbkdf2, costOfScrypt } from './cost.js'
import type { Cost } from './cost.js'
import { lengthOfCode } from './codes.js'
import type { Derivation, Expression, HashCall } from './expression.js'
import { isJob } from './expression.js'
import { hasPbkdf2Job, HASHES } from './hash.js'
import type { HashName } from './hash.js'

// The milliseconds of a call of node:crypto, of HMAC besides its compressions, of a code, of each byte that it takes, of each byte
// that is filled or repeated, and of a part.
const HASH_CALL = 3.5e-3
const HMAC_CALL = 1.5e-3
const CODE_CALL = 3e-4
const CODE_BYTE = 3e-5
const FILL_BYTE = 5e-6
const PIECE = 1e-4
// Unicode's forms put accents in order one by one, so a text of accents alone takes as long as the square of its length. This is
// the time of U+0344, which becomes two, before others that belong in front of them.
const FORM_SQUARE = 3e-7
// The padding of a message has at least nine bytes in most hash functions.
const PADDING = 9
const HMAC_COMPRESSIONS = 4

/** The most bytes of a value, the milliseconds of the work for it, and the bytes of memory of its largest scrypt or value. */
export interface Size {
  readonly length: number
  readonly milliseconds: number
  readonly bytes: number
}

/**
 * The size of an expression over parts of so many bytes, the digest before of `digestBytes`.
 *
 * @param jobs whether derivations that jobs of their own compute count as parts, which are there already
 */
export function sizeOf(
  expression: Expression,
  lengths: readonly number[],
  { digestBytes = 0, jobs = false }: { readonly digestBytes?: number; readonly jobs?: boolean } = {},
): Size {
  const sizeIn = (inner: Expression): Size => sizeOf(inner, lengths, { digestBytes, jobs })
  switch (expression.type) {
    case 'part':
      return sized(lengths[expression.place] ?? 0)
    case 'digest':
      return sized(digestBytes)
    case 'cat': {
      let [length, milliseconds, bytes] = [0, 0, 0]
      for (const item of expression.items) {
        const size = sizeIn(item)
        length += size.length
        milliseconds += size.milliseconds
        bytes = Math.max(bytes, size.bytes, length)
      }
      return { length, milliseconds, bytes }
    }
    case 'slice':
      return { ...sizeIn(expression.of), length: expression.to - expression.from }
    case 'hash':
      return sizeOfHash(expression, sizeIn, (second, bytes) =>
        sizeOf(second, lengths, { digestBytes: bytes, jobs }),
      )
    case 'derivation': {
      if (jobs && isJob(expression)) return sized(expression.bytes)
      const [first, salt] = [sizeIn(expression.first), sizeIn(expression.salt)]
      const { milliseconds, bytes } = addCosts(
        costOf(joined(first, salt, 0)),
        costOfDerivation(expression, { first: first.length, salt: salt.length }),
      )
      return { length: expression.bytes, milliseconds, bytes }
    }
    case 'code': {
      const { code, of } = expression
      const inner = sizeIn(of)
      const square = code === 'nfc' || code === 'nfkc' ? FORM_SQUARE : 0
      const milliseconds = CODE_CALL + (CODE_BYTE + square * inner.length) * inner.length
      return grown(inner, lengthOfCode(code, inner.length), milliseconds)
    }
    case 'pad':
    case 'rep':
      return grown(sizeIn(expression.of), expression.bytes, CODE_CALL + FILL_BYTE * expression.bytes)
  }
}

function sizeOfHash(
  call: HashCall,
  sizeIn: (inner: Expression) => Size,
  sizeOfSecond: (second: Expression, digestBytes: number) => Size,
): Size {
  const { name, count, first, second, key } = call
  const [bytes] = HASHES[name]
  const keySize = key === undefined ? NO_SIZE : sizeIn(key)
  const firstSize = sizeIn(first)
  const secondSize = second === undefined ? sized(bytes) : sizeOfSecond(second, bytes)
  const rounds = count - 1
  const all = joined(keySize, firstSize, bytes)
  const milliseconds =
    all.milliseconds +
    rounds * secondSize.milliseconds +
    millisecondsOfHash(call, { key: keySize.length, first: firstSize.length, second: secondSize.length })
  return { length: bytes, milliseconds, bytes: Math.max(all.bytes, rounds > 0 ? secondSize.bytes : 0) }
}

/** The milliseconds of the calls of a hash function alone, for values of so many bytes. */
export function millisecondsOfHash(
  { name, count, key }: HashCall,
  lengths: { readonly key: number; readonly first: number; readonly second: number },
): number {
  const one = (length: number): number =>
    key === undefined
      ? HASH_CALL + compressions(name, length)
      : HASH_CALL + hmacCall(name) + compressions(name, length) + compressionsOfHmac(name, lengths.key)
  return one(lengths.first) + (count - 1) * one(lengths.second)
}

/** The further milliseconds of a call of HMAC, which is two calls of a hash function where node:crypto is not asked for it. */
function hmacCall(name: HashName): number {
  return hasPbkdf2Job(name) ? HMAC_CALL : HASH_CALL
}

function compressions(name: HashName, length: number): number {
  const [, block, compression] = HASHES[name]
  return Math.ceil((length + PADDING) / block) * compression
}

/** The further compressions of HMAC, and those of a key that is longer than a block. */
function compressionsOfHmac(name: HashName, keyLength: number): number {
  const [, block, compression] = HASHES[name]
  return HMAC_COMPRESSIONS * compression + (keyLength > block ? compressions(name, keyLength) : 0)
}

/**
 * The cost of a derivation alone, for a password and a salt of so many bytes. Each block of its bytes begins with a hash of the whole
 * salt, and a scrypt makes 128 r p bytes of it before it mixes them.
 */
export function costOfDerivation(
  derivation: Derivation,
  lengths: Readonly<Record<'first' | 'salt', number>>,
): Cost {
  const name = derivation.name === 'scrypt' ? 'sha256' : derivation.name
  const [digestBytes] = HASHES[name]
  const hashed = (blocks: number): number =>
    compressions(name, lengths.first) + blocks * compressions(name, lengths.salt)
  if (derivation.name === 'scrypt') {
    const { milliseconds, ...rest } = costOfScrypt(derivation)
    const { r, p } = derivation
    return { ...rest, milliseconds: milliseconds + hashed((128 * r * p) / digestBytes) }
  }
  const { count, bytes } = derivation
  const blocks = Math.ceil(bytes / digestBytes)
  if (hasPbkdf2Job(name)) {
    const { milliseconds, ...rest } = costOfPbkdf2({ algorithm: name, iterations: count, length: bytes })
    return { ...rest, milliseconds: milliseconds + hashed(blocks) }
  }
  const round = HASH_CALL + hmacCall(name) + compressionsOfHmac(name, 0) + compressions(name, digestBytes)
  return { milliseconds: blocks * count * round + hashed(blocks), bytes: 0, lanes: 1 }
}

const NO_SIZE: Size = { length: 0, milliseconds: 0, bytes: 0 }

function sized(length: number): Size {
  return { length, milliseconds: PIECE, bytes: length }
}

function joined(first: Size, second: Size, length: number): Size {
  return {
    length,
    milliseconds: first.milliseconds + second.milliseconds,
    bytes: Math.max(first.bytes, second.bytes, length),
  }
}

function grown(inner: Size, length: number, milliseconds: number): Size {
  return { length, milliseconds: inner.milliseconds + milliseconds, bytes: Math.max(inner.bytes, length) }
}

function costOf({ milliseconds, bytes }: Size): Cost {
  return { milliseconds, bytes, lanes: 1 }
}
