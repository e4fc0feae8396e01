import { lengthOf } from './parts.js'
import type { Algorithm, PartsOf } from './parts.js'
import {
  hexOf,
  pad,
  plainText,
  spellArgon2,
  spellBareHex,
  spellBcrypt,
  spellFirebase,
  spellPhpass,
} from './spell.js'
import type { Spelled } from './spell.js'
import { csvOf, isEmail, isRefusal, NO_ID, rewrittenOf, take } from './writer.js'
import type { Spellings, Writer } from './writer.js'

// Clerk derives as many bytes as the hash function has, and does not say that it reads hexadecimal in capitals.
const MD5_IN_HEX = /^[\da-f]{32}(?:\$|$)|\$[\da-f]{32}$/
const SHA256_IN_HEX = /^[\da-f]{64}(?:\$|$)|\$[\da-f]{64}$/
const SHA512_IN_HEX = /\$[\da-f]{128}$/
const SHA256_IN_BASE64 = /\$[^$=]{43}=$/
/** The hashers of passlift that have Clerk's names and spellings. */
const KEPT: ReadonlyMap<string, RegExp> = new Map([
  ...[
    ...['bcrypt_sha256_django', 'hmac_sha256_utf16_b64', 'md5_phpass', 'pbkdf2_sha1', 'scrypt_firebase'],
    ...['scrypt_werkzeug', 'sha512_symfony'],
  ].map((name): [string, RegExp] => [name, /^/]),
  ...['md5', 'md5_salted'].map((name): [string, RegExp] => [name, MD5_IN_HEX]),
  ...['sha256', 'sha256_salted'].map((name): [string, RegExp] => [name, SHA256_IN_HEX]),
  ...['pbkdf2_sha256', 'pbkdf2_sha256_django'].map((name): [string, RegExp] => [name, SHA256_IN_BASE64]),
  ...['pbkdf2_sha512', 'pbkdf2_sha512_hex'].map((name): [string, RegExp] => [name, SHA512_IN_HEX]),
  ['ldap_ssha', /^\{SSHA\}/],
])

/** The bytes that Clerk derives; of SHA-1 a digest says how many. */
const CHECKSUM_BYTES: Readonly<Partial<Record<Algorithm, number>>> = { sha256: 32, sha512: 64 }

const SPELLINGS: Spellings = {
  bcrypt: spellBcrypt,
  argon2: (parts) =>
    parts.text.startsWith('$argon2d$') ? { refused: 'clerk takes no argon2d' } : spellArgon2(parts),
  phpass: spellPhpass,
  firebase: (parts) => spellFirebase(parts, 'clerk'),
  digest: (parts) => (/^(?:md5|sha256)$/.test(parts.algorithm) ? spellBareHex(parts) : undefined),
  pbkdf2: spellPbkdf2,
  scrypt: spellWerkzeug,
}

function spellPbkdf2({ algorithm, iterations, salt, checksum }: PartsOf<'pbkdf2'>): Spelled | undefined {
  if (algorithm === 'sha1') {
    if (salt === '') return undefined
    return {
      hasher: 'pbkdf2_sha1',
      text: ['pbkdf2_sha1', iterations, hexOf(salt), hexOf(checksum), lengthOf(checksum)].join('$'),
    }
  }
  if (lengthOf(checksum) !== CHECKSUM_BYTES[algorithm]) return undefined
  if (algorithm === 'sha512') {
    return {
      hasher: 'pbkdf2_sha512_hex',
      text: ['pbkdf2_sha512_hex', iterations, hexOf(salt), hexOf(checksum)].join('$'),
    }
  }
  return {
    hasher: 'pbkdf2_sha256',
    text: ['pbkdf2_sha256', iterations, pad(salt), pad(checksum)].join('$'),
  }
}

/** scrypt as Werkzeug writes it: the salt is text, and the checksum has 64 bytes. */
function spellWerkzeug({ logN, r, p, salt, checksum }: PartsOf<'scrypt'>): Spelled | undefined {
  const text = plainText(salt)
  if (text === undefined || lengthOf(checksum) !== 64) return undefined
  return { hasher: 'scrypt_werkzeug', text: `scrypt:${2 ** logN}:${r}:${p}$${text}$${hexOf(checksum)}` }
}

/**
 * CSV as Clerk's dashboard exports it, for `clerk migrate import FILE --source clerk`.
 *
 * @see https://clerk.com/docs/guides/development/migrating/clerk-to-clerk
 */
export const clerkWriter: Writer = {
  ...csvOf([
    ...['id', 'first_name', 'last_name', 'username', 'primary_email_address', 'primary_phone_number'],
    ...['verified_email_addresses', 'unverified_email_addresses'],
    ...['verified_phone_numbers', 'unverified_phone_numbers'],
    ...['totp_secret', 'password_digest', 'password_hasher'],
  ]),
  name: 'clerk',
  write: ({ id, login = '' }, digest) => {
    if (id === '') return NO_ID
    if (login === '') return { refused: 'no login' }
    const taken =
      digest === undefined ? undefined : take(digest, { name: 'clerk', kept: KEPT, spellings: SPELLINGS })
    if (taken !== undefined && isRefusal(taken)) return taken
    const [username, email] = isEmail(login) ? ['', login] : [login, '']
    const { text = '', hasher = '' } = taken?.spelled ?? {}
    return {
      value: [id, '', '', username, email, '', '', '', '', '', '', text, hasher],
      rewritten: rewrittenOf(taken),
    }
  },
}
