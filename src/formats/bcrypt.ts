import { bcryptBase64, decodeBase64, encodeBase64 } from './base64.js'
import { malformed } from './problem.js'
import type { Malformed } from './problem.js'
import { readInteger } from './integer.js'

/**
 * The modular crypt string of bcrypt:
 *
 *     $2b$  12  $  R9h/cIPz0gi.URNNX3kh2O  PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW      (spaces added)
 *
 * version, log2 of the rounds in two digits, 22 characters of salt, 31 of checksum.
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

/** Whether `$2$`, `$2a$`, `$2b$`, `$2x$` or `$2y$` stands at `start`. */
export function hasBcryptPrefix(text: string, start: number): boolean {
  return readVersion(text, start) !== undefined
}

export function parseBcrypt(text: string, start: number): BcryptFields | Malformed {
  const version = readVersion(text, start)
  if (version === undefined) return malformed('shape', 'digest')
  const costStart = start + version.length + 2
  const saltStart = costStart + 3
  const checksumStart = saltStart + SALT_LENGTH
  const cost = readCost(text.slice(costStart, costStart + 2))
  if (typeof cost === 'string') return malformed(cost, 'cost')
  if (text.charAt(costStart + 2) !== '$') return malformed('shape', 'digest')
  if (text.length < checksumStart) return malformed('length', 'salt')
  if (text.length !== checksumStart + CHECKSUM_LENGTH) return malformed('length', 'checksum')
  const salt = decodeBase64(text.slice(saltStart, checksumStart), bcryptBase64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeBase64(text.slice(checksumStart), bcryptBase64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return { version, cost, salt, checksum }
}

export function formatBcrypt({ version, cost, salt, checksum }: BcryptFields): string {
  const base64 = (bytes: Uint8Array): string => encodeBase64(bytes, bcryptBase64)
  return `$${version}$${String(cost).padStart(2, '0')}$${base64(salt)}${base64(checksum)}`
}

function readVersion(text: string, start: number): BcryptVersion | undefined {
  if (!text.startsWith('$2', start)) return undefined
  if (text.charAt(start + 2) === '$') return '2'
  if (text.charAt(start + 3) !== '$') return undefined
  switch (text.charAt(start + 2)) {
    case 'a':
      return '2a'
    case 'b':
      return '2b'
    case 'x':
      return '2x'
    case 'y':
      return '2y'
    default:
      return undefined
  }
}

/** Two digits, 04 to 31: the one number in these formats that is written with a leading zero. */
function readCost(text: string): number | 'number' | 'range' {
  if (text.length !== 2) return 'number'
  return readInteger(text.startsWith('0') ? text.slice(1) : text, { min: 4, max: 31 })
}
