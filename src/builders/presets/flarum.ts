import { openColumns } from '../columns.js'
import { choose } from '../vendors/values.js'
import { BCRYPT, MD5, PHPASS, SHA1 } from './forms.js'
import { TEXT, writeDigest } from './preset.js'
import type { Form } from './preset.js'

/** The object of the column `migratetoflarum_old_password`. Its type `plain` is refused: it holds the password itself. */
export interface FlarumOldPassword {
  readonly type: 'bcrypt' | 'phpass' | 'kmd5' | `${'md5' | 'sha1'}${'' | '-double'}${'' | '-bcrypt'}`
  readonly password: string
  readonly 'salt-before'?: string
  readonly 'salt-after'?: string
}

/** The forms of a type; of those that take salts, one by the expression of what stands between them. */
type Type = readonly Form[] | ((join: (password: string) => string) => Form)

const TYPES: Readonly<Record<FlarumOldPassword['type'], Type>> = {
  bcrypt: [BCRYPT],
  phpass: [PHPASS, BCRYPT],
  kmd5: [
    {
      shape: /^[\da-f]{16}(?<salt>[!-~]{2})[\da-f]{16}$/,
      words: 'MD5 in hexadecimal with two characters of salt in its middle',
      expression: 'hex(md5(s.hex(md5(p)))[0:8]).s.hex(md5(s.hex(md5(p)))[8:16])',
    },
  ],
  md5: (join) => ({ ...MD5, expression: `hex(md5(${join('p')}))` }),
  'md5-bcrypt': (join) => ({ ...BCRYPT, expression: `hex(md5(${join('p')}))`, isInner: true }),
  'md5-double': (join) => ({ ...MD5, expression: `hex(md5(${join('hex(md5(p))')}))` }),
  'md5-double-bcrypt': (join) => ({
    ...{ ...BCRYPT, expression: `hex(md5(${join('hex(md5(p))')}))`, isInner: true },
  }),
  sha1: (join) => ({ ...SHA1, expression: `hex(sha1(${join('p')}))` }),
  'sha1-bcrypt': (join) => ({ ...BCRYPT, expression: `hex(sha1(${join('p')}))`, isInner: true }),
  'sha1-double': (join) => ({ ...SHA1, expression: `hex(sha1(${join('hex(sha1(p))')}))` }),
  'sha1-double-bcrypt': (join) => ({
    ...{ ...BCRYPT, expression: `hex(sha1(${join('hex(sha1(p))')}))`, isInner: true },
  }),
}

/**
 * A password that Flarum's extension "Old Passwords" keeps of another forum.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the field
 * @see https://github.com/migratetoflarum/old-passwords
 */
export function flarumOldPassword(fields: FlarumOldPassword): string {
  const columns = openColumns('flarumOldPassword', fields, ['type', 'password', 'salt-before', 'salt-after'])
  const type = choose(columns, 'type', TYPES)
  if (typeof type !== 'function') {
    columns.only(['type', 'password'], 'its type takes none')
    return writeDigest(columns, type, { column: 'password' })
  }
  const before = columns.textOrNone('salt-before', TEXT)
  const after = columns.textOrNone('salt-after', TEXT)
  const [front, back] = [
    before === undefined ? '' : 's.',
    after === undefined ? '' : before === undefined ? '.s' : '.t',
  ]
  const form = type((password) => front + password + back)
  return writeDigest(columns, [form], { s: before ?? after, t: after, column: 'password' })
}
