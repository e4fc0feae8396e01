import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { costOfDigestLoop, DIGEST_BYTES } from '../compute/cost.js'
import type { DigestLoopJob } from '../compute/job.js'
import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { base64, decodeBase64, encodeBase64 } from '../formats/base64.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { fieldOf, splitBetween } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'

interface Params {
  readonly algorithm: DigestLoopJob['algorithm']
  readonly rounds: number
}

const PREFIXES = ['{FSHP0|', '{FSHP1|', '{FSHP2|', '{FSHP3|'] as const
const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const VARIANT_PLACE = 5
// passlib counts in an unsigned 32-bit integer.
const MAX_ROUNDS = 2 ** 32 - 1
// As many rounds as phpass has by default.
const MIN_SLOW_ROUNDS = 2 ** 13
const NOTHING = /* @__PURE__ */ new Uint8Array(0)

/**
 * FSHP, the Fairly Secure Hashed Password: PBKDF1 with password and salt exchanged, which is a digest of salt and password, then
 * digests of digests. The first counts as a round. Its variants are SHA-1, SHA-256 (the default), SHA-384 and SHA-512.
 *
 *     {FSHP1|8|4096}  <base64 of 8 bytes of salt and the checksum>      (space added)
 *
 * The fields in braces are the variant, the bytes of the salt and the rounds.
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.fshp.html
 */
export const fshp: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'fshp',
  standing: ({ rounds }) => (rounds < MIN_SLOW_ROUNDS ? 'insecure' : 'dated'),
  why: '4,096 rounds of SHA-256 by default, of passlib 480,000',
  writtenBy: 'FSHP in Django, Rails and PHP, passlib',
  example: '{FSHP1|8|4096}MTIzNDU2NzjTdHcmoXwNc0ff9+ArUHoN0CvlbPZpxFi1C6RDM/MHSA==',
  prefixes: PREFIXES,
  parse,
  describe: ({ algorithm, rounds }) => ({ algorithm: ALGORITHM_NAMES[algorithm], rounds }),
  cost: ({ params: { algorithm, rounds } }) =>
    costOfDigestLoop({ algorithm, count: rounds - 1, tailLength: 0 }),
  job: (password, { params: { algorithm, rounds }, salt }) =>
    digestLoopJob({ algorithm, first: [salt, password], tail: NOTHING, count: rounds - 1 }),
  blank: (digest) => {
    const start = digest.indexOf('}') + 1
    const prefix = digest.slice(0, VARIANT_PLACE + 2)
    const readings = parse(fieldOf(digest, prefix.length), prefix)
    if (isMalformed(readings)) return digest
    const [{ salt, checksum }] = readings
    return digest.slice(0, start) + encodeBase64(Uint8Array.of(...salt, ...checksum.fill(0)), base64)
  },
})

function parse(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const algorithm = ALGORITHMS[Number(prefix.charAt(VARIANT_PLACE))]
  const fields = splitBetween(rest, ['|', '}'], 3)
  if (algorithm === undefined || fields === undefined) return malformed('shape', 'digest')
  const [saltLengthField, roundsField, bytesField] = fields
  const saltLength = readInteger(saltLengthField, { min: 0, max: MAX_DIGEST_LENGTH })
  if (typeof saltLength === 'string') return malformed(saltLength, 'saltLength')
  const rounds = readInteger(roundsField, { min: 1, max: MAX_ROUNDS })
  if (typeof rounds === 'string') return malformed(rounds, 'rounds')
  const bytes = decodeBase64(bytesField, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'checksum')
  if (bytes.length !== saltLength + DIGEST_BYTES[algorithm]) return malformed('length', 'checksum')
  const [salt, checksum] = [bytes.subarray(0, saltLength), bytes.subarray(saltLength)]
  return [{ params: { algorithm, rounds }, salt, checksum }]
}
