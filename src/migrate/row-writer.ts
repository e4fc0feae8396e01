import { createRegistry } from '../index.js'
import type { Hasher, Registry } from '../index.js'
import { once } from '../once.js'
import type { Account } from './account.js'
import { isMasked } from './damages.js'
import { areSame } from './writers/parts.js'
import { partsOf } from './writers/spellings.js'
import { isRefusal } from './writers/writer.js'
import type { Digest, Refusal, Row, Writer } from './writers/writer.js'

interface Written {
  readonly row: Row
  readonly hasPassword: boolean
}

/** Makes the function that writes an account, or says why its system does not take it. */
export function createRowWriter(
  writer: Writer,
  hashers: readonly Hasher[],
): (account: Account) => Written | Refusal {
  const registry = createRegistry({ hashers })
  const countReadings = createReadingCounter(hashers)
  const refuseText = createTextCheck(writer)
  const writeWith = (account: Account, digest: Digest | undefined): Row | Refusal => {
    const row = writer.write(account, digest)
    return isRefusal(row) || keepsMeaning(countReadings, digest, row)
      ? row
      : { refused: 'the digest would have another meaning' }
  }
  return (account) => {
    const { problem, digest } = account
    if (problem !== undefined) return { refused: `the row could not be read: ${problem}` }
    const bad = refuseText(account)
    if (bad !== undefined) return bad
    if (digest !== null && isMasked(digest)) return { refused: 'the digest is masked: export the true one' }
    if (digest === null || writer.takesAll === true) {
      // A mark such as `!` in the place of a digest is no password.
      const hasPassword =
        digest !== null &&
        (registry.identify(digest).length > 0 || registry.parse(digest).outcome !== 'unusable')
      const row = writer.write(hasPassword ? account : { ...account, digest: null }, undefined)
      return isRefusal(row) ? row : { row, hasPassword }
    }
    const claimed = findDigests(account, digest, { registry, countReadings })
    if (isRefusal(claimed)) return claimed
    if (claimed.isUnusable) {
      const row = writer.write(account, undefined)
      return isRefusal(row) ? row : { row, hasPassword: false }
    }
    const rows = claimed.digests.map((one) => writeWith(account, one))
    const [row, ...others] = rows
    if (row === undefined) return { refused: 'no hasher reads the digest' }
    if (others.length > 0 && !others.every((other) => isEqual(row, other))) {
      return { refused: 'several hashers claim the digest: name one with the option hasher' }
    }
    return isRefusal(row) ? row : { row, hasPassword: true }
  }
}

interface Claimed {
  readonly digests: readonly Digest[]
  readonly isUnusable: boolean
}

/** In how many ways a hasher reads a text. It is asked itself: the verdict of a registry on what is malformed takes long, for its hints. */
type CountReadings = (hasher: string, text: string) => number

function createReadingCounter(hashers: readonly Hasher[]): CountReadings {
  const byName = new Map(hashers.map((hasher) => [hasher.name, hasher]))
  return (name, text) => {
    const readings = byName.get(name)?.parse(text)
    return Array.isArray(readings) ? readings.length : 0
  }
}

/** The ways to read a digest: one where the row names its hasher or one hasher claims it. */
function findDigests(
  { hasher: named }: Account,
  text: string,
  { registry, countReadings }: { readonly registry: Registry; readonly countReadings: CountReadings },
): Claimed | Refusal {
  const digests: Digest[] = []
  for (const hasher of named === undefined ? registry.identify(text) : []) {
    const readings = countReadings(hasher, text)
    if (readings > 0) digests.push(digestOf(hasher, text, readings))
  }
  if (digests.length > 0) return { digests, isUnusable: false }
  const parsed = registry.parse(text, { hasher: named })
  if (parsed.outcome === 'parsed') {
    const { hasher } = parsed
    return { digests: [digestOf(hasher, text, countReadings(hasher, text))], isUnusable: false }
  }
  if (parsed.outcome === 'unusable') return { digests: [], isUnusable: true }
  return {
    refused: parsed.outcome === 'malformed' ? 'the digest is malformed' : 'no hasher reads the digest',
  }
}

/** A digest that can be read in several ways, as where a salt may be text or hexadecimal, keeps its text or is not written. */
function digestOf(hasher: string, text: string, readings: number): Digest {
  return { hasher, text, parts: once(() => (readings === 1 ? partsOf(hasher, text) : undefined)) }
}

/** Whether two ways to read a digest give one row, or one refusal. */
function isEqual(first: Row | Refusal, second: Row | Refusal): boolean {
  if (isRefusal(first) || isRefusal(second)) {
    return isRefusal(first) && isRefusal(second) && first.refused === second.refused
  }
  return first.group === second.group && isSameText(first.value, second.value)
}

function isSameText(first: Row['value'], second: Row['value']): boolean {
  if (typeof first === 'string' || typeof second === 'string') return first === second
  return first.length === second.length && first.every((cell, place) => cell === second[place])
}

/** Whether a digest in another spelling has the parts that it had: its hasher reads it, and reads the same. */
function keepsMeaning(countReadings: CountReadings, digest: Digest | undefined, { rewritten }: Row): boolean {
  if (rewritten === undefined) return true
  const parts = digest?.parts()
  if (parts === undefined) return false
  if ('kind' in rewritten) return areSame(parts, rewritten)
  const { hasher, text } = rewritten
  return countReadings(hasher, text) > 0 && areSame(parts, partsOf(hasher, text))
}

/** Texts that the form of a file cannot hold as they are: NUL in COPY, and lone surrogates where there is no escape for them. */
function createTextCheck({ name, isCsv }: Writer): (account: Account) => Refusal | undefined {
  const isSql = name === 'supabase'
  // JSON has an escape for every text.
  if (!isCsv && !isSql) return () => undefined
  return ({ id, login = '', digest }) => {
    const texts = [id, login, digest ?? '']
    if (isSql && texts.some((text) => text.includes('\0')))
      return { refused: 'a NUL, which COPY cannot hold' }
    const isIllFormed = !texts.every((text) => text.isWellFormed())
    return isIllFormed ? { refused: 'a text that is no Unicode' } : undefined
  }
}
