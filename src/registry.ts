import { assertStoredCodes, matchCode } from './backup-codes.js'
import { openCall } from './call.js'
import type { Call } from './call.js'
import { findTooCostly, findWork, MAX_DIGEST_LENGTH } from './candidates.js'
import type { Candidate, NoWork, Work } from './candidates.js'
import { conceal } from './conceal.js'
import type { Reading, Standing } from './hasher.js'
import { readOption } from './options.js'
import { assertPassword, readPassword, requirePassword } from './password.js'
import type { Password } from './password.js'
import { findRehashReasons, TYPICAL_PASSWORD_BYTES } from './policy.js'
import type { RehashReason } from './policy.js'
import type { Runtime } from './primitives/runtime.js'
import { resolveRegistryOptions } from './registry-options.js'
import type { RegistryOptions } from './registry-options.js'
import type { NewDigest } from './target.js'
import type { MalformedDigest, ParsedDigest, TooCostly, Verdict } from './verdict.js'

/** A digest as it is stored; null where the account has none, or there is no account. */
export type StoredDigest = string | null | undefined

export interface DigestOptions {
  /** The hasher that the row names; null or absent where it is not known. */
  readonly hasher?: string | null | undefined
}

export interface VerifyOptions extends DigestOptions {
  /** Called and awaited on a match whose digest should go. Store digest and hasher together. */
  readonly rehash?: ((next: Replacement) => unknown) | undefined
  /** Rejects the check with its reason while it waits or runs; ignored after a match. */
  readonly signal?: AbortSignal | undefined
}

/** A new digest, and the stored one that it replaces: compare before you write. */
export interface Replacement extends NewDigest {
  readonly replaces: string
}

export interface HasherInfo {
  readonly name: string
  readonly standing: Standing
  readonly example: string
}

/** Checks digests of the hashers it knows. Its functions can be handed on unbound. */
export interface Registry {
  /**
   * Whether a password is the one that a digest was made from. A digest of null or undefined (no such user) costs as
   * much as a real check and is false.
   *
   * @throws TypeError for an argument of the wrong type
   * @throws PasswordError `ERR_PASSWORD_ENCODING` for bytes that an engine cannot take
   * @throws BackendError where an engine is missing or failed
   * @throws OverloadedError where the queue is full
   */
  readonly verify: (password: Password, digest: StoredDigest, options?: VerifyOptions) => Promise<boolean>
  /** The same work as `verify`, with the reasons. */
  readonly evaluate: (password: Password, digest: StoredDigest, options?: VerifyOptions) => Promise<Verdict>
  /** Whether a match would replace the digest; true also for what does not parse, false for an account without one. */
  readonly needsRehash: (digest: StoredDigest, options?: DigestOptions) => boolean
  /**
   * A new digest of the target.
   *
   * @throws PasswordError for a password that is ill-formed or over 4096 bytes
   */
  readonly hash: (password: Password) => Promise<string>
  /** The names of the hashers that claim a digest, the likeliest first. */
  readonly identify: (digest: StoredDigest) => readonly string[]
  /** What a digest says of itself, for audits; undefined where nobody claims it or the account has none. */
  readonly parse: (
    digest: StoredDigest,
    options?: DigestOptions,
  ) => ParsedDigest | MalformedDigest | undefined
  readonly hashers: readonly HasherInfo[]
  /** The index of the plain code or bcrypt digest in a list that a code matches, or null. The caller spends it. */
  readonly matchBackupCode: (code: Password, stored: readonly (string | null)[]) => Promise<number | null>
}

