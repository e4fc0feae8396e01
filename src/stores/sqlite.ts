import { badRow } from './cells.js'
import type { OpenedStore, Row, StoreOptions } from './contract.js'
import { quoteWith } from './dialect.js'
import type { SqlValue, Statement } from './dialect.js'
import { isRecord } from '../options.js'
import { createStore } from './store.js'

/** What the store needs of a Database of `better-sqlite3`, or a DatabaseSync of `node:sqlite`. */
export interface SqliteDatabase {
  readonly prepare: (sql: string) => SqliteStatement
}

// Each driver has its own type for the values. Those that are given are texts, numbers, bytes and null, which both take.
export interface SqliteStatement {
  readonly all: (...values: never[]) => unknown
  readonly run: (...values: never[]) => unknown
}

/**
 * Makes a store of a table in SQLite.
 *
 * @param database a Database of `better-sqlite3`, or a DatabaseSync of `node:sqlite`
 * @throws PassliftError `ERR_STORE_OPTION`
 * @example const { store, checkColumns } = createSqliteStore(database, { table: 'users', login: 'email', digest: 'password', account: ['id'] })
 */
export function createSqliteStore<A extends object = Row, C extends object = Row>(
  database: SqliteDatabase,
  options: StoreOptions<A, C>,
): OpenedStore<A> {
  const select = ({ sql, values }: Statement): Promise<readonly Row[]> =>
    promiseOf(() => {
      const statement = database.prepare(sql)
      const rows: unknown = Reflect.apply(statement.all, statement, values.map(bindingOf))
      if (!Array.isArray(rows) || !rows.every(isRecord)) throw badRow('the driver must give rows as objects')
      return rows
    })
  return createStore(
    {
      quote: (name) => quoteWith('"', name),
      placeOf: () => '?',
      // The column may be declared NOCASE or RTRIM. IS compares null too.
      same: (column, _, place) => `${column} COLLATE BINARY IS ${place}`,
      select,
      update: ({ sql, values }) =>
        promiseOf(() => {
          const statement = database.prepare(sql)
          const result: unknown = Reflect.apply(statement.run, statement, values.map(bindingOf))
          const changes = isRecord(result) ? result['changes'] : undefined
          if (typeof changes === 'number') return changes
          // node:sqlite may be told to give every integer as a bigint.
          if (typeof changes === 'bigint') return changes === 0n ? 0 : 1
          throw badRow('the driver must give the number of rows that an update changed')
        }),
      columns: async (table) => {
        const [name = '', schema = 'main'] = table.toReversed()
        const rows = await select({ sql: 'SELECT name FROM pragma_table_info(?, ?)', values: [name, schema] })
        // Any column holds a text of any length, whatever its type says.
        return rows.map((row) => ({ name: String(row['name']), width: null, isText: true }))
      },
    },
    options,
  )
}

/** The drivers answer at once. What they throw becomes a rejection, as that of every other store. */
function promiseOf<T>(run: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(run())
  })
}

/** SQLite has no booleans: true is 1. */
function bindingOf(value: SqlValue): SqlValue {
  return typeof value === 'boolean' ? (value ? 1 : 0) : value
}
