import type { Row } from './contract.js'

/** A value of a statement. */
export type SqlValue = string | number | bigint | boolean | Uint8Array | null

/** A statement, and the values of its places in their order. */
export interface Statement {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** What a data base says of a column of the table. */
export interface ColumnInfo {
  readonly name: string
  /** The most characters or bytes; null where the type has no limit. */
  readonly width: number | null
  readonly isText: boolean
}

/** What differs between data bases, as the one store needs it. The table has the alias `t` in all statements. */
export interface Dialect {
  readonly quote: (name: string) => string
  /** The place of a value, counted from 1. */
  readonly placeOf: (position: number) => string
  /**
   * The condition that a column holds exactly a value: letters by their case, blanks at the end, and null as null. A plain
   * `=` follows the collation, by which two digests in base64 may be the same.
   */
  readonly same: (column: string, value: SqlValue, place: string) => string
  readonly select: (statement: Statement) => Promise<readonly Row[]>
  /** Runs an update, and gives how many rows it found. */
  readonly update: (statement: Statement) => Promise<number>
  /** The columns of the table; none where there is no such table. */
  readonly columns: (table: readonly string[]) => Promise<readonly ColumnInfo[]>
}

/** The alias of the table. It is unquoted, so that no column's name can be taken for it. */
export const ALIAS = 't'

/** Quotes a name by doubling the quote in it. */
export function quoteWith(quote: '"' | '`', name: string): string {
  return quote + name.replaceAll(quote, quote + quote) + quote
}
