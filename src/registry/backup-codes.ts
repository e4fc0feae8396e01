import { argumentError } from '../argument-error.js'
import { findTooCostly, readAs } from './work.js'
import type { HasherIndex } from './work.js'
import { fieldOf } from '../formats/fields.js'
import { isHex } from '../formats/hex.js'
import type { Limits } from './limits.js'
import { isEmptyPassword, readPassword } from './password.js'
import { equalBytes, messageDigest } from '../platform/node.js'
import type { Run } from '../hasher/contract.js'

interface Checks {
  readonly index: HasherIndex
  readonly limits: Limits
  readonly run: Run
}

// Comparing a plain code takes microseconds, so 64 codes at once do not hold up the event loop.
const CODES_AT_ONCE = 64

// The rest of a digest that was cut in front is recognised by its length alone: no code that people type is as long.
const MIN_UNBROKEN_LENGTH = 30
const DES_LENGTH = 13

/**
 * Checks that an argument is a list of texts and nulls. Null stands for a spent code.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE`
 */
export function assertStoredCodes(stored: unknown): asserts stored is readonly (string | null)[] {
  // Array.from fills the gaps of the list, which `every` would pass over.
  if (!Array.isArray(stored) || !Array.from<unknown>(stored).every(isStoredCode)) {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      'stored must be a list of strings, with null for a spent code.',
    )
  }
}

function isStoredCode(entry: unknown): boolean {
  return entry === null || typeof entry === 'string'
}

/**
 * The index of the first entry that a code matches. Every entry is tried, so that the time does not tell which one matched.
 * The empty code, and a code of nothing but NULs, match no entry and take as long as any other.
 */
export async function matchCode(
  code: Uint8Array,
  stored: readonly (string | null)[],
  checks: Checks,
): Promise<number | null> {
  const checksum = messageDigest('sha256', code)
  let match: number | null = null
  let done = 0
  for (const [place, entry] of stored.entries()) {
    const matches = entry !== null && (await matchesEntry({ code, checksum }, entry, checks))
    if (matches) match ??= place
    if (++done % CODES_AT_ONCE === 0) await new Promise(setImmediate)
  }
  return isEmptyPassword(code) ? null : match
}

async function matchesEntry(
  { code, checksum }: { readonly code: Uint8Array; readonly checksum: Uint8Array },
  entry: string,
  { index, limits, run }: Checks,
): Promise<boolean> {
  const forms = index.targetClaimants.find(entry)
  // The text of a digest must never serve as a code, or a thief of the table would have one; nor that of a damaged digest.
  if (forms.length === 0) return !looksLikeDigest(entry, index) && matchesPlain(checksum, entry)
  const work = readAs(forms, entry, { costOf: (reading) => reading.costOfCheck(code) })
  if (work.outcome !== 'work' || findTooCostly(work, limits) !== undefined) return false
  let matched = false
  for (const { readings } of work.candidates) {
    for (const reading of readings) {
      const answer: unknown = await reading.verify(code, run)
      matched = answer === true || matched
    }
  }
  return matched
}

/** Whether a code is an entry. Their SHA-256 are compared, so that the time tells nothing of their lengths either. */
function matchesPlain(checksum: Uint8Array, entry: string): boolean {
  const plain = readPassword(entry)
  return typeof plain !== 'string' && equalBytes(checksum, messageDigest('sha256', plain))
}

/**
 * Whether an entry may be the text of a digest of any hasher: it holds a `$` or two colons, begins as digests do, is claimed
 * by a hasher, holds a long run of the letters that digests are written in, or is bytes in hexadecimal with dashes.
 */
function looksLikeDigest(entry: string, { claimants, onlyNamed }: HasherIndex): boolean {
  if (entry.includes('$') || STARTS.some((start) => entry.startsWith(start))) return true
  if (entry.indexOf(':') !== entry.lastIndexOf(':')) return true
  // A digest of DES in crypt(3) is any thirteen letters, as a code may be, and no list of codes has such digests.
  if (entry.length > DES_LENGTH && onlyNamed.some((hasher) => hasher.identify(entry))) return true
  return claimants.find(entry).length > 0 || hasLongRun(entry) || isGroupedHex(entry)
}

/** Starts of digests: a tag of LDAP, MySQL's PASSWORD(), BSDi's crypt, MediaWiki, bytes as SQL dumps write them. */
const STARTS = ['{', '*', '_', ':', '0x', '\\x']

/** Whether a text holds a long run of the characters of base64, hexadecimal and crypt(3). */
function hasLongRun(entry: string): boolean {
  let run = 0
  for (let place = 0; place < entry.length && run < MIN_UNBROKEN_LENGTH; place++) {
    run = isDigestCharacter(entry.charCodeAt(place)) ? run + 1 : 0
  }
  return run >= MIN_UNBROKEN_LENGTH
}

/** Whether a text is bytes as .NET writes them, `5F-4D-CC-…`. The groups of a UUID are longer. */
function isGroupedHex(entry: string): boolean {
  const groups = entry.split('-')
  return groups.length >= 16 && groups.every((group) => group.length === 2 && isHex(fieldOf(group)))
}

function isDigestCharacter(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
  // The four signs are + . / =
  return isDigit || isLetter || code === 0x2b || code === 0x2e || code === 0x2f || code === 0x3d
}
