import { fieldOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex } from '../../formats/hex.js'
import { isMalformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher } from '../../hasher/contract.js'
import { integerOf, openOptions } from '../../options.js'
import { ANY_LENGTH, BASE64, decodePadded, definePbkdf2, HEX, readRow } from './define.js'
import { MAX_ITERATIONS, MIN_CHECKSUM_BYTES } from './make.js'
import type { Answer } from './define.js'

// These formats share the fields <prefix><iterations>$<salt>$<checksum>, and differ in how salt and checksum are written.

/**
 * PBKDF2 with SHA-256 as Django writes it: the salt is text, the checksum has 32 bytes.
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
  algorithms: { pbkdf2_sha256$: 'sha256' },
  salt: readTextSalt,
  checksum: BASE64,
})

/**
 * PBKDF2 with SHA-256 where salt and checksum are both base64. The format looks like Django's, where the salt is text.
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
  algorithms: { pbkdf2_sha256$: 'sha256' },
  salt: decodePadded,
  checksum: BASE64,
  checksumBytes: ANY_LENGTH,
})

/** The bounds of {@link createPbkdf2Sha512}: integers, inclusive, each at most 2^31 - 1. */
export interface Pbkdf2Sha512Options {
  /** The most iterations; default 419,999, at least 1. */
  readonly maxIterations?: number
  /** The most bytes of salt; default 1,023, at least 1. */
  readonly maxSaltBytes?: number
  /** The most bytes of checksum; default 1,023, at least 16. */
  readonly maxChecksumBytes?: number
}

/**
 * PBKDF2 with SHA-512; the salt is text, the checksum hexadecimal.
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

const SHA512 = {
  name: 'pbkdf2_sha512',
  why: 'slow by its iterations',
  writtenBy: 'applications of their own',
  standing: 'sound',
  example:
    'pbkdf2_sha512$1000$salt$afe6c5530785b6cc6b1c6453384731bd5ee432ee549fd42fb6695779ad8a1c5bf59de69c48f774efc4007d5298f9033c0241d5ab69305e7b64eceeb8d834cfec',
  algorithms: { pbkdf2_sha512$: 'sha512' },
  salt: readTextSalt,
  checksum: HEX,
  maxIterations: 419_999,
  maxSaltBytes: 1_023,
  checksumBytes: [MIN_CHECKSUM_BYTES, 1_023],
} as const

/** {@link createPbkdf2Sha512} with its default bounds. */
export const pbkdf2Sha512: Hasher = /* @__PURE__ */ definePbkdf2(SHA512)

const SHA1 = {
  name: 'pbkdf2_sha1',
  why: 'slow by its iterations, of a hash that has collisions',
  writtenBy: 'applications of their own',
  standing: 'dated',
  example: 'pbkdf2_sha1$1000$73616c74$6e88be8bad7eae9d9e10aa061224034fed48d03fcbad968b56006784539d5214',
  algorithms: { pbkdf2_sha1$: 'sha1' },
  otherFields: ['iterations', 'salt', 'checksum', 'keyLength'],
  salt: readTextSalt,
  checksum: HEX,
  checksumBytes: ANY_LENGTH,
  parse: parseSha1,
} as const

/**
 * PBKDF2 with SHA-1; the salt is text, the checksum hexadecimal.
 *
 *     pbkdf2_sha1  $  10000  $  salt  $  <hex>  [ $  32 ]      (spaces added)
 *
 * A later document of this format reads a salt that is valid hexadecimal as bytes, and allows the key length as a fifth
 * field. Such a salt has two readings, text first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 */
export const pbkdf2Sha1: Hasher = /* @__PURE__ */ definePbkdf2(SHA1)

function parseSha1(rest: Field, prefix: string): Answer {
  const readings = readRow(rest, prefix, SHA1)
  if (isMalformed(readings)) return readings
  const [asText] = readings
  const salt = decodeHex(saltOf(rest))
  return typeof salt === 'string' ? readings : [asText, { ...asText, salt }]
}

function saltOf({ text, start }: Field): Field {
  const salt = text.indexOf('$', start) + 1
  return fieldOf(text, salt, text.indexOf('$', salt))
}

/**
 * PBKDF2 with SHA-512; salt and checksum are hexadecimal.
 *
 *     pbkdf2_sha512_hex  $  10000  $  73616c74  $  <hex>      (spaces added)
 *
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 */
export const pbkdf2Sha512Hex: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha512_hex',
  why: 'slow by its iterations',
  writtenBy: 'Node applications',
  standing: 'sound',
  example:
    'pbkdf2_sha512_hex$1000$73616c74$afe6c5530785b6cc6b1c6453384731bd5ee432ee549fd42fb6695779ad8a1c5bf59de69c48f774efc4007d5298f9033c0241d5ab69305e7b64eceeb8d834cfec',
  algorithms: { pbkdf2_sha512_hex$: 'sha512' },
  salt: decodeHex,
  checksum: HEX,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 with SHA-1 as Django writes it: the salt is text, the checksum has 20 bytes.
 *
 *     pbkdf2_sha1  $  1000000  $  seasalt  $  <28 characters of base64>      (spaces added)
 *
 * @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/
 */
export const pbkdf2Sha1Django: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha1_django',
  why: 'slow by its iterations, of a hash that has collisions',
  writtenBy: 'Django',
  standing: 'dated',
  example: 'pbkdf2_sha1$320000$seasalt$qX0u4kBoeNX9gXrmiHNy+qRwE5g=',
  algorithms: { pbkdf2_sha1$: 'sha1' },
  salt: readTextSalt,
  checksum: BASE64,
})
