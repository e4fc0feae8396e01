import { base64, decodeBase64 } from '../formats/base64.js'
import { writeOver } from '../formats/blank.js'
import { splitFields } from '../formats/fields.js'
import type { Field, Fields } from '../formats/fields.js'
import { decodeHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed, Problem } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import { integerOf, openOptions } from '../options.js'
import type { Hasher, Parsed, Standing } from '../hasher/contract.js'
import { costOfPbkdf2 } from '../compute/cost.js'
import { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
import { sharesHmacKey } from '../compute/hmac-key.js'
import type { Pbkdf2Job } from '../compute/job.js'

// <prefix><iterations>$<salt>$<hash>: one grammar in its fields, four in how salt and hash are written.

interface Params {
  readonly iterations: number
}

type Readings = readonly [Parsed<Params>, ...Parsed<Params>[]] | Malformed

interface Variant {
  readonly name: string
  readonly standing: Standing
  readonly why: string
  readonly writtenBy: string
  readonly example: string
  readonly algorithm: Pbkdf2Job['algorithm']
  readonly prefix: string
  readonly decodeSalt: (field: Field) => Uint8Array | Problem
  readonly decodeChecksum: (field: Field) => Uint8Array | Problem
  /** The zero of the checksum's alphabet; default that of base64. */
  readonly zero?: string
  readonly maxIterations: number
  readonly maxSaltBytes: number
  readonly checksumBytes: readonly [min: number, max: number]
  /** Where the fields are not all there is to it. */
  readonly parse?: (rest: Field, variant: Variant) => Readings
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
  why: 'slow by its iterations',
  writtenBy: 'Django',
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
  why: 'slow by its iterations',
  writtenBy: 'Python and Node applications',
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

/** The bounds of {@link createPbkdf2Sha512}: integers, inclusive, each at most 2^31 - 1. */
export interface Pbkdf2Sha512Options {
  /** Default 419,999; at least 1. */
  readonly maxIterations?: number
  /** Default 1,023; at least 1. */
  readonly maxSaltBytes?: number
  /** Default 1,023; at least 16. */
  readonly maxChecksumBytes?: number
}

/**
 * PBKDF2 with SHA-512; the salt is text, the hash is hex.
 *
 *     pbkdf2_sha512  $  10000  $  salt  $  <hex>      (spaces added)
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a bound is out of its range
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 * @example createPbkdf2Sha512({ maxIterations: 1_000_000 })
 */
export function createPbkdf2Sha512(options: Pbkdf2Sha512Options = {}): Hasher {
  const names = ['maxIterations', 'maxSaltBytes', 'maxChecksumBytes']
  const { read } = openOptions('createPbkdf2Sha512', options, names)
  const readBound = (name: keyof Pbkdf2Sha512Options, min: number): number | undefined =>
    read(name, integerOf(min, MAX_ITERATIONS, `${min} to 2^31 - 1`))
  return definePbkdf2({
    ...SHA512,
    maxIterations: readBound('maxIterations', 1) ?? SHA512.maxIterations,
    maxSaltBytes: readBound('maxSaltBytes', 1) ?? SHA512.maxSaltBytes,
    checksumBytes: [
      MIN_CHECKSUM_BYTES,
      readBound('maxChecksumBytes', MIN_CHECKSUM_BYTES) ?? SHA512.checksumBytes[1],
    ],
  })
}

const SHA512: Variant = {
  name: 'pbkdf2_sha512',
  why: 'slow by its iterations',
  writtenBy: 'applications of their own',
  standing: 'sound',
  example:
    'pbkdf2_sha512$1000$salt$afe6c5530785b6cc6b1c6453384731bd5ee432ee549fd42fb6695779ad8a1c5bf59de69c48f774efc4007d5298f9033c0241d5ab69305e7b64eceeb8d834cfec',
  algorithm: 'sha512',
  prefix: 'pbkdf2_sha512$',
  decodeSalt: readTextSalt,
  decodeChecksum: decodeHex,
  zero: '0',
  maxIterations: 419_999,
  maxSaltBytes: 1_023,
  checksumBytes: [MIN_CHECKSUM_BYTES, 1_023],
}

/** {@link createPbkdf2Sha512} with its default bounds. */
export const pbkdf2Sha512: Hasher = /* @__PURE__ */ definePbkdf2(SHA512)

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
  why: 'slow by its iterations, of a hash that has collisions',
  writtenBy: 'applications of their own',
  standing: 'dated',
  example: 'pbkdf2_sha1$1000$73616c74$6e88be8bad7eae9d9e10aa061224034fed48d03fcbad968b56006784539d5214',
  algorithm: 'sha1',
  prefix: 'pbkdf2_sha1$',
  decodeSalt: readTextSalt,
  decodeChecksum: decodeHex,
  zero: '0',
  maxIterations: MAX_ITERATIONS,
  maxSaltBytes: Infinity,
  checksumBytes: [MIN_CHECKSUM_BYTES, Infinity],
  parse: parseSha1,
})

