import { aspnetMembership, firebase, keycloak, payload } from '../builders/index.js'
import { PassliftError } from '../index.js'
import { readLdif } from './ldif.js'
import { readColons } from './colons.js'
import { defineReader } from './reader.js'
import type { Reader } from './reader.js'
import type { TableRow } from './records.js'

const LOGIN = ['email', 'login', 'username', 'user_name', 'name'] as const

/** Builds a digest; undefined, a problem, where the columns are no digest of the system. */
function build(make: () => string): string | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof PassliftError) return undefined
    throw error
  }
}

function isText(value: string | null | undefined | false): value is string {
  return typeof value === 'string' && value !== ''
}

/** Joins the columns of a system where all of them have text; null, no password, where the first has none. */
function join(
  get: TableRow['get'],
  names: readonly string[],
  make: (values: readonly string[]) => string,
): string | null | undefined {
  const values = names.map(get)
  if (values[0] === null || values[0] === '' || values[0] === undefined) return null
  const texts = values.filter(isText)
  return texts.length === names.length ? build(() => make(texts)) : undefined
}

const BETTER_AUTH = /^[\da-f]{32}:[\da-f]{128}$/
const MD5 = /^[0-9a-f]{32}$/i

/** The hasher of WordPress that a digest's prefix tells; plugins and old releases have others. */
function hasherOfWordpress(digest: string): string | undefined {
  if (digest.startsWith('$P$')) return 'phpass_wordpress'
  if (digest.startsWith('$wp$')) return 'bcrypt_wordpress'
  return MD5.test(digest) ? 'md5' : undefined
}

/** The names of Django's algorithms whose digests look like those of other systems. */
const DJANGO: ReadonlyMap<string, string> = new Map(
  ['pbkdf2_sha256', 'pbkdf2_sha1', 'sha1', 'md5'].map((name) => [name, `${name}_django`]),
)

/** The hasher of Django that the first field of a digest tells. */
function hasherOfDjango(digest: string): string | undefined {
  return DJANGO.get(digest.slice(0, Math.max(digest.indexOf('$'), 0)))
}

/** The settings of a Firebase project's password hash, from its console. */
export interface FirebaseConfig {
  readonly signerKey: string
  readonly saltSeparator: string
  readonly rounds: number
  readonly memoryCost: number
}

/** The reader of Firebase's `auth:export` in JSON, which needs the settings of the project. */
export function createFirebaseReader(config: FirebaseConfig): Reader {
  return defineReader({
    name: 'firebase',
    forms: ['json'],
    lists: ['users'],
    known: ['localId', 'passwordHash', 'salt'],
    parts: { id: ['localId'], login: ['email'] },
    digest: (get) =>
      join(get, ['passwordHash', 'salt'], ([passwordHash = '', salt = '']) =>
        firebase({ passwordHash, salt, ...config }),
      ),
    hasherOf: () => 'scrypt_firebase',
  })
}

