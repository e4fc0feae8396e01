import { LosslessNumber, parse as parseLossless } from 'lossless-json'
import { BOUNDS } from './account.js'
import type { Problem } from './account.js'
import type { Get } from './contract.js'
import { readRows } from './csv.js'
import { detectDialect, unescape } from './dialect.js'
import { inputError } from './errors.js'
import { openTable } from './header.js'
import type { HeaderOptions } from './header.js'
import { readMembers } from './json.js'
import type { JsonValue } from './json.js'
import { splitLines } from './lines.js'

/** The form of a file: what its rows are made of. */
export type Form = 'csv' | 'tsv' | 'json' | 'ndjson'

/** One row of a file, whatever its form. */
export interface TableRow {
  /** The line at which the row ends, or its place in a list; from 1. */
  readonly line: number
  readonly problem: Problem | undefined
  readonly get: Get
}

export interface TableOptions extends HeaderOptions {
  /** In JSON, the names of members that hold the list, where the file is not a list itself. */
  readonly lists?: readonly string[]
  /** In CSV, whether quotes mean nothing. */
  readonly plain?: boolean
}

/** A file, and the first characters of it. */
export interface Source {
  readonly head: string
  readonly whole: AsyncIterable<string>
}

/** Guesses the form of a file by its first characters. */
export function detectForm(head: string): Form {
  const text = head.trimStart()
  if (text.startsWith('[')) return 'json'
  if (text.startsWith('{')) return isLineOfJson(text) ? 'ndjson' : 'json'
  const [first = ''] = text.split(/[\r\n]/, 1)
  return first.replaceAll(/"[^"]*"/g, '').includes('\t') ? 'tsv' : 'csv'
}

