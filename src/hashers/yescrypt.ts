import { costOfScrypt, costOfYescrypt } from '../compute/cost.js'
import type { Cost } from '../compute/cost.js'
import { sharesHmacKey } from '../compute/hmac-key.js'
import type { Job } from '../compute/kind.js'
import { scryptJob } from '../compute/kinds/scrypt.js'
import { yescryptJob } from '../compute/kinds/yescrypt.js'
import { writeOver } from '../formats/blank.js'
import { lengthOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeItoa64 } from '../formats/itoa64.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { formsOfCString } from '../formats/text.js'
import { readYescryptParams } from '../formats/yescrypt.js'
import type { YescryptParams } from '../formats/yescrypt.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'

const MAX_SALT_BYTES = 64
const CHECKSUM_BYTES = 32
const CHECKSUM_LENGTH = 43

/**
 * yescrypt of crypt(3), the default of Debian, Ubuntu and Fedora: flavor, log2 of N, r and further parameters, salt and checksum.
 *
 *     $y$  j9T  $  F5Jx5fExrKuPp53xLKQ..1  $  <43 characters>      (spaces added)
 *
 * Salt and checksum are bytes in itoa64; libxcrypt reads a salt of 0 to 64 bytes. The password ends at a NUL, where the strings
 * of C end.
 *
 * @see https://www.openwall.com/yescrypt/
 */
export const yescrypt: Hasher = /* @__PURE__ */ makeHasher<YescryptParams>({
  name: 'yescrypt',
  standing: 'sound',
  why: 'hard on memory',
  writtenBy: 'Debian, Ubuntu, Fedora and other Linux systems',
  example: '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7',
  prefixes: ['$y$'],
  parse,
  describe: ({ flavor, N, r, p, t }) => ({ flavor, N, r, p, t }),
  job,
  cost: ({ params }) => costOf(params),
  passwordForms: formsOfCString,
  // Only the first flavor, which is scrypt, has the password as a key of HMAC.
  truncates: (password, { params }) =>
    password.includes(0) || (params.flavor === 'scrypt' && sharesHmacKey(password, 'sha256')),
  blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '.'),
})

function parse(rest: Field): readonly [Parsed<YescryptParams>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [paramsField, saltField, checksumField] = fields
  const params = readYescryptParams(paramsField)
  if (isMalformed(params)) return params
  const salt = decodeItoa64(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length > MAX_SALT_BYTES) return malformed('length', 'salt')
  if (lengthOf(checksumField) !== CHECKSUM_LENGTH) return malformed('length', 'checksum')
  const checksum = decodeItoa64(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params, salt, checksum }]
}

function job(password: Uint8Array, { params, salt }: Parsed<YescryptParams>): Job {
  const { flavor, N, r, p, t } = params
  if (flavor === 'scrypt') return scryptJob({ password, salt, N, r, p, length: CHECKSUM_BYTES })
  return yescryptJob({ variant: flavor, password, salt, N, r, p, t })
}

function costOf({ flavor, ...params }: YescryptParams): Cost {
  return flavor === 'scrypt' ? costOfScrypt(params) : costOfYescrypt({ variant: flavor, ...params })
}
