import { EngineError } from '../errors.js'
import { joinBytes } from '../platform/bytes.js'
import { hmac, messageDigest } from '../platform/node.js'
import type { DigestAlgorithm, HashAlgorithm } from '../platform/node.js'
import { DIGEST_BYTES } from './cost.js'
import { md4 } from './md4.js'
import { whirlpool } from './whirlpool.js'

/** A hash function of expressions. MD4 and Whirlpool are computed here, since OpenSSL 3 has neither by default. */
export type HashName = Exclude<HashAlgorithm, 'sha512-224'> | 'md4' | 'whirlpool'

/** The bytes of a digest, those of a block, and the milliseconds of a compression on the reference machine. */
export type HashNumbers = readonly [bytes: number, block: number, compression: number]

// The milliseconds were measured on another machine and are scaled by its time for SHA-256.
export const HASHES: Readonly<Record<HashName, HashNumbers>> = {
  md4: [16, 64, 2.2e-3],
  md5: [16, 64, 1.1e-4],
  sha1: [20, 64, 9e-5],
  sha224: [28, 64, 9e-5],
  sha256: [32, 64, 9e-5],
  sha384: [48, 128, 3.2e-4],
  sha512: [64, 128, 3.2e-4],
  'sha512-256': [32, 128, 3.2e-4],
  'sha3-224': [28, 144, 3.8e-4],
  'sha3-256': [32, 136, 3.8e-4],
  'sha3-384': [48, 104, 3.8e-4],
  'sha3-512': [64, 72, 3.8e-4],
  ripemd160: [20, 64, 3.8e-4],
  blake2b512: [64, 128, 2.8e-4],
  blake2s256: [32, 64, 2.8e-4],
  sm3: [32, 64, 2.8e-4],
  whirlpool: [64, 64, 7e-3],
}

const INNER_PAD = 0x36
const OUTER_PAD = 0x5c

/**
 * The digest of parts as one message.
 *
 * @throws EngineError `ERR_ENGINE_UNAVAILABLE` where the platform lacks the function or refuses it, as under FIPS
 */
export function digestOf(name: HashName, parts: readonly Uint8Array[]): Uint8Array {
  if (name === 'md4' || name === 'whirlpool') return digestHere(name, parts)
  try {
    return messageDigest(name, ...parts)
  } catch (error) {
    throw unavailable(name, error)
  }
}

/** The HMAC (RFC 2104) of a message. It throws the error that `digestOf` throws. */
export function hmacOf(name: HashName, key: Uint8Array, message: Uint8Array): Uint8Array {
  // Not every platform has HMAC of the functions that it has.
  if (!hasPbkdf2Job(name)) return hmacHere(name, key, message)
  try {
    return hmac(name, key, message)
  } catch (error) {
    throw unavailable(name, error)
  }
}

/** Whether there are jobs of PBKDF2 with a hash function. */
export function hasPbkdf2Job(name: HashName): name is HashName & DigestAlgorithm {
  return Object.hasOwn(DIGEST_BYTES, name)
}

/** PBKDF2 (RFC 8018) with hash functions for which the kind of that name has no job. */
export function pbkdf2Of(
  name: HashName,
  {
    password,
    salt,
    iterations,
    length,
  }: Readonly<Record<'password' | 'salt', Uint8Array>> & Readonly<Record<'iterations' | 'length', number>>,
): Uint8Array {
  const [bytes, block] = HASHES[name]
  // HMAC would hash a long password in every iteration.
  const short = password.length > block ? digestOf(name, [password]) : password
  const key = new Uint8Array(Math.ceil(length / bytes) * bytes)
  for (let start = 0; start < key.length; start += bytes) {
    const number = new DataView(new ArrayBuffer(4))
    number.setUint32(0, start / bytes + 1)
    const first = joinBytes(salt, new Uint8Array(number.buffer))
    let state = hmacOf(name, short, first)
    first.fill(0)
    const sum = key.subarray(start, start + bytes)
    sum.set(state)
    for (let round = 1; round < iterations; round++) {
      state = hmacOf(name, short, state)
      for (let place = 0; place < bytes; place++) sum[place] = (sum[place] ?? 0) ^ (state[place] ?? 0)
    }
  }
  return key.slice(0, length)
}

function digestHere(name: 'md4' | 'whirlpool', parts: readonly Uint8Array[]): Uint8Array {
  const message = joinBytes(...parts)
  const digest = name === 'md4' ? md4(message) : whirlpool(message)
  message.fill(0)
  return digest
}

function hmacHere(name: HashName, key: Uint8Array, message: Uint8Array): Uint8Array {
  const [, blockBytes] = HASHES[name]
  const short = key.length > blockBytes ? digestOf(name, [key]) : key
  const pad = (value: number): Uint8Array => {
    const block = new Uint8Array(blockBytes)
    block.set(short)
    return block.map((byte) => byte ^ value)
  }
  const [inner, outer] = [pad(INNER_PAD), pad(OUTER_PAD)]
  const digest = digestOf(name, [outer, digestOf(name, [inner, message])])
  inner.fill(0)
  outer.fill(0)
  return digest
}

function unavailable(name: HashName, error: unknown): EngineError {
  return new EngineError(
    'ERR_ENGINE_UNAVAILABLE',
    `expression: the platform does not compute ${name}.`,
    error,
  )
}
