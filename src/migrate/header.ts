import { inputError } from './errors.js'

/** The columns of a table by likely names: first those of these names, then those that differ from one in capitals alone. */
export type FindColumns = (names: readonly string[]) => readonly string[]

/** What is asked of the header of a table in CSV. */
export interface HeaderOptions {
  /** The names of the columns where the file has no header. */
  readonly header?: readonly string[]
  /** The names that a person said columns have. */
  readonly named?: readonly string[]
  /** The names of columns of digests, of which the header must have one. */
  readonly digests?: readonly string[]
  /** The name of the reader, for errors. */
  readonly name?: string
  /** Called before the first row. */
  readonly onHeader?: (findColumns: FindColumns) => void
}

export interface Table {
  readonly width: number
  /** The place of a column by its name, or in other capitals where one column has that name; -1 where there is none. */
  readonly placeOf: (name: string) => number
}

/** Makes a table of its header, where that has the columns that the options ask for. */
export function openTable(
  header: readonly string[],
  { named = [], digests = [], name = 'a table', onHeader }: HeaderOptions,
): Table {
  const places = placesOf(header)
  const columns = [...places.keys()]
  const findColumns: FindColumns = (names) => {
    const exact = names.filter((one) => places.has(one))
    const alike = names.flatMap((one) => findAlike(columns, one) ?? [])
    return [...new Set([...exact, ...alike])]
  }
  if (named.some((one) => findColumns([one]).length === 0)) {
    throw inputError(
      'The header lacks a column that was named for it (--column). Compare the names with the first line of the file.',
    )
  }
  // The cells of the first line are not printed: it may be an account.
  if (digests.length > 0 && findColumns(digests).length === 0) {
    throw inputError(
      `Read as ${name}, the header names no column of digests (${digests.join(', ')}). Name yours with --column digest=NAME, or ` +
        'another reader with --from; where the first line is an account, put one with names before it.',
    )
  }
  onHeader?.(findColumns)
  const found = new Map(places)
  const search = (one: string): number => {
    const place = places.get(findAlike(columns, one) ?? '') ?? -1
    found.set(one, place)
    return place
  }
  return { width: header.length, placeOf: (one) => found.get(one) ?? search(one) }
}

/** The column that differs from a name in capitals alone, where there is one. */
function findAlike(columns: readonly string[], name: string): string | undefined {
  const [alike, ...others] = columns.filter((column) => column.toLowerCase() === name.toLowerCase())
  return others.length === 0 ? alike : undefined
}

function placesOf(header: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [place, cell] of header.entries()) {
    const name = cell.trim()
    if (places.has(name))
      throw inputError(
        'Two columns of the file have one name. Name one of them differently in the first line.',
      )
    if (name !== '') places.set(name, place)
  }
  return places
}
