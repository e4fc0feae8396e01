import type { LooksLike } from './advice.js'

/**
 * One kind of text; all of a row that is there must fit. A new row is a line in a table and an example in the test; a new
 * name needs its advice too.
 */
export interface Row {
  readonly looksLike: LooksLike
  /** The text begins with one of these. */
  readonly prefixes?: readonly string[]
  /** One of these stands in braces in front; in lower case here, in any case there. */
  readonly schemes?: readonly string[]
  readonly matches?: (text: string) => boolean
}

// The longest is Spring's {pbkdf2@SpringSecurity_v5_8}.
const MAX_SCHEME_LENGTH = 40

/** The name in braces at the beginning, in lower case; undefined where there is none. */
export function readScheme(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined
  const end = text.slice(0, MAX_SCHEME_LENGTH).indexOf('}')
  return end < 0 ? undefined : text.slice(1, end).toLowerCase()
}

export function findRow(rows: readonly Row[], text: string): Row | undefined {
  const scheme = readScheme(text)
  return rows.find((row) => {
    const prefixes = ownOf(row, 'prefixes')
    if (prefixes !== undefined && !beginsWithAny(text, prefixes)) return false
    const schemes = ownOf(row, 'schemes')
    if (schemes !== undefined && (scheme === undefined || !schemes.includes(scheme))) return false
    return ownOf(row, 'matches')?.(text) ?? true
  })
}

/** As an own property: a polluted prototype adds nothing to a row. */
function ownOf<K extends keyof Row>(row: Row, member: K): Row[K] | undefined {
  return Object.hasOwn(row, member) ? row[member] : undefined
}

/** The first character spares most prefixes the comparison: an audit may ask for millions. */
function beginsWithAny(text: string, prefixes: readonly string[]): boolean {
  const first = text.charCodeAt(0)
  for (const prefix of prefixes) {
    if (prefix.charCodeAt(0) === first && text.startsWith(prefix)) return true
  }
  return false
}
