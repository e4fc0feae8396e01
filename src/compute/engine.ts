import { EngineError } from '../errors.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import { isKind } from './job.js'
import type { JobFields, JobKind, JobOf } from './job.js'
import type { AnyEngine, Trial } from './kind.js'

/** An application's engine, which computes one kind of job in the place of the built-in engine. */
export interface Engine<K extends JobKind> {
  /** The name that `passlift engines` prints. */
  readonly name: string
  /** Whether the engine computes on the thread pool that the file system and DNS use, as native addons do. */
  readonly usesThreadPool: boolean
  /**
   * Computes the bytes of a job, in a new buffer for each job. It neither keeps nor changes the job's own bytes. Several calls
   * run at once, and each must settle: a call holds its place until then.
   */
  readonly compute: (job: JobOf<K>) => Promise<Uint8Array>
}

/** The engines that an application chose, by the kind of job. */
export type Engines = { readonly [K in JobKind]?: Engine<K> }

/** Guards an engine: it must give two known answers at once before its first job of each variant, version and algorithm. */
export function guardEngine<K extends JobKind>(kind: K, engine: Engine<K>): AnyEngine {
  // The members are copied, so that later changes of the engine do not replace the function that passed the trial.
  const { name, usesThreadPool, compute } = engine
  const fail = (problem: string): EngineError =>
    new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine ${name} ${problem}.`)
  const trials = new Map<string, Promise<boolean>>()

  const isFresh = createFreshnessTest()
  const computeBytes = async (job: JobFields): Promise<Given> => {
    if (!isKind(job, kind)) throw fail('takes no other jobs')
    const bytes: unknown = await compute(job)
    if (!isUint8Array(bytes)) throw fail('gives no bytes')
    // Memory that the engine gave before may be overwritten by another job's bytes before it is copied.
    if (!isFresh(bytes)) throw fail('gives memory that it gave before')
    return { bytes, copy: new Uint8Array(bytes) }
  }
  // The answers are compared when both have come, since an engine that uses one memory has then overwritten the first.
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
    // Only success is remembered. An engine that failed, for lack of memory for instance, is tried again with the next job.
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

/** The answer of an engine: its own bytes, and a copy made when the bytes came. */
interface Given {
  readonly bytes: Uint8Array
  readonly copy: Uint8Array
}

/** Makes a function that tells whether bytes overlap none of the bytes of its earlier calls. */
function createFreshnessTest(): (bytes: Uint8Array) => boolean {
  // Several answers may be views of one buffer side by side, as in Node's pool of small buffers.
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
