import { base64, base64Unpadded, decodeBase64 } from '../../formats/base64.js'
import { fieldOf, readParameters } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { isMalformed } from '../../formats/problem.js'
import type { ColumnType } from '../columns.js'
import { findHash, HASH_BYTES } from './hashes.js'
import type { HashName } from './hashes.js'
import { KEY_BYTES } from './values.js'

// The strings of a `custom_password_hash` whose algorithm is `ldap` or `pbkdf2`.

// RFC 2307 section 5.3, and the salted and longer schemes of OpenLDAP; {CRYPT} is not taken.
const LDAP_SCHEMES: Readonly<Record<string, HashName>> = {
  ...{ MD5: 'md5', SHA: 'sha1', SHA224: 'sha224', SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' },
}

export const LDAP_STRING: ColumnType = {
  is: ({ text }) => {
    const end = text.indexOf('}')
    const scheme = text.startsWith('{') ? text.slice(1, end).toUpperCase() : ''
    const bytes = decodeBase64(fieldOf(text, end + 1), base64)
    if (typeof bytes === 'string') return false
    const size = sizeOf(scheme)
    if (size !== undefined) return bytes.length === size
    const least = scheme.startsWith('S') ? sizeOf(scheme.slice(1)) : undefined
    return least !== undefined && bytes.length > least
  },
  expected: 'a tag of LDAP and base64, as {SSHA}<base64>',
}

/** The bytes of the checksum of a scheme without a salt; undefined where there is no such scheme. */
function sizeOf(scheme: string): number | undefined {
  const hash = Object.hasOwn(LDAP_SCHEMES, scheme) ? LDAP_SCHEMES[scheme] : undefined
  return hash === undefined ? undefined : HASH_BYTES[hash]
}

export interface Pbkdf2 {
  readonly hash: HashName
  readonly iterations: number
  readonly salt: Uint8Array
  readonly checksum: Uint8Array
}

const PREFIX = '$pbkdf2-'

export const PBKDF2_STRING: ColumnType = {
  is: ({ text }) => readPbkdf2(text) !== undefined,
  expected: 'a string of PBKDF2, as $pbkdf2-sha512$i=100000,l=64$<salt>$<checksum>',
}

/** Reads `$pbkdf2-<digest>$i=…,l=…$<salt>$<checksum>`, in which either number may be left out. */
export function readPbkdf2(text: string): Pbkdf2 | undefined {
  const [digest = '', ...rest] = text.startsWith(PREFIX) ? text.slice(PREFIX.length).split('$') : []
  const [numbers = '', saltText = '', checksumText = ''] = rest.length === 2 ? ['', ...rest] : rest
  if (rest.length > 3) return undefined
  const hash = findHash(digest)
  const names = ['i', 'l'].filter((name) => numbers.startsWith(`${name}=`) || numbers.includes(`,${name}=`))
  const found = numbers === '' ? [] : readParameters(fieldOf(numbers), names)
  if (hash === undefined || isMalformed(found)) return undefined
  const numberOf = (name: string, fallback: number): number | string => {
    const field = found[names.indexOf(name)]
    return field === undefined ? fallback : readInteger(field, { min: 1, max: 2 ** 31 - 1 })
  }
  const [iterations, length] = [numberOf('i', 100_000), numberOf('l', 64)]
  const [salt, checksum] = [decode(saltText), decode(checksumText)]
  if (typeof iterations === 'string' || salt === undefined || checksum?.length !== length) return undefined
  return checksum.length < KEY_BYTES.min || checksum.length > KEY_BYTES.max
    ? undefined
    : { hash, iterations, salt, checksum }
}

/** The bytes of base64, at least one. */
function decode(text: string): Uint8Array | undefined {
  const bytes = decodeBase64(fieldOf(text), base64Unpadded)
  return typeof bytes === 'string' || bytes.length === 0 ? undefined : bytes
}
