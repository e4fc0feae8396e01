import type { Account, Problem } from './account.js'

export interface ReadOptions {
  /** Where the parts of an account stand, by column or by path: `digest`, `id`, `login`, `hasher`, `salt`. */
  readonly columns?: Readonly<Partial<Record<Part, string>>>
  /** The hasher of every row that names none. */
  readonly hasher?: string
  /** The algorithm that the configuration of the system says, where its rows do not: as `HMACSHA256` of ASP.NET Membership. */
  readonly algorithm?: string
}

export type Part = 'digest' | 'id' | 'login' | 'hasher' | 'salt'

/** Reads the exports of one system. */
export interface Reader {
  readonly name: string
  /** Whether a file that begins so is such an export. */
  readonly detect: (head: string) => boolean
  /** @throws PassliftError `ERR_MIGRATE_OPTION` for options that the export cannot be read by */
  readonly check?: (options: ReadOptions) => void
  /** Reads accounts in batches, in the order of the file. No row is dropped: what cannot be read has a problem. */
  readonly read: (text: AsyncIterable<string>, options: ReadOptions) => AsyncIterable<readonly Account[]>
}

/**
 * The value of a column, or of a member by its path, as `fields.password`. Undefined where there is none; null where it is NULL;
 * `false` where it is no text, number or truth value.
 */
export type Get = (path: string) => string | null | undefined | false

/** What the columns of a row make: a digest, null where there is no password, or a problem. */
export type Made = string | null | { readonly problem: Problem }
