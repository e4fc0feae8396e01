import type { Hasher } from './hasher.js'

/** Finds the hashers that claim a digest, the likeliest first. */
export type Claimants = (digest: string) => readonly Hasher[]

const NONE: readonly Hasher[] = []

/**
 * Indexes hashers by the first character of what they claim, so that a digest is shown to a few of them and not to
 * all. Hashers without a prefix are shown everything.
 */
export function indexClaimants(hashers: readonly Hasher[]): Claimants {
  const initials = new Set(hashers.flatMap(({ prefixes }) => prefixes.map((prefix) => prefix.charCodeAt(0))))
  const bare = hashers.filter(({ prefixes }) => prefixes.length === 0)
  const byInitial = new Map<number, readonly Hasher[]>()
  for (const initial of initials) {
    const startsAlike = ({ prefixes }: Hasher): boolean =>
      prefixes.length === 0 || prefixes.some((prefix) => prefix.charCodeAt(0) === initial)
    byInitial.set(initial, hashers.filter(startsAlike))
  }
  // Nearly every digest has one claimant: its list is made once.
  const alone = new Map(hashers.map((hasher) => [hasher, Object.freeze([hasher])]))

  return (digest) => {
    let first: Hasher | undefined
    let several: Hasher[] | undefined
    for (const hasher of byInitial.get(digest.charCodeAt(0)) ?? bare) {
      if (!hasPrefix(hasher.prefixes, digest) || !hasher.identify(digest)) continue
      if (first === undefined) first = hasher
      else several = [...(several ?? [first]), hasher]
    }
    if (first === undefined) return NONE
    return several ?? alone.get(first) ?? NONE
  }
}

function hasPrefix(prefixes: readonly string[], digest: string): boolean {
  if (prefixes.length === 0) return true
  for (const prefix of prefixes) if (digest.startsWith(prefix)) return true
  return false
}
