import type { Columns, ColumnType } from '../columns.js'
import { LDAP_STRING, readPbkdf2, PBKDF2_STRING } from './auth0-strings.js'
import { HASH_BYTES } from './hashes.js'
import type { HashName } from './hashes.js'
import { argon2Of, BCRYPT, readScrypt } from './strings.js'
import { BASE64, build, choose, HEX, KEY_BYTES, NONE, readBytes, TEXT } from './values.js'
import type { Row, Spelling, Vendor } from './values.js'
import { writeHash, writeHmac, writePbkdf2, writePre, writeScrypt } from './write.js'
import type { Message } from './write.js'

type Encoding = 'base64' | 'hex' | 'utf8'
type Digest = 'md4' | 'md5' | 'sha1' | 'sha256' | 'sha512'
type Algorithm = 'argon2' | 'bcrypt' | 'hmac' | 'ldap' | Digest | 'pbkdf2' | 'scrypt'

/** A `custom_password_hash` of Auth0's bulk import. */
export interface Auth0Fields {
  readonly algorithm: Algorithm
  readonly hash: {
    readonly value: string
    /** Absent where the value is a string that names its algorithm. */
    readonly encoding?: Encoding
    /** The hash function of HMAC. */
    readonly digest?: string
    readonly key?: { readonly value: string; readonly encoding?: Encoding }
  }
  /** Text before the password, where neither encoding nor position says otherwise. */
  readonly salt?: {
    readonly value: string
    readonly encoding?: Encoding
    readonly position?: 'prefix' | 'suffix'
  }
  readonly password?: {
    readonly encoding?: 'ascii' | 'utf8' | 'utf16le' | 'ucs2' | 'latin1' | 'binary'
  }
  /** The bytes of the key of scrypt. */
  readonly keylen?: number
  readonly cost?: number
  readonly blockSize?: number
  readonly parallelization?: number
}

const ENCODINGS: Readonly<Record<Encoding, Spelling>> = { base64: BASE64, hex: HEX, utf8: TEXT }
const BINARY: Readonly<Record<'base64' | 'hex', Spelling>> = { base64: BASE64, hex: HEX }

// Auth0 names the encodings of Node, which cuts a character that Latin-1 lacks to its lower byte. Such a password matches nothing here.
const ANY_WIDTH = {
  ...{ utf8: 'p', ascii: 'latin1(p)', latin1: 'latin1(p)', binary: 'latin1(p)' },
  ...{ utf16le: 'utf16le(p)', ucs2: 'utf16le(p)' },
}
// bcrypt and Argon2 are given text. A password in UTF-16 has NULs, at which bcrypt ends.
const ONE_BYTE = { utf8: 'p', ascii: 'latin1(p)', latin1: 'latin1(p)', binary: 'latin1(p)' }
// The bytes that an expression may put before a password of bcrypt.
const MAX_BCRYPT_SALT = 40

const UNSALTED = ['hash', 'password']
const SALTED = ['hash', 'salt', 'password']

function passwordOf(columns: Columns, encodings: Readonly<Record<string, string>>): string {
  if (!columns.has('password')) return 'p'
  const password = columns.open('password', ['encoding'])
  return password.has('encoding') ? choose(password, 'encoding', encodings) : 'p'
}

/** Reads the bytes of a value in an encoding, which is another field of the same object. */
function readEncoded(
  columns: Columns,
  encodings: Readonly<Record<string, Spelling>>,
  bounds: { readonly min?: number; readonly max?: number; readonly fallback?: Spelling } = {},
): Uint8Array {
  const { fallback, ...size } = bounds
  const spelling =
    fallback !== undefined && !columns.has('encoding') ? fallback : choose(columns, 'encoding', encodings)
  return readBytes(columns, 'value', { ...spelling, ...size })
}

/** Opens a hash whose value is a whole string. Its encoding can only be that of text. */
function readString(columns: Columns, type: ColumnType): string {
  const hash = columns.open('hash', ['value', 'encoding'])
  if (hash.has('encoding')) choose(hash, 'encoding', { utf8: true })
  return hash.text('value', type)
}

/** What is hashed. The salt has its own encoding, so that of the password says nothing of it. */
function readMessage(columns: Columns, password: string, max?: number): Message {
  if (!columns.has('salt')) return { password }
  const salt = columns.open('salt', ['value', 'encoding', 'position'])
  const isBefore = !salt.has('position') || choose(salt, 'position', { prefix: true, suffix: false })
  const limit = isBefore && max !== undefined ? { max } : {}
  const bytes = readEncoded(salt, ENCODINGS, { fallback: TEXT, ...limit })
  return isBefore ? { before: bytes, password, after: NONE } : { before: NONE, password, after: bytes }
}

