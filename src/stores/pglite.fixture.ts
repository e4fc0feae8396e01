import { isFunction, isRecord } from '../options.js'
import type { PostgresClient } from './postgres.js'

/** PostgreSQL in the process, as the tests use it. */
interface Database extends PostgresClient {
  readonly exec: (sql: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

// The types of PGlite need those of browsers, so the module is loaded without its types.
const MODULE = ['@electric-sql', 'pglite'].join('/')

/** Starts an empty data base. */
export async function openDatabase(): Promise<Database> {
  const loaded: unknown = await import(MODULE)
  const maker: unknown = isRecord(loaded) ? loaded['PGlite'] : undefined
  if (typeof maker === 'function') {
    const database: unknown = Reflect.construct(maker, [])
    if (isDatabase(database)) return database
  }
  throw new Error('PGlite has no data base.')
}

function isDatabase(value: unknown): value is Database {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['query', 'exec', 'close'].every((name) => isFunction(Reflect.get(value, name)))
  )
}
