import { firebase } from '../../builders/index.js'
import type { Get, Made, Reader } from '../contract.js'
import { optionError } from '../errors.js'
import { join } from '../fields.js'
import { defineReader, peek } from '../reader.js'
import { detectForm } from '../records.js'

/** The settings of a Firebase project's password hash, from its console. */
export interface FirebaseConfig {
  readonly signerKey: string
  readonly saltSeparator: string
  readonly rounds: number
  readonly memoryCost: number
}

/** The columns of an export in CSV, which has no header; those behind the salt say nothing of passwords. */
const HEADER = ['localId', 'email', 'emailVerified', 'passwordHash', 'salt']
// 8 bytes, to see whether the builder takes the settings.
const SAMPLE = 'AAAAAAAAAAA='

/** Whether a file without settings begins like Firebase's: its user's keys in JSON, a user's cells in CSV. */
export function beginsLikeFirebase(head: string): boolean {
  const isJson = head.includes('"localId"') && /"(?:passwordHash|providerUserInfo)"/.test(head)
  return isJson || /^[\w-]{20,128},[^,\n]*,(?:true|false),(?:[\w-]{86}==)?,[\w=-]*,/.test(head)
}

/**
 * Makes the reader of Firebase's `auth:export`, JSON or CSV, which needs the settings of the project.
 *
 * @throws PassliftError `ERR_MIGRATE_OPTION` where the settings are none of Firebase's SCRYPT
 * @see https://github.com/firebase/firebase-tools/blob/master/src/accountExporter.ts
 */
export function createFirebaseReader(config: FirebaseConfig): Reader {
  const { signerKey, saltSeparator, rounds, memoryCost } = config
  const write = (passwordHash: string, salt: string): string =>
    firebase({ passwordHash, salt, signerKey, saltSeparator, rounds, memoryCost })
  try {
    write(SAMPLE, SAMPLE)
  } catch (error) {
    throw optionError(
      "The settings are none of Firebase's SCRYPT: base64 signer key and salt separator, rounds 1 to 8, memory cost 1 to 14.",
      error,
    )
  }
  const make = (get: Get): Made =>
    get('passwordHash') === undefined
      ? null
      : join(get, ['passwordHash', 'salt'], ([passwordHash = '', salt = '']) => write(passwordHash, salt))
  const common = { name: 'firebase', parts: { id: ['localId'], login: ['email'] } }
  const hasherOf = (): string => 'scrypt_firebase'
  const json = defineReader({
    ...common,
    ...{
      forms: ['json'],
      lists: ['users'],
      known: [['localId', 'passwordHash', 'salt']],
      digest: make,
      hasherOf,
    },
  })
  const csv = defineReader({
    ...common,
    ...{ forms: ['csv'], header: HEADER, plain: true, known: [], hasherOf },
    // The exporter escapes no quotes and no line feeds: the rest of a name with a line feed stands in the place of a row.
    digest: (get) =>
      /^(?:true|false)$/.test(String(get('emailVerified'))) ? make(get) : { problem: 'bad-csv' },
  })
  return {
    name: 'firebase',
    detect: (head) => json.detect(head),
    read: async function* (text, options) {
      const { head, whole } = await peek(text)
      // A tab in the name of the first user makes no TSV.
      const isJson = ['json', 'ndjson'].includes(detectForm(head))
      yield* (isJson ? json : csv).read(whole, options)
    },
  }
}
