import { costOfDigest } from '../../compute/cost.js'
import { base64, decodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { lengthOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import { toUtf16 } from '../../formats/utf16.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher, Parsed, Readings } from '../../hasher/contract.js'
import { hmac } from '../../platform/node.js'

type NoParams = Readonly<Record<string, never>>

const NO_PARAMS: NoParams = {}
const PREFIX = 'hmac_sha256_utf16_b64$'
const CHECKSUM_BYTES = 32
const CHECKSUM_LENGTH = 44
// .NET's default key size of HMACSHA256: ASP.NET Membership repeats a shorter key to it, and cuts a longer one.
const KEY_BYTES = 64

/**
 * HMAC with SHA-256 of the password in UTF-16, as ASP.NET Membership computes it; hash and key in base64, the hash first.
 *
 *     hmac_sha256_utf16_b64  $  <hash>  $  <key>      (spaces added)
 *
 * Nobody says how the key is written, so three ways are tried: its bytes in base64, these repeated or cut to 64, and the text itself.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.web.security.membershipprovider
 */
export const hmacSha256Utf16B64: Hasher = /* @__PURE__ */ makeHasher<NoParams>({
  name: 'hmac_sha256_utf16_b64',
  standing: 'insecure',
  why: 'one fast hash, keyed',
  writtenBy: 'ASP.NET Membership, in exports',
  example: 'hmac_sha256_utf16_b64$bkKzo56eECHScjEu9ZajTvtADQghuAiSBkrIspGklVM=$c2Vhc2FsdHNlYXNhbHQxMg==',
  prefixes: [PREFIX],
  parse,
  describe: () => ({ algorithm: 'SHA-256' }),
  cost: ({ salt }, bytes) => costOfDigest({ bytes: 2 * bytes + salt.length }),
  derive: (password, { salt: key }) => {
    const message = toUtf16(password)
    const checksum = hmac('sha256', key, message)
    message.fill(0)
    return Promise.resolve(checksum)
  },
  blank: (digest) => writeOver(digest, PREFIX.length, 'A', PREFIX.length + CHECKSUM_LENGTH - 1),
})

function parse(rest: Field): Readings<Parsed<NoParams>> | Malformed {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [checksumField, keyField] = fields
  const checksum = decodeBase64(checksumField, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== CHECKSUM_BYTES) return malformed('length', 'checksum')
  const text = readTextSalt(keyField)
  if (typeof text === 'string') return malformed(text, 'key')
  const readingOf = (salt: Uint8Array): Parsed<NoParams> => ({ params: NO_PARAMS, salt, checksum })
  const key = lengthOf(keyField) === 0 ? 'length' : decodeBase64(keyField, base64)
  if (typeof key === 'string') return [readingOf(text)]
  return key.length === KEY_BYTES
    ? [readingOf(key), readingOf(text)]
    : [readingOf(key), readingOf(fit(key)), readingOf(text)]
}

function fit(key: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: KEY_BYTES }, (_, place) => key[place % key.length] ?? 0)
}
