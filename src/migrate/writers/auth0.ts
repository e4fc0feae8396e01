import { algorithmOf, readPart, lengthOf } from './parts.js'
import type { Order, Parts, PartsOf } from './parts.js'
import { hexOf, spellArgon2, spellBcrypt, spellLdap, spellPbkdf2Phc } from './spell.js'
import type { Spelled } from './spell.js'
import { isEmail, JSON_LIST, NO_EMAIL } from './writer.js'
import type { Digest, Refusal, Row, Writer } from './writer.js'

/** The limit of Auth0 is 500 kB. */
const MAX_BYTES = 499_000
const NATIVE = /^\$2[ab]\$10\$/
const LDAP = /^\{S?(?:MD5|SHA|SHA\d{3})\}/

/** A `custom_password_hash`. */
interface Custom {
  readonly algorithm: string
  readonly hash: {
    readonly value: string
    readonly encoding: 'utf8' | 'hex'
    readonly digest?: string
    readonly key?: { readonly value: string; readonly encoding: 'hex' }
  }
  readonly salt?: {
    readonly value: string
    readonly encoding: 'hex'
    readonly position?: 'prefix' | 'suffix'
  }
  readonly password?: { readonly encoding: 'utf16le' }
  readonly keylen?: number
  readonly cost?: number
  readonly blockSize?: number
  readonly parallelization?: number
}

/** The algorithm and the digest as text, of the kinds that Auth0 takes so. */
function textOf(
  parts: Parts,
  text: string,
): readonly [algorithm: string, spelled: Spelled | undefined] | undefined {
  switch (parts.kind) {
    case 'bcrypt':
      return ['bcrypt', spellBcrypt(parts)]
    case 'argon2':
      return ['argon2', spellArgon2(parts)]
    case 'pbkdf2':
      return ['pbkdf2', spellPbkdf2Phc(parts)]
    case 'digest':
      return LDAP.test(text) ? ['ldap', spellLdap(parts)] : undefined
    case 'firebase':
    case 'hmac':
    case 'phpass':
    case 'scrypt':
      return undefined
  }
}

/** The `custom_password_hash` of parts that stand in fields of their own; undefined where Auth0 has none for them. */
function customOf(parts: Parts): Custom | undefined {
  switch (parts.kind) {
    case 'scrypt':
      return customScrypt(parts)
    case 'digest':
      return customDigest(parts)
    case 'hmac':
      return {
        algorithm: 'hmac',
        hash: {
          ...{ value: hexOf(parts.checksum), encoding: 'hex', digest: parts.algorithm },
          key: { value: hexOf(parts.key), encoding: 'hex' },
        },
      }
    case 'argon2':
    case 'bcrypt':
    case 'firebase':
    case 'pbkdf2':
    case 'phpass':
      return undefined
  }
}

function customScrypt({ logN, r, p, salt, checksum }: PartsOf<'scrypt'>): Custom {
  return {
    algorithm: 'scrypt',
    hash: { value: hexOf(checksum), encoding: 'hex' },
    salt: { value: hexOf(salt), encoding: 'hex' },
    ...{ keylen: lengthOf(checksum), cost: 2 ** logN, blockSize: Number(r), parallelization: Number(p) },
  }
}

function customDigest({ algorithm, order, salt, checksum }: PartsOf<'digest'>): Custom | undefined {
  if (algorithm === 'sha224' || algorithm === 'sha384') return undefined
  return {
    algorithm,
    hash: { value: hexOf(checksum), encoding: 'hex' },
    ...(order !== 'none' && {
      salt: { value: hexOf(salt), encoding: 'hex', position: order === 'salt first' ? 'prefix' : 'suffix' },
    }),
  }
}

/** The parts of a `custom_password_hash` whose fields hold them, as Auth0 reads it. */
function readCustom(custom: Custom): Parts | undefined {
  const { value, digest = '', key } = custom.hash
  const { cost = 16_384, blockSize = 8, parallelization = 1 } = custom
  const salt = readPart(custom.salt?.value ?? '', 'hex')
  const algorithm = algorithmOf(custom.algorithm === 'hmac' ? digest : custom.algorithm)
  const checksum = readPart(value, 'hex')
  if (custom.algorithm === 'scrypt') {
    if (custom.keylen !== lengthOf(checksum)) return undefined
    const numbers = { logN: Math.log2(cost), r: String(blockSize), p: String(parallelization) }
    return { kind: 'scrypt', ...numbers, salt, checksum }
  }
  if (algorithm === undefined) return undefined
  if (custom.algorithm === 'hmac') {
    return { kind: 'hmac', algorithm, key: readPart(key?.value ?? '', 'hex'), checksum }
  }
  const order: Order =
    salt === '' ? 'none' : custom.salt?.position === 'suffix' ? 'password first' : 'salt first'
  return { kind: 'digest', algorithm, salt, checksum, order }
}

type Password = Pick<Row, 'rewritten'> & {
  readonly members: { readonly password_hash: string } | { readonly custom_password_hash: Custom }
}

function writePassword({ hasher, text, ...digest }: Digest): Password | Refusal {
  if (hasher === 'nthash') {
    const hash = { value: text.toLowerCase(), encoding: 'hex' } as const
    return {
      members: { custom_password_hash: { algorithm: 'md4', hash, password: { encoding: 'utf16le' } } },
    }
  }
  const parts = digest.parts()
  if (parts === undefined) return { refused: `auth0 takes no ${hasher}` }
  if (parts.kind === 'bcrypt' && NATIVE.test(parts.text)) {
    return { members: { password_hash: parts.text }, rewritten: anotherText(spellBcrypt(parts), text) }
  }
  const [algorithm, spelled] = textOf(parts, text) ?? []
  if (algorithm !== undefined && spelled !== undefined) {
    const hash = { value: spelled.text, encoding: 'utf8' } as const
    return { members: { custom_password_hash: { algorithm, hash } }, rewritten: anotherText(spelled, text) }
  }
  const custom = algorithm === undefined ? customOf(parts) : undefined
  if (custom === undefined) return { refused: `auth0 takes no ${hasher}` }
  const rewritten = readCustom(custom)
  return rewritten === undefined
    ? { refused: `auth0 takes no such ${hasher}` }
    : { members: { custom_password_hash: custom }, rewritten }
}

function anotherText(spelled: Spelled, text: string): Spelled | undefined {
  return spelled.text === text ? undefined : spelled
}

/**
 * The users of Auth0's bulk import, in files that it takes.
 *
 * @see https://auth0.com/docs/manage-users/user-migration/bulk-user-import-database-schema-and-examples
 */
export const auth0Writer: Writer = {
  ...JSON_LIST,
  ...{ name: 'auth0', maxBytes: MAX_BYTES },
  write: ({ id, login }, digest): Row | Refusal => {
    if (!isEmail(login)) return NO_EMAIL
    const password = digest === undefined ? undefined : writePassword(digest)
    if (password !== undefined && 'refused' in password) return password
    const user = { ...(id !== '' && { user_id: id }), email: login, ...password?.members }
    const value = JSON.stringify(user)
    if (Buffer.byteLength(value) > MAX_BYTES - 16) return { refused: 'auth0 takes no account of that size' }
    return { value, ...(password?.rewritten !== undefined && { rewritten: password.rewritten }) }
  },
}
