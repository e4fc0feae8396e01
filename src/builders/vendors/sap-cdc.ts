import { openColumns } from '../columns.js'
import type { Columns } from '../columns.js'
import { COMPOUND } from './crypt-strings.js'
import { HASH_BYTES } from './hashes.js'
import { readBinaryFormat, readFormat } from './sap-cdc-template.js'
import type { Template } from './sap-cdc-template.js'
import { BASE64, bounded, choose, KEY_BYTES, readBytes } from './values.js'
import { writeHash, writePbkdf2 } from './write.js'
import type { Message } from './write.js'

type Algorithm = 'md5' | 'pbkdf2' | 'pbkdf2_sha256' | 'pbkdf2_sha512' | 'sha1' | 'sha256' | 'sha512'

/** The `password` of an account as SAP Customer Data Cloud (Gigya) imports it. */
export interface SapCdcFields {
  /** A string that names its algorithm, in the place of the two other fields. */
  readonly compoundHashedPassword?: string
  /** Base64. */
  readonly hashedPassword?: string
  readonly hashSettings?: {
    readonly algorithm: Algorithm
    /** Text with `format`, otherwise base64, or what `binaryFormat` says. */
    readonly salt?: string
    /** Default 1. */
    readonly rounds?: number
    /** A template with `$password`, and `$salt` or not. */
    readonly format?: string
    /** The same of bytes, as `$salt:base64$0x5F$password:utf16`. */
    readonly binaryFormat?: string
  }
}

const SETTINGS = ['algorithm', 'salt', 'rounds', 'format', 'binaryFormat']
const MAX_COUNT = 2 ** 31 - 1
const TEMPLATES = {
  format: {
    read: readFormat,
    expected: 'a template with $password once, and $salt where there is a salt',
  },
  binaryFormat: {
    read: readBinaryFormat,
    expected: 'a template of $0x<hex>, $password with :utf8 or :utf16, and $salt with these, :base64 or :hex',
  },
} as const

type Write = (columns: Columns, settings: Columns) => string

function hashRow(hash: 'md5' | 'sha1' | 'sha256' | 'sha512'): Write {
  const size = HASH_BYTES[hash]
  return (columns, settings) =>
    writeHash({
      hash,
      // A round digests the bytes of the digest before. The documents say "iterations of hashing" and no more.
      count: settings.integer('rounds', 1, MAX_COUNT, 1),
      message: readMessage(settings),
      checksum: readBytes(columns, 'hashedPassword', { ...BASE64, min: size, max: size }),
    })
}

function pbkdf2Row(hash: 'sha1' | 'sha256' | 'sha512'): Write {
  return (columns, settings) => {
    settings.only(['algorithm', 'salt', 'rounds'], 'algorithm is of PBKDF2')
    return writePbkdf2({
      hash,
      iterations: settings.integer('rounds', 1, MAX_COUNT, 1),
      salt: readBytes(settings, 'salt', BASE64),
      checksum: readBytes(columns, 'hashedPassword', { ...BASE64, ...KEY_BYTES }),
    })
  }
}

// What sha1_hashbytes, sha512Hexa, md5_double_salted, symphony2 and sap_abap compute is written nowhere, so that they are refused.
// bcrypt, md5_crypt and drupal are imported as strings.
const ROWS: Readonly<Record<Algorithm, Write>> = {
  ...{
    md5: /* @__PURE__ */ hashRow('md5'),
    pbkdf2: /* @__PURE__ */ pbkdf2Row('sha1'),
    pbkdf2_sha256: /* @__PURE__ */ pbkdf2Row('sha256'),
  },
  ...{
    pbkdf2_sha512: /* @__PURE__ */ pbkdf2Row('sha512'),
    sha1: /* @__PURE__ */ hashRow('sha1'),
    sha256: /* @__PURE__ */ hashRow('sha256'),
  },
  sha512: /* @__PURE__ */ hashRow('sha512'),
}

/**
 * A digest of a password that was prepared for SAP Customer Data Cloud, for the hashers `bcrypt`, `md5crypt`, `sha512crypt`, `phpass`,
 * `sha512_drupal7`, `pbkdf2_kratos`, `expr`, and those of MD5 and SHA alone.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://help.sap.com/docs/SAP_CUSTOMER_DATA_CLOUD/8b8d6fffe113457094a17701f63e3d6a/41365a5370b21014bbc5a10ce4041860.html
 */
export function sapCdc(fields: SapCdcFields): string {
  const names = ['compoundHashedPassword', 'hashedPassword', 'hashSettings']
  const columns = openColumns('sapCdc', fields, names)
  if (columns.has('compoundHashedPassword')) {
    columns.only(['compoundHashedPassword'], 'compoundHashedPassword is given')
    return columns.text('compoundHashedPassword', COMPOUND)
  }
  const settings = columns.open('hashSettings', SETTINGS)
  return bounded(columns, choose(settings, 'algorithm', ROWS)(columns, settings))
}

function readMessage(settings: Columns): Message {
  const name = settings.has('binaryFormat') ? 'binaryFormat' : 'format'
  if (!settings.has(name)) {
    // How a salt without a template is joined to the password is written nowhere.
    settings.only(['algorithm', 'rounds'], 'format is absent')
    return {}
  }
  settings.only(['algorithm', 'salt', 'rounds', name], `${name} is given`)
  const { read, expected } = TEMPLATES[name]
  const template = read(settings.text(name, { is: (field) => read(field.text) !== undefined, expected }))
  if (template === undefined) throw settings.fail(name, expected)
  const { before, password, after } = template
  if (![...before, ...after].some((part) => !(part instanceof Uint8Array))) {
    settings.only(['algorithm', 'rounds', name], `${name} has no $salt`)
  }
  return { before: bytesOf(settings, before), password, after: bytesOf(settings, after) }
}

/** The bytes of the parts, with the salt in its places. */
function bytesOf(settings: Columns, parts: Template['before']): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => [...(part instanceof Uint8Array ? part : readBytes(settings, 'salt', part))]),
  )
}
