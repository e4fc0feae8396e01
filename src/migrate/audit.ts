import { bcryptTarget, builtinHashers, createRegistry } from '../index.js'
import type { Hasher, ParsedDigest, Policy, Standing } from '../index.js'
import { ADVICE } from './account.js'
import type { Account } from './account.js'
import { createDamageCounter, isMasked, LOWER_CASED, MASKED, ownerOf, reasonOf } from './damages.js'
import type { Damage, Owner } from './damages.js'
import { hasCapitals, isLowerCased } from './lower-cased.js'
import { POLICIES } from './policies.js'
import { createRepeatCounter } from './repeats.js'
import type { Repeats } from './repeats.js'

const MAX_PARAMETERS = 10_000
const HOUR = 3_600_000
// The length of a password for which costs are estimated.
const TYPICAL_BYTES = 64

export interface AuditOptions {
  /** The hashers that the accounts are to be verified with; default all of this package. */
  readonly hashers?: readonly Hasher[]
  /** Whether to say whose the example and damaged rows are, by id and login; default false. */
  readonly logins?: boolean
}

export interface HasherCount {
  readonly name: string
  readonly standing: Standing
  readonly count: number
  /** The parameters of the cheapest and of the dearest of its digests. */
  readonly cheapest: Parameters
  readonly dearest: Parameters
  /** A row that has one. */
  readonly line: number
  /** Whose that row is; only where the audit was asked for logins. */
  readonly account?: Owner
}

export type Parameters = Readonly<Record<string, string | number>>

/** What an export holds. No member holds a digest or a part of one, nor an id or a login unless they were asked for. */
export interface Audit {
  readonly rows: number
  readonly withoutPassword: number
  readonly verifiable: number
  readonly unknown: number
  readonly malformed: number
  readonly tooCostly: number
  readonly hashers: readonly HasherCount[]
  readonly damage: readonly Damage[]
  /** Rows that name a hasher which does not exist, and rows whose digest is of another than they name. */
  readonly names: { readonly other: number; readonly denied: number }
  /** How many digests each policy replaces when all users sign in. */
  readonly rehash: Readonly<Record<Policy, number>>
  readonly equalDigests: Repeats
  readonly repeatedSalts: Repeats
  /** Hours of one core: to sign everybody in once, and to make a new digest of every one that the policy `insecure` replaces. */
  readonly coreHours: { readonly signIn: number; readonly harden: number }
}

export interface Auditor {
  /** Takes an account into the counts. */
  readonly add: (account: Account) => void
  readonly result: () => Audit
}

interface Tally {
  name: string
  standing: Standing
  count: number
  owner: Owner
  cheapest: Sample
  dearest: Sample
}

interface Sample {
  milliseconds: number
  params: Parameters
}

