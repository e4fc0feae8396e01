import { costOfDigest } from '../compute/cost.js'
import { fastDigest } from '../compute/fast-digest.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeHex, isHex } from '../formats/hex.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import type { DigestAlgorithm } from '../platform/node.js'

// A bare digest is the checksum of the password in hexadecimal. Its length tells the algorithm.

type NoParams = Readonly<Record<string, never>>

interface Variant {
  readonly name: string
  readonly algorithm: DigestAlgorithm
  readonly checksumBytes: number
  readonly example: string
}

const NO_PARAMS: NoParams = {}
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)

/**
 * MD5 of the password, without a salt.
 *
 *     5f4dcc3b5aa765d61d8327deb882cf99
 *
 * @see https://www.rfc-editor.org/rfc/rfc1321
 */
export const md5: Hasher = /* @__PURE__ */ defineBareHex({
  name: 'md5',
  algorithm: 'md5',
  checksumBytes: 16,
  example: '5f4dcc3b5aa765d61d8327deb882cf99',
})

/** SHA-1 of the password, without a salt: 40 digits. @see https://www.rfc-editor.org/rfc/rfc3174 */
export const sha1: Hasher = /* @__PURE__ */ defineBareHex({
  name: 'sha1',
  algorithm: 'sha1',
  checksumBytes: 20,
  example: '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8',
})

/** SHA-224 of the password, without a salt: 56 digits. @see https://www.rfc-editor.org/rfc/rfc6234 */
export const sha224: Hasher = /* @__PURE__ */ defineBareHex({
  name: 'sha224',
  algorithm: 'sha224',
  checksumBytes: 28,
  example: 'd63dc919e201d7bc4c825630d2cf25fdc93d4b2f0d46706d29038d01',
})

/**
 * SHA-256 of the password, without a salt.
 *
 *     9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 *
 * @see https://www.rfc-editor.org/rfc/rfc6234
 */
export const sha256: Hasher = /* @__PURE__ */ defineBareHex({
  name: 'sha256',
  algorithm: 'sha256',
  checksumBytes: 32,
  example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
})

/** SHA-384 of the password, without a salt: 96 digits. @see https://www.rfc-editor.org/rfc/rfc6234 */
export const sha384: Hasher = /* @__PURE__ */ defineBareHex({
  name: 'sha384',
  algorithm: 'sha384',
  checksumBytes: 48,
  example: 'a8b64babd0aca91a59bdbb7761b421d4f2bb38280d3a75ba0f21f2bebc45583d446c598660c94ce680c47d19c30783a7',
})

/** SHA-512 of the password, without a salt: 128 digits. @see https://www.rfc-editor.org/rfc/rfc6234 */
export const sha512: Hasher = /* @__PURE__ */ defineBareHex({
  name: 'sha512',
  algorithm: 'sha512',
  checksumBytes: 64,
  example:
    'b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb980b1d7785e5976ec049b46df5f1326af5a2ea6d103fd07c95385ffab0cacbc86',
})

function defineBareHex({ algorithm, checksumBytes, ...facts }: Variant): Hasher {
  return makeHasher<NoParams>({
    standing: 'insecure',
    why: 'one fast hash, no salt',
    writtenBy: 'old PHP sites and applications of their own',
    ...facts,
    lengths: [checksumBytes * 2],
    identify: (digest) => isHex(fieldOf(digest)),
    parse: (rest) => parse(rest, checksumBytes),
    // The object is new every time, since callers of a registry get it.
    describe: () => ({}),
    cost: (_, bytes) => costOfDigest({ bytes }),
    derive: async (password, _, run) => await fastDigest(algorithm, [password], run),
    blank: (digest) => writeOver(digest, 0, '0'),
  })
}

function parse(rest: Field, checksumBytes: number): readonly [Parsed<NoParams>] | Malformed {
  if (lengthOf(rest) !== checksumBytes * 2) return malformed('length', 'checksum')
  const checksum = decodeHex(rest)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: NO_PARAMS, salt: NO_SALT, checksum }]
}
