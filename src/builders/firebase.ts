import { decodeAnyBase64 } from '../formats/base64.js'
import type { Field } from '../formats/fields.js'
import { openColumns } from './columns.js'
import type { Columns, ColumnType } from './columns.js'

export interface FirebaseFields {
  /** The `passwordHash` of a user, as `firebase auth:export` writes it, like the salt. */
  readonly passwordHash: string
  readonly salt: string
  /** The signer key of the project. The console shows it with the other hash parameters. */
  readonly signerKey: string
  readonly saltSeparator: string
  readonly rounds: number
  readonly memoryCost: number
}

const BASE64: ColumnType = {
  is: (field) => field.end > 0 && isBase64(field),
  expected: 'base64, with either alphabet',
}
const BASE64_OR_EMPTY: ColumnType = {
  is: isBase64,
  expected: 'base64, with either alphabet, or empty',
}

/** The columns of an export have the names of the parts. */
export const FIREBASE_NAMES: Readonly<Record<keyof FirebaseFields, string>> = {
  ...{ passwordHash: 'passwordHash', salt: 'salt', signerKey: 'signerKey', saltSeparator: 'saltSeparator' },
  ...{ rounds: 'rounds', memoryCost: 'memoryCost' },
}

/**
 * Makes a digest of an export of Firebase Authentication, with the parameters of its project, for the hasher `scrypt_firebase`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 */
export function firebase(fields: FirebaseFields): string {
  return writeFirebase(openColumns('firebase', fields, Object.values(FIREBASE_NAMES)), FIREBASE_NAMES)
}

/** The columns of the parts of a digest. A number stands for itself, where a system has no column for it. */
export type FirebaseNames = Readonly<
  Record<'passwordHash' | 'salt' | 'signerKey' | 'saltSeparator', string>
> &
  Readonly<Record<'rounds' | 'memoryCost', string | number>>

/** Writes the digest of columns that have the parts by other names. */
export function writeFirebase({ text, integer }: Columns, names: FirebaseNames): string {
  const numberOf = (name: string | number, max: number): number =>
    typeof name === 'number' ? name : integer(name, 1, max)
  return [
    text(names.passwordHash, BASE64),
    text(names.salt, BASE64),
    text(names.signerKey, BASE64),
    text(names.saltSeparator, BASE64_OR_EMPTY),
    numberOf(names.rounds, 8),
    numberOf(names.memoryCost, 14),
  ].join('$')
}

function isBase64(field: Field): boolean {
  return typeof decodeAnyBase64(field) !== 'string'
}
