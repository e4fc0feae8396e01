import type { Account } from '../account.js'
import type { Parts } from './parts.js'
import type { Spelled } from './spell.js'

/** The digest of an account, and the hasher that reads it. */
export interface Digest {
  readonly hasher: string
  readonly text: string
  /** Reads its parts; undefined where only the hasher knows its spelling, or reads it in several ways. */
  readonly parts: () => Parts | undefined
}

/** An account as the system takes it. */
export interface Row {
  /** A text, or the cells of a row of CSV. */
  readonly value: string | readonly string[]
  /**
   * The digest as it was written, where that is another text: in a spelling that a hasher reads, or as the parts that the written
   * row was read back to. Undefined where the row has the digest's own text, or none.
   */
  readonly rewritten?: Spelled | Parts | undefined
  /** The settings that the row shares with the others of its file, where a system takes one file for each. */
  readonly group?: string
}

/** Why a system does not take an account. It holds nothing of the account. */
export interface Refusal {
  readonly refused: string
}

/** What imports a file. */
export interface Import {
  /** The words in front of the file's name, and those behind it. */
  readonly command: readonly string[]
  readonly options: readonly string[]
  /** The option whose value is a key: it goes to a file of its own, and never on a command line that is printed. */
  readonly key?: { readonly option: string; readonly text: string }
}

/** Writes what one system imports. */
export interface Writer {
  readonly name: string
  /** What stands before the rows, between them and behind them. */
  readonly begin: string
  readonly between: string
  readonly end: string
  /** Whether rows are cells of CSV. */
  readonly isCsv: boolean
  /** Whether it takes every account that could be read, whatever its digest. */
  readonly takesAll?: true
  /** The most bytes of a file; further rows go to further files. */
  readonly maxBytes?: number
  /** Writes an account; without a digest where it has no password. */
  readonly write: (account: Account, digest: Digest | undefined) => Row | Refusal
  readonly importBy?: (group: string) => Import
}

/** The spelling of a system for each kind of digest that it takes. A refusal says more than that it takes none. */
export type Spellings = {
  readonly [K in Parts['kind']]?: (
    parts: Extract<Parts, { readonly kind: K }>,
  ) => Spelled | Refusal | undefined
}

/** A digest as a system takes it, and whether its text is another one now. */
export interface Taken {
  readonly spelled: Spelled
  readonly isRewritten: boolean
}

/** Finds the spelling of a digest: its own for the hashers in `kept`, otherwise that of its kind. */
export function take(
  digest: Digest,
  { name, kept, spellings }: { readonly name: string; readonly kept?: Kept; readonly spellings: Spellings },
): Taken | Refusal {
  const { hasher, text } = digest
  if (kept?.get(hasher)?.test(text) === true) return { spelled: { hasher, text }, isRewritten: false }
  const parts = digest.parts()
  const spelled = parts === undefined ? undefined : spellWith(spellings, parts)
  if (spelled === undefined) return { refused: `${name} takes no ${hasher}` }
  return isRefusal(spelled) ? spelled : { spelled, isRewritten: spelled.text !== text }
}

/** The hashers whose digests a system takes as they are, with the pattern that they must have. */
type Kept = ReadonlyMap<string, RegExp>

function spellWith(spellings: Spellings, parts: Parts): Spelled | Refusal | undefined {
  switch (parts.kind) {
    case 'argon2':
      return spellings.argon2?.(parts)
    case 'bcrypt':
      return spellings.bcrypt?.(parts)
    case 'digest':
      return spellings.digest?.(parts)
    case 'firebase':
      return spellings.firebase?.(parts)
    case 'hmac':
      return spellings.hmac?.(parts)
    case 'pbkdf2':
      return spellings.pbkdf2?.(parts)
    case 'phpass':
      return spellings.phpass?.(parts)
    case 'scrypt':
      return spellings.scrypt?.(parts)
  }
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value
}

/** The digest of a row, where its text is another than before. Rows are made without a spread: a million of them would take twice as long. */
export function rewrittenOf(taken: Taken | undefined): Spelled | undefined {
  return taken?.isRewritten === true ? taken.spelled : undefined
}

/** Whether a login is an address of e-mail, as far as systems look before they import it. */
export function isEmail(login: string | undefined): login is string {
  return login !== undefined && /^[^\s@]+@[^\s@]+$/.test(login)
}

export const NO_EMAIL: Refusal = { refused: 'no address of e-mail' }
export const NO_ID: Refusal = { refused: 'no id' }
// A text of these stands in JSON as it is.
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/

/** A text as JSON. JSON.stringify takes twice as long for the texts that need no escape. */
export function quoteJson(text: string): string {
  return NEEDS_NO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** The frame of a list in JSON, a row a line. */
export const JSON_LIST = { begin: '[\n', between: ',\n', end: '\n]\n', isCsv: false } as const

/** The frame of CSV with a header. */
export function csvOf(header: readonly string[]): Pick<Writer, 'begin' | 'between' | 'end' | 'isCsv'> {
  return { begin: `${header.map((name) => `"${name}"`).join(',')}\n`, between: '', end: '', isCsv: true }
}
