import { BCRYPT_PREFIXES, parseBcrypt } from '../../formats/bcrypt.js'
import type { BcryptFields } from '../../formats/bcrypt.js'
import { writeOver } from '../../formats/blank.js'
import type { Field } from '../../formats/fields.js'
import { isMalformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { costOfBcrypt } from '../../compute/cost.js'
import { bcryptJob } from '../../compute/kinds/bcrypt.js'

interface Params {
  /** The version; `countermeasure` is crypt_blowfish's `$2a$` of the few passwords that call for it. */
  readonly version: BcryptFields['version'] | 'countermeasure'
  readonly cost: number
}

// bcrypt's key is the first 72 bytes of the password and the NUL after it, repeated (OpenBSD bcrypt.c).
const KEY_BYTES = 72
// Eight bits count to this.
const MAX_COUNT = 255

/**
 * bcrypt, as PHP, Ruby, Node and most others write it.
 *
 *     $2b$  12  $  R9h/cIPz0gi.URNNX3kh2O  PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW      (spaces added)
 *
 * The fields are version, log2 of the rounds, 22 characters of salt and 31 of checksum. `2a`, `2b` and `2y` are one
 * algorithm, but for two systems whose `$2a$` differs for a few passwords: npm's bcrypt (and OpenBSD before 5.5) counts the
 * key's bytes in eight bits, and crypt_blowfish (PHP, libxcrypt) keeps the collisions of its old bug out. `$2$` (no NUL
 * after the key) and `$2x$` (sign-extension bug) make the key of a password in other ways, and are never read as `2b`.
 *
 * @see https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 * @see https://www.openwall.com/crypt/
 */
export const bcrypt: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'bcrypt',
  standing: 'sound',
  example: '$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
  why: 'slow since 1999, and kept so by its cost',
  writtenBy: 'PHP, Laravel, Rails, Spring, Node applications',
  prefixes: BCRYPT_PREFIXES,
  parse,
  describe: ({ version, cost }) => ({ version, cost }),
  job: (password, { params, salt }) =>
    bcryptJob({ variant: VARIANTS[params.version], password, salt, cost: params.cost }),
  cost: ({ params }) => costOfBcrypt(params),
  passwordForms: (password, { params }) => bcryptForms(password, params.version),
  rareReadings,
  truncates,
  oldVariant: ({ version }) => version === '2' || version === '2x',
  blank: (digest) => writeOver(digest, digest.length - 31, '.'),
})

const VARIANTS = {
  '2': 'no-nul',
  '2a': 'standard',
  '2b': 'standard',
  '2x': 'sign-extended',
  '2y': 'standard',
  countermeasure: 'countermeasure',
} as const

/**
 * The password as typed, and the key that `$2a$` of npm's bcrypt (up to version 6) and of OpenBSD before 5.5 makes of a long
 * one: of n bytes, n + 1 with the NUL, it takes the first (n + 1) mod 256, or one where that is 0, and repeats them to 72
 * bytes without a NUL.
 */
export function bcryptForms(
  password: Uint8Array,
  version: Params['version'],
): readonly [Uint8Array, ...Uint8Array[]] {
  if (version !== '2a' || password.length < MAX_COUNT) return [password]
  const keyLength = Math.max((password.length + 1) % (MAX_COUNT + 1), 1)
  // A key as long as this is cut to the same 72 bytes with or without the wrong count.
  if (keyLength >= KEY_BYTES) return [password]
  const repeated = Uint8Array.from({ length: KEY_BYTES }, (_, place) => password[place % keyLength] ?? 0)
  return isSameStart(repeated, password) ? [password] : [password, repeated]
}

/** Whether the wrong count makes the right key, as it does of a password that repeats itself. */
function isSameStart(key: Uint8Array, password: Uint8Array): boolean {
  return key.every((byte, place) => byte === password[place])
}

/** The reading with the countermeasure that crypt_blowfish has in `$2a$` since 1.1. */
function rareReadings(password: Uint8Array, parsed: Parsed<Params>): readonly Parsed<Params>[] {
  const { version, cost } = parsed.params
  if (version !== '2a' || !callsForCountermeasure(password)) return []
  return [{ ...parsed, params: { version: 'countermeasure', cost } }]
}

/**
 * Whether the bug of `$2x$` makes the right key of a password although it had bytes to overwrite. The bug makes that key of
 * other passwords too, so crypt_blowfish starts from another state here (BF_set_key).
 *
 * A byte over 127 overwrites those before it in its word of four with 0xff, so all of these must have been 0xff before.
 */
function callsForCountermeasure(password: Uint8Array): boolean {
  // crypt() reads up to a NUL. No byte but 0xff can be overwritten by its own value, and UTF-8 has no such byte.
  if (!password.includes(0xff) || password.includes(0)) return false
  let hasOverwritten = false
  let isUntouched = true
  for (let place = 0; place < KEY_BYTES; place++) {
    if (place % 4 === 0) isUntouched = true
    // A NUL follows the password in the key, then the password again.
    const byte = password[place % (password.length + 1)] ?? 0
    if (place % 4 !== 0 && byte > 0x7f) {
      if (!isUntouched) return false
      hasOverwritten = true
    }
    if (byte !== 0xff) isUntouched = false
  }
  return hasOverwritten
}

/** Whether another password may have the same key, so that this one must not become the new digest's. */
function truncates(password: Uint8Array, { params: { version } }: Parsed<Params>): boolean {
  // bcrypt reads nothing past 72 bytes, and cannot tell a NUL from the one that ends the key.
  if (password.length > KEY_BYTES || password.includes(0)) return true
  // The bug of 2x lets a byte over 127 overwrite those before it (CVE-2011-2483).
  if (version === '2x') return password.some((byte) => byte > 0x7f)
  // A password over half as long as the key may begin with a shorter one repeated, and so have the same 72 bytes.
  return version === '2' && (password.length > KEY_BYTES / 2 || isRepetition(password))
}

/** Whether it is a shorter text repeated: without a NUL "ab" and "abab" are one key, and the longer was not chosen. */
function isRepetition(password: Uint8Array): boolean {
  // The buffer is a view: Buffer.from(password) would leave a copy in Node's pool.
  const text = Buffer.from(password.buffer, password.byteOffset, password.length)
  for (let length = 1; length <= text.length / 2; length++) {
    const isUnit =
      text.length % length === 0 && text.subarray(length).equals(text.subarray(0, text.length - length))
    if (isUnit) return true
  }
  return false
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = parseBcrypt(rest)
  if (isMalformed(fields)) return fields
  const { version, cost, salt, checksum } = fields
  return [{ params: { version, cost }, salt, checksum }]
}
