import { decodeAnyBase64 } from '../formats/base64.js'
import type { Field } from '../formats/fields.js'
import { openColumns } from './columns.js'
import type { ColumnType } from './columns.js'

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

/**
 * Makes a digest of an export of Firebase Authentication, with the parameters of its project, for the hasher `scrypt_firebase`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 */
export function firebase(fields: FirebaseFields): string {
  const names = ['passwordHash', 'salt', 'signerKey', 'saltSeparator', 'rounds', 'memoryCost']
  const { text, integer } = openColumns('firebase', fields, names)
  return [
    text('passwordHash', BASE64),
    text('salt', BASE64),
    text('signerKey', BASE64),
    text('saltSeparator', BASE64_OR_EMPTY),
    integer('rounds', 1, 8),
    integer('memoryCost', 1, 14),
  ].join('$')
}

function isBase64(field: Field): boolean {
  return typeof decodeAnyBase64(field) !== 'string'
}
