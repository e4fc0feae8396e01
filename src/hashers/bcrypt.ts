import { hasBcryptPrefix, parseBcrypt } from '../formats/bcrypt.js'
import type { BcryptFields } from '../formats/bcrypt.js'
import { isMalformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher.js'
import type { Hasher, Parsed } from '../hasher.js'
import { costOfBcrypt } from '../primitives/cost.js'
import type { BcryptJob } from '../primitives/job.js'

interface Params {
  readonly version: BcryptFields['version']
  readonly cost: number
}

// bcrypt's key is the first 72 bytes of the password and the NUL after it, repeated (OpenBSD bcrypt.c).
const KEY_BYTES = 72

/**
 * bcrypt, as PHP, Ruby, Node and most others write it.
 *
 *     $2b$  12  $  R9h/cIPz0gi.URNNX3kh2O  PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW      (spaces added)
 *
 * version, log2 of the rounds, 22 characters of salt, 31 of checksum. `2a`, `2b` and `2y` are one algorithm.
 * `$2$` (no NUL after the key) and `$2x$` (sign-extension bug) are other algorithms and never read as `2b`: each
 * has its own way from the password to the key.
 *
 * @see https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 */
export const bcrypt: Hasher = /* @__PURE__ */ defineHasher<Params>({
  name: 'bcrypt',
  standing: 'sound',
  example: '$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
  prefixes: ['$2'],
  identify: (digest) => hasBcryptPrefix(digest, 0),
  parse,
  describe: ({ version, cost }) => ({ version, cost }),
  cost: ({ params }) => costOfBcrypt(params),
  derive: (password, { params, salt }, runtime) => runtime.run({ ...jobParams(params), password, salt }),
  truncates,
  oldVariant: ({ version }) => version === '2' || version === '2x',
})

const VARIANTS = {
  '2': 'no-nul',
  '2a': 'standard',
  '2b': 'standard',
  '2x': 'sign-extended',
  '2y': 'standard',
} as const

function jobParams({ version, cost }: Params): Pick<BcryptJob, 'kind' | 'variant' | 'cost'> {
  return { kind: 'bcrypt', variant: VARIANTS[version], cost }
}

/** Whether another password may have the same key, so that this one must not become the new digest's. */
function truncates(password: Uint8Array, { params: { version } }: Parsed<Params>): boolean {
  // Past 72 bytes nothing is read; a NUL cannot be told from the one that ends the key, or from its repetition.
  if (password.length > KEY_BYTES || password.includes(0)) return true
  // The bug lets a byte over 127 overwrite those before it (CVE-2011-2483).
  if (version === '2x') return password.some((byte) => byte > 0x7f)
  // One of over half the key can be a shorter password and its repetition cut short, and so the same 72 bytes.
  return version === '2' && (password.length > KEY_BYTES / 2 || isRepetition(password))
}

/** Without a NUL between them "ab" and "abab" are one key; the longer one is not the password that was chosen. */
function isRepetition(password: Uint8Array): boolean {
  // A view: Buffer.from(password) would leave a copy in Node's pool.
  const text = Buffer.from(password.buffer, password.byteOffset, password.length)
  for (let length = 1; length <= text.length / 2; length++) {
    const isUnit =
      text.length % length === 0 && text.subarray(length).equals(text.subarray(0, text.length - length))
    if (isUnit) return true
  }
  return false
}

function parse(digest: string): readonly [Parsed<Params>] | Malformed {
  const fields = parseBcrypt(digest, 0)
  if (isMalformed(fields)) return fields
  const { version, cost, salt, checksum } = fields
  return [{ params: { version, cost }, salt, checksum }]
}
