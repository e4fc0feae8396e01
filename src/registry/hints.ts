import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { MAKERS, REPAIRS, WRITE_HASHER } from './hints/advice.js'
import type { LooksLike } from './hints/advice.js'
import { DAMAGE } from './hints/damage.js'
import { PREFIXED } from './hints/formats.js'
import { findRow } from './hints/row.js'
import { SHAPES } from './hints/shapes.js'

export type { LooksLike }

/** What a digest that nobody can read looks like, and what to do about it. Holds nothing of the digest. */
export interface Hint {
  readonly looksLike: LooksLike
  /** A sentence or two. */
  readonly advice: string
}

/** For a row that names a hasher which is not there: only the caller knows the name. */
export const NAME_UNKNOWN: Hint = /* @__PURE__ */ hintOf('name-unknown')

/**
 * Says what a digest looks like that no hasher claims or that one cannot read: damage first, then formats, then what stands
 * in other columns. It guesses: a digest that can be read may get the hint of another format, but never one of damage.
 */
export function findHint(digest: string): Hint | undefined {
  if (digest.length > MAX_DIGEST_LENGTH) return hintOf('too-long')
  const row = findRow(DAMAGE, digest) ?? findRow(PREFIXED, digest) ?? findRow(SHAPES, digest)
  return row === undefined ? undefined : hintOf(row.looksLike)
}

function hintOf(looksLike: LooksLike): Hint {
  return {
    looksLike,
    advice: isMaker(looksLike) ? `${MAKERS[looksLike]} ${WRITE_HASHER}` : REPAIRS[looksLike],
  }
}

function isMaker(looksLike: LooksLike): looksLike is keyof typeof MAKERS {
  return Object.hasOwn(MAKERS, looksLike)
}
