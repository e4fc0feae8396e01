import type { Cost } from '../compute/cost.js'

/** Work that the scheduler runs when its turn comes. */
export interface Task {
  readonly cost: Cost
  /** Whether it is heavy: such tasks never hold all places when there is more than one. */
  readonly heavy: boolean
  /** Whether it runs on the thread pool that the file system and DNS use. */
  readonly usesThreadPool: boolean
  /** The pair key: two tasks of one key run faster together than one after another. */
  readonly pairKey: string | undefined
}

// Memory below this is the working state of a hash function, and is not counted.
const NEGLIGIBLE_BYTES = 64 * 1024

export function needsMemory({ cost }: Task): boolean {
  return cost.bytes > NEGLIGIBLE_BYTES
}

/** Whether a task may have only some of the places. */
export function isRestricted({ heavy, usesThreadPool }: Task): boolean {
  return heavy || usesThreadPool
}

/** What a task needs beside a place, as one of eight numbers. */
export function needsOf(task: Task): number {
  return (task.heavy ? 1 : 0) + (task.usesThreadPool ? 2 : 0) + (needsMemory(task) ? 4 : 0)
}
