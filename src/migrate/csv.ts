import { parse } from 'csv-parse'
import type { CsvError } from 'csv-parse'
import { BOUNDS } from './account.js'
import type { Problem } from './account.js'
import { inputError } from './errors.js'

/** A row of a table. */
export interface Row {
  /** The line at which it ends, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly problem: Problem | undefined
}

export interface CsvOptions {
  readonly delimiter: ',' | '\t' | ';'
  /** Whether quotes mean nothing, as in files whose writer does not escape them. */
  readonly plain?: boolean
  /** What stands before a quote within quotes, and before itself; default another quote. */
  readonly escape?: '"' | '\\'
  /** Whether lines end with CR alone; default with LF or CR LF. */
  readonly isCr?: boolean
}

/**
 * Reads the rows of CSV or TSV, the header among them. A row that cannot be read has a problem, and the rows behind it are read.
 *
 * @throws PassliftError `ERR_MIGRATE_INPUT` where a quoted cell never ends, and for a row over 4 MiB
 */
export async function* readRows(
  text: AsyncIterable<string>,
  { delimiter, plain = false, escape = '"', isCr = false }: CsvOptions,
): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = []
  let line = 0
  const take = (): readonly Row[] => rows.splice(0)
  const end = isCr ? '\r' : '\n'
  const parser = parse({
    delimiter,
    quote: plain ? false : '"',
    escape,
    record_delimiter: isCr ? '\r' : ['\r\n', '\n'],
    bom: true,
    relax_column_count: true,
    // A quote within a cell that has none around it is text.
    relax_quotes: true,
    skip_records_with_error: true,
    max_record_size: BOUNDS.record,
    on_skip: (error) => {
      line = lineOf(error, line)
      if (error?.code === 'CSV_QUOTE_NOT_CLOSED')
        throw inputError('A quoted cell never ends. Its row is the last one.')
      if (error?.code === 'CSV_MAX_RECORD_SIZE') throw tooLong(line)
      rows.push({ line, cells: [], problem: 'bad-csv' })
      return undefined
    },
  })
  // The lines are counted here: a record of csv-parse that tells its own takes twice as long.
  parser.on('data', (cells: readonly string[]) => {
    const from = line + 1
    line += 1 + countEnds(cells, end)
    if (line > from && cells.some((cell) => isUnclosed(cell, end))) {
      // Each of the lines was a row, and none of their cells can be trusted.
      for (let lost = from; lost <= line; lost++) rows.push({ line: lost, cells: [], problem: 'bad-csv' })
      return
    }
    if (cells.length > 1 || cells[0] !== '') rows.push({ line, cells, problem: check(cells) })
  })
  const write = (chunk: string): Promise<void> =>
    new Promise((resolve, reject) => {
      parser.write(chunk, (error?: Error | null) => {
        if (error) reject(error)
        else resolve()
      })
    })
  parser.on('error', () => undefined)
  // From the next turn on the parser hands every record over as it is read.
  await new Promise(setImmediate)
  // csv-parse does not count the separators of a row, and keeps a cell for each.
  let open = 0
  for await (const chunk of text) {
    if (chunk === '') continue
    const end = Math.max(chunk.lastIndexOf('\n'), chunk.lastIndexOf('\r')) + 1
    const cells = end === 0 ? chunk.split(delimiter).length : 0
    open = end === 0 ? open + chunk.length + BOUNDS.overhead * cells : chunk.length - end
    if (open > BOUNDS.record) throw tooLong(line + 1)
    await write(chunk)
    yield take()
  }
  await new Promise<void>((resolve, reject) => {
    parser.once('error', reject)
    parser.end(resolve)
  })
  yield take()
  rows = []
}

function tooLong(line: number): Error {
  return inputError(`The row of line ${line} is over 4 MiB.`)
}

/**
 * Whether a cell holds rows: where a closing quote is lost, it goes on to the next quote in the file. csv-parse leaves the first
 * quote of such a cell in it, since text follows the second.
 */
function isUnclosed(cell: string, end: string): boolean {
  return cell.startsWith('"') && cell.includes(end)
}

function countEnds(cells: readonly string[], end: string): number {
  let count = 0
  for (const cell of cells) {
    for (let at = cell.indexOf(end); at >= 0; at = cell.indexOf(end, at + 1)) count++
  }
  return count
}

function check(cells: readonly string[]): Problem | undefined {
  if (cells.length > BOUNDS.columns) return 'columns'
  return cells.some((cell) => cell.length > BOUNDS.value) ? 'value-too-long' : undefined
}

function lineOf(error: CsvError | undefined, fallback: number): number {
  const lines: unknown = error === undefined ? undefined : Reflect.get(error, 'lines')
  return typeof lines === 'number' ? lines : fallback + 1
}
