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
