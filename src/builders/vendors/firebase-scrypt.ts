import { fieldOf } from '../../formats/fields.js'
import type { Columns } from '../columns.js'
import { writeFirebase } from '../firebase.js'
import type { FirebaseNames } from '../firebase.js'
import { BASE64, KEY_BYTES } from './values.js'

/** Writes a digest of Firebase's scrypt, whose checksum is the signer key, encrypted. */
export function writeFirebaseScrypt(columns: Columns, names: FirebaseNames): string {
  const digest = writeFirebase(columns, names)
  const [checksum = '', , signerKey = ''] = digest.split('$')
  const bytes = lengthOf(signerKey)
  if (bytes < KEY_BYTES.min) throw columns.fail(names.signerKey, `base64 of ${KEY_BYTES.min} bytes or more`)
  if (lengthOf(checksum) !== bytes) {
    throw columns.fail(names.passwordHash, `base64 of as many bytes as ${names.signerKey}`)
  }
  return digest
}

function lengthOf(text: string): number {
  return BASE64.decode(fieldOf(text)).length
}
