import { fieldOf } from '../../formats/fields.js'
import { decodeHex } from '../../formats/hex.js'
import type { Columns } from '../columns.js'
import { FIREBASE_NAMES } from '../firebase.js'
import { writeFirebaseScrypt } from './firebase-scrypt.js'
import { HASH_BYTES } from './hashes.js'
import { BCRYPT, readScrypt } from './strings.js'
import { BASE64, build, choose, KEY_BYTES, NONE, readBytes, readBytesOrNone } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeArgon2, writeHash, writeHmac, writePbkdf2, writeScrypt } from './write.js'
import type { Message } from './write.js'

type Plain = 'MD5' | 'SHA1' | 'SHA256' | 'SHA512'
type Keyed = `HMAC_${Plain}`
type Derived = 'ARGON2' | 'BCRYPT' | 'PBKDF_SHA1' | 'PBKDF2_SHA256' | 'SCRYPT' | 'STANDARD_SCRYPT'

/** A user of an import into Firebase Authentication, with the settings of the import: both by their names in the REST API. */
export interface FirebaseImportFields {
  readonly hashAlgorithm: Derived | Keyed | Plain
  /** Base64, as everything here that is text. */
  readonly passwordHash: string
  readonly salt?: string
  readonly signerKey?: string
  readonly saltSeparator?: string
  readonly rounds?: number
  readonly memoryCost?: number
  /** N of `STANDARD_SCRYPT`. */
  readonly cpuMemCost?: number
  readonly parallelization?: number
  readonly blockSize?: number
  readonly dkLen?: number
  /** Default the password first with HMAC, and the salt first without. */
  readonly passwordHashOrder?: 'PASSWORD_AND_SALT' | 'SALT_AND_PASSWORD'
  readonly argon2Parameters?: {
    readonly hashLengthBytes: number
    readonly hashType: 'ARGON2_D' | 'ARGON2_I' | 'ARGON2_ID'
    readonly parallelism: number
    readonly iterations: number
    readonly memoryCostKib: number
    /** Default `VERSION_13`. */
    readonly version?: 'VERSION_10' | 'VERSION_13'
    readonly associatedData?: string
  }
}

const ORDERS = { PASSWORD_AND_SALT: false, SALT_AND_PASSWORD: true }

// The reference leaves the orders open. The defaults are those of the tests of Firebase's own library.
function readMessage(columns: Columns, isSaltFirst: boolean): Message {
  const salt = readBytesOrNone(columns, 'salt', BASE64)
  const isBefore = columns.has('passwordHashOrder')
    ? choose(columns, 'passwordHashOrder', ORDERS)
    : isSaltFirst
  return isBefore ? { before: salt, after: NONE } : { before: NONE, after: salt }
}

function readKey(columns: Columns, { min, max }: { readonly min: number; readonly max: number }): Uint8Array {
  return readBytes(columns, 'passwordHash', { ...BASE64, min, max })
}

// Rounds are digests of the digest before. The reference says only "rounds", and this is what a round is elsewhere.
function hashRow(hash: 'sha1' | 'sha256' | 'sha512'): Row {
  const size = HASH_BYTES[hash]
  return {
    takes: ['passwordHash', 'salt', 'rounds', 'passwordHashOrder'],
    write: (columns) =>
      writeHash({
        hash,
        count: columns.integer('rounds', 1, 8_192),
        message: readMessage(columns, true),
        checksum: readKey(columns, { min: size, max: size }),
      }),
  }
}

// The checksum of MD5 is its hexadecimal, as in the tests of Firebase's library; the raw bytes cannot be taken for that. Rounds may be
// 0, which is one. What more rounds would digest, the bytes or the hexadecimal, is written nowhere, so that they are refused.
const MD5: Row = {
  takes: ['passwordHash', 'salt', 'rounds', 'passwordHashOrder'],
  write: (columns) => {
    columns.integer('rounds', 0, 1)
    const message = readMessage(columns, true)
    const bytes = readKey(columns, { min: 16, max: 32 })
    const checksum = bytes.length === 32 ? decodeHex(fieldOf(String.fromCharCode(...bytes))) : bytes
    if (typeof checksum === 'string' || checksum.length !== 16) {
      throw columns.fail('passwordHash', 'base64 of 32 hexadecimal digits, or of 16 bytes')
    }
    return writeHash({ hash: 'md5', message, checksum })
  },
}

function hmacRow(hash: 'md5' | 'sha1' | 'sha256' | 'sha512'): Row {
  const size = HASH_BYTES[hash]
  return {
    takes: ['passwordHash', 'salt', 'signerKey', 'passwordHashOrder'],
    write: (columns) =>
      writeHmac({
        hash,
        key: readBytes(columns, 'signerKey', BASE64),
        message: readMessage(columns, false),
        checksum: readKey(columns, { min: size, max: size }),
      }),
  }
}

