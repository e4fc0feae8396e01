import { writeFirebaseScrypt } from './firebase-scrypt.js'
import { HASH_BYTES } from './hashes.js'
import type { HashName } from './hashes.js'
import { argon2Of, BCRYPT, PHPASS, readScrypt } from './strings.js'
import { build, choose, KEY_BYTES, LOWER_HEX, readBytes, TEXT } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeHash, writeScrypt } from './write.js'

/**
 * A password as Appwrite's endpoints `users/<hash>` take it. The user that Appwrite gives back has no salt of scrypt, so it is no
 * digest.
 */
export interface AppwriteFields {
  /** The last part of the endpoint. */
  readonly hash: 'argon2' | 'bcrypt' | 'md5' | 'phpass' | 'scrypt' | 'scrypt-modified' | 'sha'
  /** A string that names its algorithm; hexadecimal of MD5, SHA and scrypt; base64 of `scrypt-modified`. */
  readonly password: string
  /** The hash function of `sha`; default `sha3-512`. */
  readonly passwordVersion?: string
  /** Text of `scrypt`, base64 of `scrypt-modified`. */
  readonly passwordSalt?: string
  /** N of scrypt. */
  readonly passwordCpu?: number
  /** r of scrypt, whatever its name says. */
  readonly passwordMemory?: number
  readonly passwordParallel?: number
  readonly passwordLength?: number
  readonly passwordSaltSeparator?: string
  readonly passwordSignerKey?: string
}

const VERSIONS: Readonly<Record<string, HashName>> = {
  ...{ sha1: 'sha1', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512' },
  ...{ 'sha512/256': 'sha512-256', 'sha3-224': 'sha3-224', 'sha3-256': 'sha3-256' },
  ...{ 'sha3-384': 'sha3-384', 'sha3-512': 'sha3-512' },
}

function hashRow(name: HashName | undefined): Row {
  return {
    takes: name === undefined ? ['password', 'passwordVersion'] : ['password'],
    write: (columns) => {
      const hash =
        name ?? (columns.has('passwordVersion') ? choose(columns, 'passwordVersion', VERSIONS) : 'sha3-512')
      const size = HASH_BYTES[hash]
      const checksum = readBytes(columns, 'password', { ...LOWER_HEX, min: size, max: size })
      return writeHash({ hash, message: {}, checksum })
    },
  }
}

const SCRYPT: Row = {
  takes: ['password', 'passwordSalt', 'passwordCpu', 'passwordMemory', 'passwordParallel', 'passwordLength'],
  write: (columns) => {
    const size = columns.integer('passwordLength', KEY_BYTES.min, KEY_BYTES.max)
    return writeScrypt(readScrypt(columns, ['passwordCpu', 'passwordMemory', 'passwordParallel']), {
      salt: readBytes(columns, 'passwordSalt', TEXT),
      checksum: readBytes(columns, 'password', { ...LOWER_HEX, min: size, max: size }),
    })
  },
}

// Appwrite has no fields for the numbers of Firebase's scrypt: they are those of every project.
const SCRYPT_MODIFIED: Row = {
  takes: ['password', 'passwordSalt', 'passwordSaltSeparator', 'passwordSignerKey'],
  write: (columns) =>
    writeFirebaseScrypt(columns, {
      ...{ passwordHash: 'password', salt: 'passwordSalt' },
      ...{ signerKey: 'passwordSignerKey', saltSeparator: 'passwordSaltSeparator' },
      ...{ rounds: 8, memoryCost: 14 },
    }),
}

const APPWRITE: Vendor = {
  builder: 'appwrite',
  by: 'hash',
  rows: {
    argon2: { takes: ['password'], write: ({ text }) => text('password', argon2Of('id', 'i', 'd')) },
    bcrypt: { takes: ['password'], write: ({ text }) => text('password', BCRYPT) },
    md5: /* @__PURE__ */ hashRow('md5'),
    phpass: { takes: ['password'], write: ({ text }) => text('password', PHPASS) },
    scrypt: SCRYPT,
    'scrypt-modified': SCRYPT_MODIFIED,
    sha: /* @__PURE__ */ hashRow(undefined),
  },
}

/**
 * A digest of a password that was prepared for Appwrite, for the hashers `bcrypt`, `argon2id`, `scrypt_passlib`, `scrypt_firebase`,
 * `phpass`, `expr`, and those of MD5 and SHA alone.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://github.com/utopia-php/auth/tree/main/src/Auth/Hashes
 */
export function appwrite(fields: AppwriteFields): string {
  return build(APPWRITE, fields)
}
