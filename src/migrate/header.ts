import { inputError } from './errors.js'

/**
 * Those of some names that are columns of a table; or its columns that differ from them in capitals alone, where it has none of the
 * names.
 */
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
  readonly places: ReadonlyMap<string, number>
}

/** Makes a table of its header, where that has the columns that the options ask for. */
export function openTable(
  header: readonly string[],
  { named = [], digests = [], name = 'a table', onHeader }: HeaderOptions,
): Table {
  const places = placesOf(header)
  const findColumns: FindColumns = (names) => {
    const exact = names.filter((one) => places.has(one))
    return exact.length > 0 ? exact : names.flatMap((one) => findAlike([...places.keys()], one))
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
  return { width: header.length, places }
}

/** The column that differs from a name in capitals alone; none where several do. */
function findAlike(columns: readonly string[], name: string): readonly string[] {
  const alike = columns.filter((column) => column.toLowerCase() === name.toLowerCase())
  return alike.length === 1 ? alike : []
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
