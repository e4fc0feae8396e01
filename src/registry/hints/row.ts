import type { LooksLike } from './advice.js'
import { beginsWithAny } from './text.js'

type Predicate = (text: string) => boolean

/**
 * A kind of text that is no readable digest. A new row is a line in a table and an example in the test; a new name also
 * needs an advice, or a place among the formats whose name says what they are.
 */
export interface Row {
  readonly looksLike: LooksLike
  /** Beginnings, one of which the text has; without any, every text fits. */
  readonly prefixes: readonly string[]
  readonly matches: Predicate
}

// The longest name in braces of a row is {sha512-crypt}.
const MAX_SCHEME_LENGTH = 16

/** @param prefixes divided by spaces, which no prefix has */
export function row(looksLike: LooksLike, prefixes: string, matches: Predicate = () => true): Row {
  return { looksLike, prefixes: prefixes === '' ? [] : prefixes.split(' '), matches }
}

/** A row of texts that begin with one of these names in braces. The names are in lower case here, in any case there. */
export function schemeRow(looksLike: LooksLike, schemes: string, matches: Predicate = () => true): Row {
  const names = schemes.split(' ')
  return row(looksLike, '{', (text) => {
    const end = text.slice(0, MAX_SCHEME_LENGTH).indexOf('}')
    return end > 0 && names.includes(text.slice(1, end).toLowerCase()) && matches(text)
  })
}

export function findRow(rows: readonly Row[], text: string): Row | undefined {
  return rows.find(
    ({ prefixes, matches }) => (prefixes.length === 0 || beginsWithAny(text, prefixes)) && matches(text),
  )
}
