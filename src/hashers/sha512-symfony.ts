import { costOfDigestLoop } from '../compute/cost.js'
import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { base64, decodeBase64 } from '../formats/base64.js'
import { writeOver } from '../formats/blank.js'
import { splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { readInteger } from '../formats/integer.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'

interface Params {
  readonly iterations: number
}

const CHECKSUM_BYTES = 64
const MAX_ITERATIONS = 2 ** 31 - 1
const BRACE_OPEN = /* @__PURE__ */ Uint8Array.of(0x7b)
const BRACE_CLOSE = /* @__PURE__ */ Uint8Array.of(0x7d)
const ZERO = 0x30
const NOTHING = /* @__PURE__ */ new Uint8Array(0)

/**
 * Symfony's MessageDigestPasswordHasher with its defaults: SHA-512 of the password and the salt in braces, then 4,999 times
 * SHA-512 of the last digest and the same text. The checksum is in base64. Symfony refuses a salt with braces.
 *
 *     sha512_symfony  $  5000  $  <salt>  $  <base64>      (spaces added)
 *
 * @see https://github.com/symfony/symfony/blob/6.4/src/Symfony/Component/PasswordHasher/Hasher/MessageDigestPasswordHasher.php
 */
export const sha512Symfony: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'sha512_symfony',
  // The default of 5,000 rounds of SHA-512 takes two milliseconds.
  standing: 'insecure',
  why: 'fast: 5,000 rounds of SHA-512 by default',
  writtenBy: 'Symfony before 4, FOSUserBundle',
  example:
    'sha512_symfony$5000$seasalt$1MzHOo00INYJdvBFFhdVKAdUGtZHh3p3hsQ5r14hUfxMBf/Xf2XUeRTDLvDf2Sb0mn9WCISvUJ+WxJI6EPI4lQ==',
  prefixes: ['sha512_symfony$'],
  parse,
  describe: ({ iterations }) => ({ iterations }),
  cost: ({ params, salt }, bytes) =>
    costOfDigestLoop({
      algorithm: 'sha512',
      count: params.iterations - 1,
      tailLength: bytes + (isNone(salt) ? 0 : salt.length + 2),
    }),
  job: (password, { params, salt }) => {
    const message = merge(password, salt)
    return digestLoopJob({ algorithm: 'sha512', first: message, tail: message, count: params.iterations - 1 })
  },
  blank: (digest) => {
    const start = digest.lastIndexOf('$') + 1
    return writeOver(digest, start, 'A', digest.length - 2)
  },
})

/** Whether a salt counts as none: PHP takes the text "0" for none, too. */
function isNone(salt: Uint8Array): boolean {
  return salt.length === 0 || (salt.length === 1 && salt[0] === ZERO)
}

/** The password, and the salt in braces unless there is none. */
function merge(password: Uint8Array, salt: Uint8Array): readonly Uint8Array[] {
  return isNone(salt) ? [password] : [password, BRACE_OPEN, salt, BRACE_CLOSE]
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [iterationsField, saltField, checksumField] = fields
  const iterations = readInteger(iterationsField, { min: 1, max: MAX_ITERATIONS })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  const salt = saltField.start === saltField.end ? NOTHING : readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.includes(0x7b) || salt.includes(0x7d)) return malformed('alphabet', 'salt')
  const checksum = decodeBase64(checksumField, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== CHECKSUM_BYTES) return malformed('length', 'checksum')
  return [{ params: { iterations }, salt, checksum }]
}
