import type { Hasher } from './hasher.js'
import type { Cost } from '../compute/cost.js'
import type { Runtime } from '../runtime/runtime.js'

/** What makes new digests. */
export interface Target {
  /** The forms it writes; a registry adds them to its own hashers. */
  readonly hashers: readonly [Hasher, ...Hasher[]]
  readonly cost: (passwordBytes: number) => Cost
  readonly hash: (password: Uint8Array, runtime: Runtime) => Promise<NewDigest>
}

/** A new digest and the hasher that reads it: stored together. */
export interface NewDigest {
  readonly digest: string
  readonly hasher: string
}
