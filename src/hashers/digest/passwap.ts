import { DIGEST_BYTES } from '../../compute/cost.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { defineDigest, readingOf } from './define.js'
import type { Params } from './define.js'

const MESSAGES: Readonly<Record<string, Params['message']>> = {
  '$md5salted-prefix$': 'salt, password',
  '$md5salted-suffix$': 'password, salt',
}
const SPACE = 0x20

/**
 * MD5 as Zitadel's passwap reads it: of the salt and the password behind it, or the password and the salt behind it. The salt is used
 * as the text that it is, although it mostly looks like base64. passwap takes no space in it.
 *
 *     $md5salted-prefix$  <salt>  $  <base64 of the digest>      (spaces added)
 *
 * @see https://github.com/zitadel/passwap/blob/main/md5salted/md5salted.go
 */
export const md5Passwap: Hasher = /* @__PURE__ */ defineDigest({
  name: 'md5_passwap',
  writtenBy: 'imports of Zitadel',
  example: '$md5salted-suffix$c2FsdA==$R58+SD/95ORa9VZ9BPS5FA==',
  prefixes: ['$md5salted-prefix$', '$md5salted-suffix$'],
  parse,
  blank: (digest) =>
    digest.slice(0, digest.lastIndexOf('$') + 1) + encodeBase64(new Uint8Array(DIGEST_BYTES.md5), base64),
})

function parse(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const message = MESSAGES[prefix]
  const fields = splitFields(rest, '$', 2)
  if (message === undefined || fields === undefined) return malformed('shape', 'digest')
  const [saltField, checksumField] = fields
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.includes(SPACE)) return malformed('alphabet', 'salt')
  const checksum = decodeBase64(checksumField, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== DIGEST_BYTES.md5) return malformed('length', 'checksum')
  return readingOf({ algorithm: 'md5', message }, salt, checksum)
}
