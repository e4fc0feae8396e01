import { base64, decodeBase64 } from '../formats/base64.js'
import { costOfScrypt } from '../compute/cost.js'
import { scryptJob } from '../compute/kinds/scrypt.js'
import { writeOver } from '../formats/blank.js'
import { lengthOf, splitFields } from '../formats/fields.js'
import type { Field, Fields } from '../formats/fields.js'
import { decodeLowerHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed, Problem } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import { sharesHmacKey } from '../compute/hmac-key.js'

interface Params {
  readonly N: number
  readonly r: number
  readonly p: number
}

const CHECKSUM_BYTES = 64
const HEX_LENGTH = 128
const BASE64_LENGTH = 88

/**
 * scrypt as Werkzeug (Flask) writes it since 2.3.
 *
 *     scrypt:32768:8:1  $  salt  $  <128 characters of lower-case hex>      (spaces added)
 *
 * The numbers are N, r and p, the salt is text, the checksum has 64 bytes and is taken in base64 too.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security
 */
export const scryptWerkzeug: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'scrypt_werkzeug',
  standing: 'sound',
  why: 'hard on memory',
  writtenBy: 'Werkzeug (Flask) since 2.3',
  example:
    'scrypt:32768:8:1$salt$4bc0fd507e93a600768021341ec726c57c00cb55a4702a1650131365500cf47150e20a6189e2626330068b4313cbf1ba8a82bb34f5fef9500178c90d3eb995ac',
  prefixes: ['scrypt:'],
  parse,
  describe: ({ N, r, p }) => ({ N, r, p }),
  job: (password, { params, salt }) => scryptJob({ password, salt, ...params, length: CHECKSUM_BYTES }),
  cost: ({ params }) => costOfScrypt(params),
  // scrypt gives the password to HMAC with SHA-256 (RFC 7914).
  truncates: (password) => sharesHmacKey(password, 'sha256'),
  blank,
})

function blank(digest: string): string {
  const start = digest.lastIndexOf('$') + 1
  if (digest.length - start === HEX_LENGTH) return writeOver(digest, start, '0')
  return writeOver(digest, start, 'A', digest.length - '=='.length)
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [numbers, saltField, checksumField] = fields

  const params = readParams(splitFields(numbers, ':', 3))
  if (isMalformed(params)) return params
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeChecksum(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

/** Reads the numbers, in the bounds of RFC 7914 section 6: N a power of two below 2^(128 r / 8), r and p with r p < 2^30. */
function readParams(fields: Fields<3> | undefined): Params | Malformed {
  if (fields === undefined) return malformed('shape', 'digest')
  const [fieldN, fieldR, fieldP] = fields
  const N = readInteger(fieldN, { min: 2, max: 2 ** 52 })
  if (typeof N === 'string') return malformed(N, 'N')
  const r = readInteger(fieldR, { min: 1, max: 2 ** 30 - 1 })
  if (typeof r === 'string') return malformed(r, 'r')
  const p = readInteger(fieldP, { min: 1, max: 2 ** 30 - 1 })
  if (typeof p === 'string') return malformed(p, 'p')
  let log2N = 0
  let odd = N
  for (; odd % 2 === 0; odd /= 2) log2N++
  if (odd !== 1 || log2N >= 16 * r) return malformed('range', 'N')
  if (r * p >= 2 ** 30) return malformed('range', 'p')
  return { N, r, p }
}

function decodeChecksum(field: Field): Uint8Array | Problem {
  if (lengthOf(field) === HEX_LENGTH) return decodeLowerHex(field)
  if (lengthOf(field) !== BASE64_LENGTH) return 'length'
  const bytes = decodeBase64(field, base64)
  // Base64 of 88 characters with one sign of padding, or none, is 65 or 66 bytes.
  return typeof bytes !== 'string' && bytes.length !== CHECKSUM_BYTES ? 'length' : bytes
}
