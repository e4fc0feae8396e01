import { PassliftError } from '../errors.js'
import { findUnknownOption, isFunction, isRecord, readOption } from '../options.js'
import type { NewDigest, StoredDigest } from '../core.js'
import { badRow, cellsOf, isSqlValue, textOf } from './cells.js'
import type { DigestColumns, Row, StoreOptions } from './contract.js'
import type { SqlValue } from './dialect.js'

/** The options of a store, checked. */
export interface StoreSettings<A> {
  readonly table: readonly string[]
  readonly login: string
  readonly key: string
  readonly digest: DigestSettings
  readonly hasher: string | undefined
  readonly account: readonly string[]
  readonly accountOf: (row: Row) => A
}

/** How a digest stands in its columns. */
export interface DigestSettings {
  readonly columns: readonly string[]
  readonly read: (row: Row) => StoredDigest
  readonly write: (next: NewDigest) => [column: string, value: SqlValue][]
}

const NAMES = ['table', 'login', 'key', 'digest', 'hasher', 'account']
const DIGEST_NAMES = ['columns', 'read', 'write']

/** @throws PassliftError `ERR_STORE_OPTION`, which names the option */
export function readStoreOptions<A extends object, C extends object>(
  options: StoreOptions<A, C>,
): StoreSettings<A> {
  if (!isRecord(options)) throw badOption('options must be an object')
  if (findUnknownOption(options, NAMES) !== undefined) {
    throw badOption(`there is no such option. It takes ${NAMES.join(', ')}`)
  }
  const table = readOption(options, 'table')
  const login = readName('login', readOption(options, 'login'))
  const digest = readDigest(readOption(options, 'digest'))
  const hasher = readOption(options, 'hasher')
  const account = readNames('account', readOption(options, 'account'))
  const own = [...digest.columns, ...(hasher === undefined ? [] : [readName('hasher', hasher)])]
  // Some data bases take a name in any case.
  const folded = own.map((name) => name.toLowerCase())
  if (account.some((name) => folded.includes(name.toLowerCase()))) {
    throw badOption(
      'account must not name a column of the digest or its hasher: they would get into responses',
    )
  }
  return {
    table: readNames('table', typeof table === 'string' ? table.split('.') : table),
    login,
    key: readName('key', readOption(options, 'key') ?? login),
    digest,
    hasher,
    account,
    accountOf: cellsOf<A>([...options.account]),
  }
}

function readDigest<C extends object>(digest: string | DigestColumns<C> | undefined): DigestSettings {
  if (typeof digest === 'string') {
    const name = readName('digest', digest)
    return {
      columns: [name],
      read: (row) => textOf(row, name),
      write: (next) => [[name, next.digest]],
    }
  }
  if (!isRecord(digest) || findUnknownOption(digest, DIGEST_NAMES) !== undefined) {
    throw badOption('digest must be a column, or columns with read and write')
  }
  const columns = readNames('digest.columns', readOption(digest, 'columns'))
  const { read, write } = digest
  if (!isFunction(read)) throw badOption('digest.read must be a function')
  if (!isFunction(write)) throw badOption('digest.write must be a function')
  const cellsOfRow = cellsOf<C>([...digest.columns])
  return {
    columns,
    read: (row) => read(cellsOfRow(row)),
    write: (next) => {
      const written = write(next)
      return columns.map((name) => {
        const value: unknown =
          isRecord(written) && Object.hasOwn(written, name) ? Reflect.get(written, name) : undefined
        if (!isSqlValue(value)) throw badRow(`digest.write must give a text, a number or null for "${name}"`)
        return [name, value]
      })
    },
  }
}

function readName(option: string, name: unknown): string {
  // A NUL would end the name for some data bases.
  if (typeof name === 'string' && name !== '' && !name.includes('\0')) return name
  throw badOption(`${option} must be a name`)
}

function readNames(option: string, names: unknown): readonly string[] {
  if (!Array.isArray(names) || names.length === 0) throw badOption(`${option} must be a list of names`)
  return names.map((name) => readName(option, name))
}

function badOption(problem: string): PassliftError<'ERR_STORE_OPTION'> {
  return new PassliftError('ERR_STORE_OPTION', `The options of a store: ${problem}.`)
}
