import type { Registry, Replacement } from './api.js'
import { readRequest } from './request.js'
import type { Request } from './request.js'
import { openCall } from './call.js'
import type { Call, CallSettings } from './call.js'
import { addHint, findTooCostly, findWork } from './work.js'
import type { NoWork, Work } from './work.js'
import { conceal } from './conceal.js'
import { EngineError } from '../errors.js'
import { isMalformed } from '../formats/problem.js'
import type { Hasher } from '../hasher/contract.js'
import { readPassword } from './password.js'
import { TYPICAL_PASSWORD_BYTES } from './policy.js'
import type { FindReasons } from './policy.js'
import type { RegistrySettings } from './settings.js'
import type { NewDigest, Target } from '../hasher/target.js'
import type { TooCostly, Verdict } from './verdict.js'
import { createWarning, reportRehashError } from './warnings.js'

/** A verdict, and the replacement to hand to the application where one was made. */
interface Computed {
  readonly verdict: Verdict
  readonly next?: Replacement | undefined
}

/** The part of a registry that checks passwords and makes new digests. */
export interface Evaluator {
  readonly evaluate: Registry['evaluate']
  readonly hashTarget: Target['hash']
}

/** Makes the part of a registry that computes: the check, the target's computation beside the check, and the replacement. */
export function createEvaluator(
  { index, target, limits, equalize, onRehashError }: RegistrySettings,
  { calls, findReasons }: { readonly calls: CallSettings; readonly findReasons: FindReasons },
): Evaluator {
  const check = async (
    { candidates }: Work,
    password: Uint8Array,
    { run, signal }: Call,
  ): Promise<Extract<Verdict, { outcome: 'match' | 'mismatch' }>> => {
    for (const { hasher, readings } of candidates) {
      for (const reading of readings) {
        const answer: unknown = await reading.verify(password, run, signal)
        if (answer !== true) continue
        const insecure = reading.standing === 'insecure'
        const truncated = reading.truncates(password)
        // Reasons depend on the digest alone, so the cost is that of a typical password. The end of a truncated password
        // was never checked, so it must not become part of a new digest.
        const cost = reading.cost(TYPICAL_PASSWORD_BYTES)
        const rehash = truncated && !insecure ? [] : findReasons(hasher, reading, cost)
        return { outcome: 'match', hasher: hasher.name, insecure, rehash, truncated }
      }
    }
    const [{ hasher, readings }] = candidates
    return { outcome: 'mismatch', hasher: hasher.name, insecure: readings[0].standing === 'insecure' }
  }

  /** Makes a new digest with the target. A digest that the target's hashers cannot read must not replace a stored one. */
  const hashTarget: Target['hash'] = async (password, run) => {
    const made: unknown = await target.hash(password, run)
    if (isReadable(made, target.hashers)) return made
    throw new EngineError('ERR_ENGINE_FAILED', 'The target gave no digest that its hashers can read.')
  }

  /** Whether the target makes a digest beside the work: for equal time it does where the work takes less time than that. */
  const needsTargetHash = (work: Work | NoWork | TooCostly, passwordBytes: number): boolean =>
    equalize && (work.outcome !== 'work' || work.cost.milliseconds < target.cost(passwordBytes).milliseconds)

  /** The replacement of a digest that matched; undefined where none could be made, which does not undo the sign-in. */
  const makeReplacement = async (
    replaces: string,
    call: Call,
    makeDigest: () => Promise<NewDigest>,
  ): Promise<Replacement | undefined> => {
    try {
      const { digest, hasher } = await makeDigest()
      return conceal({ digest, hasher, replaces }, { hasher })
    } catch (error) {
      call.throwIfAborted()
      reportRehashError(error, onRehashError)
      return undefined
    }
  }

  /** Does all work that computes. When the promise has settled, no copy of the password is left. */
  const compute = async (
    { digest, hasherName, context, rehash }: Request,
    call: Call,
    password: Uint8Array,
  ): Promise<Computed> => {
    let besideSettled: Promise<unknown> | undefined
    try {
      const found = findWork(index, digest, {
        hasherName,
        context,
        costOf: (reading) => reading.costOfCheck(password),
      })
      const work = found.outcome === 'work' ? (findTooCostly(found, limits) ?? found) : found
      const beside = needsTargetHash(work, password.length) ? hashTarget(password, call.run) : undefined
      // A failure of the target beside real work concerns the replacement alone.
      besideSettled = beside?.catch(() => undefined)
      if (work.outcome !== 'work') {
        // Where the target's computation is all the work, its failure fails the call as that of a real check would.
        // Otherwise the answer would tell whether an account exists.
        await beside
        return { verdict: addHint(work, digest) }
      }
      const verdict = await check(work, password, call)
      if (verdict.outcome !== 'match' || verdict.rehash.length === 0) return { verdict }
      if (rehash === undefined || typeof digest !== 'string') return { verdict }
      call.throwIfAborted()
      const next = await makeReplacement(digest, call, () => beside ?? hashTarget(password, call.run))
      return { verdict, next }
    } finally {
      await besideSettled
      password.fill(0)
    }
  }

  const warnOfUnconfirmed = createWarning(
    'PASSLIFT_REHASH_UNCONFIRMED',
    "rehash answered false, and the sign-in stands. Where another digest is stored by then, answer 'changed'.",
  )

  const handOver = async (
    verdict: Verdict,
    rehash: (next: Replacement) => unknown,
    next: Replacement,
  ): Promise<Verdict> => {
    try {
      const answer = await rehash(next)
      if (answer === 'changed') return { outcome: 'changed' }
      if (answer === false) warnOfUnconfirmed()
    } catch (error) {
      reportRehashError(error, onRehashError)
    }
    return verdict
  }

  const decide = async (request: Request, call: Call): Promise<Verdict> => {
    const password = readPassword(request.password)
    if (typeof password === 'string') return { outcome: 'refused', problem: password }
    const { verdict, next } = await compute(request, call, password)
    if (next === undefined || request.rehash === undefined) return verdict
    call.throwIfAborted()
    // The application's store may take any time, so the call gives its place back first.
    call.leave()
    return handOver(verdict, request.rehash, next)
  }

  return {
    hashTarget,
    evaluate: async (password, digest, options = {}) => {
      const request = readRequest(password, digest, options)
      return openCall(calls, request, (call) => decide(request, call))
    },
  }
}

function isReadable(made: unknown, hashers: readonly Hasher[]): made is NewDigest {
  if (typeof made !== 'object' || made === null || !('digest' in made) || !('hasher' in made)) return false
  const { digest, hasher: name } = made
  const hasher = hashers.find((form) => form.name === name)
  return typeof digest === 'string' && hasher !== undefined && !isMalformed(hasher.parse(digest))
}
