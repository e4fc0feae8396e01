import { BOUNDS, createProblem } from './account.js'
import type { Account, Problem } from './account.js'
import { composerOf } from './composers.js'
import type { Get, Made, Part, Reader, ReadOptions } from './contract.js'
import { detectForm, readTable } from './records.js'
import type { Form, Source, TableOptions, TableRow } from './records.js'

/** The differences between the readers of tables and lists. */
export interface Shape extends TableOptions {
  readonly name: string
  readonly forms: readonly Form[]
  /** The columns by which an export of the system is known: a header has all of one list, or JSON has them as keys. */
  readonly known: readonly (readonly string[])[]
  /** What else the beginning of such an export holds, where other tables have columns of these names. */
  readonly evidence?: RegExp
  /** Columns of each part, the likeliest first. */
  readonly parts: Readonly<Partial<Record<Part, readonly string[]>>>
  /** Whether a row is one of users, where an export holds others. */
  readonly isAccount?: (get: Get) => boolean
  /** Makes the digest where it is not a column's text. */
  readonly digest?: (get: Get, options: ReadOptions) => Made
  /** The hasher of a digest where the system knows more than its text. */
  readonly hasherOf?: (digest: string) => string | undefined
  /** What speaks against taking a column's text for a digest, given what its row has for other parts. */
  readonly doubt?: (digest: string, of: (part: Part) => ReturnType<Get>) => Problem | undefined
  /** @throws PassliftError `ERR_MIGRATE_OPTION` for options that the export cannot be read by */
  readonly check?: (options: ReadOptions) => void
}

/** Makes the reader of a system whose exports are tables or lists. */
export function defineReader(shape: Shape): Reader {
  const check = (options: ReadOptions): void => {
    composerOf(options)
    if (options.columns?.digest === undefined) shape.check?.(options)
  }
  return {
    name: shape.name,
    detect: (head) => {
      const form = detectForm(head)
      const names = form === 'csv' || form === 'tsv' ? headerOf(head) : head
      return (
        shape.known.some((list) => list.every((name) => hasName(names, name))) &&
        hasForm(shape.forms, form) &&
        (shape.evidence?.test(head) ?? true)
      )
    },
    check,
    read: (text, options) => {
      check(options)
      return readAccounts(text, shape, options)
    },
  }
}

/** Whether a file of a form may be one of these: JSON on one line looks like a line of NDJSON. */
function hasForm(forms: readonly Form[], found: Form): boolean {
  return forms.includes(found) || (found === 'ndjson' && forms.includes('json'))
}

/** The first row of a table, behind Excel's of the separator. */
function headerOf(head: string): string {
  const text = head.replace(/^\s*(?:"?sep=.?"?[\r\n]\s*)?/i, '')
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && (sign === '\n' || sign === '\r')) return text.slice(0, at)
  }
  return text
}

/** Whether a name stands in a header, or as a key or a text of JSON. */
function hasName(head: string, name: string): boolean {
  const key = name.slice(name.lastIndexOf('.') + 1).replace(/[^\w]/g, '\\$&')
  return new RegExp(`(?:^|[\\s,;"])${key}(?:[\\s,;"]|$)`, 'm').test(head)
}

async function* readAccounts(
  text: AsyncIterable<string>,
  shape: Shape,
  options: ReadOptions,
): AsyncGenerator<readonly Account[]> {
  const { columns = {}, hasher } = options
  const source = await peek(text)
  const form =
    shape.forms.length === 1 && shape.forms[0] !== undefined ? shape.forms[0] : detectForm(source.head)
  const namesOf = (part: Part): readonly string[] => {
    const own = columns[part]
    return own === undefined ? (shape.parts[part] ?? []) : [own]
  }
  let parts = mapParts(namesOf)
  const compose = composerOf(options)
  const make = (get: Get): Made => {
    // A column that is named holds the digest itself, or its checksum where the salt is named, too.
    if (columns.digest === undefined && shape.digest !== undefined && compose === undefined)
      return shape.digest(get, options)
    const digest = first(get, parts.digest)
    if (digest === undefined) return { problem: 'missing-column' }
    if (digest === false) return { problem: 'wrong-type' }
    if (digest === null || digest === '') return null
    if (compose === undefined) {
      const problem =
        hasher === undefined ? shape.doubt?.(digest, (part) => first(get, parts[part])) : undefined
      return problem === undefined ? digest : { problem }
    }
    const salt = first(get, parts.salt)
    return salt === false ? { problem: 'wrong-type' } : compose(digest, salt ?? '')
  }
  const rowsOf = readTable(source, form, {
    ...shape,
    ...{ named: Object.values(columns), digests: parts.digest },
    // The likely columns are looked for once, not in each row.
    onHeader: (findColumns) => {
      parts = mapParts((part) => findColumns(namesOf(part)))
    },
  })
  for await (const rows of rowsOf) {
    yield rows
      .filter(({ problem, get }) => problem !== undefined || shape.isAccount?.(get) !== false)
      .map((row) => readAccount(row, { parts, make, hasherOf: shape.hasherOf, hasher }))
  }
}

