import { addCosts, costOfPbkdf2, costOfScrypt } from './cost.js'
import type { Cost } from './cost.js'
import { CODES } from './codes.js'
import type { Derivation, Expression, HashCall } from './expression.js'
import { isJob } from './expression.js'
import { hasPbkdf2Job, HASHES } from './hash.js'
import type { HashName } from './hash.js'

// The milliseconds of a call of node:crypto, of HMAC besides its compressions, of an encoding, of each byte that it takes, of each
// byte that is filled or repeated, of each byte that Unicode's forms take, and of a part.
const HASH_CALL = 3.5e-3
const HMAC_CALL = 1.5e-3
const CODE_CALL = 3e-4
const CODE_BYTE = 2e-5
const FILL_BYTE = 5e-6
const FORM_BYTE = 3e-5
const PIECE = 1e-4
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
        costOfDerivation(expression, salt.length),
      )
      return { length: expression.bytes, milliseconds, bytes }
    }
    case 'code': {
      const { code, of } = expression
      const inner = sizeIn(of)
      const length = Math.ceil(inner.length * CODES[code]) + (code === 'b64' ? 3 : 0)
      const byte = code === 'nfc' || code === 'nfkc' ? FORM_BYTE : CODE_BYTE
      return grown(inner, length, CODE_CALL + byte * inner.length)
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

/** The cost of a derivation alone. */
export function costOfDerivation(derivation: Derivation, saltLength: number): Cost {
  if (derivation.name === 'scrypt') return costOfScrypt(derivation)
  const { name, count, bytes } = derivation
  if (hasPbkdf2Job(name)) return costOfPbkdf2({ algorithm: name, iterations: count, length: bytes })
  const [digestBytes] = HASHES[name]
  const round = HASH_CALL + hmacCall(name) + compressionsOfHmac(name, 0)
  const rounds =
    Math.ceil(bytes / digestBytes) *
    (count * (round + compressions(name, digestBytes)) + compressions(name, saltLength))
  return { milliseconds: rounds, bytes: 0, lanes: 1 }
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
