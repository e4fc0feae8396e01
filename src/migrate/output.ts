import { extname } from 'node:path'
import type { Writable } from 'node:stream'
import { PassliftError } from '../index.js'
import type { Account } from './account.js'
import { codeOf, optionError } from './errors.js'
import { openFiles } from './files.js'
import type { PartFile } from './files.js'
import { quoteFile, quoteWord } from './shell.js'
import type { Row, Writer } from './writers/writer.js'

/** How many characters are gathered before they are written: a longer text is no longer in the processor's cache when it is put together. */
const BATCH = 64 * 1024
/** How many files of different settings are written at a time. */
const MAX_GROUPS = 64
const FORMULA = /^[=+\-@\t\r]/

/** What a run left. */
export interface Published {
  readonly files: readonly string[]
  readonly commands: readonly string[]
  readonly leftovers: readonly string[]
  readonly formulas: number
}

/** Where rows go. */
export interface Output {
  /** Adds a row. A promise is given where a buffer is full, and is to be awaited. */
  readonly add: (row: Row) => Promise<void> | undefined
  readonly reject: (account: Account, reason: string) => Promise<void> | undefined
  /** Whether the settings of a row have a file, or may have one more. */
  readonly hasRoom: (row: Row) => boolean
  /** Writes what is left, and gives the files their names. */
  readonly finish: () => Promise<Published>
  readonly remove: () => void
  readonly discard: () => void
}

/** A file, or the stream, and what waits to be written to it. */
interface Part {
  readonly file: PartFile
  readonly nameOf: (isAlone: boolean) => string
  readonly group: string | undefined
  text: string
  gathered: number
  bytes: number
  rows: number
}

/** What parts are made in: files that get their names together, or one stream, or nothing. */
type Place = Pick<ReturnType<typeof openFiles>, 'open' | 'publish' | 'remove' | 'discard' | 'leftovers'>

