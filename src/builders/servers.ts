import { readTextSalt } from '../formats/text.js'
import { readOption } from '../options.js'
import { HEX_CHECKSUM, hexOf, oneOf, openColumns } from './columns.js'
import type { ColumnType } from './columns.js'

const MAX_ITERATIONS = 2 ** 31 - 1
const SALT_WITHOUT_COMMA: ColumnType = {
  is: (field) => typeof readTextSalt(field) !== 'string' && !field.text.includes(','),
  expected: 'text that is not empty, without "," and without control characters',
}
const SCHEMES = ['pbkdf2', 'simple']
const HASHES = ['sha', 'sha224', 'sha256', 'sha384', 'sha512']

export interface CouchdbFields {
  readonly passwordScheme: string
  /** The checksum of the scheme `pbkdf2`. */
  readonly derivedKey?: string
  readonly iterations?: number
  /** `sha256` and the like; absent in documents of releases before 3.4, which had SHA-1. */
  readonly pbkdf2Prf?: string
  /** The checksum of the scheme `simple`, which releases before 1.3 have. */
  readonly passwordSha?: string
  readonly salt: string
}

/**
 * A digest of a document of CouchDB's data base `_users`, for the hasher `couchdb`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://docs.couchdb.org/en/stable/intro/security.html
 */
export function couchdb(fields: CouchdbFields): string {
  const names = ['passwordScheme', 'derivedKey', 'iterations', 'pbkdf2Prf', 'passwordSha', 'salt']
  const { text, integer } = openColumns('couchdb', fields, names)
  const scheme = text('passwordScheme', oneOf(SCHEMES))
  const salt = text('salt', SALT_WITHOUT_COMMA)
  if (scheme === 'simple') return `-hashed-${text('passwordSha', hexOf(20))},${salt}`
  const iterations = integer('iterations', 1, MAX_ITERATIONS)
  const hash = readOption(fields, 'pbkdf2Prf') === undefined ? '' : `:${text('pbkdf2Prf', oneOf(HASHES))}`
  return `-pbkdf2${hash}-${text('derivedKey', HEX_CHECKSUM)},${salt},${iterations}`
}
