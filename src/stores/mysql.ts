import { isUint8Array } from '../platform/node.js'
import { badRow } from './cells.js'
import type { OpenedStore, Row, StoreOptions } from './contract.js'
import { quoteWith } from './dialect.js'
import type { SqlValue, Statement } from './dialect.js'
import { isRecord } from '../options.js'
import { createStore } from './store.js'

/** What the store needs of a pool of `mysql2/promise`. */
export interface MysqlClient {
  readonly execute: (
    sql: string,
    values: SqlValue[],
  ) => Promise<readonly [result: unknown, ...rest: unknown[]]>
}

const TEXT_TYPES = ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext']
// BINARY(n) is missing: it is filled up with NULs.
const BYTE_TYPES = ['varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob']

/**
 * Makes a store of a table in MySQL or MariaDB.
 *
 * @param client a pool of `mysql2/promise`. A connection with an open transaction would not see resets
 * @throws PassliftError `ERR_STORE_OPTION`
 * @example const { store, checkColumns } = createMysqlStore(pool, { table: 'users', login: 'email', digest: 'password', account: ['id'] })
 */
export function createMysqlStore<A extends object = Row, C extends object = Row>(
  client: MysqlClient,
  options: StoreOptions<A, C>,
): OpenedStore<A> {
  const run = async ({ sql, values }: Statement): Promise<unknown> =>
    (await client.execute(sql, [...values]))[0]
  const select = async (statement: Statement): Promise<readonly Row[]> => {
    const rows = await run(statement)
    if (!Array.isArray(rows) || !rows.every(isRecord)) throw badRow('the driver must give rows as objects')
    return rows
  }
  return createStore(
    {
      quote: (name) => quoteWith('`', name),
      placeOf: () => '?',
      same: (column, value, place) => {
        // The usual collations hold a letter and its capital for the same, and drop blanks at the end. Bytes have neither;
        // both sides become UTF-8 first, since the column may be of another character set than the connection.
        if (typeof value === 'string') return `${bytesOf(column)} <=> ${bytesOf(place)}`
        if (isUint8Array(value)) return `CAST(${column} AS BINARY) <=> CAST(${place} AS BINARY)`
        return `${column} <=> ${place}`
      },
      select,
      update: async (statement) => {
        const result = await run(statement)
        // Rows that were found and rows that were changed are the same here: a new digest differs from the old one.
        if (isRecord(result) && typeof result['affectedRows'] === 'number') return result['affectedRows']
        throw badRow('the driver must give the number of rows that an update changed')
      },
      columns: async (table) => {
        const [name = '', schema = null] = table.toReversed()
        const rows = await select({
          sql:
            'SELECT column_name AS name, character_maximum_length AS width, data_type AS type ' +
            'FROM information_schema.columns WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?',
          values: [schema, name],
        })
        return rows.map((row) => {
          const type = String(row['type']).toLowerCase()
          const width = row['width']
          return {
            name: String(row['name']),
            width: typeof width === 'number' ? width : null,
            isText: TEXT_TYPES.includes(type) || BYTE_TYPES.includes(type),
          }
        })
      },
    },
    options,
  )
}

function bytesOf(text: string): string {
  return `CAST(CONVERT(${text} USING utf8mb4) AS BINARY)`
}
