import type { EnginePair, KernelEngine } from '../../compute/engines/pair.js'
import type { JobKind } from '../../compute/job.js'
import { EngineError, isPassliftError } from '../../errors.js'
import { equalBytes } from '../../platform/node.js'
import type { Answers, LaneJob, WorkerRequest } from './worker-protocol.js'

/** The engines of one thread. */
export interface ThreadEngines {
  /** Computes the bytes of jobs of one kind. Two jobs with one pair key are two lanes of one computation. */
  readonly compute: (request: Omit<WorkerRequest, 'id'>) => readonly Uint8Array[]
  /** The memory in bytes that kernels hold. */
  readonly bytes: () => number
}

type Compute = KernelEngine['compute']

/**
 * Makes the engines of one thread: for each kind the kernel, where kernels run and the jobs fit the kernel, else the stand-in.
 * Each engine must give two known answers before its first job of each variant, version and algorithm.
 */
export function createThreadEngines({
  kernels,
  load,
}: {
  /** Whether kernels run in this process. */
  readonly kernels: boolean
  /** Makes the engines of a kind from the bytes in a request. */
  readonly load: (kind: JobKind, engine: Uint8Array) => EnginePair
}): ThreadEngines {
  const received = new Map<JobKind, Uint8Array>()
  const pairs = new Map<JobKind, EnginePair>()
  const made = new Map<JobKind, KernelEngine>()
  const told = new Map<string, Answers[number]['answers']>()
  const sound = new Set<string>()

  // An engine is sent once. An engine that could not be loaded, for lack of memory for instance, is loaded with the next job.
  const pairOf = (kind: JobKind): EnginePair => {
    const known = pairs.get(kind)
    if (known !== undefined) return known
    const engine = received.get(kind)
    if (engine === undefined) throw new EngineError('ERR_ENGINE_FAILED', `${kind}: the thread has no engine.`)
    const pair = load(kind, engine)
    pairs.set(kind, pair)
    received.delete(kind)
    return pair
  }

  const kernelOf = (kind: JobKind, { createKernel }: EnginePair): KernelEngine | undefined => {
    const known = made.get(kind)
    if (known !== undefined || !kernels || createKernel === undefined) return known
    const kernel = tryCreate(createKernel)
    if (kernel !== undefined) made.set(kind, kernel)
    return kernel
  }

  /**
   * Asks an engine for two known answers. Where the engine is to compute a pair, both are asked at once, since two lanes use
   * other instructions than one lane. Otherwise one is asked after the other. Both are compared when the second has come.
   */
  const assertSound = (lanes: readonly LaneJob[], engine: string, compute: Compute): void => {
    for (const { trial, job } of lanes) {
      const name = `${engine} ${trial}, ${lanes.length} at once`
      if (sound.has(name)) continue
      const known = told.get(trial) ?? []
      const jobs = known.map((answer) => answer.job)
      const given = lanes.length > 1 ? compute(jobs) : jobs.flatMap((one) => compute([one]))
      const isRight = known.every(({ bytes }, place) => {
        const answer = given[place]
        return answer !== undefined && equalBytes(answer, bytes)
      })
      if (!isRight || known.length === 0) {
        throw new EngineError('ERR_ENGINE_FAILED', `${job.kind}: the engine ${engine} gives wrong answers.`)
      }
      sound.add(name)
    }
  }

  const computeWithKernel = (kernel: KernelEngine, kind: JobKind, lanes: readonly LaneJob[]) => {
    try {
      assertSound(lanes, 'kernel', kernel.compute)
      return kernel.compute(lanes.map(({ job }) => job))
    } catch (error) {
      // After a trap, or where the memory of a kernel could not grow, the state of that memory is unknown.
      made.delete(kind)
      throw error
    }
  }

  const computeWithStandIn = ({ standIn }: EnginePair, lanes: readonly LaneJob[]) => {
    for (const lane of lanes) assertSound([lane], 'stand-in', (jobs) => jobs.map(standIn))
    return lanes.map(({ job }) => standIn(job))
  }

  return {
    compute: ({ kind, engine, answers, lanes }) => {
      for (const { trial, answers: known } of answers) told.set(trial, known)
      if (engine !== undefined) received.set(kind, engine)
      const pair = pairOf(kind)
      if (!lanes.every(({ fitsKernel }) => fitsKernel)) return computeWithStandIn(pair, lanes)
      const kernel = kernelOf(kind, pair)
      if (kernel !== undefined) return computeWithKernel(kernel, kind, lanes)
      try {
        return computeWithStandIn(pair, lanes)
      } catch (error) {
        // The kernel would take this job, but there was no memory to make the kernel.
        if (kernels && isUnavailable(error))
          throw new EngineError('ERR_ENGINE_MEMORY', `${kind}: there is no memory for the engine.`)
        throw error
      }
    },
    bytes: () => [...made.values()].reduce((sum, kernel) => sum + kernel.bytes(), 0),
  }
}

/** Makes a kernel; undefined where there is no memory for the kernel. The next job tries again. */
function tryCreate(createKernel: () => KernelEngine): KernelEngine | undefined {
  try {
    return createKernel()
  } catch {
    return undefined
  }
}

function isUnavailable(error: unknown): boolean {
  return isPassliftError(error) && error.code === 'ERR_ENGINE_UNAVAILABLE'
}
