import type { Columns } from '../columns.js'
import { HASH_BYTES } from './hashes.js'
import { writePhpass } from './phpass.js'
import { BASE64, bcryptBase64Of, build, readBytes } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeBcrypt, writeHash, writeHmac, writePbkdf2 } from './write.js'

/** A user's password as FusionAuth's import takes it. */
export interface FusionAuthFields {
  readonly encryptionScheme:
    | 'bcrypt'
    | 'phpass-md5'
    | 'phpass-sha512'
    | 'phppass-sha512'
    | 'salted-hmac-sha256'
    | 'salted-md5'
    | 'salted-pbkdf2-hmac-sha256'
    | 'salted-pbkdf2-hmac-sha256-512'
    | 'salted-pbkdf2-hmac-sha512-512'
    | 'salted-sha256'
  /** The checksum in base64; of bcrypt and phpass in their own. */
  readonly password: string
  /** Base64; of bcrypt in its own, of phpass text. */
  readonly salt: string
  /** The rounds; of bcrypt the cost. */
  readonly factor?: number
}

const MAX_COUNT = 2 ** 31 - 1
const TAKES = ['password', 'salt', 'factor']

function readKey(columns: Columns, size: number): Uint8Array {
  return readBytes(columns, 'password', { ...BASE64, min: size, max: size })
}

// The salt stands behind the password, once: each further round digests the digest before alone. The pseudocode of FusionAuth does not
// write MD5 and SHA-256 in base64; its encryptors do.
function hashRow(hash: 'md5' | 'sha256'): Row {
  return {
    takes: TAKES,
    write: (columns) =>
      writeHash({
        hash,
        count: columns.integer('factor', 1, MAX_COUNT),
        message: { after: readBytes(columns, 'salt', BASE64) },
        checksum: readKey(columns, HASH_BYTES[hash]),
      }),
  }
}

function pbkdf2Row(hash: 'sha256' | 'sha512', size: number): Row {
  return {
    takes: TAKES,
    write: (columns) =>
      writePbkdf2({
        hash,
        iterations: columns.integer('factor', 1, MAX_COUNT),
        salt: readBytes(columns, 'salt', BASE64),
        checksum: readKey(columns, size),
      }),
  }
}

// The factor of phpass counts the rounds behind the first. Its checksum is in phpass's own base64: a PHP application has no other.
function phpassRow(type: 'md5' | 'sha512'): Row {
  const names = { rounds: 'factor', salt: 'salt', checksum: 'password' }
  return { takes: TAKES, write: (columns) => writePhpass(columns, type, names) }
}

const BCRYPT: Row = {
  takes: TAKES,
  write: ({ text, integer }) =>
    writeBcrypt(
      integer('factor', 4, 31),
      text('salt', bcryptBase64Of(22)),
      text('password', bcryptBase64Of(31)),
    ),
}

// HMAC has no rounds. Rows of FusionAuth's table have a factor all the same.
const HMAC: Row = {
  takes: TAKES,
  write: (columns) => {
    columns.integer('factor', 0, MAX_COUNT, 0)
    const key = readBytes(columns, 'salt', BASE64)
    return writeHmac({ hash: 'sha256', key, message: {}, checksum: readKey(columns, HASH_BYTES.sha256) })
  },
}

const FUSION_AUTH: Vendor = {
  builder: 'fusionAuth',
  by: 'encryptionScheme',
  rows: {
    bcrypt: BCRYPT,
    'phpass-md5': /* @__PURE__ */ phpassRow('md5'),
    'phpass-sha512': /* @__PURE__ */ phpassRow('sha512'),
    // FusionAuth's reference spells the name with one more p.
    'phppass-sha512': /* @__PURE__ */ phpassRow('sha512'),
    'salted-hmac-sha256': HMAC,
    'salted-md5': /* @__PURE__ */ hashRow('md5'),
    'salted-pbkdf2-hmac-sha256': /* @__PURE__ */ pbkdf2Row('sha256', 32),
    'salted-pbkdf2-hmac-sha256-512': /* @__PURE__ */ pbkdf2Row('sha256', 64),
    'salted-pbkdf2-hmac-sha512-512': /* @__PURE__ */ pbkdf2Row('sha512', 64),
    'salted-sha256': /* @__PURE__ */ hashRow('sha256'),
  },
}

/**
 * A digest of a user's password as FusionAuth keeps and imports it, for the hashers `bcrypt`, `pbkdf2_kratos`, `phpass`,
 * `sha512_drupal7` and `expr`. Schemes of plugins are refused.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://fusionauth.io/docs/reference/password-hashes
 */
export function fusionAuth(fields: FusionAuthFields): string {
  return build(FUSION_AUTH, fields)
}
