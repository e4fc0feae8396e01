import { RegistryError } from '../errors.js'
import { base64, decodeBase64 } from '../formats/base64.js'
import { splitFields } from '../formats/fields.js'
import { decodeHex, isHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed, Problem } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { defineHasher } from '../hasher.js'
import { assertOptionNames, readOption } from '../options.js'
import type { Hasher, Parsed, Standing } from '../hasher.js'
import { costOf } from '../primitives/job.js'
import type { Pbkdf2Job } from '../primitives/job.js'

// <prefix><iterations>$<salt>$<hash>: one grammar in its fields, four in how salt and hash are written.

interface Params {
  readonly iterations: number
}

type Readings = readonly [Parsed<Params>, ...Parsed<Params>[]] | Malformed

interface Variant {
  readonly name: string
  readonly standing: Standing
  readonly example: string
  readonly algorithm: Pbkdf2Job['algorithm']
  readonly prefix: string
  readonly decodeSalt: (text: string) => Uint8Array | Problem
  readonly decodeChecksum: (text: string) => Uint8Array | Problem
  readonly maxIterations: number
  readonly maxSaltBytes: number
  readonly checksumBytes: readonly [min: number, max: number]
  /** Where the fields are not all there is to it. */
  readonly parse?: (digest: string, variant: Variant) => Readings
}

// PBKDF2's implementations count in a signed 32-bit integer.
const MAX_ITERATIONS = 2 ** 31 - 1
// A shorter checksum is matched by chance too often, an empty one by anything.
const MIN_CHECKSUM_BYTES = 16

/**
 * PBKDF2 with SHA-256 as Django writes it: the salt is text, the hash has 32 bytes.
 *
 *     pbkdf2_sha256  $  1000000  $  seasalt  $  <44 characters of base64>      (spaces added)
 *
 * @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 */
export const pbkdf2Sha256Django: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha256_django',
  standing: 'sound',
  example: 'pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c=',
  algorithm: 'sha256',
  prefix: 'pbkdf2_sha256$',
  decodeSalt: readTextSalt,
  decodeChecksum: decodePaddedBase64,
  maxIterations: MAX_ITERATIONS,
  maxSaltBytes: Infinity,
  checksumBytes: [32, 32],
})

/**
 * PBKDF2 with SHA-256 where salt and hash are both base64. The grammar is Django's, the salt's meaning is not.
 *
 *     pbkdf2_sha256  $  1000  $  c2FsdA==  $  <base64>      (spaces added)
 *
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 */
export const pbkdf2Sha256: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha256',
  standing: 'sound',
  example: 'pbkdf2_sha256$1000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM=',
  algorithm: 'sha256',
  prefix: 'pbkdf2_sha256$',
  decodeSalt: decodePaddedBase64,
  decodeChecksum: decodePaddedBase64,
  maxIterations: MAX_ITERATIONS,
  maxSaltBytes: Infinity,
  checksumBytes: [MIN_CHECKSUM_BYTES, Infinity],
})

/** The bounds of {@link pbkdf2Sha512}: positive integers, inclusive. */
export interface Pbkdf2Sha512Options {
  /** Default 419,999; at most 2^31 - 1. */
  readonly maxIterations?: number
  /** Default 1,023. */
  readonly maxSaltBytes?: number
  /** Default 1,023. */
  readonly maxChecksumBytes?: number
}

/**
 * PBKDF2 with SHA-512; the salt is text, the hash is hex.
 *
 *     pbkdf2_sha512  $  10000  $  salt  $  <hex>      (spaces added)
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a bound is not a positive integer
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 * @example pbkdf2Sha512({ maxIterations: 1_000_000 })
 */
export function pbkdf2Sha512(options: Pbkdf2Sha512Options = {}): Hasher {
  assertOptionNames(options, 'pbkdf2Sha512', ['maxIterations', 'maxSaltBytes', 'maxChecksumBytes'])
  return definePbkdf2({
    name: 'pbkdf2_sha512',
    standing: 'sound',
    example:
      'pbkdf2_sha512$1000$salt$afe6c5530785b6cc6b1c6453384731bd5ee432ee549fd42fb6695779ad8a1c5bf59de69c48f774efc4007d5298f9033c0241d5ab69305e7b64eceeb8d834cfec',
    algorithm: 'sha512',
    prefix: 'pbkdf2_sha512$',
    decodeSalt: readTextSalt,
    decodeChecksum: decodeHex,
    maxIterations: readBound(options, 'maxIterations', 419_999),
    maxSaltBytes: readBound(options, 'maxSaltBytes', 1_023),
    checksumBytes: [MIN_CHECKSUM_BYTES, readBound(options, 'maxChecksumBytes', 1_023)],
  })
}

