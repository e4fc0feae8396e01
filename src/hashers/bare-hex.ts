import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { writeOver } from '../formats/blank.js'
import { decodeHex, isHex } from '../formats/hex.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
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
export const md5: Hasher = /* @__PURE__ */ defineBareHex('md5', 16, '5f4dcc3b5aa765d61d8327deb882cf99')

/**
 * SHA-256 of the password, without a salt.
 *
 *     9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 *
 * @see https://www.rfc-editor.org/rfc/rfc6234
 */
export const sha256: Hasher = /* @__PURE__ */ defineBareHex(
  'sha256',
  32,
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
)

function defineBareHex(name: 'md5' | 'sha256', checksumBytes: number, example: string): Hasher {
  return makeHasher<NoParams>({
    name,
    standing: 'insecure',
    why: 'one fast hash, no salt',
    writtenBy: 'old PHP sites and applications of their own',
    example,
    lengths: [checksumBytes * 2],
    identify: (digest) => isHex(fieldOf(digest)),
    parse: (rest) => parse(rest, checksumBytes),
    // Made anew every time, since registries hand them out.
    describe: () => ({}),
    cost: () => ({ milliseconds: MILLISECONDS, bytes: 0, lanes: 1 }),
    derive: (password, _, run) => {
      try {
        return Promise.resolve(messageDigest(name, password))
      } catch (error) {
        if (name !== 'md5') throw error
        // FIPS refuses MD5; the kernel computes it all the same: of no rounds, what is left is the first digest.
        return run(digestLoopJob({ algorithm: name, first: password, tail: NO_SALT, count: 0 }))
      }
    },
    blank: (digest) => writeOver(digest, 0, '0'),
  })
}

function parse(rest: Field, checksumBytes: number): readonly [Parsed<NoParams>] | Malformed {
  if (lengthOf(rest) !== checksumBytes * 2) return malformed('length', 'checksum')
  const checksum = decodeHex(rest)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: NO_PARAMS, salt: NO_SALT, checksum }]
}
