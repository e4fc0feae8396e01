import { adaptedBase64, base64, base64Unpadded, base64Url, decodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf, splitAnyBetween, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex, decodeLowerHex } from '../../formats/hex.js'
import { readInteger } from '../../formats/integer.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import { createPrefixFinder } from '../../hasher/prefixes.js'
import type { Hasher, Parsed, Readings, Standing } from '../../hasher/contract.js'
import { DIGEST_BYTES } from '../../compute/cost.js'
import { makePbkdf2, MAX_ITERATIONS, MIN_CHECKSUM_BYTES } from './make.js'
import type { Algorithm, Params } from './make.js'

// A format of PBKDF2 is a prefix, fields with separators between, and the encodings of salt and checksum.

export type Answer = Readings<Parsed<Params>> | Malformed

type FieldName = 'algorithm' | 'iterations' | 'keyLength' | 'salt' | 'checksum'

/** The encoding of a checksum: the function that reads it, and the zero of its alphabet. */
export interface Encoding {
  readonly decode: (field: Field) => Uint8Array | Problem
  readonly zero: string
  /** The number of characters of so many bytes, for encodings in which a wrong number is reported before other problems. */
  readonly lengthOf?: (bytes: number) => number
}

/** The differences between one format and the others. */
export interface Row {
  readonly name: string
  readonly standing: Standing | ((params: Params) => Standing)
  readonly why: string
  readonly writtenBy: string
  readonly example: string
  /** The algorithms by prefix; or, where `prefix` is given, by the text of the field `algorithm`. */
  readonly algorithms: Readonly<Record<string, Algorithm>>
  /** The prefix; default the keys of `algorithms`. */
  readonly prefix?: string
  /** The fields in their order; default iterations, salt, checksum. */
  readonly fields?: readonly FieldName[]
  /** The fields of a digest with another number of fields than `fields`. */
  readonly otherFields?: readonly FieldName[]
  /** The separators between the fields, in their order; default `$`. */
  readonly separators?: readonly string[]
  readonly salt: (field: Field) => Uint8Array | Problem
  readonly checksum: Encoding
  /** The bounds of the checksum's bytes, inclusive; default the algorithm's own size. */
  readonly checksumBytes?: readonly [min: number, max: number]
  /** Reads the iterations; default decimal, from 1. */
  readonly iterations?: (field: Field) => number | Problem
  readonly maxIterations?: number
  /** The least bytes of the salt: 0 where the system reads an empty salt; default 1. */
  readonly minSaltBytes?: 0
  readonly maxSaltBytes?: number
  readonly onlyNamed?: boolean
  /** Reads a digest in the place of `readRow`, for a format that has more to it than its fields. */
  readonly parse?: (rest: Field, prefix: string) => Answer
}

export const ANY_LENGTH = [MIN_CHECKSUM_BYTES, Infinity] as const

const FIELDS: readonly FieldName[] = ['iterations', 'salt', 'checksum']

export const HEX: Encoding = { decode: decodeHex, zero: '0', lengthOf: twice }
/** The hexadecimal of systems that compare it as text, so that upper case never matches. */
export const LOWER_HEX: Encoding = { decode: decodeLowerHex, zero: '0', lengthOf: twice }
export const BASE64: Encoding = { decode: decodePadded, zero: 'A' }
export const BASE64_UNPADDED: Encoding = { decode: decodeUnpadded, zero: 'A' }
export const ADAPTED_BASE64: Encoding = { decode: decodeAdapted, zero: 'A' }

export function decodePadded(field: Field): Uint8Array | Problem {
  return decodeBase64(field, base64)
}

export function decodeUnpadded(field: Field): Uint8Array | Problem {
  return decodeBase64(field, base64Unpadded)
}

/** Decodes passlib's base64, which has a full stop for the plus sign. */
export function decodeAdapted(field: Field): Uint8Array | Problem {
  return decodeBase64(field, adaptedBase64)
}

export const URL_BASE64: Encoding = { decode: decodeUrl, zero: 'A' }

export function decodeUrl(field: Field): Uint8Array | Problem {
  return decodeBase64(field, base64Url)
}

export const SLOW = 'slow by its iterations'
export const SLOW_SHA1 = 'slow by its iterations, of a hash that has collisions'

/** The standing by the algorithm of a digest, for formats that name it. */
export function standingOf({ algorithm }: Params): Standing {
  return algorithm === 'md5' || algorithm === 'sha1' ? 'dated' : 'sound'
}

