import { hash } from 'node:crypto'
import type { PartsOf } from './parts.js'
import { spellArgon2, spellBcrypt, spellFirebase } from './spell.js'
import type { Spelled } from './spell.js'
import { isEmail, isRefusal, NO_EMAIL, NO_ID, quoteJson, rewrittenOf, take } from './writer.js'
import type { Refusal, Spellings, Writer } from './writer.js'

const COLUMNS = [
  ...['instance_id', 'id', 'aud', 'role', 'email', 'encrypted_password', 'raw_app_meta_data'],
  ...['raw_user_meta_data', 'created_at', 'updated_at'],
  // Supabase Auth cannot read NULL from these.
  ...['confirmation_token', 'recovery_token', 'email_change', 'email_change_token_new'],
]
const NO_INSTANCE = '00000000-0000-0000-0000-000000000000'
/** The cells `aud` and `role`, the members of the metadata, and the cells behind it. */
const ROLES = 'authenticated\tauthenticated'
const PROVIDER = '"provider":"email","providers":["email"]'
const ENDING = '{}\tnow\tnow\t\t\t\t'
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
/** The name space of the ids that are made of other ids, as RFC 9562 section 5.5 makes them. */
const NAME_SPACE = Buffer.from('7d2c9f0e5b1a4c6d8e3f0a9b8c7d6e5f', 'hex')

const SPELLINGS: Spellings = {
  bcrypt: spellBcrypt,
  argon2: spellLimited,
  // A separator that is empty cannot be written.
  firebase: (parts) => (parts.saltSeparator === '' ? undefined : spellFirebase(parts, 'supabase')),
}

/** Argon2 within the limits of Supabase Auth, which takes neither argon2d nor more than these. */
function spellLimited(parts: PartsOf<'argon2'>): Spelled | Refusal {
  const [, memory = '', iterations = '', lanes = ''] = /m=(\d+),t=(\d+),p=(\d+)/.exec(parts.text) ?? []
  if (parts.text.startsWith('$argon2d$')) return { refused: 'supabase takes no argon2d' }
  return Number(memory) > 1024 ** 2 || Number(iterations) > 20 || Number(lanes) > 16
    ? { refused: 'supabase takes no Argon2 of such a cost' }
    : spellArgon2(parts)
}

/**
 * SQL that copies the accounts into Supabase's table `auth.users`, for psql. Ids there are UUIDs: of another id one is made, always
 * the same, and the old id stands in `raw_app_meta_data`.
 *
 * @see https://www.postgresql.org/docs/current/sql-copy.html
 */
export const supabaseWriter: Writer = {
  ...{ name: 'supabase', isCsv: false },
  begin: `COPY auth.users (${COLUMNS.join(', ')}) FROM stdin;\n`,
  between: '',
  end: '\\.\n',
  write: ({ id, login }, digest) => {
    if (id === '') return NO_ID
    if (!isEmail(login)) return NO_EMAIL
    const taken = digest === undefined ? undefined : take(digest, { name: 'supabase', spellings: SPELLINGS })
    if (taken !== undefined && isRefusal(taken)) return taken
    const isUuid = UUID.test(id)
    const newId = isUuid ? id : makeUuid(id)
    const password = escape(taken?.spelled.text ?? '')
    const metadata = escape(`{${PROVIDER}${isUuid ? '' : `,"external_id":${quoteJson(id)}`}}`)
    const text = `${NO_INSTANCE}\t${newId}\t${ROLES}\t${escape(login)}\t${password}\t${metadata}\t${ENDING}\n`
    return { value: text, rewritten: rewrittenOf(taken) }
  },
}

const ESCAPED = /[\\\b\f\n\r\t\v]/
const ALL_ESCAPED = new RegExp(ESCAPED, 'g')
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' },
}

/** A value in the text format of COPY, which has no escape for NUL. */
function escape(text: string): string {
  return ESCAPED.test(text) ? text.replace(ALL_ESCAPED, (character) => ESCAPES[character] ?? '') : text
}

/** The version 5 UUID of an id. */
function makeUuid(id: string): string {
  const hex = hash('sha1', Buffer.concat([NAME_SPACE, Buffer.from(id)]))
  const variant = '89ab'.charAt('0123456789abcdef'.indexOf(hex.charAt(16)) % 4)
  return [
    ...[hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`],
    ...[`${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)],
  ].join('-')
}
