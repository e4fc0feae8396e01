import { guardEngine } from '../compute/engine.js'
import type { Engine, Engines } from '../compute/engine.js'
import { JOB_KINDS } from '../compute/job.js'
import type { JobKind } from '../compute/job.js'
import type { AnyEngine } from '../compute/kind.js'
import { RegistryError } from '../errors.js'
import type { Hasher } from '../hasher/contract.js'
import { MadeHasher } from '../hasher/made-hasher.js'
import type { Target } from '../hasher/target.js'
import { BOOLEAN, isFunction, isRecord, oneOf, openOptions } from '../options.js'
import type { OptionReader, OptionType } from '../options.js'
import { sharedRuntime } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import { indexClaimants } from './claimants.js'
import { resolveLimits } from './limits.js'
import type { Limits } from './limits.js'
import { indexNames } from './names.js'
import { POLICIES, TYPICAL_PASSWORD_BYTES } from './policy.js'
import type { Policy } from './policy.js'
import { warnOfRehashError } from './warnings.js'
import type { HasherIndex } from './work.js'

export interface RegistryOptions {
  /** The hashers whose digests the registry knows, the likeliest first where several claim the same digest. */
  readonly hashers: readonly Hasher[]
  /** The target, which makes new digests; the hashers of its forms are added to the others. */
  readonly target: Target
  /** The names that your own rows have for hashers: `{ django: 'pbkdf2_sha256_django' }`. */
  readonly names?: Readonly<Record<string, string>>
  /** The policy that says which digests a match replaces; default `insecure`. */
  readonly policy?: Policy
  /** The most that one check may cost; default 4 s, 512 MiB (or half of the available memory if that is less), 64 lanes. */
  readonly limits?: Partial<Limits>
  /** Whether the target makes a digest beside a check that is cheaper than that, so that all take as long; default true. */
  readonly equalize?: boolean
  /** The runtime that runs the jobs; default the one that all registries share. */
  readonly runtime?: Runtime
  /** Engines that replace the built-in ones, by the kind of work. */
  readonly engines?: Engines
  /** Called with the error of a replacement that failed; default `process.emitWarning`, without the error's text. */
  readonly onRehashError?: (error: unknown) => unknown
}

/** The options of a registry, copied once. */
export interface RegistrySettings {
  /** Every hasher, in the order that ranks them. */
  readonly hashers: readonly Hasher[]
  readonly index: HasherIndex
  readonly target: Target
  readonly policy: Policy
  readonly limits: Limits
  readonly equalize: boolean
  readonly runtime: Runtime
  /** Engines that replace the built-in ones, each held to known answers. */
  readonly engines: ReadonlyMap<JobKind, AnyEngine>
  /** Jobs estimated to take longer than this, in milliseconds, never hold all places. */
  readonly heavyAbove: number
  readonly onRehashError: (error: unknown) => unknown
}

const NAMES = [
  'hashers',
  'target',
  'names',
  'policy',
  'limits',
  'equalize',
  'runtime',
  'engines',
  'onRehashError',
] as const

// A check longer than twice the target's time would hold up the sign-ins of other users, so such checks never hold all places.
const HEAVY_TARGETS = 2

/**
 * Checks and copies the options of a registry.
 *
 * @throws RegistryError for an option that is missing, misspelled or of the wrong type, and for two hashers of one name
 */
export function resolveRegistryOptions(options: RegistryOptions): RegistrySettings {
  const { read, require } = openRegistryOptions(options)
  const target = require('target', TARGET)
  const own = require('hashers', HASHERS)
  const limits = resolveLimits(read('limits', ANYTHING))
  assertAdmits(limits, target)
  const hashers = Object.freeze([...own, ...target.hashers.filter((form) => !own.includes(form))])
  return Object.freeze({
    hashers,
    index: Object.freeze({
      findNamed: indexNames(hashers, target.hashers, read('names', ANYTHING)),
      claimants: indexClaimants(hashers),
      targetClaimants: indexClaimants(target.hashers),
      onlyNamed: hashers.filter(({ onlyNamed, delegates }) => onlyNamed && !delegates),
    }),
    target,
    policy: read('policy', oneOf(POLICIES)) ?? 'insecure',
    limits,
    equalize: read('equalize', BOOLEAN) ?? true,
    runtime: read('runtime', RUNTIME) ?? sharedRuntime(),
    engines: resolveEngines(read('engines', ANYTHING)),
    heavyAbove: HEAVY_TARGETS * target.cost(TYPICAL_PASSWORD_BYTES).milliseconds,
    onRehashError: read('onRehashError', LISTENER) ?? warnOfRehashError,
  })
}

/** Refuses limits below the target's cost: a digest that the registry makes and then refuses would lock its user out. */
function assertAdmits(limits: Limits, target: Target): void {
  const { bytes, lanes } = target.cost(TYPICAL_PASSWORD_BYTES)
  if (bytes <= limits.bytes && lanes <= limits.lanes) return
  const name = bytes <= limits.bytes ? 'lanes' : 'bytes'
  throw new RegistryError(
    'ERR_REGISTRY_OPTION',
    `createRegistry: target makes digests over limits.${name}, ${limits[name]} here. Raise that limit or lower the target.`,
  )
}

/**
 * Opens the options of a registry for reading.
 *
 * @throws RegistryError for options that are no object, and for an option that does not exist
 */
export function openRegistryOptions(options: unknown): OptionReader {
  return openOptions('createRegistry', options, NAMES)
}

/** The type of an option that another function checks: limits, names, engines. */
const ANYTHING: OptionType<unknown> = {
  is: (value): value is unknown => value !== undefined,
  expected: 'anything',
}

const HASHERS: OptionType<readonly Hasher[]> = {
  is: (value): value is readonly Hasher[] =>
    Array.isArray(value) && value.every((item) => MadeHasher.is(item)),
  expected: 'a list of hashers that defineHasher, wrapHasher or defineDelegate made',
}

const TARGET: OptionType<Target> = {
  is: (value): value is Target =>
    hasFunctions(value, ['cost', 'hash']) &&
    'hashers' in value &&
    HASHERS.is(value.hashers) &&
    value.hashers.length > 0,
  expected: 'a target, such as bcryptTarget()',
}

const RUNTIME: OptionType<Runtime> = {
  is: (value): value is Runtime => hasFunctions(value, ['admit', 'run']),
  expected: 'a runtime with admit and run',
}

const LISTENER: OptionType<(error: unknown) => unknown> = {
  is: (value): value is (error: unknown) => unknown => isFunction(value),
  expected: 'a function',
}

function isEngine(value: unknown): boolean {
  return (
    hasFunctions(value, ['compute']) &&
    'name' in value &&
    typeof value.name === 'string' &&
    'usesThreadPool' in value &&
    typeof value.usesThreadPool === 'boolean'
  )
}

function resolveEngines(engines: unknown = {}): ReadonlyMap<JobKind, AnyEngine> {
  const { read } = openOptions('createRegistry: engines', engines, JOB_KINDS)
  const readEngine = <K extends JobKind>(kind: K): Engine<K> | undefined =>
    read(kind, {
      is: (value): value is Engine<K> => isEngine(value),
      expected: 'an engine with name, usesThreadPool and compute',
    })
  const guarded = new Map<JobKind, AnyEngine>()
  for (const kind of JOB_KINDS) {
    const engine = readEngine(kind)
    if (engine !== undefined) guarded.set(kind, guardEngine(kind, engine))
  }
  return guarded
}

function hasFunctions(value: unknown, names: readonly string[]): value is object {
  return isRecord(value) && names.every((name) => isFunction(value[name]))
}
