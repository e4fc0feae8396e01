import { spellArgon2, spellBcrypt, spellFirebase, spellLdap, spellScryptPhc } from './spell.js'
import { csvOf, isEmail, isRefusal, NO_EMAIL, rewrittenOf, take } from './writer.js'
import type { Spellings, Writer } from './writer.js'

const SPELLINGS: Spellings = {
  bcrypt: spellBcrypt,
  argon2: spellArgon2,
  scrypt: spellScryptPhc,
  firebase: (parts) => spellFirebase(parts, 'workos'),
  digest: (parts) =>
    parts.algorithm === 'sha1' && parts.order === 'password first' ? spellLdap(parts) : undefined,
}

/** WorkOS's name for the digests of each hasher that the spellings are of. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['bcrypt', 'bcrypt'],
  ['scrypt_passlib', 'scrypt'],
  ['scrypt_workos', 'firebase-scrypt'],
  ['ldap_ssha', 'ssha'],
  ...['argon2id', 'argon2i', 'argon2d'].map((name): [string, string] => [name, 'argon2']),
])

/**
 * CSV of the users of WorkOS's importer.
 *
 * @see https://github.com/workos/workos-migrations/blob/main/docs/migration-package.md
 */
export const workosWriter: Writer = {
  ...csvOf([
    ...['email', 'password', 'password_hash', 'password_hash_type', 'first_name', 'last_name'],
    ...['email_verified', 'external_id', 'metadata', 'org_id', 'org_external_id', 'org_name', 'role_slugs'],
  ]),
  name: 'workos',
  write: ({ id, login }, digest) => {
    if (!isEmail(login)) return NO_EMAIL
    const taken = digest === undefined ? undefined : take(digest, { name: 'workos', spellings: SPELLINGS })
    if (taken !== undefined && isRefusal(taken)) return taken
    const type = taken === undefined ? '' : (TYPES.get(taken.spelled.hasher) ?? '')
    return {
      value: [login, '', taken?.spelled.text ?? '', type, '', '', '', id, '', '', '', '', ''],
      rewritten: rewrittenOf(taken),
    }
  },
}
