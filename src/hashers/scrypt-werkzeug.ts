import { base64, decodeBase64 } from '../formats/base64.js'
import { splitFields } from '../formats/fields.js'
import { decodeLowerHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { malformed } from '../formats/problem.js'
import type { Malformed, Problem } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { defineHasher } from '../hasher.js'
import type { Hasher, Parsed } from '../hasher.js'
import { costOf } from '../primitives/job.js'

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
 * N, r and p; the salt is text; the hash has 64 bytes, and is taken in base64 too.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security
 */
export const scryptWerkzeug: Hasher = /* @__PURE__ */ defineHasher<Params>({
  name: 'scrypt_werkzeug',
  standing: 'sound',
  example:
    'scrypt:32768:8:1$salt$4bc0fd507e93a600768021341ec726c57c00cb55a4702a1650131365500cf47150e20a6189e2626330068b4313cbf1ba8a82bb34f5fef9500178c90d3eb995ac',
  prefixes: ['scrypt:'],
  identify: (digest) => digest.startsWith('scrypt:'),
  parse,
  describe: ({ N, r, p }) => ({ N, r, p }),
  cost: ({ params }) => costOf({ kind: 'scrypt', ...params, length: CHECKSUM_BYTES }),
  derive: (password, { params, salt }, runtime) =>
    runtime.run({ kind: 'scrypt', password, salt, ...params, length: CHECKSUM_BYTES }),
})

function parse(digest: string): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(digest, '$', 3)
  const [method = '', saltText = '', checksumText = ''] = fields
  const numbers = splitFields(method, ':', 4)
  const [name, textN = '', textR = '', textP = ''] = numbers
  if (fields.length !== 3 || numbers.length !== 4 || name !== 'scrypt') return malformed('shape', 'digest')

  const params = readParams(textN, textR, textP)
  if ('problem' in params) return params
  const salt = readTextSalt(saltText)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeChecksum(checksumText)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

/** RFC 7914 section 6: N a power of two below 2^(128 r / 8), r and p with r p < 2^30. */
function readParams(textN: string, textR: string, textP: string): Params | Malformed {
  const N = readInteger(textN, { min: 2, max: 2 ** 52 })
  if (typeof N === 'string') return malformed(N, 'N')
  const r = readInteger(textR, { min: 1, max: 2 ** 30 - 1 })
  if (typeof r === 'string') return malformed(r, 'r')
  const p = readInteger(textP, { min: 1, max: 2 ** 30 - 1 })
  if (typeof p === 'string') return malformed(p, 'p')
  // A logarithm alone rounds: near a large power of two it cannot tell its neighbours from it.
  const log2N = Math.round(Math.log2(N))
  if (2 ** log2N !== N || log2N >= 16 * r) return malformed('range', 'N')
  if (r * p >= 2 ** 30) return malformed('range', 'p')
  return { N, r, p }
}

function decodeChecksum(text: string): Uint8Array | Problem {
  if (text.length === HEX_LENGTH) return decodeLowerHex(text)
  if (text.length !== BASE64_LENGTH) return 'length'
  const bytes = decodeBase64(text, base64)
  // 88 characters with one sign of padding, or none, are 65 or 66 bytes.
  return typeof bytes !== 'string' && bytes.byteLength !== CHECKSUM_BYTES ? 'length' : bytes
}
