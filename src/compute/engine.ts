import { EngineError } from '../errors.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import { isKind } from './job.js'
import type { JobFields, JobKind, JobOf } from './job.js'
import type { AnyEngine, Trial } from './kind.js'

/** Computes one kind of job in place of the built-in engine. */
export interface Engine<K extends JobKind> {
  /** For people: what `passlift engines` prints. */
  readonly name: string
  /** Whether it works on the thread pool that the file system and DNS use, as native addons do. */
  readonly usesThreadPool: boolean
  /**
   * The bytes of a job in a new buffer for each job, whose own bytes it neither keeps nor changes. Several run at once. It must
   * settle: until then it holds its place.
   */
  readonly compute: (job: JobOf<K>) => Promise<Uint8Array>
}

/** The engines that an application chose, by the kind of job. */
export type Engines = { readonly [K in JobKind]?: Engine<K> }

/** An engine that is held to two known answers at once before its first job of each variant, version and algorithm. */
export function guardEngine<K extends JobKind>(kind: K, engine: Engine<K>): AnyEngine {
  // Copied: what is held to the answers is what computes.
  const { name, usesThreadPool, compute } = engine
  const fail = (problem: string): EngineError =>
    new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine ${name} ${problem}.`)
  const trials = new Map<string, Promise<boolean>>()

  const isFresh = createFreshnessTest()
  const computeBytes = async (job: JobFields): Promise<Given> => {
    if (!isKind(job, kind)) throw fail('takes no other jobs')
    const bytes: unknown = await compute(job)
    if (!isUint8Array(bytes)) throw fail('gives no bytes')
    // A place that was given before is one that somebody else's bytes are written to: no copy would be soon enough.
    if (!isFresh(bytes)) throw fail('gives memory that it gave before')
    return { bytes, copy: new Uint8Array(bytes) }
  }
  // What each answer is when both have come: an engine that writes them into the same memory has spoilt the first by then.
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
    // Success alone is remembered: what failed for a lack of memory, say, is held to the answers again by the next job.
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

/** What an engine gave: its own bytes, and what they were when they came. */
interface Given {
  readonly bytes: Uint8Array
  readonly copy: Uint8Array
}

/** Makes the test of whether bytes stand where none stood before, of those that it was shown. */
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
