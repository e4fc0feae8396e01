import { bcryptBase64, decodeBase64, encodeBase64 } from './base64.js'
import { fieldOf } from './fields.js'
import type { Field } from './fields.js'
import { malformed } from './problem.js'
import type { Malformed } from './problem.js'
import { readInteger } from './integer.js'

/**
 * The modular crypt string of bcrypt:
 *
 *     $2b$  12  $  R9h/cIPz0gi.URNNX3kh2O  PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW      (spaces added)
 *
 * The fields are version, log2 of the rounds in two digits, 22 characters of salt, 31 of checksum.
 *
 * @see https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 */
export interface BcryptFields {
  readonly version: BcryptVersion
  readonly cost: number
  readonly salt: Uint8Array
  readonly checksum: Uint8Array
}

export type BcryptVersion = '2' | '2a' | '2b' | '2x' | '2y'

const SALT_LENGTH = 22
const CHECKSUM_LENGTH = 31

/** The prefixes of bcrypt digests. */
export const BCRYPT_PREFIXES = ['$2a$', '$2b$', '$2y$', '$2x$', '$2$'] as const

/** The version by the code of the last character before the second `$`. */
const VERSIONS: ReadonlyMap<number, BcryptVersion> = /* @__PURE__ */ new Map(
  (['2', '2a', '2b', '2x', '2y'] as const).map((version) => [
    version.charCodeAt(version.length - 1),
    version,
  ]),
)

const DOLLAR = 0x24
const ZERO = 0x30

/** Reads the field behind the prefix of a digest. The prefix, in front of the field, has the version. */
export function parseBcrypt({ text, start, end }: Field): BcryptFields | Malformed {
  const version = VERSIONS.get(text.charCodeAt(start - 2))
  if (version === undefined) return malformed('version', 'version')
  const saltStart = start + 3
  const checksumStart = saltStart + SALT_LENGTH
  const cost = readCost(fieldOf(text, start, Math.min(start + 2, end)))
  if (typeof cost === 'string') return malformed(cost, 'cost')
  if (text.charCodeAt(start + 2) !== DOLLAR) return malformed('shape', 'digest')
  if (end < checksumStart) return malformed('length', 'salt')
  if (end !== checksumStart + CHECKSUM_LENGTH) return malformed('length', 'checksum')
  const salt = decodeBase64(fieldOf(text, saltStart, checksumStart), bcryptBase64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeBase64(fieldOf(text, checksumStart, end), bcryptBase64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return { version, cost, salt, checksum }
}

export function formatBcrypt({ version, cost, salt, checksum }: BcryptFields): string {
  const base64 = (bytes: Uint8Array): string => encodeBase64(bytes, bcryptBase64)
  return `$${version}$${String(cost).padStart(2, '0')}$${base64(salt)}${base64(checksum)}`
}

/** Reads the cost: two digits, 04 to 31, the one number in these formats that has a leading zero. */
function readCost({ text, start, end }: Field): number | 'number' | 'range' {
  if (end - start !== 2) return 'number'
  const first = text.charCodeAt(start) === ZERO ? start + 1 : start
  return readInteger(fieldOf(text, first, end), { min: 4, max: 31 })
}
