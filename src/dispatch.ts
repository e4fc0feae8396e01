import type { Hasher } from './hasher.js'

/** Finds the hashers that claim a digest, the likeliest first. */
export type Claimants = (digest: string) => readonly Hasher[]

const NONE: readonly Hasher[] = []

/**
 * Indexes hashers by the first two characters of what they claim, so that a digest is shown to a few of them and not
 * to all. Hashers without a prefix, or with a shorter one, are shown everything.
 */
export function indexClaimants(hashers: readonly Hasher[]): Claimants {
  const isBare = ({ prefixes }: Hasher): boolean =>
    prefixes.length === 0 || prefixes.some((prefix) => prefix.length < KEY_LENGTH)
  const bare = hashers.filter(isBare)
  const byStart = new Map<number, readonly Hasher[]>()
  for (const start of hashers.flatMap(({ prefixes }) => prefixes)) {
    const key = keyOf(start)
    const startsAlike = ({ prefixes }: Hasher): boolean => prefixes.some((prefix) => keyOf(prefix) === key)
    byStart.set(
      key,
      hashers.filter((hasher) => isBare(hasher) || startsAlike(hasher)),
    )
  }
  // Nearly every digest has one claimant: its list is made once.
  const alone = new Map(hashers.map((hasher) => [hasher, Object.freeze([hasher])]))

  return (digest) => {
    let first: Hasher | undefined
    let several: Hasher[] | undefined
    for (const hasher of byStart.get(keyOf(digest)) ?? bare) {
      if (!hasher.identify(digest)) continue
      if (first === undefined) first = hasher
      else several = [...(several ?? [first]), hasher]
    }
    if (first === undefined) return NONE
    return several ?? alone.get(first) ?? NONE
  }
}

const KEY_LENGTH = 2

/** Of a shorter text it is no number, and nothing is found under it. */
function keyOf(text: string): number {
  return text.charCodeAt(0) * 2 ** 16 + text.charCodeAt(1)
}
