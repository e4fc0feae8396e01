import type { Writable } from 'node:stream'
import { builtinHashers } from '../index.js'
import type { Hasher } from '../index.js'
import type { Account } from './account.js'
import { optionError } from './errors.js'
import { createOutput } from './output.js'
import { createRowWriter } from './row-writer.js'
import { WRITERS } from './writers/index.js'
import { isRefusal } from './writers/writer.js'
import type { Writer } from './writers/writer.js'

const MAX_LINES = 5

export interface ConvertOptions {
  /** The name of a writer, or a writer. */
  readonly to: string | Writer
  /** A path, beside which `.rejected.ndjson` may appear, or a stream. Default none: rows are counted, and nothing is written. */
  readonly out?: string | Writable
  /** In CSV, whether a value that a spreadsheet would take for a formula has a `'` put in front; default false. */
  readonly spreadsheet?: boolean
  /** The hashers that read the digests; default all of this package. */
  readonly hashers?: readonly Hasher[]
  /** Ends the run and removes what it wrote. */
  readonly signal?: AbortSignal
}

/** Why rows were rejected. It holds nothing of them but their places. */
export interface Rejected {
  readonly reason: string
  readonly count: number
  /** The first rows. */
  readonly lines: readonly number[]
}

/** What a conversion did. `rows` is the sum of `written` and `rejected`. */
export interface Conversion {
  readonly to: string
  readonly rows: number
  readonly written: number
  readonly rejected: number
  /** How many of those written have no password, and how many a digest in another spelling than before. */
  readonly withoutPassword: number
  readonly rewritten: number
  readonly reasons: readonly Rejected[]
  /** In CSV, how many values a spreadsheet would take for a formula. */
  readonly formulas: number
  /** The files that were written, those of rejected rows and of keys among them. */
  readonly files: readonly string[]
  /** The command lines that import the files, for a shell. */
  readonly commands: readonly string[]
  /** Unfinished files in the folder, of runs that were killed. */
  readonly leftovers: readonly string[]
}

/**
 * Writes accounts in the form that a system imports. Of a file either all appears or nothing; it belongs to nobody else (0600).
 *
 * @throws PassliftError `ERR_MIGRATE_OPTION` for a writer that does not exist, `ERR_MIGRATE_OUTPUT` where the output exists or cannot be
 *   written, `ERR_MIGRATE_INPUT` where the accounts cannot be read
 */
export async function convert(
  accounts: AsyncIterable<readonly Account[]>,
  { to, out, spreadsheet = false, hashers = builtinHashers, signal }: ConvertOptions,
): Promise<Conversion> {
  const writer = findWriter(to)
  if (spreadsheet && !writer.isCsv)
    throw optionError('Only CSV is opened by spreadsheets: spreadsheet goes with it.')
  const write = createRowWriter(writer, hashers)
  const output = createOutput(writer, { out, spreadsheet })
  const counts = { rows: 0, written: 0, rejected: 0, withoutPassword: 0, rewritten: 0 }
  const reasons = new Map<string, { count: number; lines: number[] }>()

  const reject = (account: Account, reason: string): Promise<void> | undefined => {
    counts.rejected++
    const found = reasons.get(reason) ?? { count: 0, lines: [] }
    found.count++
    if (found.lines.length < MAX_LINES) found.lines.push(account.line)
    reasons.set(reason, found)
    return output.reject(account, reason)
  }
  const add = (account: Account): Promise<void> | undefined => {
    counts.rows++
    const written = write(account)
    if (isRefusal(written)) return reject(account, written.refused)
    const { row, hasPassword } = written
    if (!output.hasRoom(row)) return reject(account, 'too many different settings, which need a file each')
    counts.written++
    if (!hasPassword) counts.withoutPassword++
    if (row.rewritten !== undefined) counts.rewritten++
    return output.add(row)
  }

  signal?.addEventListener('abort', output.remove)
  try {
    for await (const batch of accounts) {
      signal?.throwIfAborted()
      for (const account of batch) {
        // Only a full buffer is waited for: an await for each row would take longer than the row.
        const pending = add(account)
        if (pending !== undefined) await pending
      }
    }
    signal?.throwIfAborted()
    const published = await output.finish()
    return {
      to: writer.name,
      ...counts,
      ...published,
      reasons: Array.from(reasons, ([reason, { count, lines }]) => ({ reason, count, lines })).toSorted(
        (first, second) => second.count - first.count,
      ),
    }
  } catch (error) {
    output.discard()
    throw error
  } finally {
    signal?.removeEventListener('abort', output.remove)
  }
}

function findWriter(to: string | Writer): Writer {
  if (typeof to === 'object') return to
  const writer = WRITERS.find(({ name }) => name === to)
  if (writer !== undefined) return writer
  throw optionError(`There is no such writer. There are: ${WRITERS.map(({ name }) => name).join(', ')}.`)
}