const ARGON2: Row = {
  takes: UNSALTED,
  write: (columns) => {
    const message = { password: passwordOf(columns, ONE_BYTE) }
    return writePre(message, readString(columns, argon2Of('id', 'i', 'd')))
  },
}

const BCRYPT_ROW: Row = {
  takes: SALTED,
  write: (columns) => {
    const message = readMessage(columns, passwordOf(columns, ONE_BYTE), MAX_BCRYPT_SALT)
    if (message.before?.includes(0) === true || message.after?.includes(0) === true) {
      throw columns.open('salt', ['value', 'encoding', 'position']).fail('value', 'bytes without a NUL')
    }
    return writePre(message, readString(columns, BCRYPT))
  },
}

const HMAC: Row = {
  takes: UNSALTED,
  write: (columns) => {
    const hash = columns.open('hash', ['value', 'encoding', 'digest', 'key'])
    const name = choose<HashName>(hash, 'digest', {
      ...{ md4: 'md4', md5: 'md5', ripemd160: 'ripemd160', sha1: 'sha1', sha224: 'sha224', sha256: 'sha256' },
      ...{ sha384: 'sha384', sha512: 'sha512', whirlpool: 'whirlpool' },
    })
    const size = HASH_BYTES[name]
    return writeHmac({
      hash: name,
      key: readEncoded(hash.open('key', ['value', 'encoding']), ENCODINGS, { fallback: TEXT }),
      message: { password: passwordOf(columns, ANY_WIDTH) },
      checksum: readEncoded(hash, BINARY, { min: size, max: size }),
    })
  },
}

const LDAP: Row = { takes: ['hash'], write: (columns) => readString(columns, LDAP_STRING) }

function hashRow(name: HashName): Row {
  return {
    takes: SALTED,
    write: (columns) => {
      const size = HASH_BYTES[name]
      return writeHash({
        hash: name,
        message: readMessage(columns, passwordOf(columns, ANY_WIDTH)),
        checksum: readEncoded(columns.open('hash', ['value', 'encoding']), BINARY, { min: size, max: size }),
      })
    },
  }
}

const PBKDF2: Row = {
  takes: UNSALTED,
  write: (columns) => {
    const password = passwordOf(columns, ANY_WIDTH)
    const found = readPbkdf2(readString(columns, PBKDF2_STRING))
    if (found === undefined) throw columns.fail('hash.value', PBKDF2_STRING.expected)
    return writePbkdf2({ ...found, password })
  },
}

// A salt of scrypt stands nowhere near the password, so it has no position.
const SCRYPT_ROW: Row = {
  takes: ['hash', 'salt', 'password', 'keylen', 'cost', 'blockSize', 'parallelization'],
  write: (columns) => {
    const size = columns.integer('keylen', KEY_BYTES.min, KEY_BYTES.max)
    const numbers = readScrypt(columns, ['cost', 'blockSize', 'parallelization'], { N: 16_384, r: 8, p: 1 })
    const salt = columns.open('salt', ['value', 'encoding', 'position'])
    salt.only(['value', 'encoding'], 'algorithm is scrypt')
    return writeScrypt(numbers, {
      salt: readEncoded(salt, ENCODINGS, { fallback: TEXT }),
      checksum: readEncoded(columns.open('hash', ['value', 'encoding']), BINARY, { min: size, max: size }),
      password: passwordOf(columns, ANY_WIDTH),
    })
  },
}

const ROWS: Readonly<Record<Algorithm, Row>> = {
  argon2: ARGON2,
  bcrypt: BCRYPT_ROW,
  hmac: HMAC,
  ldap: LDAP,
  md4: /* @__PURE__ */ hashRow('md4'),
  md5: /* @__PURE__ */ hashRow('md5'),
  sha1: /* @__PURE__ */ hashRow('sha1'),
  sha256: /* @__PURE__ */ hashRow('sha256'),
  sha512: /* @__PURE__ */ hashRow('sha512'),
  pbkdf2: PBKDF2,
  scrypt: SCRYPT_ROW,
}

const AUTH0: Vendor = { builder: 'auth0', by: 'algorithm', rows: ROWS }

/**
 * A digest of a `custom_password_hash`, for the hashers `bcrypt`, `argon2id`, `pbkdf2_kratos`, `scrypt_passlib`, `expr`, `pre`, and
 * those of LDAP and of digests alone.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://auth0.com/docs/manage-users/user-migration/bulk-user-import-database-schema-and-examples
 */
export function auth0(fields: Auth0Fields): string {
  return build(AUTH0, fields)
}
