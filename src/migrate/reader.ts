import { createProblem } from './account.js'
import type { Account } from './account.js'
import { detectForm, readTable } from './records.js'
import type { Form, TableOptions, TableRow } from './records.js'

export interface ReadOptions {
  /** Where the parts of an account stand, by column or by path: `digest`, `id`, `login`, `hasher`. */
  readonly columns?: Readonly<Partial<Record<Part, string>>>
  /** The hasher of every row that names none. */
  readonly hasher?: string
}

export type Part = 'digest' | 'id' | 'login' | 'hasher'

/** Reads the exports of one system. */
export interface Reader {
  readonly name: string
  /** Whether a file that begins so is such an export. */
  readonly detect: (head: string) => boolean
  /** Reads accounts in batches, in the order of the file. No row is dropped: what cannot be read has a problem. */
  readonly read: (text: AsyncIterable<string>, options: ReadOptions) => AsyncIterable<readonly Account[]>
}

/** What a row holds, or why it holds nothing. */
export type Found = Omit<Account, 'line'>

/** The differences between the readers of tables and lists. */
export interface Shape extends TableOptions {
  readonly name: string
  readonly forms: readonly Form[]
  /** The columns by which an export of the system is known: all of them stand in its first row. */
  readonly known: readonly string[]
  /** Columns of each part, the likeliest first. */
  readonly parts: Readonly<Partial<Record<Part, readonly string[]>>>
  /** Makes the digest where it is not a column's text. Null is no password; undefined is a problem. */
  readonly digest?: (get: TableRow['get']) => string | null | undefined
  /** The hasher of a digest where the system knows more than its text. */
  readonly hasherOf?: (digest: string) => string | undefined
}

/** Makes the reader of a system whose exports are tables or lists. */
export function defineReader(shape: Shape): Reader {
  return {
    name: shape.name,
    detect: (head) =>
      shape.known.length > 0 &&
      hasForm(shape.forms, detectForm(head)) &&
      shape.known.every((name) => hasName(head, name)),
    read: (text, options) => readAccounts(text, shape, options),
  }
}

/** Whether a file of a form may be one of these: JSON on one line looks like a line of NDJSON. */
function hasForm(forms: readonly Form[], found: Form): boolean {
  return forms.includes(found) || (found === 'ndjson' && forms.includes('json'))
}

/** Whether a name stands in a header, or as a key of JSON. */
function hasName(head: string, name: string): boolean {
  const key = name.slice(name.lastIndexOf('.') + 1).replace(/[^\w]/g, '\\$&')
  return new RegExp(`(?:^|[\\s,"\\uFEFF])${key}(?:[\\s,"]|$)`, 'm').test(head)
}

async function* readAccounts(
  text: AsyncIterable<string>,
  shape: Shape,
  { columns = {}, hasher }: ReadOptions,
): AsyncGenerator<readonly Account[]> {
  const { head, whole } = await peek(text)
  const form = shape.forms.length === 1 && shape.forms[0] !== undefined ? shape.forms[0] : detectForm(head)
  const partsOf = (part: Part): readonly string[] => {
    const own = columns[part]
    return own === undefined ? (shape.parts[part] ?? []) : [own]
  }
  const parts = {
    digest: partsOf('digest'),
    id: partsOf('id'),
    login: partsOf('login'),
    hasher: partsOf('hasher'),
  }
  // A column that is named holds the digest itself.
  const build = columns.digest === undefined ? shape.digest : undefined
  for await (const rows of readTable(whole, form, shape)) {
    yield rows.map((row) => readAccount(row, { parts, shape, build, hasher }))
  }
}

/** How much of a file its form is told by. */
const HEAD = 64 * 1024

/** The first characters of a text, and the whole text. */
export async function peek(
  text: AsyncIterable<string>,
): Promise<{ readonly head: string; readonly whole: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]()
  let head = ''
  let isDone = false
  while (head.length < HEAD && !isDone) {
    const next = await iterator.next()
    isDone = next.done === true
    if (next.done !== true) head += next.value
  }
  async function* all(): AsyncGenerator<string> {
    yield head
    while (!isDone) {
      const next = await iterator.next()
      if (next.done === true) return
      yield next.value
    }
  }
  return { head, whole: all() }
}

interface Plan {
  readonly parts: Readonly<Record<Part, readonly string[]>>
  readonly shape: Shape
  readonly build: Shape['digest']
  readonly hasher: string | undefined
}

function readAccount(row: TableRow, { parts, shape, build, hasher }: Plan): Account {
  const { line, problem, get } = row
  if (problem !== undefined) return createProblem(line, problem)
  const first = (names: readonly string[]): string | null | undefined | false => {
    for (const name of names) {
      const value = get(name)
      if (value !== undefined) return value
    }
    return undefined
  }
  const digest = build === undefined ? first(parts.digest) : build(get)
  if (digest === undefined) return createProblem(line, 'missing-column')
  const id = first(parts.id)
  const login = first(parts.login)
  const named = first(parts.hasher)
  if (digest === false || id === false || login === false || named === false) {
    return createProblem(line, 'wrong-type')
  }
  const text = digest === null || digest === '' ? null : digest
  const found = named ?? (text === null ? undefined : shape.hasherOf?.(text)) ?? hasher
  return {
    line,
    id: id ?? '',
    ...(typeof login === 'string' && { login }),
    digest: text,
    ...(typeof found === 'string' && found !== '' && { hasher: found }),
  }
}
