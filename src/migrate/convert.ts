import type { Writable } from 'node:stream'
import { builtinHashers, createRegistry } from '../index.js'
import type { Hasher, Registry } from '../index.js'
import { once } from '../once.js'
import type { Account } from './account.js'
import { isMasked } from './damages.js'
import { optionError } from './errors.js'
import { createOutput } from './output.js'
import { WRITERS } from './writers/index.js'
import { areSame } from './writers/parts.js'
import { partsOf } from './writers/spellings.js'
import { isRefusal } from './writers/writer.js'
import type { Digest, Refusal, Row, Writer } from './writers/writer.js'

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
  const write = createRowWriter(writer, createRegistry({ hashers }), createReads(hashers))
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

interface Written {
  readonly row: Row
  readonly hasPassword: boolean
}

/** Makes the function that writes an account, or says why its system does not take it. */
function createRowWriter(
  writer: Writer,
  registry: Registry,
  reads: Reads,
): (account: Account) => Written | Refusal {
  const refuseText = createTextCheck(writer)
  const writeWith = (account: Account, digest: Digest | undefined): Row | Refusal => {
    const row = writer.write(account, digest)
    return isRefusal(row) || keepsMeaning(reads, digest, row)
      ? row
      : { refused: 'the digest would have another meaning' }
  }
  return (account) => {
    const { problem, digest } = account
    if (problem !== undefined) return { refused: `the row could not be read: ${problem}` }
    const bad = refuseText(account)
    if (bad !== undefined) return bad
    if (digest !== null && isMasked(digest)) return { refused: 'the digest is masked: export the true one' }
    if (digest === null || writer.takesAll === true) {
      // A mark such as `!` in the place of a digest is no password.
      const hasPassword =
        digest !== null &&
        (registry.identify(digest).length > 0 || registry.parse(digest).outcome !== 'unusable')
      const row = writer.write(hasPassword ? account : { ...account, digest: null }, undefined)
      return isRefusal(row) ? row : { row, hasPassword }
    }
    const claimed = findDigests(account, digest, { registry, reads })
    if (isRefusal(claimed)) return claimed
    if (claimed.isUnusable) {
      const row = writer.write(account, undefined)
      return isRefusal(row) ? row : { row, hasPassword: false }
    }
    const rows = claimed.digests.map((one) => writeWith(account, one))
    const [row, ...others] = rows
    if (row === undefined) return { refused: 'no hasher reads the digest' }
    if (others.length > 0 && !others.every((other) => isEqual(row, other))) {
      return { refused: 'several hashers claim the digest: name one with the option hasher' }
    }
    return isRefusal(row) ? row : { row, hasPassword: true }
  }
}

interface Claimed {
  readonly digests: readonly Digest[]
  readonly isUnusable: boolean
}

/** Whether a hasher reads a text. It is asked itself: the verdict of a registry on what is malformed takes long, for its hints. */
type Reads = (hasher: string, text: string) => boolean

function createReads(hashers: readonly Hasher[]): Reads {
  const byName = new Map(hashers.map((hasher) => [hasher.name, hasher]))
  return (name, text) => Array.isArray(byName.get(name)?.parse(text))
}

/** The ways to read a digest: one where the row names its hasher or one hasher claims it. */
function findDigests(
  { hasher: named }: Account,
  text: string,
  { registry, reads }: { readonly registry: Registry; readonly reads: Reads },
): Claimed | Refusal {
  const claiming = named === undefined ? registry.identify(text).filter((name) => reads(name, text)) : []
  const parsed = claiming.length > 0 ? undefined : registry.parse(text, { hasher: named })
  const names = parsed?.outcome === 'parsed' ? [parsed.hasher] : claiming
  if (names.length > 0) {
    return {
      digests: names.map((hasher) => digestOf(hasher, text)),
      isUnusable: false,
    }
  }
  if (parsed?.outcome === 'unusable') return { digests: [], isUnusable: true }
  return {
    refused: parsed?.outcome === 'malformed' ? 'the digest is malformed' : 'no hasher reads the digest',
  }
}

function digestOf(hasher: string, text: string): Digest {
  return { hasher, text, parts: once(() => partsOf(hasher, text)) }
}

/** Whether two ways to read a digest give one row, or one refusal. */
function isEqual(first: Row | Refusal, second: Row | Refusal): boolean {
  if (isRefusal(first) || isRefusal(second)) {
    return isRefusal(first) && isRefusal(second) && first.refused === second.refused
  }
  return first.group === second.group && isSameText(first.value, second.value)
}

function isSameText(first: Row['value'], second: Row['value']): boolean {
  if (typeof first === 'string' || typeof second === 'string') return first === second
  return first.length === second.length && first.every((cell, place) => cell === second[place])
}

/** Whether a digest in another spelling has the parts that it had: its hasher reads it, and reads the same. */
function keepsMeaning(reads: Reads, digest: Digest | undefined, { rewritten }: Row): boolean {
  if (rewritten === undefined) return true
  const parts = digest?.parts()
  if (parts === undefined) return false
  if ('kind' in rewritten) return areSame(parts, rewritten)
  const { hasher, text } = rewritten
  return reads(hasher, text) && areSame(parts, partsOf(hasher, text))
}

/** Texts that the form of a file cannot hold as they are: NUL in COPY, and lone surrogates where there is no escape for them. */
function createTextCheck({ name, isCsv }: Writer): (account: Account) => Refusal | undefined {
  const isSql = name === 'supabase'
  // JSON has an escape for every text.
  if (!isCsv && !isSql) return () => undefined
  return ({ id, login = '', digest }) => {
    const texts = [id, login, digest ?? '']
    if (isSql && texts.some((text) => text.includes('\0')))
      return { refused: 'a NUL, which COPY cannot hold' }
    const isIllFormed = !texts.every((text) => text.isWellFormed())
    return isIllFormed ? { refused: 'a text that is no Unicode' } : undefined
  }
}
