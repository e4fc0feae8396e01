import { findTooCostly, findWork } from './candidates.js'
import type { HasherIndex } from './candidates.js'
import type { Limits } from './limits.js'
import { readPassword } from './password.js'
import { equalBytes } from './primitives/compare.js'
import { computeChecksum } from './primitives/checksum.js'
import type { Runtime } from './primitives/runtime.js'

/** @throws TypeError where it is no list of texts; null stands for a spent code */
export function assertStoredCodes(stored: unknown): asserts stored is readonly (string | null)[] {
  // Array.from fills the gaps, which `every` would pass over.
  if (!Array.isArray(stored) || !Array.from<unknown>(stored).every(isStoredCode)) {
    throw new TypeError('stored must be a list of strings, with null for a spent code.')
  }
}

function isStoredCode(entry: unknown): boolean {
  return entry === null || typeof entry === 'string'
}

/** The index of the first entry that a code matches. Every entry is tried, so that time does not tell which. */
export async function matchCode(
  code: Uint8Array,
  stored: readonly (string | null)[],
  context: { readonly index: HasherIndex; readonly limits: Limits; readonly runtime: Runtime },
): Promise<number | null> {
  if (code.byteLength === 0) return null
  let match: number | null = null
  for (const [place, entry] of stored.entries()) {
    const matches = entry !== null && (await matchesEntry(code, entry, context))
    if (matches) match ??= place
  }
  return match
}

async function matchesEntry(
  code: Uint8Array,
  entry: string,
  {
    index,
    limits,
    runtime,
  }: { readonly index: HasherIndex; readonly limits: Limits; readonly runtime: Runtime },
): Promise<boolean> {
  // What a form of the target claims is a digest, even a damaged one: its text must never serve as a code.
  if (index.findTargetClaimants(entry).length === 0) return matchesPlain(code, entry)
  const forms: HasherIndex = { ...index, findClaimants: index.findTargetClaimants }
  const work = findWork(forms, entry, { hasherName: undefined, passwordBytes: code.byteLength })
  if (work.outcome !== 'work' || findTooCostly(work, limits) !== undefined) return false
  let matched = false
  for (const { readings } of work.candidates) {
    for (const reading of readings) matched = (await reading.verify(code, runtime)) || matched
  }
  return matched
}

/** Digests of both are compared, so that the time tells nothing of the lengths either. */
function matchesPlain(code: Uint8Array, entry: string): boolean {
  const plain = readPassword(entry)
  return (
    typeof plain !== 'string' && equalBytes(computeChecksum('sha256', code), computeChecksum('sha256', plain))
  )
}
