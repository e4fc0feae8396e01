import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { costOfDigest, DIGEST_BYTES } from '../compute/cost.js'
import { writeOver } from '../formats/blank.js'
import { splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeLowerHex, encodeHexBytes } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import { hmac } from '../platform/node.js'

interface Params {
  readonly algorithm: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
  readonly iterations: number
}

// The package's default is one iteration, and no digest with more is known. More than this would need a thread.
const MAX_ITERATIONS = 10_000
// So many iterations take less than a millisecond in place. After them the event loop has a turn.
const ITERATIONS_AT_ONCE = 16

/** The algorithms by prefix. The package accepts every algorithm of Node. */
const ALGORITHMS: Readonly<Record<string, Params['algorithm']>> = {
  sha1$: 'sha1',
  md5$: 'md5',
  sha224$: 'sha224',
  sha256$: 'sha256',
  sha384$: 'sha384',
  sha512$: 'sha512',
}

/**
 * HMAC of the password as password-hash of npm writes it. The key is the salt as text, and each further iteration is over the
 * hexadecimal of the last. Its older digests without iterations, `sha1$salt$hash`, are those of `hmac_werkzeug`.
 *
 *     sha1  $  25764f2e  $  1  $  <40 characters of lower-case hex>      (spaces added)
 *
 * @see https://www.npmjs.com/package/password-hash
 */
export const sha1PasswordHash: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'sha1_password_hash',
  standing: 'insecure',
  why: 'fast, one HMAC by default',
  writtenBy: 'password-hash (npm)',
  example: 'sha1$25764f2e$1$3d61e31ae9f577933e1a4e370e5a15d8c8af7e86',
  prefixes: ['sha1$', 'md5$', 'sha224$', 'sha256$', 'sha384$', 'sha512$'],
  parse,
  describe: ({ algorithm, iterations }) => ({ algorithm: ALGORITHM_NAMES[algorithm], iterations }),
  // An HMAC is two digests, of the key's block and the salt, where it is longer than that, and of the message.
  cost: ({ params: { iterations }, salt }, bytes) => {
    const { milliseconds, ...rest } = costOfDigest({ bytes: bytes + salt.length })
    return { ...rest, milliseconds: 2 * milliseconds * iterations }
  },
  derive: async (password, { params: { algorithm, iterations }, salt }) => {
    let checksum = hmac(algorithm, salt, password)
    for (let done = 1; done < iterations; done++) {
      if (done % ITERATIONS_AT_ONCE === 0) await new Promise(setImmediate)
      checksum = hmac(algorithm, salt, encodeHexBytes(checksum))
    }
    return checksum
  },
  blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '0'),
})

function parse(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const algorithm = ALGORITHMS[prefix]
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined || algorithm === undefined) return malformed('shape', 'digest')
  const [saltField, iterationsField, checksumField] = fields
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const iterations = readInteger(iterationsField, { min: 1, max: MAX_ITERATIONS })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  const checksum = decodeLowerHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== DIGEST_BYTES[algorithm]) return malformed('length', 'checksum')
  return [{ params: { algorithm, iterations }, salt, checksum }]
}
