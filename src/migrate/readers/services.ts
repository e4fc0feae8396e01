import {
  keycloak as buildKeycloak,
  passportLocalMongoose,
  payload as buildPayload,
} from '../../builders/index.js'
import type { Get, Made, Reader } from '../contract.js'
import { build, join } from '../fields.js'
import { defineReader } from '../reader.js'

export const LOGIN = ['email', 'Email', 'EMAIL', 'login', 'username', 'user_name', 'name'] as const

export const clerk: Reader = defineReader({
  name: 'clerk',
  forms: ['csv'],
  known: [['password_digest', 'password_hasher']],
  parts: {
    id: ['id'],
    login: ['primary_email_address', 'username'],
    digest: ['password_digest'],
    hasher: ['password_hasher'],
  },
})

/** Supabase's `auth.users`. */
export const supabase: Reader = defineReader({
  name: 'supabase',
  forms: ['csv', 'json', 'ndjson'],
  known: [['encrypted_password', 'aud']],
  parts: { id: ['id'], login: ['email'], digest: ['encrypted_password'] },
})

export const betterAuth: Reader = defineReader({
  name: 'better-auth',
  forms: ['csv', 'json', 'ndjson'],
  known: [
    ['providerId', 'accountId', 'password'],
    ['provider_id', 'account_id', 'password'],
  ],
  parts: { id: ['userId', 'user_id'], digest: ['password'] },
  digest: (get) => {
    const provider = get('providerId') ?? get('provider_id')
    if (provider === undefined) return { problem: 'missing-column' }
    if (provider !== 'credential') return null
    const digest = get('password')
    return digest === false ? { problem: 'wrong-type' } : (digest ?? null)
  },
  // Lucia's digests look like those of Better Auth.
  hasherOf: (digest) => (/^[\da-f]{32}:[\da-f]{128}$/.test(digest) ? 'scrypt_better_auth' : undefined),
})

export const keycloak: Reader = defineReader({
  name: 'keycloak',
  forms: ['json'],
  lists: ['users'],
  known: [['credentials', 'secretData', 'credentialData']],
  parts: { id: ['id'], login: ['email', 'username'] },
  digest: readKeycloak,
})

// A user of Keycloak has a password, and perhaps keys and codes.
const MAX_CREDENTIALS = 100

/** The digest of the first credential that is a password. Its algorithm says the hasher. */
function readKeycloak(get: Get): Made {
  for (let place = 0; place < MAX_CREDENTIALS; place++) {
    const path = `credentials.${place}`
    if (get(path) === undefined) return null
    const type = get(`${path}.type`)
    if (type !== undefined && type !== 'password') continue
    const [secretData, credentialData] = [get(`${path}.secretData`), get(`${path}.credentialData`)]
    if (typeof secretData !== 'string' || typeof credentialData !== 'string') return { problem: 'bad-fields' }
    return build(() => buildKeycloak({ secretData, credentialData }))
  }
  return null
}

/** A checksum of 512 bytes in hexadecimal, which both Payload and passport-local-mongoose write by default. */
const CHECKSUM_512 = /(?<![0-9a-f])[0-9a-f]{1024}(?![0-9a-f])/

/** Payload: its releases before 3.80 and passport-local-mongoose write digests alike, and the columns beside tell them apart. */
export const payload: Reader = defineReader({
  name: 'payload',
  forms: ['json', 'ndjson', 'csv'],
  known: [
    ['hash', 'salt', 'loginAttempts'],
    ['hash', 'salt', 'login_attempts'],
    ['hash', 'salt', 'resetPasswordExpiration'],
  ],
  evidence: new RegExp(`pbkdf2-sha256-v\\d|${CHECKSUM_512.source}`),
  parts: { id: ['id', '_id.$oid', '_id'], login: LOGIN, digest: ['hash'] },
  digest: (get) => join(get, ['hash', 'salt'], ([hash = '', salt = '']) => buildPayload({ hash, salt })),
  hasherOf: () => 'pbkdf2_payload',
})

/** passport-local-mongoose, in an export of mongoexport. */
export const mongoose: Reader = defineReader({
  name: 'mongoose',
  forms: ['ndjson', 'json'],
  known: [['hash', 'salt']],
  evidence: CHECKSUM_512,
  parts: { id: ['_id.$oid', '_id', 'id'], login: LOGIN },
  digest: (get, { algorithm: digestAlgorithm }) => {
    // A user without a password has neither member.
    if (get('hash') === undefined && get('salt') === undefined) return null
    return join(get, ['hash', 'salt'], ([hash = '', salt = '']) =>
      passportLocalMongoose({ hash, salt, ...(digestAlgorithm !== undefined && { digestAlgorithm }) }),
    )
  },
  hasherOf: () => 'pbkdf2_passport_local_mongoose',
})
