import type { PartsOf } from './parts.js'
import { hexOf, pad, spellArgon2, spellBcrypt, spellFirebase, spellLdap } from './spell.js'
import { spellPbkdf2Phc, spellScryptKratos } from './spell.js'
import type { Spelled } from './spell.js'
import { isEmail, isRefusal, JSON_LIST, NO_EMAIL, quoteJson, rewrittenOf, take } from './writer.js'
import type { Refusal, Spellings, Writer } from './writer.js'

const TOO_COSTLY: Refusal = { refused: 'kratos takes no digest of such a cost' }
const MAX_BCRYPT_COST = 15
const LDAP_HASHERS = ['ldap_ssha', 'ldap_ssha256', 'ldap_ssha512']

// The limits are those of Kratos's hash/hash_limits.go.
const SPELLINGS: Spellings = {
  bcrypt: (parts) => (Number(parts.text.slice(4, 6)) > MAX_BCRYPT_COST ? TOO_COSTLY : spellBcrypt(parts)),
  argon2: (parts) => {
    const [, memory = '', iterations = ''] = /m=(\d+),t=(\d+)/.exec(parts.text) ?? []
    if (parts.text.startsWith('$argon2d$')) return { refused: 'kratos takes no argon2d' }
    return Number(memory) > 1024 ** 2 || Number(iterations) > 10 ? TOO_COSTLY : spellArgon2(parts)
  },
  pbkdf2: (parts) => {
    if (!/^sha(?:1|256|512)$/.test(parts.algorithm)) return undefined
    return Number(parts.iterations) > 10_000_000 ? TOO_COSTLY : spellPbkdf2Phc(parts)
  },
  scrypt: (parts) => {
    const isDear = parts.logN > 17 || Number(parts.r) > 8 || Number(parts.p) > 10
    return isDear ? TOO_COSTLY : spellScryptKratos(parts)
  },
  firebase: (parts) => spellFirebase(parts, 'kratos'),
  digest: spellDigest,
  hmac: ({ algorithm, key, checksum }) => ({
    hasher: 'hmac_kratos',
    // The base64 is that of the hexadecimal text.
    text: `$hmac-${algorithm}$${Buffer.from(hexOf(checksum)).toString('base64')}$${pad(key)}`,
  }),
}

/** A single digest: as LDAP has it where Kratos reads that, otherwise by a template of salt and password. */
function spellDigest(parts: PartsOf<'digest'>): Spelled | undefined {
  const { algorithm, order, salt, checksum } = parts
  const ldap = order === 'password first' ? spellLdap(parts) : undefined
  if (ldap !== undefined && LDAP_HASHERS.includes(ldap.hasher)) return ldap
  const value = pad(checksum)
  if (order === 'none') {
    return algorithm === 'md5' ? { hasher: 'md5_kratos', text: `$md5$${value}` } : undefined
  }
  if (algorithm === 'sha224' || algorithm === 'sha384') return undefined
  const template = order === 'salt first' ? '{SALT}{PASSWORD}' : '{PASSWORD}{SALT}'
  const fields = [Buffer.from(template).toString('base64'), pad(salt), value]
  return { hasher: `${algorithm}_kratos`, text: `$${algorithm}$pf=${fields.join('$')}` }
}

/**
 * Identities for `kratos import identities FILE`, with the schema `default` and its trait `email`. The id stands in
 * `metadata_admin`, since Kratos makes its own.
 *
 * @see https://www.ory.com/docs/kratos/manage-identities/import-user-accounts-identities
 */
export const kratosWriter: Writer = {
  ...JSON_LIST,
  name: 'kratos',
  write: ({ id, login }, digest) => {
    if (!isEmail(login)) return NO_EMAIL
    const taken = digest === undefined ? undefined : take(digest, { name: 'kratos', spellings: SPELLINGS })
    if (taken !== undefined && isRefusal(taken)) return taken
    // Put together of texts: JSON.stringify of objects in one another takes twice as long.
    const common = `"schema_id":"default","traits":{"email":${quoteJson(login)}},"metadata_admin":{"id":${quoteJson(id)}}`
    if (taken === undefined) return { value: `{${common}}` }
    const password = `{"config":{"hashed_password":${quoteJson(taken.spelled.text)}}}`
    return { value: `{${common},"credentials":{"password":${password}}}`, rewritten: rewrittenOf(taken) }
  },
}
