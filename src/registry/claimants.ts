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
 * Indexes hashers by the first two characters of their prefixes, and bare shapes by their lengths, so that a digest is shown
 * to a few hashers and not to all. Hashers with neither are shown every digest. Hashers that read only rows which name them
 * are shown none.
 */
export function indexClaimants(all: readonly Hasher[]): Claimants {
  const hashers = all.filter(({ onlyNamed }) => !onlyNamed)
  const hasShortPrefix = ({ prefixes }: Hasher): boolean => prefixes.some(({ length }) => length < KEY_LENGTH)
  const isShownAll = (hasher: Hasher): boolean =>
    hasShortPrefix(hasher) || (hasher.prefixes.length === 0 && hasher.lengths === undefined)

  const isOfLength = (hasher: Hasher, length: number): boolean => hasher.lengths?.includes(length) ?? false

  const shownAll = hashers.filter(isShownAll)
  const lengths = hashers.flatMap((hasher) => hasher.lengths ?? [])
  const indexLengths = (started: readonly Hasher[]): Started => ({
    any: started,
    byLength: Array.from({ length: Math.max(0, ...lengths) + 1 }, (_, length) =>
      lengths.includes(length)
        ? hashers.filter((hasher) => started.includes(hasher) || isOfLength(hasher, length))
        : undefined,
    ),
  })
  const others = indexLengths(shownAll)
  const byStart = new Map<number, Started>()
  for (const start of hashers.flatMap(({ prefixes }) => prefixes)) {
    if (start.length < KEY_LENGTH) continue
    const key = keyOf(start)
    const isAlike = ({ prefixes }: Hasher): boolean => prefixes.some((prefix) => keyOf(prefix) === key)
    byStart.set(key, indexLengths(hashers.filter((hasher) => isShownAll(hasher) || isAlike(hasher))))
  }

  const findLikely: Claimants['findLikely'] = (digest) => {
    const { any, byLength } = byStart.get(keyOf(digest)) ?? others
    return byLength[digest.length] ?? any
  }
  return {
    findLikely,
    find: (digest) => findLikely(digest).filter((hasher) => hasher.identify(digest)),
  }
}

/**
 * The first two characters of a text in one number, without case in a tag in braces. A shorter text gives NaN, under which
 * nothing is indexed.
 */
function keyOf(text: string): number {
  const first = text.charCodeAt(0)
  const second = text.charCodeAt(1)
  return first * 2 ** 16 + (first === BRACE ? second | LOWER_CASE : second)
}
