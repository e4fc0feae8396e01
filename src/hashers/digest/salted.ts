import { DIGEST_BYTES } from '../../compute/cost.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex, isHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed, Readings } from '../../hasher/contract.js'
import { BOOLEAN, openOptions } from '../../options.js'
import { defineDigest, readingOf } from './define.js'
import type { Params } from './define.js'

// `salt$hash`, and the older `hash$salt` where the lengths decide: which of the two is the hash in hexadecimal. Where both are, both
// are tried. They are read in rows that name them, since the text says no algorithm.

export interface SaltedOptions {
  /** Whether the salt is hashed behind the password; default false. */
  readonly saltAfter?: boolean
}

interface Row {
  readonly name: string
  readonly algorithm: 'md5' | 'sha256'
  readonly example: string
}

const MD5: Row = {
  name: 'md5_salted',
  algorithm: 'md5',
  example: 'seasalt$1e9bf2bf5606aa5c39852cc30f0f6f22',
}

const SHA256: Row = {
  name: 'sha256_salted',
  algorithm: 'sha256',
  example: 'seasalt$e269eb49c037ea24445ade8257ca82eb48ddacfe62d951041016b6f7152fafda',
}

/**
 * MD5 of salt and password, the salt as text.
 *
 *     seasalt  $  <32 digits of hex>      (spaces added)
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is something else
 * @example createMd5Salted({ saltAfter: true })
 */
export function createMd5Salted(options: SaltedOptions = {}): Hasher {
  return defineSalted(MD5, readOptions('createMd5Salted', options))
}

/** MD5 of salt and password: {@link createMd5Salted} with its default. */
export const md5Salted: Hasher = /* @__PURE__ */ defineSalted(MD5, false)

/**
 * SHA-256 of salt and password, the salt as text.
 *
 *     seasalt  $  <64 digits of hex>      (spaces added)
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is something else
 * @example createSha256Salted({ saltAfter: true })
 */
export function createSha256Salted(options: SaltedOptions = {}): Hasher {
  return defineSalted(SHA256, readOptions('createSha256Salted', options))
}

/** SHA-256 of salt and password: {@link createSha256Salted} with its default. */
export const sha256Salted: Hasher = /* @__PURE__ */ defineSalted(SHA256, false)

function readOptions(where: string, options: SaltedOptions): boolean {
  return openOptions(where, options, ['saltAfter']).read('saltAfter', BOOLEAN) ?? false
}

function defineSalted({ name, algorithm, example }: Row, saltAfter: boolean): Hasher {
  const digits = DIGEST_BYTES[algorithm] * 2
  const params: Params = { algorithm, message: saltAfter ? 'password, salt' : 'salt, password' }
  return defineDigest({
    name,
    example,
    writtenBy: 'applications of their own',
    onlyNamed: true,
    identify: (digest) => findHashes(fieldOf(digest), digits).length > 0,
    parse: (rest) => parse(rest, params, digits),
    // Where both halves may be the hash, both are blanked.
    blank: (digest) =>
      findHashes(fieldOf(digest), digits).reduce(
        (blanked, [{ start, end }]) => writeOver(blanked, start, '0', end),
        digest,
      ),
  })
}

type Halves = readonly [hash: Field, salt: Field]

/** The fields that may be the hash: the last one first. */
function findHashes(rest: Field, digits: number): readonly Halves[] {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return []
  const [first, last] = fields
  const halves: readonly Halves[] = [
    [last, first],
    [first, last],
  ]
  return halves.filter(([hash, salt]) => lengthOf(hash) === digits && lengthOf(salt) > 0 && isHex(hash))
}

function parse(rest: Field, params: Params, digits: number): Readings<Parsed<Params>> | Malformed {
  const [first, ...others] = findHashes(rest, digits)
  if (first === undefined) return explain(rest, digits)
  const likeliest = read(first, params)
  if ('problem' in likeliest) return likeliest
  const further = others.map((halves) => read(halves, params))
  return [...likeliest, ...further.flatMap((reading) => ('problem' in reading ? [] : reading))]
}

function read([hashField, saltField]: Halves, params: Params): readonly [Parsed<Params>] | Malformed {
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeHex(hashField)
  return typeof checksum === 'string' ? malformed(checksum, 'checksum') : readingOf(params, salt, checksum)
}

/** What is wrong where neither field is a hash: of `salt$hash`, which is written today. */
function explain(rest: Field, digits: number): Malformed {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [salt, hash] = fields
  if (lengthOf(salt) === 0 || lengthOf(hash) === 0)
    return malformed('length', lengthOf(salt) === 0 ? 'salt' : 'checksum')
  return malformed(lengthOf(hash) === digits ? 'alphabet' : 'length', 'checksum')
}