// Firebase takes 0 iterations, which PBKDF2 does not have.
function pbkdf2Row(hash: 'sha1' | 'sha256'): Row {
  return {
    takes: ['passwordHash', 'salt', 'rounds'],
    write: (columns) =>
      writePbkdf2({
        hash,
        iterations: columns.integer('rounds', 1, 120_000),
        salt: readBytes(columns, 'salt', BASE64),
        checksum: readKey(columns, KEY_BYTES),
      }),
  }
}

const BCRYPT_ROW: Row = {
  takes: ['passwordHash'],
  write: (columns) => {
    const text = String.fromCharCode(...readKey(columns, { min: 60, max: 60 }))
    if (!BCRYPT.is(fieldOf(text))) throw columns.fail('passwordHash', `base64 of ${BCRYPT.expected}`)
    return text
  },
}

const SCRYPT: Row = {
  takes: ['passwordHash', 'salt', 'signerKey', 'saltSeparator', 'rounds', 'memoryCost'],
  write: (columns) => writeFirebaseScrypt(columns, FIREBASE_NAMES),
}

const STANDARD_SCRYPT: Row = {
  takes: ['passwordHash', 'salt', 'cpuMemCost', 'blockSize', 'parallelization', 'dkLen'],
  write: (columns) => {
    const size = columns.integer('dkLen', KEY_BYTES.min, KEY_BYTES.max)
    return writeScrypt(readScrypt(columns, ['cpuMemCost', 'blockSize', 'parallelization']), {
      salt: readBytes(columns, 'salt', BASE64),
      checksum: readKey(columns, { min: size, max: size }),
    })
  },
}

const ARGON2_NAMES = [
  'hashLengthBytes',
  'hashType',
  'parallelism',
  'iterations',
  'memoryCostKib',
  'version',
  'associatedData',
]
const VARIANTS = { ARGON2_D: 'd', ARGON2_I: 'i', ARGON2_ID: 'id' } as const
const VERSIONS = { VERSION_10: 16, VERSION_13: 19 } as const

const ARGON2: Row = {
  takes: ['passwordHash', 'salt', 'argon2Parameters'],
  write: (columns) => {
    const parameters = columns.open('argon2Parameters', ARGON2_NAMES)
    const size = parameters.integer('hashLengthBytes', KEY_BYTES.min, KEY_BYTES.max)
    const lanes = parameters.integer('parallelism', 1, 16)
    return writeArgon2(
      {
        variant: choose<'d' | 'i' | 'id'>(parameters, 'hashType', VARIANTS),
        version: parameters.has('version') ? choose<16 | 19>(parameters, 'version', VERSIONS) : 19,
        memory: parameters.integer('memoryCostKib', 8 * lanes, 32_768),
        iterations: parameters.integer('iterations', 1, 16),
        lanes,
        associatedData: readBytesOrNone(parameters, 'associatedData', BASE64),
      },
      {
        salt: readBytes(columns, 'salt', { ...BASE64, min: 8 }),
        checksum: readKey(columns, { min: size, max: size }),
      },
    )
  },
}

const FIREBASE: Vendor = {
  builder: 'firebaseImport',
  by: 'hashAlgorithm',
  rows: {
    ARGON2,
    BCRYPT: BCRYPT_ROW,
    HMAC_MD5: /* @__PURE__ */ hmacRow('md5'),
    HMAC_SHA1: /* @__PURE__ */ hmacRow('sha1'),
    HMAC_SHA256: /* @__PURE__ */ hmacRow('sha256'),
    HMAC_SHA512: /* @__PURE__ */ hmacRow('sha512'),
    MD5,
    PBKDF_SHA1: /* @__PURE__ */ pbkdf2Row('sha1'),
    PBKDF2_SHA256: /* @__PURE__ */ pbkdf2Row('sha256'),
    SCRYPT,
    SHA1: /* @__PURE__ */ hashRow('sha1'),
    SHA256: /* @__PURE__ */ hashRow('sha256'),
    SHA512: /* @__PURE__ */ hashRow('sha512'),
    STANDARD_SCRYPT,
  },
}

/**
 * A digest of a user that was prepared for Firebase Authentication or Identity Platform, by any algorithm of their import, for the
 * hashers `scrypt_firebase`, `scrypt_passlib`, `bcrypt`, `argon2id`, `pbkdf2_kratos`, `expr`, and those of MD5 and SHA alone. Users of
 * an export go to `firebase`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://cloud.google.com/identity-platform/docs/reference/rest/v1/projects.accounts/batchCreate
 */
export function firebaseImport(fields: FirebaseImportFields): string {
  return build(FIREBASE, fields)
}
