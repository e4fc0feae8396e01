import type { Get, Made, Reader } from '../contract.js'
import { decode, writeKratos } from '../fields.js'
import { defineReader } from '../reader.js'

/**
 * Auth0: the lines of its support's export, whose bcrypt is `passwordHash`, and files for its bulk import, with `password_hash` or
 * `custom_password_hash`.
 *
 * @see https://auth0.com/docs/manage-users/user-migration/bulk-user-import-schema
 */
export const auth0: Reader = defineReader({
  name: 'auth0',
  forms: ['ndjson', 'json'],
  known: [['passwordHash', 'tenant'], ['custom_password_hash']],
  parts: { id: ['_id.$oid', '_id', 'user_id'], login: ['email', 'username'] },
  digest: (get) => {
    const text = get('passwordHash') ?? get('password_hash')
    if (text === false) return { problem: 'wrong-type' }
    if (typeof text === 'string' && text !== '') return text
    return get('custom_password_hash') === false ? readCustom(get) : null
  },
})

const UNSUPPORTED = { problem: 'unsupported' } as const
const BAD_FIELDS = { problem: 'bad-fields' } as const

interface Custom {
  readonly value: string
  /** The hash in bytes; undefined where it is not in its encoding. */
  readonly hash: Buffer | undefined
  /** The salt in bytes; undefined where there is none, null where it is not in its encoding. */
  readonly salt: Buffer | null | undefined
  readonly isSuffix: boolean
  readonly get: Get
}

/** A digest of an object `custom_password_hash`. An algorithm, or an encoding of passwords, that no hasher has is unsupported. */
function readCustom(row: Get): Made {
  const get: Get = (path) => row(`custom_password_hash.${path}`)
  const [algorithm, value, salt] = [get('algorithm'), get('hash.value'), get('salt.value')]
  const text = textOf(get, 'password.encoding', 'utf8')
  if (typeof algorithm !== 'string' || typeof value !== 'string') return BAD_FIELDS
  const make = MAKERS.get(algorithm)
  if (make === undefined || text !== 'utf8') return UNSUPPORTED
  const saltBytes = typeof salt === 'string' ? decode(salt, textOf(get, 'salt.encoding', 'utf8')) : undefined
  return make({
    ...{ value, get, isSuffix: textOf(get, 'salt.position', 'prefix') === 'suffix' },
    hash: decode(value, textOf(get, 'hash.encoding', '')),
    salt: typeof salt === 'string' ? (saltBytes ?? null) : undefined,
  })
}

function textOf(get: Get, path: string, fallback: string): string {
  const value = get(path)
  return typeof value === 'string' ? value : fallback
}

type Make = (custom: Custom) => Made

/** The digest as it stands, of the algorithms whose value is a whole digest. */
const asItStands: Make = ({ value, salt }) => (salt === undefined ? value : UNSUPPORTED)

function makeFast(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', bytes: number): Make {
  return ({ hash, salt, isSuffix }) => {
    if (hash?.length !== bytes || salt === null) return BAD_FIELDS
    if (salt === undefined || salt.length === 0) return hash.toString('hex')
    return writeKratos(algorithm, isSuffix ? '{PASSWORD}{SALT}' : '{SALT}{PASSWORD}', [salt, hash])
  }
}

const HMACS: Readonly<Record<string, number>> = {
  ...{ md4: 16, md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 },
}

/** HMAC in the fields of Ory Kratos: base64 of the hexadecimal, then of the key. */
const makeHmac: Make = ({ hash, salt, get }) => {
  const [name, keyText] = [get('hash.digest'), get('hash.key.value')]
  if (typeof name !== 'string' || typeof keyText !== 'string') return BAD_FIELDS
  const bytes = HMACS[name.toLowerCase()]
  if (bytes === undefined || salt !== undefined) return UNSUPPORTED
  const key = decode(keyText, textOf(get, 'hash.key.encoding', 'utf8'))
  if (hash?.length !== bytes || key === undefined || key.length === 0) return BAD_FIELDS
  const hex = Buffer.from(hash.toString('hex')).toString('base64')
  return `$hmac-${name.toLowerCase()}$${hex}$${key.toString('base64')}`
}

/** scrypt in the fields of passlib. */
const makeScrypt: Make = ({ hash, salt, get }) => {
  const [cost, r, p] = [
    readCount(get, 'cost', 16_384),
    readCount(get, 'blockSize', 8),
    readCount(get, 'parallelization', 1),
  ]
  const length = readCount(get, 'keylen', undefined)
  if (cost === undefined || r === undefined || p === undefined || !salt) return BAD_FIELDS
  const exponent = Math.log2(cost)
  if (!Number.isInteger(exponent) || hash === undefined || hash.length !== length) return BAD_FIELDS
  return `$scrypt$ln=${exponent},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`
}

function readCount(get: Get, name: string, fallback: number | undefined): number | undefined {
  const text = get(name)
  if (text === undefined || text === null) return fallback
  return text !== false && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

const MAKERS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['argon2', asItStands],
  ['bcrypt', asItStands],
  ['ldap', asItStands],
  ['pbkdf2', asItStands],
  ['md5', makeFast('md5', 16)],
  ['sha1', makeFast('sha1', 20)],
  ['sha256', makeFast('sha256', 32)],
  ['sha512', makeFast('sha512', 64)],
  ['hmac', makeHmac],
  ['scrypt', makeScrypt],
])
