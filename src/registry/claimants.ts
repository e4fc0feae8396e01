import type { Hasher } from '../hasher/hasher.js'

/** Finds the hashers that claim a digest, the likeliest first. */
export type FindClaimants = (digest: string) => readonly Hasher[]

interface Entry {
  readonly hasher: Hasher
  /** The hasher alone. */
  readonly list: readonly Hasher[]
}

const NONE: readonly Hasher[] = []
const KEY_LENGTH = 2

/**
 * Indexes hashers by the first two characters of what they claim, so that a digest is shown to a few of them and not
 * to all. Hashers without a prefix, or with a shorter one, are shown everything.
 */
export function indexClaimants(hashers: readonly Hasher[]): FindClaimants {
  const isBare = ({ prefixes }: Hasher): boolean =>
    prefixes.length === 0 || prefixes.some((prefix) => prefix.length < KEY_LENGTH)
  // Nearly every digest has one claimant: its list is made once.
  const entries = hashers.map((hasher) => ({ hasher, list: [hasher] }))
  const bare = entries.filter(({ hasher }) => isBare(hasher))
  const byStart = new Map<number, readonly Entry[]>()
  for (const start of hashers.flatMap(({ prefixes }) => prefixes)) {
    if (start.length < KEY_LENGTH) continue
    const key = keyOf(start)
    const isAlike = ({ prefixes }: Hasher): boolean => prefixes.some((prefix) => keyOf(prefix) === key)
    byStart.set(
      key,
      entries.filter(({ hasher }) => isBare(hasher) || isAlike(hasher)),
    )
  }

  return (digest) => {
    let alone: Entry | undefined
    let several: Hasher[] | undefined
    for (const entry of byStart.get(keyOf(digest)) ?? bare) {
      if (!entry.hasher.identify(digest)) continue
      if (alone === undefined) alone = entry
      else several = [...(several ?? alone.list), entry.hasher]
    }
    return several ?? alone?.list ?? NONE
  }
}

/** Both characters in one number; of a shorter text NaN, under which nothing is indexed. */
function keyOf(text: string): number {
  return text.charCodeAt(0) * 2 ** 16 + text.charCodeAt(1)
}
