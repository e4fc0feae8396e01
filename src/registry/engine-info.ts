import { isMalformed } from '../formats/problem.js'
import type { Hasher } from '../hasher/hasher.js'
import type { Runtime } from '../runtime/runtime.js'

/** Which engine computes the digests of a hasher. */
export interface EngineInfo {
  readonly hasher: string
  readonly engine: string
}

/**
 * Asks a hasher's example for its work, and refuses it what it asks the runtime for: the kind of job tells the engine. A
 * hasher that computes without the runtime does so, on the example and one byte.
 */
export async function findEngine({ name, example, parse }: Hasher, runtime: Runtime): Promise<EngineInfo> {
  let engine = 'in place'
  const asked = new Error('Only the question was wanted.')
  const watching: Runtime = {
    admit: runtime.admit,
    run: ({ kind }) => {
      engine = runtime.engineOf?.(kind) ?? 'custom runtime'
      return Promise.reject(asked)
    },
  }
  const readings = parse(example)
  if (!isMalformed(readings)) await readings[0].verify(new Uint8Array(1), watching).catch(() => undefined)
  return { hasher: name, engine }
}
