import type { Columns } from '../columns.js'
import { HASH_BYTES } from './hashes.js'
import { argon2Of, BCRYPT, PHPASS, readScrypt, SCRYPT } from './strings.js'
import { BASE64, build, choose, HEX, KEY_BYTES, NONE, readBytes, TEXT } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeArgon2, writeHash, writePbkdf2, writeScrypt } from './write.js'
import type { Message } from './write.js'

interface Salts {
  readonly prepend_salt?: string
  readonly append_salt?: string
}

/** A password as Stytch's endpoint `passwords/migrate` takes it. */
export interface StytchFields {
  readonly hash_type:
    'argon_2i' | 'argon_2id' | 'bcrypt' | 'md_5' | 'pbkdf_2' | 'phpass' | 'scrypt' | 'sha_1' | 'sha_512'
  /** A string that names its algorithm; or hexadecimal, and of scrypt and PBKDF2 base64. */
  readonly hash: string
  readonly md_5_config?: Salts
  readonly sha_1_config?: Salts
  readonly sha_512_config?: Salts
  readonly argon_2_config?: {
    readonly salt: string
    readonly iteration_amount: number
    /** In KiB. */
    readonly memory: number
    readonly threads: number
    readonly key_length: number
  }
  readonly scrypt_config?: {
    /** Base64. */
    readonly salt: string
    readonly n_parameter: number
    readonly r_parameter: number
    readonly p_parameter: number
    readonly key_length: number
  }
  readonly pbkdf_2_config?: {
    /** Base64. */
    readonly salt: string
    readonly iteration_amount: number
    readonly key_length: number
    readonly algorithm?: 'sha256' | 'sha512'
  }
}

const MAX_UINT32 = 2 ** 32 - 1

// Stytch's schema calls both salts required, so that an empty one stands for none.
function readSalt(config: Columns, name: string): Uint8Array {
  return config.has(name) ? readBytes(config, name, { ...TEXT, decode: decodeTextOrNone, min: 0 }) : NONE
}

function decodeTextOrNone(field: Parameters<typeof TEXT.decode>[0]): Uint8Array | string {
  return field.end === 0 ? NONE : TEXT.decode(field)
}

function hashRow(hash: 'md5' | 'sha1' | 'sha512', configName: string): Row {
  return {
    takes: ['hash', configName],
    write: (columns) => {
      const message = columns.has(configName)
        ? readMessage(columns.open(configName, ['prepend_salt', 'append_salt']))
        : {}
      const size = HASH_BYTES[hash]
      return writeHash({
        hash,
        message,
        checksum: readBytes(columns, 'hash', { ...HEX, min: size, max: size }),
      })
    },
  }
}

function readMessage(config: Columns): Message {
  return { before: readSalt(config, 'prepend_salt'), after: readSalt(config, 'append_salt') }
}

// Stytch says "hex form" of the checksum and nothing of the salt, which is taken as text here, as argon2's command does.
function argon2Row(variant: 'i' | 'id'): Row {
  return {
    takes: ['hash', 'argon_2_config'],
    write: (columns) => {
      if (!columns.has('argon_2_config')) return columns.text('hash', argon2Of(variant))
      const names = ['salt', 'iteration_amount', 'memory', 'threads', 'key_length']
      const config = columns.open('argon_2_config', names)
      const lanes = config.integer('threads', 1, 2 ** 24 - 1)
      const size = config.integer('key_length', KEY_BYTES.min, KEY_BYTES.max)
      const numbers = {
        ...({
          variant,
          version: 19,
          lanes,
          memory: config.integer('memory', 8 * lanes, MAX_UINT32),
        } as const),
        iterations: config.integer('iteration_amount', 1, MAX_UINT32),
      }
      return writeArgon2(numbers, {
        salt: readBytes(config, 'salt', { ...TEXT, min: 8 }),
        checksum: readBytes(columns, 'hash', { ...HEX, min: size, max: size }),
      })
    },
  }
}

const SCRYPT_ROW: Row = {
  takes: ['hash', 'scrypt_config'],
  write: (columns) => {
    if (!columns.has('scrypt_config')) return columns.text('hash', SCRYPT)
    const names = ['salt', 'n_parameter', 'r_parameter', 'p_parameter', 'key_length']
    const config = columns.open('scrypt_config', names)
    const size = config.integer('key_length', KEY_BYTES.min, KEY_BYTES.max)
    return writeScrypt(readScrypt(config, ['n_parameter', 'r_parameter', 'p_parameter']), {
      salt: readBytes(config, 'salt', BASE64),
      checksum: readBytes(columns, 'hash', { ...BASE64, min: size, max: size }),
    })
  },
}

const PBKDF2: Row = {
  takes: ['hash', 'pbkdf_2_config'],
  write: (columns) => {
    const config = columns.open('pbkdf_2_config', ['salt', 'iteration_amount', 'key_length', 'algorithm'])
    const size = config.integer('key_length', KEY_BYTES.min, KEY_BYTES.max)
    return writePbkdf2({
      hash: config.has('algorithm') ? choose(config, 'algorithm', HASHES) : 'sha256',
      iterations: config.integer('iteration_amount', 1, 2 ** 31 - 1),
      salt: readBytes(config, 'salt', BASE64),
      checksum: readBytes(columns, 'hash', { ...BASE64, min: size, max: size }),
    })
  },
}

const HASHES = { sha256: 'sha256', sha512: 'sha512' } as const

const STYTCH: Vendor = {
  builder: 'stytch',
  by: 'hash_type',
  rows: {
    argon_2i: /* @__PURE__ */ argon2Row('i'),
    argon_2id: /* @__PURE__ */ argon2Row('id'),
    bcrypt: { takes: ['hash'], write: ({ text }) => text('hash', BCRYPT) },
    md_5: /* @__PURE__ */ hashRow('md5', 'md_5_config'),
    pbkdf_2: PBKDF2,
    phpass: { takes: ['hash'], write: ({ text }) => text('hash', PHPASS) },
    scrypt: SCRYPT_ROW,
    sha_1: /* @__PURE__ */ hashRow('sha1', 'sha_1_config'),
    sha_512: /* @__PURE__ */ hashRow('sha512', 'sha_512_config'),
  },
}

/**
 * A digest of a password that was prepared for Stytch, for the hashers `bcrypt`, `argon2i`, `argon2id`, `scrypt_passlib`,
 * `pbkdf2_kratos`, `phpass`, `expr`, and those of MD5 and SHA alone.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://stytch.com/docs/api-reference/consumer/api/passwords/migrate
 */
export function stytch(fields: StytchFields): string {
  return build(STYTCH, fields)
}
