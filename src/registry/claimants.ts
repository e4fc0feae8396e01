import type { Hasher } from '../hasher/contract.js'

/** Finds the hashers that claim a digest, the likeliest first. */
export type FindClaimants = (digest: string) => readonly Hasher[]

interface Entry {
  readonly hasher: Hasher
  /** The hasher alone. */
  readonly list: readonly Hasher[]
}

/** Who may claim a digest with one start, in the order that ranks them. */
interface Started {
  readonly any: readonly Entry[]
  /** At the place of a length: with those of bare shapes that have it. */
  readonly byLength: readonly (readonly Entry[] | undefined)[]
}

const NONE: readonly Hasher[] = []
const KEY_LENGTH = 2
const BRACE = 0x7b
const LOWER_CASE = 0x20

/**
 * Indexes hashers by the first two characters of what they claim, and bare shapes by their lengths, so that a digest is shown to
 * a few of them and not to all. Those that have neither are shown everything; those that read only rows which name them, nothing.
 */
export function indexClaimants(hashers: readonly Hasher[]): FindClaimants {
  // Nearly every digest has one claimant: its list is made once.
  const entries = hashers.filter(({ onlyNamed }) => !onlyNamed).map((hasher) => ({ hasher, list: [hasher] }))
  const hasShortPrefix = ({ prefixes }: Hasher): boolean => prefixes.some(({ length }) => length < KEY_LENGTH)
  const isShownAll = ({ hasher }: Entry): boolean =>
    hasShortPrefix(hasher) || (hasher.prefixes.length === 0 && hasher.lengths === undefined)

  const isOfLength = (entry: Entry, length: number): boolean =>
    entry.hasher.lengths?.includes(length) ?? false

  const shownAll = entries.filter(isShownAll)
  const lengths = entries.flatMap(({ hasher }) => hasher.lengths ?? [])
  const indexLengths = (started: readonly Entry[]): Started => ({
    any: started,
    byLength: Array.from({ length: Math.max(0, ...lengths) + 1 }, (_, length) =>
      lengths.includes(length)
        ? entries.filter((entry) => started.includes(entry) || isOfLength(entry, length))
        : undefined,
    ),
  })
  const others = indexLengths(shownAll)
  const byStart = new Map<number, Started>()
  for (const start of entries.flatMap(({ hasher }) => hasher.prefixes)) {
    if (start.length < KEY_LENGTH) continue
    const key = keyOf(start)
    const isAlike = ({ prefixes }: Hasher): boolean => prefixes.some((prefix) => keyOf(prefix) === key)
    byStart.set(key, indexLengths(entries.filter((entry) => isShownAll(entry) || isAlike(entry.hasher))))
  }

  return (digest) => {
    const { any, byLength } = byStart.get(keyOf(digest)) ?? others
    let alone: Entry | undefined
    let several: Hasher[] | undefined
    for (const entry of byLength[digest.length] ?? any) {
      if (!entry.hasher.identify(digest)) continue
      if (alone === undefined) alone = entry
      else several = [...(several ?? alone.list), entry.hasher]
    }
    return several ?? alone?.list ?? NONE
  }
}

/** Both characters in one number, of a tag in braces without case; of a shorter text NaN, under which nothing is indexed. */
function keyOf(text: string): number {
  const first = text.charCodeAt(0)
  const second = text.charCodeAt(1)
  return first * 2 ** 16 + (first === BRACE ? second | LOWER_CASE : second)
}
