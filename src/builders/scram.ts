import { base64, decodeBase64, encodeBase64 } from '../formats/base64.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import { decodeLowerHex } from '../formats/hex.js'
import { readTextSalt } from '../formats/text.js'
import { readOption } from '../options.js'
import { openColumns } from './columns.js'
import type { Columns, ColumnType } from './columns.js'

const MAX_ITERATIONS = 2 ** 31 - 1
/** The mechanisms by the bytes of their keys. */
const MECHANISMS: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [20, 'SCRAM-SHA-1'],
  [32, 'SCRAM-SHA-256'],
  [64, 'SCRAM-SHA-512'],
])
const SALT: ColumnType = {
  is: (field) => lengthOf(field) > 0 && typeof decodeBase64(field, base64) !== 'string',
  expected: 'base64, padded',
}
const TEXT_SALT: ColumnType = {
  is: (field) => typeof readTextSalt(field) !== 'string',
  expected: 'text that is not empty, without control characters',
}

/** The fields of one mechanism. */
export interface MongodbScramFields {
  readonly iterationCount: number
  /** Base64, as the keys. */
  readonly salt: string
  readonly storedKey: string
  readonly serverKey: string
}

/** `credentials` of a document of MongoDB's collection `system.users`. */
export interface MongodbCredentials {
  readonly 'SCRAM-SHA-1'?: MongodbScramFields
  readonly 'SCRAM-SHA-256'?: MongodbScramFields
}

/**
 * A digest of `credentials` of MongoDB's `system.users`. Of SCRAM-SHA-256 it is for the hasher `scram`. Where a user has SCRAM-SHA-1
 * alone, it is for the hasher `scram_mongodb`, which needs the user name in the call's context.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 */
export function mongodb(credentials: MongodbCredentials): string {
  const names = ['SCRAM-SHA-1', 'SCRAM-SHA-256']
  const { fail } = openColumns('mongodb', credentials, names)
  const sha256 = readOption(credentials, 'SCRAM-SHA-256')
  if (sha256 !== undefined) return `SCRAM-SHA-256$${keysOfMongodb(sha256, 32)}`
  const sha1 = readOption(credentials, 'SCRAM-SHA-1')
  if (sha1 === undefined) throw fail('SCRAM-SHA-256', 'an object, or else SCRAM-SHA-1')
  return `scram_mongodb$${keysOfMongodb(sha1, 20)}`
}

function keysOfMongodb(fields: MongodbScramFields, bytes: number): string {
  const names = ['iterationCount', 'salt', 'storedKey', 'serverKey']
  const { text, integer } = openColumns(`mongodb: ${MECHANISMS.get(bytes) ?? ''}`, fields, names)
  const iterations = integer('iterationCount', 1, MAX_ITERATIONS)
  const key = keyOf(decode64, [bytes], 'base64')
  return `${iterations}:${text('salt', SALT)}$${text('storedKey', key)}:${text('serverKey', key)}`
}

/** A row of ejabberd's table `users`, whose passwords are hashed. */
export interface EjabberdColumns {
  /** StoredKey in base64, of SCRAM-SHA-256 and SCRAM-SHA-512 behind `sha256:` and `sha512:`. */
  readonly password: string
  /** Base64. */
  readonly serverkey: string
  /** Base64. */
  readonly salt: string
  readonly iterationcount: number
}

/** What stands in front of StoredKey, and the bytes of a key. */
const EJABBERD_MARKS = [
  ['sha256:', 32],
  ['sha512:', 64],
  ['', 20],
] as const
const EJABBERD_KEY = 'base64 of 20 bytes, or sha256: or sha512: and base64 of 32 or 64'

/**
 * A digest of a row of ejabberd's table `users`, for the hasher `scram`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 * @see https://github.com/processone/ejabberd/blob/master/src/ejabberd_auth_sql.erl
 */
export function ejabberd(columns: EjabberdColumns): string {
  const { text, integer, fail } = openColumns('ejabberd', columns, [
    'password',
    'serverkey',
    'salt',
    'iterationcount',
  ])
  const iterations = integer('iterationcount', 1, MAX_ITERATIONS)
  const salt = text('salt', SALT)
  const password = text('password', { is: () => true, expected: EJABBERD_KEY })
  const [mark, bytes] = EJABBERD_MARKS.find(([front]) => password.startsWith(front)) ?? ['', 20]
  const stored = password.slice(mark.length)
  if (decode64(stored)?.length !== bytes) throw fail('password', EJABBERD_KEY)
  const server = text('serverkey', keyOf(decode64, [bytes], 'base64'))
  return `${MECHANISMS.get(bytes) ?? ''}$${iterations}:${salt}$${stored}:${server}`
}

/** The values of Prosody's store `accounts`, as its files and its table `prosody` have them. */
export interface ProsodyFields {
  readonly iteration_count: number
  /** Text, which is hashed as it is. */
  readonly salt: string
  /** Hexadecimal. */
  readonly stored_key: string
  /** Hexadecimal. */
  readonly server_key: string
}

/**
 * A digest of an account of Prosody with `authentication = "internal_hashed"`, for the hasher `scram`. The length of the keys tells
 * the mechanism.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 */
export function prosody(fields: ProsodyFields): string {
  const names = ['iteration_count', 'salt', 'stored_key', 'server_key']
  const { text, integer } = openColumns('prosody', fields, names)
  const iterations = integer('iteration_count', 1, MAX_ITERATIONS)
  const salt = encodeBase64(new TextEncoder().encode(text('salt', TEXT_SALT)), base64)
  const keys = readKeys(text, {
    names: ['stored_key', 'server_key'],
    decode: decodeHex,
    encoding: 'hexadecimal in lower case',
  })
  return `${keys.mechanism}$${iterations}:${salt}$${keys.text}`
}

type Decode = (text: string) => Uint8Array | undefined

interface How {
  readonly names: readonly [string, string]
  readonly decode: Decode
  readonly encoding: string
}

/** Reads StoredKey and ServerKey, which are of one length. */
function readKeys(
  text: Columns['text'],
  { names: [storedName, serverName], decode, encoding }: How,
): { readonly mechanism: string; readonly text: string } {
  const stored = decode(text(storedName, keyOf(decode, [...MECHANISMS.keys()], encoding)))
  const bytes = stored?.length ?? 0
  const server = decode(text(serverName, keyOf(decode, [bytes], encoding)))
  const keys = [stored, server].map((key) => encodeBase64(key ?? new Uint8Array(0), base64))
  return { mechanism: MECHANISMS.get(bytes) ?? '', text: keys.join(':') }
}

/** The type of a key of one of some lengths. */
function keyOf(decode: Decode, lengths: readonly number[], encoding: string): ColumnType {
  return {
    is: ({ text }) => lengths.includes(decode(text)?.length ?? 0),
    expected: `${encoding} of ${lengths.join(', ')} bytes`,
  }
}

function decode64(text: string): Uint8Array | undefined {
  const bytes = decodeBase64(fieldOf(text), base64)
  return typeof bytes === 'string' ? undefined : bytes
}

function decodeHex(text: string): Uint8Array | undefined {
  const bytes = decodeLowerHex(fieldOf(text))
  return typeof bytes === 'string' ? undefined : bytes
}
