import type { Hasher, Standing } from '../hasher/hasher.js'

/** What people want to know of a hasher. */
export interface HasherInfo {
  readonly name: string
  readonly standing: Standing
  readonly example: string
}

export function listHashers(hashers: readonly Hasher[]): readonly HasherInfo[] {
  return Object.freeze(
    hashers.map(({ name, standing, example }) => Object.freeze({ name, standing, example })),
  )
}
