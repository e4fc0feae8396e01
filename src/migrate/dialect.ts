import { endingOf } from './lines.js'
import type { CsvOptions } from './csv.js'

/**
 * How a table in text is written, by its first characters.
 *
 * - MySQL, MariaDB and PostgreSQL put tabs between cells, quote nothing and escape with backslashes. Excel puts quotes around cells:
 *   then every cell that begins with a quote ends with one.
 * - `SELECT … INTO OUTFILE` puts a backslash before a quote within quotes. In CSV the quote would end the cell, and no text follow.
 */
export function detectDialect(head: string, form: 'csv' | 'tsv', isPlain: boolean): Dialect {
  const isCr = endingOf(head) === '\r'
  if (form === 'tsv') {
    const hasQuotes = !isPlain && quotesCells(head)
    return { delimiter: '\t', plain: !hasQuotes, isCr, unescapes: !isPlain && !hasQuotes }
  }
  const [header = ''] = head.split(/[\r\n]/, 1)
  const delimiter = countOf(header, ';') > countOf(header, ',') ? ';' : ','
  const escape = /[^"\\]\\"(?![",;\r\n]|$)/.test(head) ? '\\' : '"'
  return { delimiter, plain: isPlain, escape, isCr, unescapes: false }
}

export interface Dialect extends CsvOptions {
  /** Whether backslashes in cells are escapes. */
  readonly unescapes: boolean
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '0': '\0', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', Z: '\x1a', '\\': '\\' },
}

/** Undoes MySQL's and PostgreSQL's escapes. A cell with a backslash that begins none is of a writer without escapes, and stays. */
export function unescape(cell: string): string {
  if (!cell.includes('\\') || !/^(?:[^\\]|\\[0bfnrtvZ\\])*$/.test(cell)) return cell
  return cell.replaceAll(/\\(.)/g, (_, mark: string) => ESCAPES[mark] ?? mark)
}

/** Whether cells between tabs have quotes around them, and none begins with a quote and ends without. */
function quotesCells(head: string): boolean {
  const cells = head.split(/[\t\r\n]/).filter((cell) => cell.startsWith('"'))
  return cells.length > 0 && cells.every((cell) => cell.length > 1 && cell.endsWith('"'))
}

function countOf(text: string, mark: string): number {
  return text.split(mark).length - 1
}