/**
 * How many characters of a file its form is told by: up to the longest value where they hold no two lines. JSON may be one line,
 * and costs memory enough.
 */
const HEAD = { least: 64 * 1024, json: 256 * 1024, most: BOUNDS.value }

/** The first characters of a text, and the whole text, without a byte order mark. Who does not read the whole closes it. */
export async function peek(
  text: AsyncIterable<string>,
): Promise<Source & { readonly close: () => Promise<void> }> {
  const iterator = text[Symbol.asyncIterator]()
  const pieces: string[] = []
  let length = 0
  let isDone = false
  const hasLines = createLineCounter(2)
  const mostOf = (): number => (pieces[0]?.trimStart().startsWith('[') === true ? HEAD.json : HEAD.most)
  while (!isDone && length < mostOf()) {
    const next = await iterator.next()
    isDone = next.done === true
    if (next.done === true) break
    pieces.push(length === 0 ? next.value.replace(/^\uFEFF/, '') : next.value)
    length += next.value.length
    if (hasLines(next.value) && length >= HEAD.least) break
  }
  const close = async (): Promise<void> => {
    await iterator.return?.()
  }
  async function* all(): AsyncGenerator<string> {
    try {
      // The pieces stay as they are: a reader bounds what it is given at once.
      yield* pieces.splice(0)
      while (!isDone) {
        const next = await iterator.next()
        if (next.done === true) return
        yield next.value
      }
    } finally {
      // Whoever stops reading ends the source too, which keeps a file open.
      await close()
    }
  }
  return { head: pieces.join(''), whole: all(), close }
}

/** Makes what is given the pieces of a text, and says whether they have so many lines by now; empty ones do not count. */
function createLineCounter(enough: number): (piece: string) => boolean {
  let lines = 0
  let hasText = false
  return (piece) => {
    for (let at = 0; at < piece.length && lines < enough; at++) {
      const code = piece.charCodeAt(at)
      if (code > 0x20) hasText = true
      else if (hasText && (code === 0x0a || code === 0x0d)) {
        lines++
        hasText = false
      }
    }
    return lines >= enough
  }
}

type ColumnNames = Readonly<Record<Part, readonly string[]>>

function mapParts(namesOf: (part: Part) => readonly string[]): ColumnNames {
  return {
    digest: namesOf('digest'),
    id: namesOf('id'),
    login: namesOf('login'),
    hasher: namesOf('hasher'),
    salt: namesOf('salt'),
  }
}

interface Plan {
  readonly parts: ColumnNames
  readonly make: (get: Get) => Made
  readonly hasherOf: Shape['hasherOf']
  readonly hasher: string | undefined
}

/** What the first of some columns holds that is not empty; null or an empty text where all of them are. */
function first(get: Get, names: readonly string[]): ReturnType<Get> {
  let empty: null | '' | undefined
  for (const name of names) {
    const value = get(name)
    // An object in a less likely column is no fault of the row.
    if (value === false && empty !== undefined) continue
    if (value !== undefined && value !== null && value !== '') return value
    if (empty === undefined) empty = value
  }
  return empty
}

function readAccount({ line, problem, get }: TableRow, { parts, make, hasherOf, hasher }: Plan): Account {
  if (problem !== undefined) return createProblem(line, problem)
  const made = make(get)
  if (typeof made === 'object' && made !== null) return createProblem(line, made.problem)
  const id = first(get, parts.id)
  const login = first(get, parts.login)
  const named = first(get, parts.hasher)
  if (id === false || login === false || named === false) return createProblem(line, 'wrong-type')
  const digest = made === '' ? null : made
  // What a person says of all rows is better knowledge than what the text of a digest suggests.
  const suggested = hasher ?? (digest === null ? undefined : hasherOf?.(digest))
  const found = named === null || named === '' || named === undefined ? suggested : named
  return {
    line,
    id: id ?? '',
    login: login ?? undefined,
    digest,
    hasher: found === '' ? undefined : found,
  }
}
