import type { OpenedStore, Row, StoreOptions } from './contract.js'
import { quoteWith } from './dialect.js'
import type { ColumnInfo, Statement } from './dialect.js'
import { createStore } from './store.js'

/** What the store needs of a Pool of `pg`, and PGlite has too. */
export interface PostgresClient {
  readonly query: (sql: string, values: unknown[]) => Promise<PostgresResult>
}

export interface PostgresResult {
  readonly rows: readonly unknown[]
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

// PostgreSQL's number for character(n), from its pg_type.dat. It is filled up with blanks, which are no part of a digest.
const BPCHAR = 1042

const COLUMNS = `SELECT column_name::text AS name, character_maximum_length::int AS width,
  (data_type IN ('text', 'character varying', 'character', 'bytea') OR udt_name = 'citext') AS "isText"
FROM information_schema.columns
WHERE (table_schema, table_name) = (
  SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE pg_class.oid = to_regclass($1)
)`

/**
 * Makes a store of a table in PostgreSQL.
 *
 * @param client a Pool of `pg`, or what has the same `query`. A client with an open transaction would not see resets
 * @throws PassliftError `ERR_STORE_OPTION`
 * @example const { store, checkColumns } = createPostgresStore(pool, { table: 'users', login: 'email', digest: 'password', account: ['id'] })
 */
export function createPostgresStore<A extends object = Row, C extends object = Row>(
  client: PostgresClient,
  options: StoreOptions<A, C>,
): OpenedStore<A> {
  const quote = (name: string): string => quoteWith('"', name)
  const select = async ({ sql, values }: Statement): Promise<readonly Row[]> => {
    const { rows, fields } = await client.query(sql, [...values])
    const padded = fields.filter(({ dataTypeID }) => dataTypeID === BPCHAR).map(({ name }) => name)
    return rows.map((row) => trimBlanks(row, padded))
  }
  return createStore(
    {
      quote,
      placeOf: (position) => `$${position}`,
      // As text, citext compares letters by their case; and "C" compares bytes, whatever the collation of the column.
      same: (column, value, place) =>
        typeof value === 'string'
          ? `${column}::text COLLATE "C" IS NOT DISTINCT FROM ${place}::text`
          : `${column} IS NOT DISTINCT FROM ${place}`,
      select,
      update: async ({ sql, values }) =>
        (await client.query(`${sql} RETURNING 1 AS one`, [...values])).rows.length,
      columns: async (table) => {
        const rows = await select({ sql: COLUMNS, values: [table.map(quote).join('.')] })
        return rows.map(readInfo)
      },
    },
    options,
  )
}

function trimBlanks(row: unknown, padded: readonly string[]): Row {
  const cells = typeof row === 'object' && row !== null ? Object.entries(row) : []
  return Object.fromEntries(
    cells.map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && padded.includes(name) ? value.replace(/ +$/, '') : value,
    ]),
  )
}

function readInfo({ name, width, isText }: Row): ColumnInfo {
  return {
    name: String(name),
    width: typeof width === 'number' ? width : null,
    isText: isText === true,
  }
}
