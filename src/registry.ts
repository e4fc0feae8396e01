import type { DigestOptions, Registry, Replacement, StoredDigest } from './api.js'
import { assertDigest, readHasherName, readRequest } from './arguments.js'
import type { Request } from './arguments.js'
import { assertStoredCodes, matchCode } from './backup-codes.js'
import { openCall } from './call.js'
import type { Call } from './call.js'
import { findTooCostly, findWork, MAX_DIGEST_LENGTH } from './candidates.js'
import type { Candidate, NoWork, Work } from './candidates.js'
import { conceal } from './conceal.js'
import { findEngine } from './engine-info.js'
import { BackendError, OverloadedError } from './errors.js'
import { isMalformed } from './formats/problem.js'
import { listHashers } from './hasher-info.js'
import type { Hasher, Reading } from './hasher.js'
import { assertPassword, readPassword, requirePassword } from './password.js'
import { findRehashReasons, TYPICAL_PASSWORD_BYTES } from './policy.js'
import type { RehashReason } from './policy.js'
import type { Cost } from './primitives/cost.js'
import type { Runtime } from './primitives/runtime.js'
import { reportRehashError } from './rehash-errors.js'
import { resolveRegistryOptions } from './registry-options.js'
import type { RegistryOptions } from './registry-options.js'
import { createSignalFollower } from './signals.js'
import type { NewDigest, Target } from './target.js'
import type { TooCostly, Verdict } from './verdict.js'

/**
 * Makes a registry.
 *
 * @throws RegistryError where it is wired wrongly: a bad option, two hashers of one name, no target
 * @example createRegistry({ hashers: [phpass, md5], target: bcryptTarget() })
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { hashers, index, target, policy, limits, equalize, runtime, onRehashError } =
    resolveRegistryOptions(options)

  const calls = { runtime, follow: createSignalFollower() }
  // Of a call that was admitted before: it takes a place where there is one, and is not refused where there is none.
  const admitted = { ...calls, runtime: { ...runtime, admit: () => admitAnyway(runtime) } }

  const targetMilliseconds = target.cost(TYPICAL_PASSWORD_BYTES).milliseconds
  const findReasons = (
    { hasher }: Candidate,
    reading: Reading,
    { milliseconds }: Cost,
  ): readonly RehashReason[] =>
    findRehashReasons(policy, {
      standing: hasher.standing,
      milliseconds,
      isOldVariant: reading.oldVariant(),
      isTargetForm: target.hashers.includes(hasher),
      targetMilliseconds,
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
        // Its reasons hang on the digest alone, not on the password that was given.
        const cost = reading.cost(TYPICAL_PASSWORD_BYTES)
        const rehash = truncated && !insecure ? [] : findReasons(candidate, reading, cost)
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
      await reportRehashError(error, onRehashError)
    }
  }

  /** Whatever a target does is its new digest or its failure: never an answer to the check, never a broken row. */
  const hashTarget: Target['hash'] = async (password, run) => {
    const made: unknown = await target.hash(password, run)
    if (isReadable(made, target.hashers)) return made
    throw new BackendError('ERR_BACKEND_FAILED', 'The target gave no digest that its hashers can read.')
  }

  /** Equal time: no work, or less than a target hash takes, is accompanied by one. */
  const needsTargetHash = (work: Work | NoWork | TooCostly, passwordBytes: number): boolean =>
    equalize && (work.outcome !== 'work' || work.cost.milliseconds < target.cost(passwordBytes).milliseconds)

  const decide = async (request: Request, call: Call): Promise<Verdict> => {
    const { digest, hasherName, rehash } = request
    const password = readPassword(request.password)
    if (typeof password === 'string') return { outcome: 'refused', problem: password }

    const passwordBytes = password.byteLength
    const found = findWork(index, digest, { hasherName, passwordBytes })
    const work = found.outcome === 'work' ? (findTooCostly(found, limits) ?? found) : found
    const beside = needsTargetHash(work, passwordBytes) ? hashTarget(password, call.runtime) : undefined
    // Its failure is nobody's but the replacement's.
    const besideSettled = beside?.catch(() => undefined)
    try {
      if (work.outcome !== 'work') return work
      const verdict = await check(work, password, call.runtime)
      if (verdict.outcome === 'match') {
        call.disarm()
        if (rehash !== undefined && verdict.rehash.length > 0 && typeof digest === 'string') {
          await replace(rehash, digest, () => beside ?? hashTarget(password, runtime))
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
    return openCall(request.isAdmitted ? admitted : calls, request.signal, (call) => decide(request, call))
  }

  const find = (digest: StoredDigest, options: DigestOptions | undefined): Work | NoWork => {
    assertDigest(digest)
    return findWork(index, digest, {
      hasherName: options === undefined ? undefined : readHasherName(options),
      passwordBytes: TYPICAL_PASSWORD_BYTES,
    })
  }

  return Object.freeze({
    evaluate,
    verify: async (password, digest, options) =>
      (await evaluate(password, digest, options)).outcome === 'match',

    needsRehash: (digest, options) => {
      const work = find(digest, options)
      if (work.outcome !== 'work') return work.outcome !== 'unusable'
      const [candidate] = work.candidates
      return findReasons(candidate, candidate.readings[0], work.likeliestCost).length > 0
    },

    hash: async (password) => {
      assertPassword(password)
      return openCall(calls, undefined, async (call) => {
        const bytes = requirePassword(password)
        try {
          return (await hashTarget(bytes, call.runtime)).digest
        } finally {
          bytes.fill(0)
        }
      })
    },

    identify: (digest) => {
      if (typeof digest !== 'string' || digest.length > MAX_DIGEST_LENGTH) return []
      return index.findClaimants(digest).map(nameOf)
    },

    parse: (digest, options) => {
      const work = find(digest, options)
      if (work.outcome === 'malformed') return work
      if (work.outcome !== 'work') return undefined
      const { cost, likeliestCost } = work
      const [candidate] = work.candidates
      const [reading] = candidate.readings
      const { name, standing } = candidate.hasher
      const admitted = findTooCostly(work, limits) === undefined
      const rehash = findReasons(candidate, reading, likeliestCost)
      return { outcome: 'parsed', hasher: name, standing, params: reading.describe(), cost, admitted, rehash }
    },

    hashers: listHashers(hashers),

    engines: () => Promise.all(hashers.map((hasher) => findEngine(hasher, runtime))),

    matchBackupCode: async (code, stored) => {
      assertPassword(code)
      assertStoredCodes(stored)
      return openCall(calls, undefined, async (call) => {
        const bytes = readPassword(code)
        if (typeof bytes === 'string') return null
        try {
          return await matchCode(bytes, [...stored], { index, limits, runtime: call.runtime })
        } finally {
          bytes.fill(0)
        }
      })
    },
  } satisfies Registry)
}

function nameOf({ name }: Hasher): string {
  return name
}

function isReadable(made: unknown, hashers: readonly Hasher[]): made is NewDigest {
  if (typeof made !== 'object' || made === null || !('digest' in made) || !('hasher' in made)) return false
  const { digest, hasher: name } = made
  const hasher = hashers.find((form) => form.name === name)
  return typeof digest === 'string' && hasher !== undefined && !isMalformed(hasher.parse(digest))
}

function admitAnyway(runtime: Runtime): () => void {
  try {
    return runtime.admit()
  } catch (error) {
    if (error instanceof OverloadedError) return () => undefined
    throw error
  }
}
