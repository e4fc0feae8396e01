import type { Registry } from '../index.js'
import type { Account } from './account.js'
import { shorten } from './shorten.js'

const MAX_LINES = 5

/** Of a digest that a column without case changed, and that a hasher reads nevertheless. */
export const LOWER_CASED: Reason = {
  kind: 'case-changed',
  advice: 'Export it again, from a column that tells small letters from capitals.',
}
/** Of stars in the place of a digest. One star or two mean that an account has no password. */
export const MASKED: Reason = {
  kind: 'masked',
  advice: 'Ask for an export that shows the digests.',
}
const MALFORMED_ADVICE =
  'It begins like a digest of this hasher, and is none. Compare it with the data base, and the column with 255 characters.'
const UNKNOWN_ADVICE = 'Name its hasher; where there is none, `defineHasher` makes one.'

/** Rows that cannot be verified for the same reason. */
export interface Damage {
  /** What the digest looks like, or what is wrong with the row. */
  readonly kind: string
  readonly count: number
  /** The first rows. */
  readonly lines: readonly number[]
  /** Of digests that are too short: the length of at least half of them, which is that of the column that cut them. */
  readonly characters?: number
  /** What to do. */
  readonly advice?: string
  /** Whose the first rows are; only where the audit was asked for logins. */
  readonly accounts?: readonly Owner[]
}

/** Whose a row is, in at most 64 characters each. */
export interface Owner {
  readonly line: number
  readonly id: string
  readonly login?: string
}

export interface Reason {
  readonly kind: string
  readonly advice?: string | undefined
  /** The length of a digest that may have been cut. */
  readonly characters?: number | undefined
}

export interface DamageCounter {
  readonly add: (account: Account, reason: Reason) => void
  readonly list: () => readonly Damage[]
}

type Unread = Extract<ReturnType<Registry['parse']>, { outcome: 'malformed' | 'unknown' }>

interface Group {
  count: number
  readonly owners: Owner[]
  readonly advice: string | undefined
  readonly lengths: Map<number, number>
}

/** Makes a counter of damaged rows by their reason, the commonest first. */
export function createDamageCounter({ logins }: { readonly logins: boolean }): DamageCounter {
  const groups = new Map<string, Group>()
  return {
    add: (account, { kind, advice, characters }) => {
      const group = groups.get(kind) ?? { count: 0, owners: [], advice, lengths: new Map<number, number>() }
      group.count++
      if (group.owners.length < MAX_LINES) group.owners.push(ownerOf(account))
      if (characters !== undefined) group.lengths.set(characters, (group.lengths.get(characters) ?? 0) + 1)
      groups.set(kind, group)
    },
    list: () =>
      Array.from(groups, ([kind, group]) => {
        const characters = commonLengthOf(group)
        return {
          kind,
          count: group.count,
          lines: group.owners.map(({ line }) => line),
          ...(characters !== undefined && { characters }),
          ...(group.advice !== undefined && { advice: group.advice }),
          ...(logins && { accounts: group.owners }),
        }
      }).toSorted((first, second) => second.count - first.count),
  }
}

export function ownerOf({ line, id, login }: Account): Owner {
  return { line, id: shorten(id), ...(login !== undefined && { login: shorten(login) }) }
}

/** Why a digest that no hasher can read is not one, and what to do. */
export function reasonOf(unread: Unread, digest: string): Reason {
  const { looksLike, advice } = unread
  const isMalformed = unread.outcome === 'malformed'
  const isShort = looksLike === 'cut-short' || (isMalformed && unread.problem === 'length')
  return {
    kind: looksLike ?? (isMalformed ? `${unread.hasher}: ${unread.problem}` : 'unknown'),
    advice: advice ?? (isMalformed ? MALFORMED_ADVICE : UNKNOWN_ADVICE),
    characters: isShort ? digest.length : undefined,
  }
}

export function isMasked(digest: string): boolean {
  return digest.startsWith('****') && digest === '*'.repeat(digest.length)
}

function commonLengthOf({ count, lengths }: Group): number | undefined {
  for (const [length, rows] of lengths) if (rows * 2 >= count) return length
  return undefined
}
