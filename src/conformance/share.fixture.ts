import { inject } from 'vitest'
import type { Hasher } from '../index.js'

declare module 'vitest' {
  interface ProvidedContext {
    readonly takesAll: boolean
  }
}

/**
 * Whether this run takes everything, as `npm run test:all` does. `npm test` takes a share of the costly rows that show the
 * same again, such as further random rounds, or a further hasher with the same kind of work.
 */
export const takesAll: boolean = inject('takesAll')

/** The step from one taken item to the next in this run: 1 where the run takes everything. */
export function stepOf(step: number): number {
  return takesAll ? 1 : step
}

/** The words for a share with this step in the title of a test. */
export function sayShare(step: number): string {
  return takesAll ? 'each' : `one in ${step}`
}

/** The number of rounds that this run takes. */
export function roundsOf(all: number, share: number): number {
  return takesAll ? all : share
}

/** One item in `step`, beginning with the first; or all items where the run takes everything. */
export function shareOf<T>(items: readonly T[], step: number): readonly T[] {
  return items.filter((_, index) => index % stepOf(step) === 0)
}

/** The name of the kind of work that a hasher asks for. */
export function kindOf(hasher: Hasher): string {
  const kind = hasher.kind()
  return typeof kind === 'string' ? kind : kind.name
}

/** The first item of each kind; or all items where the run takes everything. */
export function firstOfEach<T>(items: readonly T[], kindOf: (item: T) => string): readonly T[] {
  const kinds = items.map(kindOf)
  return items.filter((_, index) => takesAll || kinds.indexOf(kinds[index] ?? '') === index)
}