function definePbkdf2(variant: Variant): Hasher {
  const { name, standing, why, writtenBy, example, algorithm, prefix, zero = 'A' } = variant
  const parse = variant.parse ?? ((rest) => parseFields(splitFields(rest, '$', 3), variant))
  return makeHasher<Params>({
    name,
    standing,
    why,
    writtenBy,
    example,
    prefixes: [prefix],
    parse: (rest) => parse(rest, variant),
    describe: ({ iterations }) => ({ iterations }),
    job: (password, { params: { iterations }, salt, checksum }) =>
      pbkdf2Job({ password, salt, algorithm, iterations, length: checksum.length }),
    cost: ({ params: { iterations }, checksum }) =>
      costOfPbkdf2({ algorithm, iterations, length: checksum.length }),
    truncates: (password) => sharesHmacKey(password, algorithm),
    blank: (digest) => writeChecksumOver(digest, prefix.length, zero),
  })
}

/** The third field behind the prefix, up to its padding. */
function writeChecksumOver(digest: string, start: number, zero: string): string {
  const checksum = digest.indexOf('$', digest.indexOf('$', start) + 1) + 1
  const [text = ''] = /^[^=$]*/.exec(digest.slice(checksum)) ?? []
  return writeOver(digest, checksum, zero, checksum + text.length)
}

function parseFields(
  fields: Fields<3> | Fields<4> | undefined,
  variant: Variant,
): readonly [Parsed<Params>] | Malformed {
  if (fields === undefined) return malformed('shape', 'digest')
  const [iterationsField, saltField, checksumField] = fields
  const iterations = readInteger(iterationsField, { min: 1, max: variant.maxIterations })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')

  const salt = variant.decodeSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0 || salt.length > variant.maxSaltBytes) return malformed('length', 'salt')

  const checksum = variant.decodeChecksum(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  const [min, max] = variant.checksumBytes
  if (checksum.length < min || checksum.length > max) return malformed('length', 'checksum')

  return [{ params: { iterations }, salt, checksum }]
}

function parseSha1(rest: Field, variant: Variant): Readings {
  const fields = splitFields(rest, '$', 3) ?? splitFields(rest, '$', 4)
  const readings = parseFields(fields, variant)
  if (isMalformed(readings) || fields === undefined) return readings

  const [asText] = readings
  const { params, checksum } = asText
  const [, saltField, , keyLengthField] = fields
  if (keyLengthField !== undefined) {
    const keyLength = readInteger(keyLengthField, { min: 1, max: MAX_ITERATIONS })
    if (typeof keyLength === 'string') return malformed(keyLength, 'keyLength')
    if (keyLength !== checksum.length) return malformed('range', 'keyLength')
  }
  const salt = decodeHex(saltField)
  return typeof salt === 'string' ? readings : [asText, { params, salt, checksum }]
}

function decodePaddedBase64(field: Field): ReturnType<typeof decodeBase64> {
  return decodeBase64(field, base64)
}