/**
 * Makes a registry.
 *
 * @throws RegistryError where it is wired wrongly: a bad option, two hashers of one name, no target
 * @example createRegistry({ hashers: [phpass, md5], target: bcryptTarget() })
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { hashers, target, policy, limits, equalize, runtime, onRehashError } =
    resolveRegistryOptions(options)

  const findReasons = ({ hasher }: Candidate, reading: Reading): readonly RehashReason[] =>
    findRehashReasons(policy, {
      standing: hasher.standing,
      reading,
      isTargetForm: target.hashers.includes(hasher),
      targetMilliseconds: target.cost(TYPICAL_PASSWORD_BYTES).milliseconds,
    })

  const check = async (
    { candidates }: Work,
    password: Uint8Array,
    run: Runtime,
  ): Promise<Extract<Verdict, { outcome: 'match' | 'mismatch' }>> => {
    for (const candidate of candidates) {
      const { name, standing } = candidate.hasher
      const insecure = standing === 'insecure'
      for (const reading of candidate.readings) {
        if (!(await reading.verify(password, run))) continue
        const truncated = reading.truncates(password)
        // The tail of a truncated password was never checked, so it must not become part of a new digest.
        const rehash = truncated && !insecure ? [] : findReasons(candidate, reading)
        return { outcome: 'match', hasher: name, insecure, rehash, truncated }
      }
    }
    const [{ hasher }] = candidates
    return { outcome: 'mismatch', hasher: hasher.name, insecure: hasher.standing === 'insecure' }
  }

  const replace = async (
    rehash: (next: Replacement) => unknown,
    replaces: string,
    makeDigest: () => Promise<NewDigest>,
  ): Promise<void> => {
    try {
      const { digest, hasher } = await makeDigest()
      await rehash(conceal({ digest, hasher, replaces }, { hasher }))
    } catch (error) {
      await onRehashError(error)
    }
  }

  /** Equal time: no work, or less than a target hash takes, is accompanied by one. */
  const needsTargetHash = (work: Work | NoWork | TooCostly, passwordBytes: number): boolean =>
    equalize && (work.outcome !== 'work' || work.cost.milliseconds < target.cost(passwordBytes).milliseconds)

  const decide = async (request: Request, call: Call): Promise<Verdict> => {
    const { digest, hasherName, rehash } = request
    const password = readPassword(request.password)
    if (typeof password === 'string') return { outcome: 'refused', problem: password }

    const passwordBytes = password.byteLength
    const found = findWork(hashers, digest, { hasherName, passwordBytes })
    const work = found.outcome === 'work' ? (findTooCostly(found, limits) ?? found) : found
    const beside = needsTargetHash(work, passwordBytes) ? target.hash(password, call.runtime) : undefined
    // Its failure is nobody's but the replacement's.
    const besideSettled = beside?.catch(() => undefined)
    try {
      if (work.outcome !== 'work') return work
      const verdict = await check(work, password, call.runtime)
      if (verdict.outcome === 'match') {
        call.disarm()
        if (rehash !== undefined && verdict.rehash.length > 0 && typeof digest === 'string') {
          await replace(rehash, digest, () => beside ?? target.hash(password, runtime))
        }
      }
      return verdict
    } finally {
      await besideSettled
      password.fill(0)
    }
  }

  const evaluate: Registry['evaluate'] = async (password, digest, options = {}) => {
    const request = readRequest(password, digest, options)
    return openCall(runtime, request.signal, (call) => decide(request, call))
  }

  const find = (digest: StoredDigest, options: DigestOptions): Work | NoWork => {
    assertDigest(digest)
    return findWork(hashers, digest, {
      hasherName: readHasherName(options),
      passwordBytes: TYPICAL_PASSWORD_BYTES,
    })
  }

  return Object.freeze({
    evaluate,
    verify: async (password, digest, options) =>
      (await evaluate(password, digest, options)).outcome === 'match',

    needsRehash: (digest, options = {}) => {
      const work = find(digest, options)
      if (work.outcome !== 'work') return work.outcome !== 'unusable'
      const [candidate] = work.candidates
      return findReasons(candidate, candidate.readings[0]).length > 0
    },

    hash: async (password) => {
      assertPassword(password)
      return openCall(runtime, undefined, async (call) => {
        const bytes = requirePassword(password)
        try {
          return (await target.hash(bytes, call.runtime)).digest
        } finally {
          bytes.fill(0)
        }
      })
    },

    identify: (digest) => {
      if (typeof digest !== 'string' || digest.length > MAX_DIGEST_LENGTH) return []
      return hashers.all.filter((hasher) => hasher.identify(digest)).map(({ name }) => name)
    },

    parse: (digest, options = {}) => {
      const work = find(digest, options)
      if (work.outcome === 'malformed') return work
      if (work.outcome !== 'work') return undefined
      const { cost } = work
      const [candidate] = work.candidates
      const [reading] = candidate.readings
      const { name, standing } = candidate.hasher
      const admitted = findTooCostly(work, limits) === undefined
      const rehash = findReasons(candidate, reading)
      return { outcome: 'parsed', hasher: name, standing, params: reading.describe(), cost, admitted, rehash }
    },

    hashers: Object.freeze(
      hashers.all.map(({ name, standing, example }) => Object.freeze({ name, standing, example })),
    ),

    matchBackupCode: async (code, stored) => {
      assertPassword(code)
      assertStoredCodes(stored)
      return openCall(runtime, undefined, async (call) => {
        const bytes = readPassword(code)
        if (typeof bytes === 'string') return null
        try {
          return await matchCode(bytes, [...stored], { hashers, limits, runtime: call.runtime })
        } finally {
          bytes.fill(0)
        }
      })
    },
  } satisfies Registry)
}

interface Request {
  readonly password: Password
  readonly digest: StoredDigest
  readonly hasherName: string | undefined
  readonly rehash: VerifyOptions['rehash']
  readonly signal: AbortSignal | undefined
}

function readRequest(password: Password, digest: StoredDigest, options: VerifyOptions): Request {
  assertPassword(password)
  assertDigest(digest)
  const hasherName = readHasherName(options)
  const rehash: unknown = readOption(options, 'rehash')
  const signal: unknown = readOption(options, 'signal')
  if (!isCallback(rehash)) throw new TypeError('rehash must be a function.')
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError('signal must be an AbortSignal.')
  return { password, digest, hasherName, rehash, signal }
}

function isCallback(value: unknown): value is VerifyOptions['rehash'] {
  return value === undefined || typeof value === 'function'
}

function assertDigest(digest: unknown): asserts digest is StoredDigest {
  if (digest === undefined || digest === null || typeof digest === 'string') return
  throw new TypeError('digest must be a string, null or undefined.')
}

/** A row's hasher is data: any text is taken, and is looked up in a Map. */
function readHasherName(options: unknown): string | undefined {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object.')
  const hasher: unknown = Object.hasOwn(options, 'hasher') ? Reflect.get(options, 'hasher') : undefined
  if (hasher === undefined || hasher === null) return undefined
  if (typeof hasher === 'string') return hasher
  throw new TypeError('hasher must be a string, null or undefined.')
}
