import { LosslessNumber, parse as parseLossless } from 'lossless-json'
import { BOUNDS } from './account.js'
import type { Problem } from './account.js'
import { readRows } from './csv.js'
import { inputError } from './input.js'
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
  /**
   * The value of a column, or of a member by its path, as `fields.password`. Undefined where there is none; null where it is
   * NULL; `false` where it is no text, number or truth value.
   */
  readonly get: (path: string) => string | null | undefined | false
}

export interface TableOptions {
  /** In JSON, the names of members that hold the list, where the file is not a list itself. */
  readonly lists?: readonly string[]
  /** In CSV, the names of the columns where the file has no header. */
  readonly header?: readonly string[]
  /** In CSV, whether quotes mean nothing. */
  readonly plain?: boolean
}

/** Guesses the form of a file by its first characters. */
export function detectForm(head: string): Form {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('[')) return 'json'
  if (text.startsWith('{')) return isLineOfJson(text) ? 'ndjson' : 'json'
  const [first = ''] = text.split('\n', 1)
  return first.includes('\t') ? 'tsv' : 'csv'
}

/** Whether the first line is an object and another one follows, or nothing does. */
function isLineOfJson(text: string): boolean {
  const [first = '', second] = text.split('\n', 2)
  try {
    JSON.parse(first)
  } catch {
    return false
  }
  return second === undefined || second === '' || second.trimStart().startsWith('{')
}

/**
 * Reads the rows of a file one at a time, in batches.
 *
 * @throws PassliftError `ERR_MIGRATE_INPUT` where the file as a whole cannot be read
 */
export async function* readTable(
  text: AsyncIterable<string>,
  form: Form,
  options: TableOptions = {},
): AsyncGenerator<readonly TableRow[]> {
  if (form === 'json') {
    for await (const batch of readMembers(text, options.lists)) {
      yield batch.map(({ place, value, problem }) => createJsonRow(place, value, problem))
    }
  } else if (form === 'ndjson') {
    for await (const lines of splitLines(text)) {
      yield lines.filter((one) => one.text?.trim() !== '').map(({ line, text }) => readJsonLine(line, text))
    }
  } else {
    yield* readTableRows(text, form, options)
  }
}

async function* readTableRows(
  text: AsyncIterable<string>,
  form: 'csv' | 'tsv',
  { header, plain = false }: TableOptions,
): AsyncGenerator<readonly TableRow[]> {
  let places = header === undefined ? undefined : placesOf(header)
  for await (const batch of readRows(text, { delimiter: form === 'tsv' ? '\t' : ',', plain })) {
    const [first, ...others] = batch
    if (first === undefined) continue
    if (places === undefined) {
      if (first.problem !== undefined) throw inputError('The first line of the file is no header.')
      places = placesOf(first.cells)
    } else {
      others.unshift(first)
    }
    const known = places
    yield others.map(({ line, cells, problem }) => ({
      line,
      problem,
      get: (name) => nullOf(cells[known.get(name) ?? -1]),
    }))
  }
  if (places === undefined) throw inputError('The file is empty.')
}

function placesOf(header: readonly string[]): ReadonlyMap<string, number> {
  if (new Set(header).size !== header.length) throw inputError('Two columns of the file have one name.')
  return new Map(header.map((name, place) => [name.trim(), place]))
}

/** NULL as MySQL and PostgreSQL write it into files. */
function nullOf(cell: string | undefined): string | null | undefined {
  return cell === '\\N' || cell === 'NULL' ? null : cell
}

function readJsonLine(line: number, text: string | undefined): TableRow {
  if (text === undefined) return createJsonRow(line, undefined, 'record-too-long')
  try {
    return createJsonRow(line, fromLossless(parseLossless(text), 0), undefined)
  } catch (error) {
    return createJsonRow(line, undefined, problemOf(error))
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof RangeError) return 'depth'
  const message = error instanceof Error ? error.message : ''
  return message.startsWith('Duplicate key') ? 'duplicate-key' : 'bad-json'
}

function fromLossless(value: unknown, depth: number): JsonValue {
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
