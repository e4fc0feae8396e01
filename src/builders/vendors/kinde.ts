import type { Columns } from '../columns.js'
import { CRYPT, isDes } from './crypt-strings.js'
import { BCRYPT, WORDPRESS } from './strings.js'
import { build, choose, HEX, NONE, readBytes, TEXT } from './values.js'
import type { Row, Vendor } from './values.js'
import { writeHash } from './write.js'
import type { Message } from './write.js'

/** A user's password as Kinde's API and its files take it. */
export interface KindeFields {
  /** A string that names its algorithm; of `md5` hexadecimal. */
  readonly hashed_password: string
  /** Default `bcrypt`. */
  readonly hashing_method?: 'bcrypt' | 'crypt' | 'md5' | 'wordpress'
  /** Text, of `md5` alone. */
  readonly salt?: string
  /** Required with a salt. */
  readonly salt_position?: 'prefix' | 'suffix'
}

const TAKES = ['hashed_password']

// Kinde says no more of `crypt` than its name. Here it is all that PHP's function of that name writes. A digest of DES looks like a word, so it gets LDAP's tag.
const CRYPT_ROW: Row = {
  takes: TAKES,
  write: ({ text }) => {
    const digest = text('hashed_password', CRYPT)
    return isDes(digest) ? `{CRYPT}${digest}` : digest
  },
}

const MD5: Row = {
  takes: ['hashed_password', 'salt', 'salt_position'],
  write: (columns) => {
    const message = readSalt(columns)
    const checksum = readBytes(columns, 'hashed_password', { ...HEX, min: 16, max: 16 })
    return writeHash({ hash: 'md5', message, checksum })
  },
}

function readSalt(columns: Columns): Message {
  if (!columns.has('salt')) {
    columns.only(['hashing_method', 'hashed_password'], 'salt is absent')
    return {}
  }
  const salt = readBytes(columns, 'salt', TEXT)
  const isBefore = choose(columns, 'salt_position', { prefix: true, suffix: false })
  return isBefore ? { before: salt, after: NONE } : { before: NONE, after: salt }
}

const KINDE: Vendor = {
  builder: 'kinde',
  by: 'hashing_method',
  fallback: 'bcrypt',
  rows: {
    bcrypt: { takes: TAKES, write: ({ text }) => text('hashed_password', BCRYPT) },
    crypt: CRYPT_ROW,
    md5: MD5,
    wordpress: { takes: TAKES, write: ({ text }) => text('hashed_password', WORDPRESS) },
  },
}

/**
 * A digest of a user's password that was prepared for Kinde, for the hashers `bcrypt`, `phpass`, `bcrypt_wordpress`, `md5`, `expr`, and
 * those of crypt(3).
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://docs.kinde.com/manage-users/access-control/set-temporary-password/
 */
export function kinde(fields: KindeFields): string {
  return build(KINDE, fields)
}
