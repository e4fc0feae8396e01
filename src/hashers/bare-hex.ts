import { fieldOf } from '../formats/fields.js'
import { decodeHex, isHex } from '../formats/hex.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/hasher.js'
import { messageDigest } from '../platform/node.js'

type NoParams = Readonly<Record<string, never>>

const NO_PARAMS: NoParams = {}
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)

// One digest with node:crypto, whatever the password: microseconds (bench/README.md).
const MILLISECONDS = 0.005

/**
 * MD5 of the password, without a salt.
 *
 *     5f4dcc3b5aa765d61d8327deb882cf99
 *
 * @see https://www.rfc-editor.org/rfc/rfc1321
 */
export const md5: Hasher = /* @__PURE__ */ bareHex('md5', 16, '5f4dcc3b5aa765d61d8327deb882cf99')

/**
 * SHA-256 of the password, without a salt.
 *
 *     9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 *
 * @see https://www.rfc-editor.org/rfc/rfc6234
 */
export const sha256: Hasher = /* @__PURE__ */ bareHex(
  'sha256',
  32,
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
)

function bareHex(name: 'md5' | 'sha256', checksumBytes: number, example: string): Hasher {
  const parse = (digest: string): readonly [Parsed<NoParams>] | Malformed => {
    if (digest.length !== checksumBytes * 2) return malformed('length', 'checksum')
    const checksum = decodeHex(fieldOf(digest))
    if (typeof checksum === 'string') return malformed(checksum, 'checksum')
    return [{ params: NO_PARAMS, salt: NO_SALT, checksum }]
  }
  return defineHasher<NoParams>({
    name,
    standing: 'insecure',
    example,
    identify: (digest) => digest.length === checksumBytes * 2 && isHex(fieldOf(digest)),
    parse,
    // Made anew every time, since registries hand them out.
    describe: () => ({}),
    cost: () => ({ milliseconds: MILLISECONDS, bytes: 0, lanes: 1 }),
    derive: (password, _, runtime) => {
      try {
        return Promise.resolve(messageDigest(name, password))
      } catch (error) {
        if (name !== 'md5') throw error
        // FIPS refuses MD5; the kernel computes it all the same: of no rounds, what is left is the first digest.
        return runtime.run({ kind: 'digest-loop', algorithm: name, first: password, tail: NO_SALT, count: 0 })
      }
    },
  })
}
