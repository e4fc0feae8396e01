import { EngineError } from '../errors.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import { isKind } from './job.js'
import type { JobFields, JobKind, JobOf } from './job.js'
import type { AnyEngine, Trial } from './kind.js'

/** An application's engine, which computes one kind of job instead of the built-in one. */
export interface Engine<K extends JobKind> {
  /** The name that `passlift engines` prints. */
  readonly name: string
  /** Whether it computes on the thread pool that the file system and DNS use, as native addons do. */
  readonly usesThreadPool: boolean
  /**
   * Computes the bytes of a job, in a new buffer for each job. It neither keeps nor changes the job's own bytes. Several calls
   * run at once, and each must settle: until then it holds its place.
   */
  readonly compute: (job: JobOf<K>) => Promise<Uint8Array>
}

/** The engines that an application chose, by the kind of job. */
export type Engines = { readonly [K in JobKind]?: Engine<K> }

/** Makes an engine that must give two known answers at once before its first job of each variant, version and algorithm. */
export function guardEngine<K extends JobKind>(kind: K, engine: Engine<K>): AnyEngine {
  // The members are copied, so that the function which was tried is the one that computes.
  const { name, usesThreadPool, compute } = engine
  const fail = (problem: string): EngineError =>
    new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine ${name} ${problem}.`)
  const trials = new Map<string, Promise<boolean>>()

  const isFresh = createFreshnessTest()
  const computeBytes = async (job: JobFields): Promise<Given> => {
    if (!isKind(job, kind)) throw fail('takes no other jobs')
    const bytes: unknown = await compute(job)
    if (!isUint8Array(bytes)) throw fail('gives no bytes')
    // Memory that was given before may be overwritten by another job's bytes before any copy of it is made.
    if (!isFresh(bytes)) throw fail('gives memory that it gave before')
    return { bytes, copy: new Uint8Array(bytes) }
  }
  // The answers are compared when both have come: an engine that writes into the same memory has overwritten the first.
  const isSound = async ({ answers }: Trial): Promise<boolean> => {
    const known = answers()
    const given = await Promise.allSettled(known.map(({ job }) => computeBytes(job)))
    return known.every(({ bytes }, place) => {
      const answer = given[place]
      if (answer?.status === 'rejected') throw answer.reason
      return answer !== undefined && equalBytes(answer.value.bytes, bytes)
    })
  }
  const tryOnce = (trial: Trial): Promise<boolean> => {
    const known = trials.get(trial.name)
    if (known !== undefined) return known
    const held = isSound(trial)
    trials.set(trial.name, held)
    // Success alone is remembered. An engine that failed, for a lack of memory for instance, is tried again with the next job.
    const forget = (): void => void trials.delete(trial.name)
    held.then((sound) => {
      if (!sound) forget()
    }, forget)
    return held
  }

  return {
    name,
    usesThreadPool,
    compute: async (job, row) => {
      if (!isKind(job, kind)) throw fail('takes no other jobs')
      if (!(await tryOnce(row.trial(job)))) throw fail('gives wrong answers')
      return (await computeBytes(job)).copy
    },
  }
}

/** The answer of an engine: its own bytes, and a copy made when they came. */
interface Given {
  readonly bytes: Uint8Array
  readonly copy: Uint8Array
}

/** Makes a function that tells whether bytes overlap none of those that it was shown before. */
function createFreshnessTest(): (bytes: Uint8Array) => boolean {
  // Several answers may be views of one buffer side by side, as those of Node's pool of small buffers are.
  const given = new WeakMap<ArrayBufferLike, (readonly [start: number, end: number])[]>()
  return ({ buffer, byteOffset, byteLength }) => {
    const end = byteOffset + byteLength
    const before = given.get(buffer) ?? []
    if (before.some(([start, stop]) => byteOffset < stop && start < end)) return false
    before.push([byteOffset, end])
    given.set(buffer, before)
    return true
  }
}
