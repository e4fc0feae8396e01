import { inject } from 'vitest'
import type { Hasher } from '../index.js'

declare module 'vitest' {
  interface ProvidedContext {
    readonly takesAll: boolean
  }
}

/**
 * Whether this run takes everything, as `npm run test:all` does. `npm test` takes a share of what costs much and shows the
 * same again: of other rounds, of another hasher whose work is of one kind.
 */
export const takesAll: boolean = inject('takesAll')

/** The step from one item to the next that this run takes. */
export function stepOf(step: number): number {
  return takesAll ? 1 : step
}

/** What a title says of it. */
export function sayShare(step: number): string {
  return takesAll ? 'each' : `one in ${step}`
}

/** How many rounds this run takes. */
export function roundsOf(all: number, share: number): number {
  return takesAll ? all : share
}

/** One item in so many, from the first on; or all. */
export function shareOf<T>(items: readonly T[], step: number): readonly T[] {
  return items.filter((_, index) => index % stepOf(step) === 0)
}

/** The kind of work that a hasher asks for. */
export function kindOf(hasher: Hasher): string {
  const kind = hasher.kind()
  return typeof kind === 'string' ? kind : kind.name
}

/** The first of each kind; or all. */
export function firstOfEach<T>(items: readonly T[], kindOf: (item: T) => string): readonly T[] {
  const kinds = items.map(kindOf)
  return items.filter((_, index) => takesAll || kinds.indexOf(kinds[index] ?? '') === index)
}