/** @throws PassliftError `ERR_MIGRATE_OPTION`, `ERR_MIGRATE_OUTPUT` */
export function createOutput(
  writer: Writer,
  { out, spreadsheet }: { readonly out: string | Writable | undefined; readonly spreadsheet: boolean },
): Output {
  const { begin, between, end, maxBytes = Infinity } = writer
  const path = typeof out === 'string' ? out : undefined
  if (typeof out === 'object' && (writer.importBy !== undefined || writer.maxBytes !== undefined)) {
    throw optionError(`${writer.name} may need several files: name one, and not a stream.`)
  }
  const rejectedPath = `${path ?? ''}.rejected.ndjson`
  const place = typeof out === 'string' ? openFiles(out, [rejectedPath]) : createPlace(out)
  const parts: Part[] = []
  const groups = new Map<string, Part>()
  let rejected: Part | undefined
  let dataFiles = 0
  let formulas = 0

  const open = (nameOf: Part['nameOf'], group?: string): Part => {
    const state = { text: '', gathered: 0, bytes: 0, rows: 0 }
    const part: Part = { file: place.open(), nameOf, group, ...state }
    parts.push(part)
    return part
  }
  const openGroup = (group: string): Part => {
    const number = ++dataFiles
    const part = open((isAlone) => (isAlone ? (path ?? '') : numbered(path ?? '', number)), group)
    part.text = begin
    part.bytes = begin.length
    groups.set(group, part)
    return part
  }
  const flush = async (part: Part): Promise<void> => {
    const { text } = part
    part.text = ''
    part.gathered = 0
    if (text !== '') await part.file.append(text)
  }
  const close = async (part: Part): Promise<void> => {
    if (part.group !== undefined) part.text += end
    await flush(part)
    part.file.close()
  }
  const flushIfFull = (part: Part): Promise<void> | undefined =>
    part.gathered < BATCH ? undefined : flush(part)

  const addText = (row: Row, value: string): Promise<void> | undefined => {
    const group = row.group ?? ''
    let part = groups.get(group) ?? openGroup(group)
    let closing: Promise<void> | undefined
    if (maxBytes < Infinity) {
      const bytes = Buffer.byteLength(value) + between.length
      if (part.rows > 0 && part.bytes + bytes + end.length > maxBytes) {
        closing = close(part)
        part = openGroup(group)
      }
      part.bytes += bytes
    }
    part.text += part.rows === 0 ? value : between + value
    part.rows++
    part.gathered += value.length
    return closing ?? flushIfFull(part)
  }
  const addCells = (row: Row, cells: readonly string[]): Promise<void> | undefined => {
    const found = cells.filter(isFormula).length
    formulas += found
    return addText(row, rowOf(spreadsheet && found > 0 ? cells.map(escapeFormula) : cells))
  }

  return {
    remove: place.remove,
    discard: place.discard,
    hasRoom: ({ group = '' }) => groups.has(group) || groups.size < MAX_GROUPS,
    add: (row) => (typeof row.value === 'string' ? addText(row, row.value) : addCells(row, row.value)),
    reject: ({ line, id, login, digest, hasher }, reason) => {
      if (path === undefined) return undefined
      rejected ??= open(() => rejectedPath)
      const text = `${JSON.stringify({ line, reason, id, login, digest, hasher })}\n`
      rejected.text += text
      rejected.gathered += text.length
      return flushIfFull(rejected)
    },
    finish: async () => {
      if (groups.size === 0) openGroup('')
      for (const part of groups.values()) await close(part)
      if (rejected !== undefined) await close(rejected)
      const { leftovers } = place
      if (path === undefined) return { files: [], commands: [], leftovers, formulas }
      const named = parts.map((part) => ({ ...part, name: part.nameOf(dataFiles === 1) }))
      const names = named.map(({ name }) => name)
      const commands: string[] = []
      for (const { name, group } of named) {
        const by = group === undefined ? undefined : writer.importBy?.(group)
        if (by === undefined) continue
        const words = [...by.command.map(quoteWord), quoteFile(name), ...by.options.map(quoteWord)]
        if (by.key !== undefined) {
          const keyPath = `${name}.key`
          const keyFile = place.open()
          await keyFile.append(by.key.text)
          keyFile.close()
          names.push(keyPath)
          words.push(`${by.key.option}="$(cat ${quoteFile(keyPath)})"`)
        }
        commands.push(words.join(' '))
      }
      place.publish(names)
      return { files: names, commands, leftovers, formulas }
    },
  }
}

/** The name of one of several files: `users.json` becomes `users-2.json`. */
function numbered(path: string, number: number): string {
  const extension = extname(path)
  return `${path.slice(0, path.length - extension.length)}-${number}${extension}`
}

/**
 * A row of CSV, every cell in quotation marks (RFC 4180). A library takes as long for the dozen cells of Clerk, most of them
 * empty, as reading the row takes; the test holds this to it.
 */
function rowOf(cells: readonly string[]): string {
  const quoted = cells.some((cell) => cell.includes('"'))
    ? cells.map((cell) => cell.replaceAll('"', '""'))
    : cells
  return `"${quoted.join('","')}"\n`
}

function isFormula(cell: string): boolean {
  return cell !== '' && FORMULA.test(cell)
}

/** A value that no spreadsheet takes for a formula. */
function escapeFormula(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell
}

function createPlace(stream: Writable | undefined): Place {
  const ignore = (): void => undefined
  const append = (text: string): Promise<void> =>
    stream === undefined ? Promise.resolve() : writeTo(stream, text)
  // The error of a stream is given to the callback of a write too, which makes it the error of the run.
  stream?.on('error', ignore)
  return {
    open: () => ({ append, close: ignore }),
    ...{ publish: ignore, remove: ignore, discard: ignore, leftovers: [] },
  }
}

/** Waits until the stream has taken the text, so that no more than a batch waits in memory. */
function writeTo(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === undefined || error === null) resolve()
      else
        reject(
          new PassliftError(
            'ERR_MIGRATE_OUTPUT',
            `The output could not be written (${codeOf(error)}).`,
            error,
          ),
        )
    })
  })
}
