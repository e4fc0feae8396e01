import { costOfDigest } from '../../compute/cost.js'
import { fastDigest } from '../../compute/fast-digest.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex, isHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'

type NoParams = Readonly<Record<string, never>>

const NO_PARAMS: NoParams = {}
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const LENGTH = 41
// So many characters tell a damaged digest from a mark such as `*0` or `*LOCKED*`.
const TELLING = 21

/**
 * PASSWORD() of MySQL 4.1 to 5.7 and of MariaDB: an asterisk, and the SHA-1 of the password's SHA-1 in hexadecimal.
 *
 *     *  2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19      (a space added)
 *
 * MySQL writes upper case, and reads either. An account without a password has an empty text there.
 *
 * @see https://mariadb.com/kb/en/password/
 */
export const mysql41: Hasher = /* @__PURE__ */ makeHasher<NoParams>({
  name: 'mysql41',
  aliases: ['mysql_native_password', 'mysql_password'],
  standing: 'insecure',
  why: 'two fast hashes, no salt',
  writtenBy: 'MySQL 4.1 to 5.7, MariaDB',
  example: '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19',
  identify: looksWritten,
  parse,
  describe: () => ({ algorithm: 'SHA-1' }),
  cost: (_, bytes) => costOfDigest({ bytes: bytes + LENGTH }),
  derive: async (password, _, run) => {
    const once = await fastDigest('sha1', [password], run)
    const twice = await fastDigest('sha1', [once], run)
    once.fill(0)
    return twice
  },
  blank: (digest) => writeOver(digest, 1, '0'),
})

/** Whether a text begins as PASSWORD() writes: other texts with an asterisk mark accounts without a password. */
function looksWritten(digest: string): boolean {
  return digest.startsWith('*') && digest.length > TELLING && isHex(fieldOf(digest, 1, TELLING))
}

function parse({ text, start, end }: Field): readonly [Parsed<NoParams>] | Malformed {
  if (text[start] !== '*') return malformed('shape', 'digest')
  const checksumField = fieldOf(text, start + 1, end)
  if (lengthOf(checksumField) !== LENGTH - 1) return malformed('length', 'checksum')
  const checksum = decodeHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: NO_PARAMS, salt: NO_SALT, checksum }]
}
