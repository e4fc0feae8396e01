import { EngineError } from '../errors.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import type { Job } from './job.js'
import { findKnownAnswer, nameKnownAnswer } from './known-answers.js'

export type JobKind = Job['kind']

export const JOB_KINDS: readonly JobKind[] = ['bcrypt', 'argon2', 'scrypt', 'pbkdf2', 'digest-loop']

export type JobOf<K extends JobKind> = Extract<Job, { readonly kind: K }>

/** Computes one kind of job in place of the built-in engine. */
export interface Engine<K extends JobKind> {
  /** For people: what `passlift engines` prints. */
  readonly name: string
  /** Whether it works on the thread pool that the file system and DNS use, as native addons do. */
  readonly usesThreadPool: boolean
  /** The bytes of a job, whose own bytes it neither keeps nor changes. It must settle: until then it holds its place. */
  readonly compute: (job: JobOf<K>) => Promise<Uint8Array>
}

/** The engines that an application chose, by the kind of job. */
export type Engines = { readonly [K in JobKind]?: Engine<K> }

/** An engine for whatever job its kind is. */
export interface AnyEngine {
  readonly name: string
  readonly usesThreadPool: boolean
  readonly compute: (job: Job) => Promise<Uint8Array>
}

/** An engine that is held to a known answer before its first job of each variant, version and algorithm. */
export function guardEngine<K extends JobKind>(kind: K, engine: Engine<K>): AnyEngine {
  // Copied: what is held to the answer is what computes.
  const { name, usesThreadPool, compute } = engine
  const trials = new Map<string, Promise<boolean>>()
  const computeBytes = async (job: JobOf<K>): Promise<Uint8Array> => {
    const bytes: unknown = await compute(job)
    if (isUint8Array(bytes)) return bytes
    throw new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine ${name} gives no bytes.`)
  }
  const isSound = async (asked: Job): Promise<boolean> => {
    const { job, bytes } = findKnownAnswer(asked)
    return isKind(job, kind) && equalBytes(await computeBytes(job), bytes)
  }
  const tryOnce = (job: Job): Promise<boolean> => {
    const trial = nameKnownAnswer(job)
    const known = trials.get(trial)
    if (known !== undefined) return known
    const held = isSound(job)
    trials.set(trial, held)
    // Success alone is remembered: what failed for a lack of memory, say, is held to the answer again by the next job.
    const forget = (): void => void trials.delete(trial)
    held.then((sound) => {
      if (!sound) forget()
    }, forget)
    return held
  }
  return {
    name,
    usesThreadPool,
    compute: async (job) => {
      if (!isKind(job, kind)) {
        throw new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine ${name} takes no other jobs.`)
      }
      if (!(await tryOnce(job))) {
        throw new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine ${name} gives wrong answers.`)
      }
      return computeBytes(job)
    },
  }
}

export function isKind<K extends JobKind>(job: Job, kind: K): job is JobOf<K> {
  return job.kind === kind
}
