import { readColons } from '../colons.js'
import type { Problem } from '../account.js'
import type { Get, Part, Reader } from '../contract.js'
import { beginsLikeLdif, readLdif } from '../ldif.js'
import { defineReader } from '../reader.js'
import { aspnet, membership } from './aspnet.js'
import { auth0 } from './auth0.js'
import { betterAuth, clerk, keycloak, LOGIN, mongoose, payload, supabase } from './services.js'
import { django, drupal, joomla, magento, phpbb, wordpress } from './websites.js'

/** A fast digest without a salt is another one where the salt stands in a column of its own. */
function findSalt(digest: string, of: (part: Part) => ReturnType<Get>): Problem | undefined {
  const isBare = /^(?:[0-9a-f]{2}){16,64}$/i.test(digest)
  if (!isBare) return undefined
  const isFilled = (part: Part): boolean => typeof of(part) === 'string' && of(part) !== ''
  return isFilled('salt') && !isFilled('hasher') ? 'salt-apart' : undefined
}

/** The readers, in the order in which they are asked whether a file is theirs. */
export const READERS: readonly Reader[] = [
  ...[django, wordpress, phpbb, joomla, magento, drupal],
  ...[clerk, supabase, auth0, betterAuth, keycloak, payload, mongoose, aspnet, membership],
  {
    name: 'ldif',
    detect: beginsLikeLdif,
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
        id: ['id', 'ID', 'Id', 'uid', 'user_id', '_id.$oid', '_id'],
        login: LOGIN,
        digest: ['digest', 'password', 'password_digest', 'password_hash', 'encrypted_password', 'passwd'],
        hasher: ['hasher', 'password_hasher'],
        salt: ['salt', 'password_salt'],
      },
      doubt: findSalt,
    }),
  ),
]
