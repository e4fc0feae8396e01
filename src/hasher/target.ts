import type { Hasher, Run } from './contract.js'
import type { Cost } from '../compute/cost.js'

/** The maker of new digests. */
export interface Target {
  /** The hashers that read the target's digests. A registry adds them to its own. */
  readonly hashers: readonly [Hasher, ...Hasher[]]
  /** The cost of making, and so of checking, a digest of a password of so many bytes. */
  readonly cost: (passwordBytes: number) => Cost
  /**
   * Whether a digest of the target's hashers, with these described parameters, is weaker than the digests that the target
   * makes now. Default: whether its estimated cost is lower.
   */
  readonly isWeaker?: (params: Readonly<Record<string, number | string>>) => boolean
  /**
   * Makes a new digest. The password is any bytes, at most 4096, which the registry overwrites afterwards.
   *
   * @throws EngineError as `run` does
   */
  readonly hash: (password: Uint8Array, run: Run) => Promise<NewDigest>
}

/** A new digest and the hasher that reads it. They are stored together. */
export interface NewDigest {
  readonly digest: string
  readonly hasher: string
}
