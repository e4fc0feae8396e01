import { openColumns } from '../columns.js'
import type { Columns } from '../columns.js'
import { choose } from '../vendors/values.js'
import { MD5, salted, SHA1, SHA256, SHA512 } from './forms.js'
import { repeat, TEXT, writeDigest } from './preset.js'
import type { KeyedColumns, SaltedColumns } from './preset.js'

// Gems of Ruby on Rails. They hash the hexadecimal of a digest again, but for the providers V2 of Authlogic, which hash its bytes.

const MAX_STRETCHES = 2 ** 31 - 1
const SHAPES = { md5: MD5, sha1: SHA1, sha256: SHA256, sha512: SHA512 } as const

export interface StretchedColumns extends SaltedColumns {
  readonly salt: string
  /** How often the provider hashes, as the application configures it. */
  readonly stretches?: number
}

export interface AuthlogicColumns extends StretchedColumns {
  /** The class of `Authlogic::CryptoProviders`. */
  readonly provider:
    'MD5' | 'Sha1' | 'Sha256' | 'Sha512' | 'MD5::V2' | 'Sha1::V2' | 'Sha256::V2' | 'Sha512::V2'
}

interface Provider {
  readonly hash: keyof typeof SHAPES
  readonly stretches: number
  readonly again: string
}

const AUTHLOGIC: Readonly<Record<string, Provider>> = {
  MD5: { hash: 'md5', stretches: 1, again: 'hex(d)' },
  Sha1: { hash: 'sha1', stretches: 10, again: 'hex(d)' },
  Sha256: { hash: 'sha256', stretches: 20, again: 'hex(d)' },
  Sha512: { hash: 'sha512', stretches: 20, again: 'hex(d)' },
  'MD5::V2': { hash: 'md5', stretches: 1, again: 'd' },
  'Sha1::V2': { hash: 'sha1', stretches: 10, again: 'd' },
  'Sha256::V2': { hash: 'sha256', stretches: 20, again: 'd' },
  'Sha512::V2': { hash: 'sha512', stretches: 20, again: 'd' },
}

/**
 * Authlogic, `crypted_password` and `password_salt`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 * @see https://github.com/binarylogic/authlogic/tree/master/lib/authlogic/crypto_providers
 */
export function authlogic(row: AuthlogicColumns): string {
  const columns = openColumns('authlogic', row, ['digest', 'salt', 'provider', 'stretches'])
  const { hash, stretches, again } = choose(columns, 'provider', AUTHLOGIC)
  const count = columns.integer('stretches', 1, MAX_STRETCHES, stretches)
  const call =
    hash === 'sha1' ? repeat(hash, count, "p.'--'.s", `${again}.'--'.s`) : repeat(hash, count, 'p.s', again)
  return writeStretched(columns, hash, call)
}

export interface SorceryColumns extends StretchedColumns {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512'
}

/**
 * Sorcery, `crypted_password` and `salt`, with its default for `salt_join_token`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 * @see https://github.com/Sorcery/sorcery/tree/master/lib/sorcery/crypto_providers
 */
export function sorcery(row: SorceryColumns): string {
  const columns = openColumns('sorcery', row, ['digest', 'salt', 'algorithm', 'stretches'])
  const hash = choose(columns, 'algorithm', {
    md5: 'md5',
    sha1: 'sha1',
    sha256: 'sha256',
    sha512: 'sha512',
  } as const)
  const count = columns.integer('stretches', 1, MAX_STRETCHES, 1)
  return writeStretched(columns, hash, repeat(hash, count, 'p.s', hash === 'sha1' ? 'hex(d).s' : 'hex(d)'))
}

export interface DeviseColumns extends StretchedColumns, KeyedColumns {
  readonly algorithm: 'sha1' | 'sha512'
  readonly stretches: number
}

/**
 * devise-encryptable with its own encryptors, `encrypted_password` and `password_salt`. Its site key is `config.pepper`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 * @see https://github.com/heartcombo/devise-encryptable/tree/main/lib/devise/encryptable/encryptors
 */
export function deviseEncryptable(row: DeviseColumns): string {
  const columns = openColumns('deviseEncryptable', row, [
    'digest',
    'salt',
    'algorithm',
    'stretches',
    'siteKey',
  ])
  const hash = choose(columns, 'algorithm', { sha1: 'sha1', sha512: 'sha512' } as const)
  const count = columns.integer('stretches', 1, MAX_STRETCHES)
  const [first, next] = columns.flag('siteKey')
    ? ["'--'.s.'--'.k.'--'.p.'--'.k.'--'", "'--'.s.'--'.hex(d).'--'.p.'--'.k.'--'"]
    : ["'--'.s.'----'.p.'----'", "'--'.s.'--'.hex(d).'--'.p.'----'"]
  return writeStretched(columns, hash, repeat(hash, count, first, next))
}

/** Clearance before 1.0, and `ClearanceSha1` of devise-encryptable. */
export const clearance = /* @__PURE__ */ salted('clearance', () => [
  { ...SHA1, expression: "hex(sha1('--'.s.'--'.p.'--'))" },
])

export interface RestfulAuthenticationColumns extends StretchedColumns, KeyedColumns {}

/**
 * restful_authentication, `crypted_password` and `salt`, and `RestfulAuthenticationSha1` of devise-encryptable. The site key is
 * `REST_AUTH_SITE_KEY`, the default of `stretches` 10; old releases have no key and one round.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 * @see https://github.com/technoweenie/restful-authentication/blob/master/lib/authentication/by_password.rb
 */
export function restfulAuthentication(row: RestfulAuthenticationColumns): string {
  const columns = openColumns('restfulAuthentication', row, ['digest', 'salt', 'stretches', 'siteKey'])
  const count = columns.integer('stretches', 1, MAX_STRETCHES, 10)
  const rest = columns.flag('siteKey') ? "'--'.s.'--'.p.'--'.k" : "'--'.s.'--'.p.'--'"
  const first = columns.flag('siteKey') ? `k.${rest}` : rest
  return writeStretched(columns, 'sha1', repeat('sha1', count, first, `hex(d).${rest}`))
}

function writeStretched(columns: Columns, hash: keyof typeof SHAPES, call: string): string {
  return writeDigest(columns, [{ ...SHAPES[hash], expression: `hex(${call})` }], {
    s: columns.text('salt', TEXT),
  })
}
