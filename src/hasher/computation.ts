import { costOfJob, runJob } from '../compute/kind.js'
import type { Cost } from '../compute/cost.js'
import type { Job } from '../compute/kind.js'
import { EngineError } from '../errors.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import type { HasherSpec, Parsed, Run } from './contract.js'
import type { Guard } from './guard.js'

/** The computations of a specification: costs, checksums, and whether a password matches. */
export interface Computation<P> {
  /** The cost of the check of a password, or of a password of so many bytes. */
  readonly cost: (parsed: Parsed<P>, password: Uint8Array | number) => Cost
  readonly derive: (password: Uint8Array, parsed: Parsed<P>, run: Run) => Promise<Uint8Array>
  /** Whether the checksum derived from a password is that of the digest. The two are compared in constant time. */
  readonly matches: (password: Uint8Array, parsed: Parsed<P>, run: Run) => Promise<boolean>
}

type Optional<T> = { readonly [K in keyof T]: T[K] | undefined }

// This password has the length at which audits ask for costs.
const TYPICAL = /* @__PURE__ */ new Uint8Array(64)

export function createComputation<P>(
  name: string,
  { job, finish, derive, cost }: Optional<Pick<HasherSpec<P>, 'job' | 'finish' | 'derive' | 'cost'>>,
  { errorOf }: Guard,
): Computation<P> {
  const fail = (problem: string): EngineError => new EngineError('ERR_ENGINE_FAILED', `${name}: ${problem}.`)

  // Audits ask for costs by the million, so the two functions for the cost make no closure in a call.
  const costOfOwn: Computation<P>['cost'] = (parsed, password) => {
    try {
      const found = cost?.(parsed, typeof password === 'number' ? password : password.length)
      // A cost that is no number is refused here.
      if (found !== undefined && found.milliseconds >= 0 && found.bytes >= 0 && found.lanes >= 0) return found
    } catch (error) {
      throw errorOf('its cost', error)
    }
    throw fail('its cost is none')
  }
  const makeJob = (password: Uint8Array, parsed: Parsed<P>): Job => {
    if (job === undefined) throw fail('it has no job')
    return job(password, parsed)
  }

  const costOfItsJob: Computation<P>['cost'] = (parsed, password) => {
    try {
      return costOfJob(makeJob(typeof password === 'number' ? zeros(password) : password, parsed))
    } catch (error) {
      throw errorOf('its job', error)
    }
  }

  const compute = async (password: Uint8Array, parsed: Parsed<P>, run: Run): Promise<unknown> => {
    if (derive !== undefined) return derive(password, parsed, run)
    const bytes = await runJob(makeJob(password, parsed), run)
    return finish === undefined ? bytes : finish(bytes, parsed)
  }
  const deriveBytes: Computation<P>['derive'] = async (password, parsed, run) => {
    let bytes
    try {
      bytes = await compute(password, parsed, run)
    } catch (error) {
      throw errorOf('the engine', error)
    }
    if (!isUint8Array(bytes)) throw fail('the engine gave no bytes')
    // The copy has the true length of the bytes; a subclass of Uint8Array may give another.
    return new Uint8Array(bytes)
  }

  return {
    cost: cost === undefined ? costOfItsJob : costOfOwn,
    derive: deriveBytes,
    matches: async (password, parsed, run) => {
      const derived = await deriveBytes(password, parsed, run)
      const checksum = new Uint8Array(parsed.checksum)
      if (checksum.length === 0 || derived.length !== checksum.length) {
        throw fail(`the engine gave ${derived.length} bytes where the checksum has ${checksum.length}`)
      }
      return equalBytes(derived, checksum)
    },
  }
}

function zeros(length: number): Uint8Array {
  return length === TYPICAL.length ? TYPICAL : new Uint8Array(length)
}
