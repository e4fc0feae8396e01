import type { AnyEngine, Kind } from '../compute/kind.js'
import type { JobKind } from '../compute/job.js'
import type { Hasher } from '../hasher/contract.js'
import type { Runtime } from '../runtime/runtime.js'

/** A hasher and the engine that computes its digests. */
export interface EngineInfo {
  readonly hasher: string
  readonly engine: string
}

/** The kind of a hasher's jobs, or words where the hasher has no jobs or its example does not tell the kind. */
export function kindOf(hasher: Hasher): ReturnType<Hasher['kind']> | 'not known' {
  try {
    return hasher.kind()
  } catch {
    return 'not known'
  }
}

/** The name of the engine of a registry for a kind of job. The engine is looked up, and nothing is computed. */
export function nameEngine(
  kind: Kind | string,
  { runtime, engines }: { readonly runtime: Runtime; readonly engines: ReadonlyMap<JobKind, AnyEngine> },
): string {
  if (typeof kind === 'string') return kind
  return engines.get(kind.name)?.name ?? runtime.engineOf?.(kind) ?? 'custom runtime'
}
