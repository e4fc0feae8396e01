import type { Context } from '../hasher/contract.js'

/** What a reader found wrong with a row. It says nothing of what stands in the row. */
export type Problem =
  | 'bad-csv'
  | 'bad-json'
  | 'columns'
  | 'depth'
  | 'duplicate-key'
  | 'missing-column'
  | 'not-an-object'
  | 'not-utf8'
  | 'record-too-long'
  | 'value-too-long'
  | 'wrong-type'

/** One row of an export. */
export interface Account {
  /** The line of a text file at which the row begins, or the place of the account in a list; from 1. */
  readonly line: number
  readonly id: string
  readonly login?: string
  /** The digest as hashers read it; null where the account has no password. */
  readonly digest: string | null
  /** The hasher that the row or its system names. */
  readonly hasher?: string
  readonly context?: Context
  /** Why the row could not be read. Its other members then mean nothing. */
  readonly problem?: Problem
}

/** A row that could not be read, in the place of its account: no row is dropped. */
export function createProblem(line: number, problem: Problem): Account {
  return { line, id: '', digest: null, problem }
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
