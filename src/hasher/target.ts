import type { Hasher, Run } from './contract.js'
import type { Cost } from '../compute/cost.js'

/** What makes new digests. */
export interface Target {
  /** The forms it writes; a registry adds them to its own hashers. */
  readonly hashers: readonly [Hasher, ...Hasher[]]
  /** What a digest of a password of so many bytes takes to make, and so to check. */
  readonly cost: (passwordBytes: number) => Cost
  /**
   * Whether a digest that it wrote, by its described parameters, is weaker than what it writes now. Absent: by what both are
   * estimated to take.
   */
  readonly isWeaker?: (params: Readonly<Record<string, number | string>>) => boolean
  /**
   * A new digest. The password is any bytes, at most 4096, which the registry overwrites afterwards.
   *
   * @throws EngineError as `run` does
   */
  readonly hash: (password: Uint8Array, run: Run) => Promise<NewDigest>
}

/** A new digest and the hasher that reads it: stored together. */
export interface NewDigest {
  readonly digest: string
  readonly hasher: string
}
