import type { LooksLike } from './advice.js'
import { beginsWithAny } from './text.js'

type Predicate = (text: string) => boolean

/**
 * One kind of text. A new row is a line in a table and an example in the test; a new name needs its advice too, or a place among
 * those whose name says it all.
 */
export interface Row {
  readonly looksLike: LooksLike
  /** The text begins with one of these; any text does where there are none. */
  readonly prefixes: readonly string[]
  readonly matches: Predicate
}

// The longest is Spring's {pbkdf2@SpringSecurity_v5_8}.
const MAX_SCHEME_LENGTH = 40

/** @param prefixes divided by spaces, which no prefix has */
export function row(looksLike: LooksLike, prefixes: string, matches: Predicate = () => true): Row {
  return { looksLike, prefixes: prefixes === '' ? [] : prefixes.split(' '), matches }
}

/** A row of what begins with one of these names in braces: in lower case here, in any case there. */
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
