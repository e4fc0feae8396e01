import { decode, writeKratos } from '../fields.js'
import type { Get, Made } from '../contract.js'
import { defineReader } from '../reader.js'
import type { Reader } from '../contract.js'
import type { Form } from '../records.js'

// Users tables of content management systems, forums and shops, as their data bases export them.

const TABLES: readonly Form[] = ['csv', 'tsv', 'json', 'ndjson']
const MD5 = /^[0-9a-f]{32}$/i
/** The names of Django's algorithms whose digests look like those of other systems. */
const DJANGO: ReadonlyMap<string, string> = new Map(
  ['pbkdf2_sha256', 'pbkdf2_sha1', 'sha1', 'md5'].map((name) => [name, `${name}_django`]),
)

export const django: Reader = defineReader({
  name: 'django',
  forms: ['json', 'ndjson'],
  known: [['model', 'pk', 'fields', 'password']],
  parts: { id: ['pk'], login: ['fields.email', 'fields.username'], digest: ['fields.password'] },
  // A dump holds other models, too: groups, permissions, the application's own.
  isAccount: (get) => get('model') === undefined || get('fields.password') !== undefined,
  hasherOf: (digest) => DJANGO.get(digest.slice(0, Math.max(digest.indexOf('$'), 0))),
})

export const wordpress: Reader = defineReader({
  name: 'wordpress',
  forms: TABLES,
  known: [['user_login', 'user_pass']],
  parts: { id: ['ID', 'id'], login: ['user_email', 'user_login'], digest: ['user_pass'] },
  hasherOf: (digest) => {
    // Plugins and old releases have others.
    if (digest.startsWith('$P$')) return 'phpass_wordpress'
    if (digest.startsWith('$wp$')) return 'bcrypt_wordpress'
    return MD5.test(digest) ? 'md5' : undefined
  },
})

/** Drupal's `users`, and `users_field_data` since Drupal 8. The digests of Drupal 7 and later have prefixes; MD5 is of Drupal 6. */
export const drupal: Reader = defineReader({
  name: 'drupal',
  forms: TABLES,
  known: [['uid', 'name', 'pass', 'mail']],
  parts: { id: ['uid'], login: ['mail', 'name'], digest: ['pass'] },
  hasherOf: hasherOfBareMd5,
})

/** phpBB's `phpbb_users`. */
export const phpbb: Reader = defineReader({
  name: 'phpbb',
  forms: TABLES,
  known: [['user_id', 'username', 'user_password']],
  parts: { id: ['user_id'], login: ['user_email', 'username'], digest: ['user_password'] },
  hasherOf: (digest) => (digest.startsWith('$H$') ? 'phpass_phpbb' : hasherOfBareMd5(digest)),
})

/** Joomla's `#__users`. Before Joomla 2.5.18 a digest is MD5 of password and salt in hexadecimal, a colon, and the salt. */
export const joomla: Reader = defineReader({
  name: 'joomla',
  forms: TABLES,
  known: [['username', 'password', 'registerDate']],
  parts: { id: ['id'], login: ['email', 'username'], digest: ['password'] },
  digest: (get) => readSaltedMd5(get, 'password', '{PASSWORD}{SALT}'),
  hasherOf: hasherOfBareMd5,
})

/** Magento's `customer_entity` and `admin_user`. Magento 1 writes no version behind the salt. */
export const magento: Reader = defineReader({
  name: 'magento',
  forms: TABLES,
  known: [
    ['entity_id', 'password_hash', 'rp_token'],
    ['entity_id', 'password_hash', 'website_id'],
  ],
  parts: { id: ['entity_id'], login: ['email'], digest: ['password_hash'] },
  digest: (get) => readSaltedMd5(get, 'password_hash', '{SALT}{PASSWORD}'),
  hasherOf: (digest) => (digest.split(':').length > 2 ? 'magento2' : hasherOfBareMd5(digest)),
})

function hasherOfBareMd5(digest: string): string | undefined {
  return MD5.test(digest) ? 'md5' : undefined
}

/** A column's text; where it is a salted MD5, the salt behind a colon, the digest of a hasher that reads one. */
function readSaltedMd5(get: Get, column: string, template: Parameters<typeof writeKratos>[1]): Made {
  const text = get(column)
  if (text === undefined) return { problem: 'missing-column' }
  if (text === false) return { problem: 'wrong-type' }
  const [, hex, salt] = /^([0-9a-f]{32}):([^:]+)$/.exec(text ?? '') ?? []
  const checksum = hex === undefined ? undefined : decode(hex, 'hex')
  if (checksum === undefined || salt === undefined) return text
  return writeKratos('md5', template, [Buffer.from(salt), checksum])
}