/** Whether the first line is an object, or the second where the first is damaged, and another one follows, or nothing does. */
function isLineOfJson(text: string): boolean {
  const [first = '', second = '', third = ''] = text.split(/\r\n?|\n/, 3)
  const mayBeLine = (line: string): boolean => line === '' || line.trimStart().startsWith('{')
  return isJson(first) ? mayBeLine(second) : isJson(second) && mayBeLine(third)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether a file of JSON is an export of phpMyAdmin, whose rows are in lists within a list. */
function isPhpMyAdmin(head: string): boolean {
  return /^\s*\[\s*\{\s*"type":\s*"header",[^}]*"comment":\s*"Export to JSON plugin for PHPMyAdmin"/i.test(
    head,
  )
}

/**
 * Reads the rows of a file one at a time, in batches.
 *
 * @throws PassliftError `ERR_MIGRATE_INPUT` where the file as a whole cannot be read
 */
export async function* readTable(
  { head, whole }: Source,
  form: Form,
  options: TableOptions = {},
): AsyncGenerator<readonly TableRow[]> {
  if (form === 'json') {
    const place = isPhpMyAdmin(head) ? { inTables: true } : { names: options.lists ?? [] }
    for await (const batch of readMembers(whole, place)) {
      yield batch.map(({ place, value, problem }) => createJsonRow(place, value, problem))
    }
  } else if (form === 'ndjson') {
    for await (const lines of splitLines(whole)) {
      yield lines.filter((one) => one.text?.trim() !== '').map(({ line, text }) => readJsonLine(line, text))
    }
  } else {
    yield* readTableRows({ head, whole }, form, options)
  }
}

async function* readTableRows(
  { head, whole }: Source,
  form: 'csv' | 'tsv',
  options: TableOptions,
): AsyncGenerator<readonly TableRow[]> {
  const { header, plain = false } = options
  const dialect = detectDialect(head, form, plain)
  let table = header === undefined ? undefined : openTable(header, options)
  for await (const batch of readRows(whole, dialect)) {
    let rows = batch
    if (table === undefined) {
      const start = isForExcel(batch[0]?.cells) ? 1 : 0
      const first = batch[start]
      if (first === undefined) continue
      if (first.problem !== undefined) throw inputError('The first line of the file is no header.')
      table = openTable(first.cells, options)
      rows = batch.slice(start + 1)
    }
    const { width, placeOf } = table
    yield rows.map(({ line, cells, problem }) => ({
      line,
      problem: problem ?? (header === undefined && isAskew(cells, width) ? 'bad-csv' : undefined),
      get: (name) => readCell(cells[placeOf(name)], dialect.unescapes),
    }))
  }
  if (table === undefined) throw inputError('The file is empty.')
}

/** Whether a row tells Excel the separator: `sep=;`. */
function isForExcel(cells: readonly string[] | undefined): boolean {
  return cells !== undefined && cells.length <= 2 && /^sep=.?$/i.test(cells.join(''))
}

/** Whether a row has other columns than the header, so that its cells stand under wrong names; empty ones at its end are none. */
function isAskew(cells: readonly string[], width: number): boolean {
  return cells.length < width || cells.slice(width).some((cell) => cell !== '')
}

/** NULL as MySQL and PostgreSQL write it into files. */
function readCell(cell: string | undefined, unescapes: boolean): string | null | undefined {
  if (cell === '\\N' || cell === 'NULL') return null
  return unescapes && cell !== undefined ? unescape(cell) : cell
}

function readJsonLine(line: number, text: string | undefined): TableRow {
  if (text === undefined || isOverBound(text)) return createJsonRow(line, undefined, 'record-too-long')
  try {
    return createJsonRow(line, fromLossless(parseLossless(text), 0), undefined)
  } catch (error) {
    return createJsonRow(line, undefined, problemOf(error))
  }
}

/** Whether the values of a line take more memory than a row may. Each but the first stands behind a mark. */
function isOverBound(text: string): boolean {
  const room = (BOUNDS.record - text.length) / BOUNDS.overhead
  if (text.length / 2 < room) return false
  let marks = 0
  for (let at = 0; at < text.length; at++) {
    if (',:[{'.includes(text.charAt(at))) marks++
    if (marks > room) return true
  }
  return false
}

function problemOf(error: unknown): Problem {
  if (error instanceof RangeError) return error.message === TOO_LONG ? 'value-too-long' : 'depth'
  const message = error instanceof Error ? error.message : ''
  return message.startsWith('Duplicate key') ? 'duplicate-key' : 'bad-json'
}

const TOO_LONG = 'The value is too long.'

function fromLossless(value: unknown, depth: number): JsonValue {
  if (typeof value === 'string' && value.length > BOUNDS.value) throw new RangeError(TOO_LONG)
  if (depth > BOUNDS.depth) throw new RangeError('The value is too deep.')
  if (value instanceof LosslessNumber) return { number: value.value }
  if (Array.isArray(value)) return value.map((one: unknown) => fromLossless(one, depth + 1))
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([name, one]) => [name, fromLossless(one, depth + 1)]))
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

function createJsonRow(line: number, value: JsonValue | undefined, problem: Problem | undefined): TableRow {
  return {
    line,
    problem: problem ?? (isObject(value) ? undefined : 'not-an-object'),
    get: (path) => textOf(find(value, path)),
  }
}

/** The member of a value by its path: `fields.password`, `credentials.0.secretData`. */
function find(value: JsonValue | undefined, path: string): JsonValue | undefined {
  return isObject(value) && value.has(path)
    ? value.get(path)
    : path.split('.').reduce<JsonValue | undefined>(step, value)
}

function step(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (isObject(value)) return value.get(name)
  return isList(value) ? value[Number(name)] : undefined
}

function isObject(value: JsonValue | undefined): value is ReadonlyMap<string, JsonValue> {
  return value instanceof Map
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function textOf(value: JsonValue | undefined): string | null | undefined | false {
  if (value === undefined || value === null || typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return isObject(value) || isList(value) ? false : value.number
}
