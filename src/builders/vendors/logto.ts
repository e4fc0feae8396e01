import { MAX_DIGEST_LENGTH } from '../../formats/bounds.js'
import { fieldOf } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { readTextSalt } from '../../formats/text.js'
import type { Columns } from '../columns.js'
import { findHash, HASH_BYTES } from './hashes.js'
import { argon2Of, BCRYPT } from './strings.js'
import { build, HEX, KEY_BYTES, LOWER_HEX, NONE, readBytes } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeHash, writePbkdf2 } from './write.js'

/** A user's password as Logto's Management API takes it. */
export interface LogtoFields {
  readonly passwordAlgorithm:
    'Argon2i' | 'Argon2id' | 'Argon2d' | 'Bcrypt' | 'Legacy' | 'MD5' | 'SHA1' | 'SHA256'
  /** The digest; of `Legacy` a list in JSON: the algorithm, its arguments with `@` for the password, the checksum. */
  readonly passwordDigest: string
}

const PASSWORD = '@'
const HEX_SALT = 'hex:'
const EXPECTED =
  'JSON of ["<algorithm>", [<one "@", and text before or behind it>], "<hex>"] or ["pbkdf2", ["<salt>", "<iterations>", "<length>", "<algorithm>", "@"], "<hex>"]'

// Logto compares the hexadecimal as text.
function hashRow(hash: 'md5' | 'sha1' | 'sha256'): Row {
  const size = HASH_BYTES[hash]
  return {
    takes: ['passwordDigest'],
    write: (columns) => {
      const checksum = readBytes(columns, 'passwordDigest', { ...LOWER_HEX, min: size, max: size })
      return writeHash({ hash, message: {}, checksum })
    },
  }
}

interface Legacy {
  readonly algorithm: string
  readonly args: readonly string[]
  readonly checksum: Uint8Array
}

const LEGACY: Row = {
  takes: ['passwordDigest'],
  write: (columns) => {
    const legacy = readLegacy(columns)
    const digest =
      legacy &&
      (legacy.algorithm === 'pbkdf2' || legacy.algorithm === 'pbkdf2Sync'
        ? writeKey(legacy)
        : writeJoined(legacy))
    if (digest === undefined) throw columns.fail('passwordDigest', EXPECTED)
    return digest
  },
}

function readLegacy({ text }: Columns): Legacy | undefined {
  const value = parse(text('passwordDigest', { is: () => true, expected: EXPECTED }))
  if (!isList(value) || value.length !== 3) return undefined
  const [algorithm, args, hex] = value
  if (typeof algorithm !== 'string' || !isTexts(args) || typeof hex !== 'string') return undefined
  const checksum = LOWER_HEX.decode(fieldOf(hex))
  return typeof checksum === 'string' ? undefined : { algorithm, args, checksum }
}

function parse(text: string): unknown {
  try {
    return text.length > MAX_DIGEST_LENGTH ? undefined : JSON.parse(text)
  } catch {
    // The error's message would show some of the text.
    return undefined
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return isList(value) && value.every((item) => typeof item === 'string')
}

/** The digest of a hash over all arguments, one after the other. Logto takes "@" more than once; no expression here does. */
function writeJoined({ algorithm, args, checksum }: Legacy): string | undefined {
  const hash = findHash(algorithm)
  const place = args.indexOf(PASSWORD)
  if (hash === undefined || place < 0 || args.lastIndexOf(PASSWORD) !== place) return undefined
  const before = textOf(args.slice(0, place).join(''))
  const after = textOf(args.slice(place + 1).join(''))
  if (before === undefined || after === undefined || checksum.length !== HASH_BYTES[hash]) return undefined
  return writeHash({ hash, message: { before, after }, checksum })
}

/** The digest of PBKDF2, whose salt is text, or hexadecimal behind `hex:`. */
function writeKey({ args, checksum }: Legacy): string | undefined {
  const [saltText = '', iterationsText = '', lengthText = '', digest = '', password, ...others] = args
  if (password !== PASSWORD || others.length > 0) return undefined
  const iterations = readInteger(fieldOf(iterationsText), { min: 1, max: 2 ** 31 - 1 })
  const length = readInteger(fieldOf(lengthText), KEY_BYTES)
  const hash = findHash(digest)
  const salt = saltText.startsWith(HEX_SALT)
    ? HEX.decode(fieldOf(saltText, HEX_SALT.length))
    : readTextSalt(fieldOf(saltText))
  if (typeof iterations !== 'number' || hash === undefined || typeof salt === 'string') return undefined
  if (salt.length === 0 || checksum.length !== length) return undefined
  return writePbkdf2({ hash, iterations, salt, checksum })
}

function textOf(text: string): Uint8Array | undefined {
  if (text === '') return NONE
  const bytes = readTextSalt(fieldOf(text))
  return typeof bytes === 'string' ? undefined : bytes
}

const LOGTO: Vendor = {
  builder: 'logto',
  by: 'passwordAlgorithm',
  rows: {
    Argon2i: { takes: ['passwordDigest'], write: ({ text }) => text('passwordDigest', argon2Of('i')) },
    Argon2id: { takes: ['passwordDigest'], write: ({ text }) => text('passwordDigest', argon2Of('id')) },
    Argon2d: { takes: ['passwordDigest'], write: ({ text }) => text('passwordDigest', argon2Of('d')) },
    Bcrypt: { takes: ['passwordDigest'], write: ({ text }) => text('passwordDigest', BCRYPT) },
    Legacy: LEGACY,
    MD5: /* @__PURE__ */ hashRow('md5'),
    SHA1: /* @__PURE__ */ hashRow('sha1'),
    SHA256: /* @__PURE__ */ hashRow('sha256'),
  },
}

/**
 * A digest of a user's password that was prepared for Logto, for the hashers `bcrypt`, `argon2i`, `argon2id`, `argon2d`,
 * `pbkdf2_kratos`, `expr`, and those of MD5 and SHA alone.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://docs.logto.io/user-management/user-migration
 */
export function logto(fields: LogtoFields): string {
  return build(LOGTO, fields)
}