/** Makes an auditor, which counts accounts one at a time in memory that hardly grows with them. */
export function createAuditor({ hashers = builtinHashers, logins = false }: AuditOptions = {}): Auditor {
  const registries = new Map(POLICIES.map((policy) => [policy, createRegistry({ hashers, policy })]))
  const [registry] = registries.values()
  if (registry === undefined) throw new TypeError('There is a policy.')
  const targetMilliseconds = bcryptTarget().cost(TYPICAL_BYTES).milliseconds
  const known = new Set(hashers.flatMap(({ name, aliases }) => [name, ...aliases]))
  const byName = new Map(hashers.map((hasher) => [hasher.name, hasher]))
  const withCapitals = new Set(hashers.filter(hasCapitals).map(({ name }) => name))
  const counts = { rows: 0, withoutPassword: 0, verifiable: 0, unknown: 0, malformed: 0, tooCostly: 0 }
  const names = { other: 0, denied: 0 }
  const rehash = { insecure: 0, dated: 0, converge: 0 }
  const tallies = new Map<string, Tally>()
  const damage = createDamageCounter({ logins })
  // The policies that replace a hasher's digests with the same parameters.
  const kinds = new Map<string, readonly Policy[]>()
  const digests = createRepeatCounter()
  const salts = createRepeatCounter()
  let signInMilliseconds = 0

  const replacedBy = (account: Account, parsed: ParsedDigest): readonly Policy[] => {
    const key = keyOf(parsed)
    const cached = kinds.get(key)
    if (cached !== undefined) return cached
    const options = { hasher: account.hasher ?? null }
    const policies = POLICIES.filter(
      (policy) => registries.get(policy)?.needsRehash(account.digest, options) === true,
    )
    // A hostile file has other parameters in every row.
    if (kinds.size < MAX_PARAMETERS) kinds.set(key, policies)
    return policies
  }

  const addParsed = (account: Account, digest: string, parsed: ParsedDigest): void => {
    const { hasher, standing, cost, params, admitted } = parsed
    const sample = { milliseconds: cost.milliseconds, params }
    const name = `${hasher} ${standing}`
    const tally = tallies.get(name)
    if (tally === undefined) {
      tallies.set(name, {
        ...{ name: hasher, standing, count: 1, owner: ownerOf(account) },
        ...{ cheapest: sample, dearest: sample },
      })
    } else {
      tally.count++
      if (cost.milliseconds < tally.cheapest.milliseconds) tally.cheapest = sample
      if (cost.milliseconds > tally.dearest.milliseconds) tally.dearest = sample
    }
    digests.add(digest)
    const blanked = byName.get(hasher)?.blank?.(digest)
    if (blanked !== undefined && isSalted(blanked, byName.get(hasher))) salts.add(blanked)
    if (!admitted) {
      counts.tooCostly++
      return
    }
    counts.verifiable++
    const policies = replacedBy(account, parsed)
    for (const policy of policies) rehash[policy]++
    signInMilliseconds += cost.milliseconds + (policies.includes('insecure') ? targetMilliseconds : 0)
  }

  return {
    add: (account) => {
      counts.rows++
      const { digest, hasher, problem } = account
      if (problem !== undefined) {
        counts.malformed++
        damage.add(account, { kind: problem, advice: ADVICE[problem] })
        return
      }
      if (digest === null) {
        counts.withoutPassword++
        return
      }
      const parsed = registry.parse(digest, hasher === undefined ? undefined : { hasher })
      if (hasher !== undefined && !known.has(toName(hasher))) names.other++
      if (parsed.outcome === 'parsed') {
        if (withCapitals.has(parsed.hasher) && isLowerCased(digest)) {
          counts.malformed++
          damage.add(account, LOWER_CASED)
          return
        }
        if (hasher !== undefined && known.has(toName(hasher)) && !isNamed(byName.get(parsed.hasher), hasher))
          names.denied++
        addParsed(account, digest, parsed)
      } else if (parsed.outcome !== 'unusable') {
        counts[parsed.outcome]++
        damage.add(account, reasonOf(parsed, digest))
      } else if (isMasked(digest)) {
        counts.unknown++
        damage.add(account, MASKED)
      } else {
        counts.withoutPassword++
      }
    },
    result: () => ({
      ...counts,
      hashers: Array.from(tallies.values(), ({ cheapest, dearest, owner, ...tally }) => ({
        ...{ ...tally, line: owner.line, cheapest: cheapest.params, dearest: dearest.params },
        ...(logins && { account: owner }),
      })).toSorted((first, second) => second.count - first.count),
      damage: damage.list(),
      names,
      rehash,
      equalDigests: digests.count(),
      repeatedSalts: salts.count(),
      coreHours: {
        signIn: signInMilliseconds / HOUR,
        harden: (rehash.insecure * targetMilliseconds) / HOUR,
      },
    }),
  }
}

/** Whether something stands in a blanked digest beside the prefix and the zeros of its checksum. */
function isSalted(blanked: string, hasher: Hasher | undefined): boolean {
  const prefix = hasher?.prefixes.find((one) => blanked.startsWith(one)) ?? ''
  return !/^\$?(.)\1*=*$/.test(blanked.slice(prefix.length))
}

/** A text for the hasher and the parameters of a digest. */
function keyOf({ hasher, params, admitted }: ParsedDigest): string {
  let key = admitted ? hasher : `!${hasher}`
  for (const name in params) key += ` ${name} ${params[name] ?? ''}`
  return key
}

function toName(hasher: string): string {
  return hasher.trim().toLowerCase().replaceAll('-', '_')
}

function isNamed(hasher: Hasher | undefined, named: string): boolean {
  const name = toName(named)
  return hasher?.name === name || hasher?.aliases.includes(name) === true
}

/** Audits accounts: what they hold, what cannot be verified, and what would be replaced. */
export async function audit(
  accounts: AsyncIterable<readonly Account[]>,
  options?: AuditOptions,
): Promise<Audit> {
  const auditor = createAuditor(options)
  for await (const batch of accounts) for (const account of batch) auditor.add(account)
  return auditor.result()
}
