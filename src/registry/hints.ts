import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { adviceOf, NAME_UNKNOWN_ADVICE } from './hints/advice.js'
import type { LooksLike } from './hints/advice.js'
import { readDamage } from './hints/damage.js'
import { readPrefixed } from './hints/formats.js'
import { findRow } from './hints/row.js'
import { readShapes } from './hints/shapes.js'

export type { LooksLike }

/** What a digest that no hasher can read looks like, and what to do about it. It holds nothing of the digest. */
export interface Hint {
  readonly looksLike: LooksLike
  /** What to do about it, in a sentence or two. */
  readonly advice: string
}

/** The hint for a row that names a hasher which does not exist: only the caller knows the name. */
export const NAME_UNKNOWN: Hint = { looksLike: 'name-unknown', advice: NAME_UNKNOWN_ADVICE }

/**
 * Says what a digest looks like that no hasher claims or that one cannot read: damage first, then formats, then what stands
 * in other columns. It guesses: a digest that can be read may get the hint of another format, but never one of damage.
 */
export function findHint(digest: string): Hint | undefined {
  const looksLike =
    digest.length > MAX_DIGEST_LENGTH
      ? 'too-long'
      : (findRow(readDamage(), digest) ?? findRow(readPrefixed(), digest) ?? findRow(readShapes(), digest))
          ?.looksLike
  return looksLike === undefined ? undefined : { looksLike, advice: adviceOf(looksLike) }
}
