import { costOfDigest } from '../../compute/cost.js'
import { fastDigest } from '../../compute/fast-digest.js'
import { ContextError } from '../../errors.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Context, Hasher, Parsed } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'

interface Params {
  /** The bytes of the user name; zeros where the context has none. */
  readonly username: Uint8Array
  readonly isMissing: boolean
}

const NAME = 'postgres_md5'
const TAG = 'md5'
const DIGITS = 32
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const NO_USERNAME = /* @__PURE__ */ new Uint8Array(DIGITS)

/**
 * PostgreSQL before 14, and later where password_encryption is md5: MD5 of the password and the name of its role, which the call's
 * context must have: `{ context: { username } }`.
 *
 *     md5  55fba2ea04fd36069d2574ea71c8efe9      (a space added)
 *
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 */
export const postgresMd5: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: NAME,
  aliases: ['md5_postgres'],
  standing: 'insecure',
  why: 'one fast hash, salted with the user name',
  writtenBy: 'PostgreSQL before 14',
  example: 'md55fba2ea04fd36069d2574ea71c8efe9d',
  identify: (digest) => digest.startsWith(TAG),
  lengths: [35],
  parse,
  describe: () => ({ algorithm: 'MD5' }),
  cost: ({ params: { username } }, bytes) => costOfDigest({ bytes: bytes + username.length }),
  derive: async (password, { params: { username, isMissing } }, run) => {
    const checksum = await fastDigest('md5', [password, username], run)
    // An answer of false would look like a wrong password. The work is done all the same, so that the answer takes as long.
    if (isMissing)
      throw new ContextError('ERR_CONTEXT_MISSING', `${NAME}: this digest needs the username of the context.`)
    return checksum
  },
  blank: (digest) => writeOver(digest, TAG.length, '0'),
})

function parse(
  { text, start, end }: Field,
  _: string,
  { username = '' }: Context,
): readonly [Parsed<Params>] | Malformed {
  if (!text.startsWith(TAG, start)) return malformed('shape', 'digest')
  const checksumField = fieldOf(text, start + TAG.length, end)
  if (lengthOf(checksumField) !== DIGITS) return malformed('length', 'checksum')
  // PostgreSQL reads lower case alone, and takes any other text for a password.
  const checksum = decodeLowerHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  const isMissing = username === ''
  const bytes = isMissing ? NO_USERNAME : new TextEncoder().encode(username)
  return [{ params: { username: bytes, isMissing }, salt: NO_SALT, checksum }]
}
