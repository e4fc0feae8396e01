import type { Columns } from '../columns.js'
import { HASH_BYTES } from './hashes.js'
import type { HashName } from './hashes.js'
import { BASE64, bcryptBase64Of, build, choose, KEY_BYTES, NONE, readBytes } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeBcrypt, writeHash, writePbkdf2 } from './write.js'

/** A hashed password as Okta's API takes it: `credentials.password.hash` of a user. */
export interface OktaFields {
  readonly algorithm: 'BCRYPT' | 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-512' | 'PBKDF2'
  /** Base64; of bcrypt the 31 characters behind the salt. */
  readonly value: string
  /** Base64; of bcrypt its 22 characters. */
  readonly salt?: string
  /** `PREFIX` where the salt stands before the password. Required with a salt of MD5 and SHA. */
  readonly saltOrder?: 'PREFIX' | 'POSTFIX'
  /** The cost of bcrypt. */
  readonly workFactor?: number
  readonly digestAlgorithm?: 'SHA256_HMAC' | 'SHA512_HMAC'
  readonly iterationCount?: number
  /** The bytes of the key of PBKDF2. */
  readonly keySize?: number
}

// Okta's documents let bcrypt begin at a cost of 1, with which no bcrypt makes a digest.
const BCRYPT_ROW: Row = {
  takes: ['value', 'salt', 'workFactor'],
  write: ({ text, integer }) =>
    writeBcrypt(
      integer('workFactor', 4, 20),
      text('salt', bcryptBase64Of(22)),
      text('value', bcryptBase64Of(31)),
    ),
}

const PBKDF2_ROW: Row = {
  takes: ['value', 'salt', 'digestAlgorithm', 'iterationCount', 'keySize'],
  write: (columns) => {
    const size = columns.integer('keySize', KEY_BYTES.min, KEY_BYTES.max)
    return writePbkdf2({
      hash: choose<HashName>(columns, 'digestAlgorithm', { SHA256_HMAC: 'sha256', SHA512_HMAC: 'sha512' }),
      iterations: columns.integer('iterationCount', 4_096, 2 ** 31 - 1),
      salt: readBytes(columns, 'salt', BASE64),
      checksum: readBytes(columns, 'value', { ...BASE64, min: size, max: size }),
    })
  },
}

function hashRow(hash: HashName): Row {
  return {
    takes: ['value', 'salt', 'saltOrder'],
    write: (columns) => {
      const size = HASH_BYTES[hash]
      const message = readSalt(columns)
      return writeHash({
        hash,
        message,
        checksum: readBytes(columns, 'value', { ...BASE64, min: size, max: size }),
      })
    },
  }
}

function readSalt(columns: Columns): { readonly before: Uint8Array; readonly after: Uint8Array } {
  if (!columns.has('salt')) {
    columns.only(['algorithm', 'value'], 'salt is absent')
    return { before: NONE, after: NONE }
  }
  const salt = readBytes(columns, 'salt', BASE64)
  const isBefore = choose(columns, 'saltOrder', { PREFIX: true, POSTFIX: false })
  return isBefore ? { before: salt, after: NONE } : { before: NONE, after: salt }
}

const OKTA: Vendor = {
  builder: 'okta',
  by: 'algorithm',
  rows: {
    BCRYPT: BCRYPT_ROW,
    MD5: /* @__PURE__ */ hashRow('md5'),
    'SHA-1': /* @__PURE__ */ hashRow('sha1'),
    'SHA-256': /* @__PURE__ */ hashRow('sha256'),
    'SHA-512': /* @__PURE__ */ hashRow('sha512'),
    PBKDF2: PBKDF2_ROW,
  },
}

/**
 * A digest of a hashed password that was prepared for Okta, for the hashers `bcrypt`, `pbkdf2_kratos`, `expr`, and those of MD5 and
 * SHA alone.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
export function okta(fields: OktaFields): string {
  return build(OKTA, fields)
}
