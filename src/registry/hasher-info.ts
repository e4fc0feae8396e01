import type { Hasher, Standing } from '../hasher/contract.js'

/** What people want to know of a hasher. */
export interface HasherInfo {
  readonly name: string
  /** The lowest that a digest of it may have. */
  readonly standing: Standing
  /** Whether the parameters of a digest decide over its standing: `parse` tells. */
  readonly varies: boolean
  /** Why that is its standing. */
  readonly why: string | undefined
  readonly writtenBy: string | undefined
  readonly example: string
}

export function listHashers(hashers: readonly Hasher[]): readonly HasherInfo[] {
  return Object.freeze(
    hashers.map(({ name, standing, varies, why, writtenBy, example }) =>
      Object.freeze({ name, standing, varies, why, writtenBy, example }),
    ),
  )
}
