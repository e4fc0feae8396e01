import { argumentError } from '../argument-error.js'
import type { Replacement } from '../core.js'
import { checkColumns } from './check-columns.js'
import type { FoundAccount, OpenedStore, StoreOptions } from './contract.js'
import { ALIAS } from './dialect.js'
import type { Dialect, SqlValue } from './dialect.js'
import { badRow, cellOf, sqlValueOf, textOf } from './cells.js'
import { readStoreOptions } from './settings.js'

/** Makes a store of what its data base does in its own way. */
export function createStore<A extends object, C extends object>(
  dialect: Dialect,
  options: StoreOptions<A, C>,
): OpenedStore<A> {
  const settings = readStoreOptions(options)
  const { table, login, key, digest, hasher, account, accountOf } = settings
  const { quote, placeOf, same } = dialect
  const columnOf = (name: string): string => `${ALIAS}.${quote(name)}`
  const tableName = `${table.map(quote).join('.')} AS ${ALIAS}`
  const columns = [
    ...new Set([login, key, ...digest.columns, ...(hasher === undefined ? [] : [hasher]), ...account]),
  ]
  const selected = columns.map(columnOf).join(', ')
  const search = `SELECT ${selected} FROM ${tableName} WHERE ${columnOf(login)} = ${placeOf(1)} LIMIT 2`

  const find = async (given: string): Promise<FoundAccount<A> | null> => {
    if (typeof given !== 'string') throw argumentError('ERR_INVALID_ARG_TYPE', 'The login must be a string.')
    // No column can hold such a text, and PostgreSQL answers it with an error.
    if (given.includes('\0') || !given.isWellFormed()) return null
    const rows = await dialect.select({ sql: search, values: [given] })
    if (rows.length > 1) throw badRow('several rows have this login. Its column needs a unique index')
    const [row] = rows
    if (row === undefined || !isLogin(cellOf(row, login), given)) return null
    return {
      digest: digest.read(row),
      hasher: hasher === undefined ? null : textOf(row, hasher),
      account: accountOf(row),
      row,
    }
  }

  const replaceDigest = async (found: FoundAccount<A>, next: Replacement): Promise<boolean> => {
    if (found.digest !== next.replaces) return false
    const cells = digest.write({ digest: next.digest, hasher: next.hasher })
    if (hasher !== undefined) cells.push([hasher, next.hasher])
    const values: SqlValue[] = []
    const add = (value: SqlValue): string => placeOf(values.push(value))
    const assigned = cells.map(([name, value]) => `${quote(name)} = ${add(value)}`)
    const conditions = [`${columnOf(key)} = ${add(sqlValueOf(found.row, key))}`]
    for (const name of digest.columns) {
      const value = sqlValueOf(found.row, name)
      conditions.push(same(columnOf(name), value, add(value)))
    }
    const sql = `UPDATE ${tableName} SET ${assigned.join(', ')} WHERE ${conditions.join(' AND ')}`
    return (await dialect.update({ sql, values })) > 0
  }

  return {
    store: { find, replaceDigest, accountOf: (found) => found.account },
    checkColumns: async ({ hash }) => {
      await checkColumns(settings, { infos: await dialect.columns(table), hash })
    },
  }
}

/** Whether a stored login is the given one. MySQL compares a number with the digits that a text begins with: 7 is '7abc' for it. */
function isLogin(stored: unknown, given: string): boolean {
  return typeof stored === 'number' || typeof stored === 'bigint' ? String(stored) === given : true
}
