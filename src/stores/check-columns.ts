import { PassliftError } from '../errors.js'
import type { Registry } from '../core.js'
import type { ColumnInfo } from './dialect.js'
import type { StoreSettings } from './settings.js'

/** A password whose digest is as long as any: over 72 bytes, bcrypt's digests get a prefix. */
const LONG_PASSWORD = 'x'.repeat(73)
/** The longest name that a column for hashers must hold. */
const LONG_NAME = 'h'.repeat(32)

/**
 * Compares what a data base says of a table with what a store will write there.
 *
 * @throws PassliftError `ERR_STORE_COLUMN`
 */
export async function checkColumns(
  { key, login, digest, hasher, account }: StoreSettings<unknown>,
  { infos, hash }: { readonly infos: readonly ColumnInfo[]; readonly hash: Registry['hash'] },
): Promise<void> {
  if (infos.length === 0) throw badColumns(['there is no such table, or this user must not see it'])
  const written = digest.write({ digest: await hash(LONG_PASSWORD), hasher: LONG_NAME })
  if (hasher !== undefined) written.push([hasher, LONG_NAME])
  const problems: string[] = []
  for (const name of new Set([login, key, ...account, ...written.map(([column]) => column)])) {
    if (!infos.some((info) => info.name === name)) problems.push(`there is no column "${name}"`)
  }
  for (const [name, value] of written) {
    const info = infos.find((column) => column.name === name)
    if (info === undefined || typeof value !== 'string') continue
    if (!info.isText) problems.push(`the column "${name}" is of a type that holds no text of any length`)
    if (info.width !== null && info.width < value.length) {
      problems.push(`the column "${name}" is ${info.width} wide and must be at least ${value.length}`)
    }
  }
  if (problems.length > 0) throw badColumns(problems)
}

function badColumns(problems: readonly string[]): PassliftError<'ERR_STORE_COLUMN'> {
  return new PassliftError('ERR_STORE_COLUMN', `The table does not fit the store: ${problems.join('; ')}.`)
}
