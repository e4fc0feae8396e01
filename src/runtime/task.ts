import type { Cost } from '../compute/cost.js'

/** Work that the scheduler runs when its turn comes. */
export interface Task {
  readonly cost: Cost
  /** Whether the task is heavy: heavy tasks never hold all places when there is more than one. */
  readonly heavy: boolean
  /** Whether the task runs on the thread pool that the file system and DNS use. */
  readonly usesThreadPool: boolean
  /** The pair key: two tasks with one key run faster together than one after the other. */
  readonly pairKey: string | undefined
}

// Less memory than this is the working state of a hash function, and is not counted.
const NEGLIGIBLE_BYTES = 64 * 1024

export function needsMemory({ cost }: Task): boolean {
  return cost.bytes > NEGLIGIBLE_BYTES
}

/** Whether a task may have only some of the places: it is heavy or uses the thread pool. */
export function isRestricted({ heavy, usesThreadPool }: Task): boolean {
  return heavy || usesThreadPool
}

/** The needs of a task beside a place, as one of eight numbers. */
export function needsOf(task: Task): number {
  return (task.heavy ? 1 : 0) + (task.usesThreadPool ? 2 : 0) + (needsMemory(task) ? 4 : 0)
}
