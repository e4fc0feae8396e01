/** Counts checks and collects those that failed. */
export interface Tally {
  readonly expect: (holds: boolean, tcId: number, what: string) => void
  readonly count: () => number
  readonly failures: readonly string[]
}

export function createTally(): Tally {
  const failures: string[] = []
  let count = 0
  return {
    expect: (holds, tcId, what) => {
      count++
      if (!holds) failures.push(`tcId ${tcId}: ${what}`)
    },
    count: () => count,
    failures,
  }
}

/** Runs a few at once, so that jobs of different kinds keep both cores busy. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  visit: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const drain = async (): Promise<void> => {
    for (const item of queue) await visit(item)
  }
  await Promise.all([drain(), drain(), drain(), drain()])
}
