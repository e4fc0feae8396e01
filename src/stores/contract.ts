import type { NewDigest, Registry, Replacement, StoredDigest } from '../core.js'

/** A row as the data base gives it, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>

/** The columns that together hold a digest, where a system has no single column for it. */
export interface DigestColumns<C extends object> {
  readonly columns: readonly (keyof C & string)[]
  /** Makes the digest of the columns, as the functions of `passlift/builders` do; and gives back what `write` wrote. */
  readonly read: (columns: C) => StoredDigest
  /** The new text of every one of the columns. */
  readonly write: (next: NewDigest) => { readonly [Column in keyof C]: string | number | null }
}

/** The table of an application, and the columns of it that a store reads and writes. */
export interface StoreOptions<A extends object = Row, C extends object = Row> {
  /** The table. Dots in a text part the schema from the table; a list has its parts as they are. */
  readonly table: string | readonly string[]
  /** The column that is compared with what `signIn` is given: the e-mail address, or the user's name. */
  readonly login: string
  /** The column that tells rows apart; default `login`. */
  readonly key?: string
  /** The column of the digest, or the columns that it is made of. */
  readonly digest: string | DigestColumns<C>
  /** The column for the name of the hasher, where there is one. */
  readonly hasher?: string
  /** The columns of the account that `signIn` gives. Those of the digest are not for them. */
  readonly account: readonly (keyof NoInfer<A> & string)[]
}

/** An account as a store finds it. Only `account` is given by a sign-in. */
export interface FoundAccount<A> {
  readonly digest: StoredDigest
  readonly hasher: string | null
  readonly account: A
  /** The row as it was read, which the swap compares with the row as it is stored then. */
  readonly row: Row
}

/** What `createSignIn` takes of a store: `createSignIn({ registry, ...store })`. */
export interface Store<A> {
  /**
   * @throws PassliftError `ERR_STORE_ROW` where several rows have this login, or a row is not as the options say
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for a login that is no text
   */
  readonly find: (login: string) => Promise<FoundAccount<A> | null>
  /** Stores the new digest in one statement, where every column of the digest still is as it was found. */
  readonly replaceDigest: (found: FoundAccount<A>, next: Replacement) => Promise<boolean>
  readonly accountOf: (found: FoundAccount<A>) => A
}

/** A store, and the look at its table. */
export interface OpenedStore<A> {
  readonly store: Store<A>
  /**
   * Looks whether the columns are there and wide enough for a new digest, which the registry makes for it. Call it when an
   * application starts.
   *
   * @throws PassliftError `ERR_STORE_COLUMN`, which names the columns
   */
  readonly checkColumns: (registry: Pick<Registry, 'hash'>) => Promise<void>
}