/** {@link pbkdf2Sha512} with its default bounds. */
export const pbkdf2Sha512Default: Hasher = /* @__PURE__ */ pbkdf2Sha512()

/**
 * PBKDF2 with SHA-1; the salt is text, the hash is hex.
 *
 *     pbkdf2_sha1  $  10000  $  salt  $  <hex>  [ $  32 ]      (spaces added)
 *
 * A later document of this format reads a salt that is valid hex as bytes, and allows the key length as a fifth
 * field: such a salt has two readings, text first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 */
export const pbkdf2Sha1: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha1',
  standing: 'dated',
  example: 'pbkdf2_sha1$1000$73616c74$6e88be8bad7eae9d9e10aa061224034fed48d03fcbad968b56006784539d5214',
  algorithm: 'sha1',
  prefix: 'pbkdf2_sha1$',
  decodeSalt: readTextSalt,
  decodeChecksum: decodeHex,
  maxIterations: MAX_ITERATIONS,
  maxSaltBytes: Infinity,
  checksumBytes: [MIN_CHECKSUM_BYTES, Infinity],
  parse: parseSha1,
})

function definePbkdf2(variant: Variant): Hasher {
  const { name, standing, example, algorithm, prefix } = variant
  const parse = variant.parse ?? ((digest) => parseFields(splitFields(digest, '$', 4), variant))
  return defineHasher<Params>({
    name,
    standing,
    example,
    prefixes: [prefix],
    identify: (digest) => digest.startsWith(prefix),
    parse: (digest) => (digest.startsWith(prefix) ? parse(digest, variant) : malformed('shape', 'digest')),
    describe: ({ iterations }) => ({ iterations }),
    cost: ({ params: { iterations }, checksum }) =>
      costOf({ kind: 'pbkdf2', algorithm, iterations, length: checksum.byteLength }),
    derive: (password, { params: { iterations }, salt, checksum }, runtime) =>
      runtime.run({ kind: 'pbkdf2', password, salt, algorithm, iterations, length: checksum.byteLength }),
  })
}

function parseFields(fields: readonly string[], variant: Variant): readonly [Parsed<Params>] | Malformed {
  const [, iterationsText, saltText, checksumText] = fields
  if (
    fields.length !== 4 ||
    iterationsText === undefined ||
    saltText === undefined ||
    checksumText === undefined
  ) {
    return malformed('shape', 'digest')
  }
  const iterations = readInteger(iterationsText, { min: 1, max: variant.maxIterations })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')

  const salt = variant.decodeSalt(saltText)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.byteLength === 0 || salt.byteLength > variant.maxSaltBytes) return malformed('length', 'salt')

  const checksum = variant.decodeChecksum(checksumText)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  const [min, max] = variant.checksumBytes
  if (checksum.byteLength < min || checksum.byteLength > max) return malformed('length', 'checksum')

  return [{ params: { iterations }, salt, checksum }]
}

function parseSha1(digest: string, variant: Variant): Readings {
  const fields = splitFields(digest, '$', 5)
  const keyLengthText = fields.length === 5 ? fields.pop() : undefined
  const readings = parseFields(fields, variant)
  if (isMalformed(readings)) return readings

  const [asText] = readings
  if (keyLengthText !== undefined) {
    const keyLength = readInteger(keyLengthText, { min: 1, max: MAX_ITERATIONS })
    if (typeof keyLength === 'string') return malformed(keyLength, 'keyLength')
    if (keyLength !== asText.checksum.byteLength) return malformed('range', 'keyLength')
  }
  const saltText = fields[2] ?? ''
  const salt = isHex(saltText) ? decodeHex(saltText) : 'alphabet'
  return typeof salt === 'string' ? readings : [asText, { ...asText, salt }]
}

function decodePaddedBase64(text: string): ReturnType<typeof decodeBase64> {
  return decodeBase64(text, base64)
}

function readBound(options: Pbkdf2Sha512Options, name: keyof Pbkdf2Sha512Options, fallback: number): number {
  const value = readOption(options, name) ?? fallback
  if (Number.isInteger(value) && value >= 1 && value <= MAX_ITERATIONS) return value
  throw new RegistryError('ERR_REGISTRY_OPTION', `pbkdf2_sha512: ${name} must be a positive integer.`)
}
