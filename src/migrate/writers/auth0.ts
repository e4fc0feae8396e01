import { algorithmOf, bytesOf, lengthOf } from './parts.js'
import type { Order, Parts, PartsOf } from './parts.js'
import { hexOf, spellArgon2, spellBcrypt, spellLdap, spellPbkdf2Phc } from './spell.js'
import type { Spelled } from './spell.js'
import { isEmail, JSON_LIST, NO_EMAIL } from './writer.js'
import type { Digest, Refusal, Row, Writer } from './writer.js'
import { partsOf } from './spellings.js'

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

function asText(algorithm: string, spelled: Spelled | undefined): Custom | undefined {
  return spelled === undefined ? undefined : { algorithm, hash: { value: spelled.text, encoding: 'utf8' } }
}

/** The `custom_password_hash` of a digest; undefined where Auth0 has none for it. */
function customOf({ hasher, text, ...digest }: Digest): Custom | undefined {
  const parts = digest.parts()
  if (hasher === 'nthash') {
    const hash = { value: text.toLowerCase(), encoding: 'hex' } as const
    return { algorithm: 'md4', hash, password: { encoding: 'utf16le' } }
  }
  switch (parts?.kind) {
    case undefined:
    case 'phpass':
    case 'firebase':
      return undefined
    case 'bcrypt':
      return asText('bcrypt', spellBcrypt(parts))
    case 'argon2':
      return asText('argon2', spellArgon2(parts))
    case 'pbkdf2':
      return asText('pbkdf2', spellPbkdf2Phc(parts))
    case 'scrypt':
      return customScrypt(parts)
    case 'digest':
      return LDAP.test(text) ? asText('ldap', spellLdap(parts)) : customDigest(parts)
    case 'hmac':
      return {
        algorithm: 'hmac',
        hash: {
          ...{ value: hexOf(parts.checksum), encoding: 'hex', digest: parts.algorithm },
          key: { value: hexOf(parts.key), encoding: 'hex' },
        },
      }
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

/** The hashers of the texts that Auth0 takes; the first that reads one says its parts. */
const TEXT_HASHERS: Readonly<Record<string, readonly string[]>> = {
  bcrypt: ['bcrypt'],
  argon2: ['argon2id'],
  pbkdf2: ['pbkdf2_kratos'],
  ldap: ['ldap_ssha'],
}

/** The parts of a `custom_password_hash`, as Auth0 reads it. */
export function readCustom(custom: Custom): Parts | undefined {
  const { value, digest = '', key } = custom.hash
  const { cost = 16_384, blockSize = 8, parallelization = 1 } = custom
  const salt = bytesOf(custom.salt?.value ?? '', 'hex')
  const [hasher] = TEXT_HASHERS[custom.algorithm] ?? []
  if (hasher !== undefined) return partsOf(hasher, value)
  const algorithm = algorithmOf(custom.algorithm === 'hmac' ? digest : custom.algorithm)
  const checksum = bytesOf(value, 'hex')
  if (custom.algorithm === 'scrypt') {
    if (custom.keylen !== lengthOf(checksum)) return undefined
    const numbers = { logN: Math.log2(cost), r: String(blockSize), p: String(parallelization) }
    return { kind: 'scrypt', ...numbers, salt, checksum }
  }
  if (algorithm === undefined) return undefined
  if (custom.algorithm === 'hmac') {
    return { kind: 'hmac', algorithm, key: bytesOf(key?.value ?? '', 'hex'), checksum }
  }
  const order: Order =
    salt === '' ? 'none' : custom.salt?.position === 'suffix' ? 'password first' : 'salt first'
  return { kind: 'digest', algorithm, salt, checksum, order }
}

type Password = Pick<Row, 'rewritten'> & {
  readonly members: { readonly password_hash: string } | { readonly custom_password_hash: Custom }
}

function writePassword(digest: Digest): Password | Refusal {
  const parts = digest.parts()
  if (parts?.kind === 'bcrypt' && NATIVE.test(parts.text)) {
    return { members: { password_hash: parts.text }, rewritten: parts }
  }
  const custom = customOf(digest)
  if (custom === undefined) return { refused: `auth0 takes no ${digest.hasher}` }
  const members = { custom_password_hash: custom }
  if (parts === undefined) return { members }
  const read = readCustom(custom)
  return read === undefined
    ? { refused: `auth0 takes no such ${digest.hasher}` }
    : { members, rewritten: read }
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
