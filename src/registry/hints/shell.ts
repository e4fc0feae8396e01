import { BCRYPT_PREFIXES } from '../../formats/bcrypt.js'
import {
  beginsWithAny,
  countOf,
  hasBothCases,
  hasDigit,
  hasSignAt,
  isBase64,
  isCryptText,
  isDigitAt,
  isHexOfLength,
  isHexText,
  lastFieldOf,
} from './text.js'

// These are rests of digests between double quotes. A shell takes `$2`, `$argon2id` and `$R9h` for variables, which are
// empty; it takes the first digit of `$12`, zsh both; `$0` is its own name, `$$` a number. PHP, .env files and Compose take
// only names that begin with a letter. Make takes one character. A name ends at a `.` or `/` of the salt.

const SALT_AND_CHECKSUM = 53
// Prefixes in front of bcrypt: bcrypt_sha256 and bcrypt of Django, Spring's {bcrypt}, WordPress.
const BCRYPT_WRAPS = ['', 'bcrypt_sha256$', 'bcrypt$', '{bcrypt}', '$wp']
// The lengths of DES in crypt(3), and of base64 without padding: MD5 to SHA-512, and those with a salt behind.
const CHECKSUM_LENGTHS = [13, 22, 24, 27, 32, 43, 48, 64, 86, 96]
const PBKDF2_NAMES = ['pbkdf2_sha1', 'pbkdf2_sha256', 'pbkdf2_sha512']
// Ends of the names that shells and their scripts have.
const SHELLS = ['bash', 'dash', 'zsh', 'ksh', '.sh', '/sh']

/** The index at which bcrypt's own digest begins, behind what some systems put in front. */
export function findBcryptStart(text: string): number | undefined {
  return BCRYPT_WRAPS.find(
    (wrap) => text.startsWith(wrap) && beginsWithAny(text, BCRYPT_PREFIXES, wrap.length),
  )?.length
}

/** Whether a shell or the like took what follows dollar signs for variables. */
export function isEaten(text: string): boolean {
  return (
    isRestOfBcrypt(text) ||
    isRestOfParameters(text) ||
    isRestOfNamed(text) ||
    isRestOfCrypt(text) ||
    isRestOfFirebase(text) ||
    isBcryptWithoutSalt(text) ||
    isCryptWithoutSalt(text)
  )
}

/** Whether a shell left this of a bcrypt digest: `b2/cIPz0gi…`, in zsh `b/cIPz0gi…`, below cost 10 `ybash5/cIPz0gi…`. */
function isRestOfBcrypt(text: string): boolean {
  if (!hasSignAt(text, 0, 'abxy')) return false
  const shellEnd = findShellEnd(text)
  if (shellEnd !== undefined && isDigitAt(text, shellEnd) && isRestOfSalt(text, shellEnd + 1, 8)) return true
  if (hasChecksumLength(text)) return false
  if (isEatenUpToSalt(text)) return true
  return isDigitAt(text, 1) ? text.length === 2 || isRestOfSalt(text, 2, 8) : isRestOfSalt(text, 1, 20)
}

/** Whether a text is a version, a digit of the cost, and what a shell leaves behind a salt: `b2.pO36ff…`, `b2bashYOul…`. */
function isEatenUpToSalt(text: string): boolean {
  if (!hasSignAt(text, 0, 'aby') || !isDigitAt(text, 1) || text.includes('$') || text.length > 60)
    return false
  return hasSignAt(text, 2, './') || text.startsWith('bash', 2)
}

/** Whether this is a rest of Argon2, `=19=65536,t=2,p=1…`, or crypt(3) with rounds, `=10000/O817…`; Make: `rgon2id=19=…`. */
function isRestOfParameters(text: string): boolean {
  return text.startsWith('rgon2') || (text.startsWith('=') && isDigitAt(text, 1) && text.length >= 10)
}

/** Whether this is a rest of PBKDF2 or scrypt: `pbkdf2_sha25690000…`, `scrypt:32768:8:1…`. PHP takes the salt too. */
function isRestOfNamed(text: string): boolean {
  const dollars = countOf(text, '$')
  if (text.startsWith('bcrypt_sha256$2')) return dollars === 1
  if (text.startsWith('bcrypt_sha256')) return isDigitAt(text, 13)
  if (beginsWithAny(text, ['scrypt:', 'pbkdf2:'])) return hasLostField(text, dollars, 2)
  const name = PBKDF2_NAMES.find((known) => text.startsWith(known))
  if (name === undefined || hasSignAt(text, name.length, ':_')) return false
  return hasSignAt(text, name.length, '$') ? hasLostField(text, dollars, 3) : dollars < 2
}

/** Whether PHP left this of a bcrypt digest: `$2y$12/cIPz0gi…`. */
function isBcryptWithoutSalt(text: string): boolean {
  const start = findBcryptStart(text)
  if (start === undefined || !hasSignAt(text, start + 3, '$')) return false
  const costEnd = start + 6
  if (!isDigitAt(text, start + 4) || !isDigitAt(text, start + 5)) return false
  return text.length === costEnd || (hasSignAt(text, costEnd, './') && isCryptText(text, costEnd))
}

/** Whether PHP left one field of the salt and the checksum of crypt(3): `$6/O817G3u…`, `$5$5B8vYYi…`. */
function isCryptWithoutSalt(text: string): boolean {
  if (!hasSignAt(text, 0, '$') || !hasSignAt(text, 1, '156')) return false
  if (hasSignAt(text, 2, './=')) return true
  return hasSignAt(text, 2, '$') && [22, 43, 86].includes(text.length - 3) && isCryptText(text, 3)
}

/** Whether a shell left only the end of a salt and the checksum of crypt(3) or phpass: `/O817G3u…`. */
function isRestOfCrypt(text: string): boolean {
  if (!hasSignAt(text, 0, './') || text.length < 8 || text.length > 102 || !isCryptText(text)) return false
  return !hasChecksumLength(text) && hasBothCases(text) && hasDigit(text)
}

/** Whether fields of Firebase ran together: base64 ends in at most two equals signs, and here stand more. */
function isRestOfFirebase(text: string): boolean {
  return text.length > 40 && text.includes('===') && !text.startsWith('pbkdf2')
}

/** The index at which the name of the shell ends that stands in the place of `$0`. */
function findShellEnd(text: string): number | undefined {
  const shell = SHELLS.find((name) => text.slice(0, 40).includes(name))
  return shell === undefined ? undefined : text.indexOf(shell) + shell.length
}

function isRestOfSalt(text: string, start: number, minLength: number): boolean {
  // A salt that begins with a sign keeps its dollar sign.
  const from = hasSignAt(text, start, '$') ? start + 1 : start
  const length = text.length - from
  if (from > start) return length === SALT_AND_CHECKSUM && isCryptText(text, from)
  if (!isCryptText(text, from)) return false
  if (length === SALT_AND_CHECKSUM - 1) return true
  return hasSignAt(text, from, './') && length >= minLength && length < SALT_AND_CHECKSUM
}

/** Whether it is as long as a whole checksum, which may begin so by chance and is no rest. */
function hasChecksumLength({ length }: string): boolean {
  return CHECKSUM_LENGTHS.includes(length)
}

function hasLostField(text: string, dollars: number, expected: number): boolean {
  if (dollars >= expected) return false
  const last = lastFieldOf(text, '$')
  if (dollars < expected - 1) return text.length > 40
  return isHexOfLength(last, [40, 64, 128]) || (last.length === 44 && isBase64(last) && !isHexText(last))
}
