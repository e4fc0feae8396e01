import type { Context } from '../hasher/contract.js'

/** What a reader found wrong with a row. It says nothing of what stands in the row. */
export type Problem =
  | 'bad-csv'
  | 'bad-fields'
  | 'bad-json'
  | 'columns'
  | 'depth'
  | 'duplicate-key'
  | 'missing-column'
  | 'not-an-object'
  | 'not-hashed'
  | 'not-utf8'
  | 'record-too-long'
  | 'salt-apart'
  | 'unsupported'
  | 'value-too-long'
  | 'wrong-type'

/** One row of an export. */
export interface Account {
  /** The line of a text file at which the row ends, of LDIF begins, or the place of the account in a list; from 1. */
  readonly line: number
  readonly id: string
  readonly login?: string | undefined
  /** The digest as hashers read it; null where the account has no password. */
  readonly digest: string | null
  /** The hasher that the row or its system names. */
  readonly hasher?: string | undefined
  readonly context?: Context
  /** Why the row could not be read. Its other members then mean nothing. */
  readonly problem?: Problem
}

/** A row that could not be read, in the place of its account: no row is dropped. */
export function createProblem(line: number, problem: Problem): Account {
  return { line, id: '', digest: null, problem }
}

/** What to do about a problem, where its name does not say it. */
export const ADVICE: Readonly<Partial<Record<Problem, string>>> = {
  'bad-csv':
    'Quotes or line ends of the row are not those of CSV: export the table again with quotes around every cell.',
  'bad-fields':
    'The columns are there, and what stands in them is no digest of this system: see whether they are cut or altered.',
  'missing-column':
    'The row has nothing where the reader looks for a digest: name the place as column `digest`.',
  'not-hashed': 'The row says that its password is in clear or encrypted, so that there is no digest.',
  'salt-apart':
    'The digest shows no salt, and the row has one: name its place as column `salt`, and the hasher.',
  unsupported: 'The row names an algorithm or a way of hashing that no hasher computes.',
}

/** The bounds of what a reader takes, so that a hostile file costs bounded memory. */
export const BOUNDS = {
  /** Characters of one row. */
  record: 4 * 1024 * 1024,
  /** Characters that a value, a cell or a line within a row counts for beside its own: what it takes in memory. */
  overhead: 32,
  /** Characters of one value. */
  value: 1024 * 1024,
  columns: 1_000,
  depth: 64,
} as const
