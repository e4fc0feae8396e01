import type { Hasher, Standing } from '../hasher/contract.js'

/** The facts that a registry gives people about a hasher. */
export interface HasherInfo {
  readonly name: string
  /** The lowest standing that a digest of the hasher may have. */
  readonly standing: Standing
  /** Whether the parameters of a digest decide its standing. `parse` gives the standing of a digest. */
  readonly varies: boolean
  /** The reason for the standing. */
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