/** The readers, in the order in which they are asked whether a file is theirs. */
export const READERS: readonly Reader[] = [
  defineReader({
    name: 'django',
    forms: ['json'],
    known: ['model', 'pk', 'fields', 'password'],
    parts: {
      id: ['pk'],
      login: ['fields.email', 'fields.username'],
      digest: ['fields.password'],
    },
    hasherOf: hasherOfDjango,
  }),
  defineReader({
    name: 'wordpress',
    forms: ['csv', 'tsv', 'json', 'ndjson'],
    known: ['user_login', 'user_pass'],
    parts: { id: ['ID', 'id'], login: ['user_email', 'user_login'], digest: ['user_pass'] },
    hasherOf: hasherOfWordpress,
  }),
  defineReader({
    name: 'clerk',
    forms: ['csv'],
    known: ['password_digest', 'password_hasher'],
    parts: {
      id: ['id'],
      login: ['primary_email_address', 'username'],
      digest: ['password_digest'],
      hasher: ['password_hasher'],
    },
  }),
  defineReader({
    name: 'supabase',
    forms: ['csv', 'json', 'ndjson'],
    known: ['encrypted_password', 'aud'],
    parts: { id: ['id'], login: ['email'], digest: ['encrypted_password'] },
  }),
  defineReader({
    name: 'auth0',
    forms: ['ndjson', 'json'],
    known: ['passwordHash', 'tenant'],
    parts: { id: ['_id.$oid', '_id', 'user_id'], login: ['email'], digest: ['passwordHash'] },
  }),
  defineReader({
    name: 'better-auth',
    forms: ['csv', 'json', 'ndjson'],
    known: ['providerId', 'accountId', 'password'],
    parts: { id: ['userId'], digest: ['password'] },
    digest: (get) => {
      if (get('providerId') !== 'credential') return null
      const digest = get('password')
      return digest === false ? undefined : (digest ?? null)
    },
    // Lucia's digests look like those of Better Auth.
    hasherOf: (digest) => (BETTER_AUTH.test(digest) ? 'scrypt_better_auth' : undefined),
  }),
  defineReader({
    name: 'keycloak',
    forms: ['json'],
    lists: ['users'],
    known: ['credentials', 'secretData', 'credentialData'],
    parts: { id: ['id'], login: ['email', 'username'] },
    digest: (get) =>
      join(
        get,
        ['credentials.0.secretData', 'credentials.0.credentialData'],
        ([secretData = '', credentialData = '']) => keycloak({ secretData, credentialData }),
      ),
    hasherOf: () => 'keycloak',
  }),
  defineReader({
    name: 'payload',
    forms: ['json', 'ndjson', 'csv'],
    known: ['hash', 'salt'],
    parts: { id: ['id', '_id.$oid', '_id'], login: LOGIN },
    digest: (get) => join(get, ['hash', 'salt'], ([hash = '', salt = '']) => payload({ hash, salt })),
    hasherOf: () => 'pbkdf2_payload',
  }),
  defineReader({
    name: 'aspnet',
    forms: ['csv', 'tsv'],
    known: ['PasswordHash', 'SecurityStamp'],
    parts: { id: ['Id'], login: ['Email', 'UserName'], digest: ['PasswordHash'] },
    hasherOf: () => 'aspnet_identity',
  }),
  defineReader({
    name: 'aspnet-membership',
    forms: ['csv', 'tsv'],
    known: ['Password', 'PasswordSalt', 'PasswordFormat'],
    parts: { id: ['UserId'], login: ['Email'] },
    digest: (get) =>
      get('PasswordFormat') === '1'
        ? join(get, ['Password', 'PasswordSalt'], ([password = '', passwordSalt = '']) =>
            aspnetMembership({
              password,
              passwordSalt,
              hashAlgorithmType: password.length === 28 ? 'SHA1' : 'HMACSHA256',
            }),
          )
        : undefined,
    hasherOf: () => 'aspnet_membership',
  }),
  {
    name: 'ldif',
    detect: (head) => /^(?:version: 1\s)?(?:#.*\n|\s)*dn::? /.test(head),
    read: readLdif,
  },
  {
    name: 'shadow',
    detect: (head) => /^[^\s:]+:[^:\s]*:\d*:\d*:\d*:\d*:\d*:\d*:\d*\r?$/m.test(head),
    read: readColons,
  },
  {
    name: 'htpasswd',
    detect: (head) => /^[^\s:,{"]+:(?:\$|\{SHA\})/m.test(head),
    read: readColons,
  },
  ...(['json', 'ndjson', 'tsv', 'csv'] as const).map((form) =>
    defineReader({
      name: form,
      forms: [form],
      known: [],
      parts: {
        id: ['id', 'ID', 'Id', 'uid', 'user_id', '_id'],
        login: LOGIN,
        digest: ['digest', 'password', 'password_digest', 'password_hash', 'encrypted_password', 'passwd'],
        hasher: ['hasher', 'password_hasher'],
      },
    }),
  ),
]
