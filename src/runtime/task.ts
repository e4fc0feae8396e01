import type { Cost } from '../compute/cost.js'

/** Something to run when its turn comes. */
export interface Task {
  readonly cost: Cost
  /** Heavy tasks never hold all places when there is more than one. */
  readonly heavy: boolean
  /** Runs on the thread pool that the file system and DNS use. */
  readonly usesThreadPool: boolean
  /** Two tasks of one key run faster together than one after another. */
  readonly pairKey: string | undefined
}

// Less than this is the working state of a hash function, not memory that anyone would run out of.
const NEGLIGIBLE_BYTES = 64 * 1024

export function needsMemory({ cost }: Task): boolean {
  return cost.bytes > NEGLIGIBLE_BYTES
}

/** Whether it may have only some of the places. */
export function isRestricted({ heavy, usesThreadPool }: Task): boolean {
  return heavy || usesThreadPool
}

/** What a task needs beside a place: one of eight numbers. */
export function needsOf(task: Task): number {
  return (task.heavy ? 1 : 0) + (task.usesThreadPool ? 2 : 0) + (needsMemory(task) ? 4 : 0)
}