/** Makes the hasher of a row. */
export function definePbkdf2(row: Row): Hasher {
  const { name, standing, why, writtenBy, example, algorithms, prefix, onlyNamed = false } = row
  const [first = '', ...others] = prefix === undefined ? Object.keys(algorithms) : [prefix]
  return makePbkdf2(
    {
      ...{ name, standing, why, writtenBy, example, onlyNamed },
      prefixes: [first, ...others],
      parse: row.parse ?? ((rest, found) => readRow(rest, found, row)),
      blank: (digest) => blank(digest, row),
    },
    Object.values(algorithms),
  )
}

/** Reads the fields of a digest from left to right. */
export function readRow(rest: Field, prefix: string, row: Row): readonly [Parsed<Params>] | Malformed {
  const found = splitRow(rest, row)
  if (found === undefined) return malformed('shape', 'digest')
  const { names, fields } = found
  let algorithm = row.algorithms[prefix]
  let iterations = 0
  let keyLength: number | undefined
  let salt: Uint8Array | undefined
  let checksum: Uint8Array | undefined
  for (let place = 0; place < names.length; place++) {
    const name = names[place] ?? 'checksum'
    const field = fields[place] ?? rest
    if (name === 'algorithm') {
      algorithm = findAlgorithm(textOf(field), row)
      if (algorithm === undefined) return malformed('range', name)
    } else if (name === 'iterations') {
      const read = (row.iterations ?? readDecimal)(field)
      if (typeof read === 'string') return malformed(read, name)
      if (read > (row.maxIterations ?? MAX_ITERATIONS)) return malformed('range', name)
      iterations = read
    } else if (name === 'keyLength') {
      const read = readDecimal(field)
      if (typeof read === 'string') return malformed(read, name)
      keyLength = read
    } else if (name === 'salt') {
      const read = row.salt(field)
      if (typeof read === 'string') return malformed(read, name)
      const [min, max] = [row.minSaltBytes ?? 1, row.maxSaltBytes ?? Infinity]
      if (read.length < min || read.length > max) return malformed('length', name)
      salt = read
    } else {
      const read = readChecksum(field, row, algorithm)
      if (typeof read === 'string') return malformed(read, name)
      checksum = read
    }
  }
  if (algorithm === undefined || salt === undefined || checksum === undefined)
    return malformed('shape', 'digest')
  if (keyLength !== undefined && keyLength !== checksum.length) return malformed('range', 'keyLength')
  return [{ params: { algorithm, iterations }, salt, checksum }]
}

function readChecksum(field: Field, row: Row, algorithm: Algorithm | undefined): Uint8Array | Problem {
  if (algorithm === undefined) return 'range'
  const { decode, lengthOf: charactersOf } = row.checksum
  const size = DIGEST_BYTES[algorithm]
  const [min, max] = row.checksumBytes ?? [size, size]
  if (min === max && charactersOf !== undefined && lengthOf(field) !== charactersOf(min)) return 'length'
  const bytes = decode(field)
  return typeof bytes !== 'string' && (bytes.length < min || bytes.length > max) ? 'length' : bytes
}

interface Split {
  readonly names: readonly FieldName[]
  readonly fields: readonly Field[]
}

function splitRow(
  rest: Field,
  { fields: names = FIELDS, otherFields, separators = [] }: Row,
): Split | undefined {
  const fields = splitAnyBetween(rest, separators, names.length)
  if (fields !== undefined) return { names, fields }
  const others = otherFields && splitAnyBetween(rest, separators, otherFields.length)
  return otherFields && others && { names: otherFields, fields: others }
}

function findAlgorithm(text: string, { algorithms }: Row): Algorithm | undefined {
  return Object.hasOwn(algorithms, text) ? algorithms[text] : undefined
}

function readDecimal(field: Field): number | Problem {
  return readInteger(field, { min: 1, max: MAX_ITERATIONS })
}

/** The digest with its checksum overwritten up to the padding. */
function blank(digest: string, row: Row): string {
  const prefixes = row.prefix === undefined ? Object.keys(row.algorithms) : [row.prefix]
  const prefix = createPrefixFinder(prefixes)(digest) ?? ''
  const found = splitRow(fieldOf(digest, prefix.length), row)
  const { start, end } = found?.fields[found.names.indexOf('checksum')] ?? fieldOf(digest)
  const padding = digest.indexOf('=', start)
  return writeOver(digest, start, row.checksum.zero, padding >= start && padding < end ? padding : end)
}

function twice(bytes: number): number {
  return bytes * 2
}
