import type { Hasher } from '../hasher/contract.js'

/** The hashers that may read a digest of a row that names no hasher, the likeliest first. */
export interface Claimants {
  /** The hashers that claim a digest. */
  readonly find: (digest: string) => readonly Hasher[]
  /** A few hashers, among them all that claim a digest: enough for callers that parse the digest anyway. */
  readonly findLikely: (digest: string) => readonly Hasher[]
}

/** The hashers that may claim a digest with one start, in the order that ranks them. */
interface Started {
  readonly any: readonly Hasher[]
  /** The hashers of `any` and those of bare shapes of one length, at the index of that length. */
  readonly byLength: readonly (readonly Hasher[] | undefined)[]
}

const KEY_LENGTH = 2
const BRACE = 0x7b
const LOWER_CASE = 0x20

/**
 * Indexes hashers by the tags in braces or by the first two characters of their prefixes, and bare shapes by their lengths, so
 * that a digest is shown to a few hashers and not to all. Hashers with none of these are shown every digest. Hashers that read
 * only rows which name them are shown none.
 */
export function indexClaimants(all: readonly Hasher[]): Claimants {
  const hashers = all.filter(({ onlyNamed }) => !onlyNamed)
  const ranks = new Map(hashers.map((hasher, rank) => [hasher, rank]))
  const inOrder = (found: ReadonlySet<Hasher>): readonly Hasher[] =>
    Array.from(found).sort((first, second) => (ranks.get(first) ?? 0) - (ranks.get(second) ?? 0))

  const ofLength: Hasher[][] = []
  for (const hasher of hashers) {
    for (const length of hasher.lengths ?? []) (ofLength[length] ??= []).push(hasher)
  }
  const hasShortPrefix = ({ prefixes }: Hasher): boolean => prefixes.some(({ length }) => length < KEY_LENGTH)
  const shownAll = hashers.filter(
    (hasher) => hasShortPrefix(hasher) || (hasher.prefixes.length === 0 && hasher.lengths === undefined),
  )
  const indexStarted = (started: Iterable<Hasher>): Started => ({
    any: inOrder(new Set([...shownAll, ...started])),
    byLength: ofLength.map((bare) => inOrder(new Set([...shownAll, ...started, ...bare]))),
  })

  const starting = new Map<string | number, Set<Hasher>>()
  for (const hasher of hashers) {
    for (const prefix of hasher.prefixes.filter(({ length }) => length >= KEY_LENGTH)) {
      const start = tagOf(prefix) ?? keyOf(prefix)
      starting.set(start, (starting.get(start) ?? new Set()).add(hasher))
    }
  }
  const byStart = new Map<string | number | undefined, Started>()
  for (const [start, started] of starting) {
    // A text with a tag may begin with a prefix that has none.
    const untagged = typeof start === 'string' ? starting.get(keyOf(start)) : undefined
    byStart.set(start, indexStarted([...started, ...(untagged ?? [])]))
  }
  const others = indexStarted([])

  const findLikely: Claimants['findLikely'] = (digest) => {
    const { any, byLength } = byStart.get(tagOf(digest)) ?? byStart.get(keyOf(digest)) ?? others
    return byLength[digest.length] ?? any
  }
  return {
    findLikely,
    find: (digest) => findLikely(digest).filter((hasher) => hasher.identify(digest)),
  }
}

/**
 * The first two characters of a text in one number, without case after a brace. A shorter text gives NaN, under which nothing
 * is indexed.
 */
function keyOf(text: string): number {
  const first = text.charCodeAt(0)
  const second = text.charCodeAt(1)
  return first * 2 ** 16 + (first === BRACE ? second | LOWER_CASE : second)
}

/** The tag in braces that a text begins with, such as `{SSHA}`, in lower case; undefined where it begins with none. */
function tagOf(text: string): string | undefined {
  if (text.charCodeAt(0) !== BRACE) return undefined
  const end = text.indexOf('}')
  return end < 0 ? undefined : text.slice(0, end + 1).toLowerCase()
}
