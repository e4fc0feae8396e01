import type { Hasher, Standing } from '../hasher/contract.js'

/** What a registry tells people of a hasher. */
export interface HasherInfo {
  readonly name: string
  /** The lowest standing that a digest of it may have. */
  readonly standing: Standing
  /** Whether the parameters of a digest decide its standing: `parse` tells which it is. */
  readonly varies: boolean
  /** Why the hasher has that standing. */
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
