import { openColumns } from '../columns.js'
import type { Columns } from '../columns.js'
import { DJANGO } from './django-strings.js'
import { writeFirebaseScrypt } from './firebase-scrypt.js'
import { writePhpass } from './phpass.js'
import { BCRYPT } from './strings.js'
import { BASE64, bounded, choose, HEX, KEY_BYTES, readBytes } from './values.js'
import type { Row } from './values.js'
import { writeHash, writePbkdf2 } from './write.js'

/** The `hashedPassword` of a user as Descope's API takes it, with one of its members. */
export interface DescopeFields {
  readonly bcrypt?: { readonly hash: string }
  readonly pbkdf2?: {
    /** Base64, like the salt. */
    readonly hash: string
    readonly salt: string
    readonly iterations: number
    readonly type: 'sha1' | 'sha256' | 'sha512'
  }
  readonly firebase?: {
    /** Base64, like the other texts. */
    readonly hash: string
    readonly salt: string
    readonly saltSeparator: string
    readonly signerKey: string
    readonly memory: number
    readonly rounds: number
  }
  readonly django?: { readonly hash: string }
  readonly phpass?: {
    /** In phpass's own base64, like the salt. */
    readonly hash: string
    readonly salt: string
    readonly iterations: number
    readonly type: 'md5' | 'sha512'
  }
  readonly md5?: { readonly hash: string }
}

// The iterations of phpass are counted, as Descope's types speak of tens of thousands.
const PHPASS: Row = {
  takes: ['hash', 'salt', 'iterations', 'type'],
  write: (member) => {
    const type = choose<'md5' | 'sha512'>(member, 'type', { md5: 'md5', sha512: 'sha512' })
    return writePhpass(member, type, { rounds: 'iterations', salt: 'salt', checksum: 'hash' })
  },
}

const PBKDF2: Row = {
  takes: ['hash', 'salt', 'iterations', 'type'],
  write: (member) =>
    writePbkdf2({
      hash: choose(member, 'type', { sha1: 'sha1', sha256: 'sha256', sha512: 'sha512' } as const),
      iterations: member.integer('iterations', 1, 2 ** 31 - 1),
      salt: readBytes(member, 'salt', BASE64),
      checksum: readBytes(member, 'hash', { ...BASE64, ...KEY_BYTES }),
    }),
}

const FIREBASE: Row = {
  takes: ['hash', 'salt', 'saltSeparator', 'signerKey', 'memory', 'rounds'],
  write: (member) =>
    writeFirebaseScrypt(member, {
      ...{ passwordHash: 'hash', salt: 'salt', signerKey: 'signerKey', saltSeparator: 'saltSeparator' },
      ...{ rounds: 'rounds', memoryCost: 'memory' },
    }),
}

const MD5: Row = {
  takes: ['hash'],
  write: (member) => {
    const checksum = readBytes(member, 'hash', { ...HEX, min: 16, max: 16 })
    return writeHash({ hash: 'md5', message: {}, checksum })
  },
}

const ROWS: Readonly<Record<keyof DescopeFields, Row>> = {
  bcrypt: { takes: ['hash'], write: ({ text }) => text('hash', BCRYPT) },
  django: { takes: ['hash'], write: ({ text }) => text('hash', DJANGO) },
  firebase: FIREBASE,
  md5: MD5,
  pbkdf2: PBKDF2,
  phpass: PHPASS,
}

/**
 * A digest of a `hashedPassword` that was prepared for Descope, for the hashers `bcrypt`, `pbkdf2_kratos`, `scrypt_firebase`, `phpass`,
 * `sha512_drupal7`, `md5` and those of Django.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://github.com/descope/node-sdk/blob/main/lib/management/types.ts
 */
export function descope(fields: DescopeFields): string {
  const columns = openColumns('descope', fields, Object.keys(ROWS))
  const [given, other] = Object.entries(ROWS).filter(([name]) => columns.has(name))
  if (given === undefined) throw columns.fail('one of the columns', Object.keys(ROWS).join(', '))
  const [name, row] = given
  if (other !== undefined) columns.only([name], `${name} is given`)
  return bounded(columns, writeMember(columns, name, row))
}

function writeMember(columns: Columns, name: string, { takes, write }: Row): string {
  return write(columns.open(name, takes))
}
