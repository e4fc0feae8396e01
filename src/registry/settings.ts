import type { HasherIndex } from './work.js'
import { indexClaimants } from './claimants.js'
import { RegistryError } from '../errors.js'
import type { Hasher } from '../hasher/hasher.js'
import { resolveLimits } from './limits.js'
import type { Limits } from './limits.js'
import { indexNames } from './names.js'
import { assertOptionNames, readOption } from '../options.js'
import { POLICIES, TYPICAL_PASSWORD_BYTES } from './policy.js'
import type { Policy } from './policy.js'
import { guardEngine, JOB_KINDS } from '../compute/engine.js'
import type { AnyEngine, Engine, Engines, JobKind } from '../compute/engine.js'
import { sharedRuntime } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import type { Target } from '../hasher/target.js'
import { warnOfRehashError } from './warnings.js'

export interface RegistryOptions {
  /** Whose digests it knows, the likeliest first where several claim one. */
  readonly hashers: readonly Hasher[]
  /** What makes new digests; its own forms are added to the hashers. */
  readonly target: Target
  /** What your rows call a hasher, where that is another name: `{ django: 'pbkdf2_sha256_django' }`. */
  readonly names?: Readonly<Record<string, string>>
  /** Which digests a match replaces; default `insecure`. */
  readonly policy?: Policy
  /** The most that one check may cost; default 4 s, 512 MiB, 64 lanes. */
  readonly limits?: Partial<Limits>
  /** Whether checks that are cheaper than a target hash take its time; default true. */
  readonly equalize?: boolean
  /** Default: one that all registries share. */
  readonly runtime?: Runtime
  /** Engines in the place of the built-in ones, by the kind of work. */
  readonly engines?: Engines
  /** Hears of replacements that failed; default `process.emitWarning`, without the error's text. */
  readonly onRehashError?: (error: unknown) => unknown
}

/** The options, copied once. */
export interface RegistrySettings {
  /** Every hasher, in the order that ranks them. */
  readonly hashers: readonly Hasher[]
  readonly index: HasherIndex
  readonly target: Target
  readonly policy: Policy
  readonly limits: Limits
  readonly equalize: boolean
  readonly runtime: Runtime
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

/** @throws RegistryError for an option that is missing, misspelled or of the wrong type, and for two hashers of one name */
export function resolveRegistryOptions(options: RegistryOptions): RegistrySettings {
  assertRegistryOptions(options)
  const target = requireTarget(readOption(options, 'target'))
  const hashers = resolveHashers(readOption(options, 'hashers'), target)
  return Object.freeze({
    hashers,
    index: Object.freeze({
      findNamed: indexNames(hashers, target.hashers, readOption(options, 'names')),
      findClaimants: indexClaimants(hashers),
      findTargetClaimants: indexClaimants(target.hashers),
    }),
    target,
    policy: resolvePolicy(readOption(options, 'policy')),
    limits: resolveLimits(readOption(options, 'limits')),
    equalize: resolveBoolean(readOption(options, 'equalize')),
    runtime: bindEngines(resolveRuntime(readOption(options, 'runtime')), {
      target,
      engines: resolveEngines(readOption(options, 'engines')),
    }),
    onRehashError: resolveFunction(readOption(options, 'onRehashError')) ?? warnOfRehashError,
  })
}

/** @throws RegistryError for what is no object, or holds an option that does not exist */
export function assertRegistryOptions(options: unknown): void {
  assertOptionNames(options, 'createRegistry', NAMES)
}

function requireTarget(target: unknown): Target {
  if (isTarget(target)) return target
  throw badOption('target', 'a target, such as bcryptTarget()')
}

function isTarget(value: unknown): value is Target {
  return (
    hasFunctions(value, ['cost', 'hash']) &&
    'hashers' in value &&
    Array.isArray(value.hashers) &&
    value.hashers.length > 0 &&
    value.hashers.every(isHasher)
  )
}

function resolveHashers(own: unknown, target: Target): readonly Hasher[] {
  if (!Array.isArray(own) || !own.every(isHasher))
    throw badOption('hashers', 'a list of hashers that defineHasher made')
  return Object.freeze([...own, ...target.hashers.filter((form) => !own.includes(form))])
}

function isHasher(value: unknown): value is Hasher {
  return (
    // A specification has derive; only what defineHasher makes of it has the comparison.
    hasFunctions(value, ['identify', 'parse']) &&
    'name' in value &&
    typeof value.name === 'string' &&
    'prefixes' in value &&
    Array.isArray(value.prefixes) &&
    'aliases' in value &&
    Array.isArray(value.aliases) &&
    !('derive' in value)
  )
}

function resolvePolicy(value: unknown = 'insecure'): Policy {
  const policy = POLICIES.find((known) => known === value)
  if (policy === undefined) throw badOption('policy', POLICIES.join(', '))
  return policy
}

function resolveBoolean(value: unknown = true): boolean {
  if (typeof value === 'boolean') return value
  throw badOption('equalize', 'true or false')
}

function resolveRuntime(value: Runtime | undefined): Runtime {
  if (value === undefined) return sharedRuntime
  if (hasFunctions(value, ['admit', 'run'])) return value
  throw badOption('runtime', 'a runtime with admit and run')
}

// Longer than this a check would hold up the sign-ins of everybody else, so such checks never hold all places.
const HEAVY_TARGETS = 2

function bindEngines(
  { admit, run, engineOf }: Runtime,
  { target, engines }: { readonly target: Target; readonly engines: ReadonlyMap<JobKind, AnyEngine> },
): Runtime {
  const heavyAbove = HEAVY_TARGETS * target.cost(TYPICAL_PASSWORD_BYTES).milliseconds
  return Object.freeze({
    admit,
    // Each an own property, so that a polluted prototype aborts nothing.
    run: (job, options) =>
      run(job, { heavyAbove, engine: engines.get(job.kind), signal: undefined, ...options }),
    engineOf: (kind) => engines.get(kind)?.name ?? engineOf?.(kind) ?? 'custom runtime',
  } satisfies Runtime)
}

function resolveEngines(engines: Engines = {}): ReadonlyMap<JobKind, AnyEngine> {
  assertOptionNames(engines, 'engines', JOB_KINDS)
  const guarded = new Map<JobKind, AnyEngine>()
  const add = <K extends JobKind>(kind: K, engine: Engine<K> | undefined): void => {
    if (engine === undefined) return
    if (
      !hasFunctions(engine, ['compute']) ||
      typeof engine.name !== 'string' ||
      typeof engine.usesThreadPool !== 'boolean'
    ) {
      throw badOption(`engines.${kind}`, 'an engine with name, usesThreadPool and compute')
    }
    guarded.set(kind, guardEngine(kind, engine))
  }
  add('bcrypt', readOption(engines, 'bcrypt'))
  add('argon2', readOption(engines, 'argon2'))
  add('scrypt', readOption(engines, 'scrypt'))
  add('pbkdf2', readOption(engines, 'pbkdf2'))
  add('digest-loop', readOption(engines, 'digest-loop'))
  return guarded
}

function resolveFunction<F>(value: F): F {
  if (value === undefined || typeof value === 'function') return value
  throw badOption('onRehashError', 'a function')
}

function hasFunctions(value: unknown, names: readonly string[]): value is object {
  if (typeof value !== 'object' || value === null) return false
  return names.every((name) => typeof Reflect.get(value, name) === 'function')
}

function badOption(name: string, expected: string): RegistryError {
  return new RegistryError('ERR_REGISTRY_OPTION', `createRegistry: ${name} must be ${expected}.`)
}
