import { PassliftError } from '../errors.js'
import { isUint8Array } from '../platform/node.js'
import type { Row } from './contract.js'
import type { SqlValue } from './dialect.js'

/** An error for a row that is not as the options of the store say. */
export function badRow(problem: string): PassliftError<'ERR_STORE_ROW'> {
  return new PassliftError('ERR_STORE_ROW', `The store cannot read an account: ${problem}.`)
}

/**
 * The value of a column.
 *
 * @throws PassliftError `ERR_STORE_ROW` where the driver gave the row without it, or a number that it may have rounded: the key of another
 *   row may be the number that it was rounded to
 */
export function cellOf(row: Row, name: string): unknown {
  if (!Object.hasOwn(row, name))
    throw badRow(`its row has no column "${name}", or the driver renames columns or gives lists`)
  const value = row[name]
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw badRow(
      `the column "${name}" holds an integer that the driver rounds: let it give bigints (supportBigNumbers, safeIntegers)`,
    )
  return value
}

/**
 * Makes what reads some columns of a row as one object. Their types are the caller's word, since a data base tells the types
 * of its columns at run time alone.
 */
export function cellsOf<T extends object>(columns: readonly (keyof T & string)[]): (row: Row) => T {
  const isRead = (cells: object): cells is T => columns.every((name) => Object.hasOwn(cells, name))
  return (row) => {
    const cells = Object.fromEntries(columns.map((name) => [name, cellOf(row, name)]))
    if (isRead(cells)) return cells
    throw badRow('its columns could not be read')
  }
}

/** The text of a column, or null. Bytes are read as UTF-8. */
export function textOf(row: Row, name: string): string | null {
  const value = cellOf(row, name)
  if (value === null || typeof value === 'string') return value
  if (!isUint8Array(value)) throw badRow(`the column "${name}" must hold text`)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
  } catch {
    throw badRow(`the column "${name}" holds bytes that are no text. Name it in digest.columns and read it`)
  }
}

/** The value of a column as a statement takes it. */
export function sqlValueOf(row: Row, name: string): SqlValue {
  const value = cellOf(row, name)
  if (isSqlValue(value)) return value
  throw badRow(`the column "${name}" must hold a text, a number, true or false, bytes or null`)
}

export function isSqlValue(value: unknown): value is SqlValue {
  return (
    value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value) || isUint8Array(value)
  )
}
