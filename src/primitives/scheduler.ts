import type { Cost } from './cost.js'

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

export interface SchedulerOptions<T extends Task> {
  readonly places: number
  readonly threadPoolPlaces: number
  readonly maxBytes: number
  /** Begins the work of one task, or of two of one pair key; `leave` is called once when it has ended. */
  readonly start: (tasks: readonly [T] | readonly [T, T], leave: () => void) => void
}

export interface Scheduler<T extends Task> {
  readonly add: (task: T) => void
  /** Takes out a task that has not started; says whether it was still there. */
  readonly remove: (task: T) => boolean
  /** Milliseconds until a new task would start, by the estimates of those before it. */
  readonly estimateWait: () => number
}

// Less than this is the working state of a hash function, not memory that anyone would run out of.
const NEGLIGIBLE_BYTES = 64 * 1024

/**
 * Runs tasks in the order they came, each as soon as a place, its memory and its class allow. A task waits behind
 * earlier ones of its own kind only: short ones pass a heavy one that waits for its class, and those without memory
 * pass one that waits for memory. The last free place takes a pair where there is one; no task waits for a partner.
 */
export function createScheduler<T extends Task>(options: SchedulerOptions<T>): Scheduler<T> {
  const { places, threadPoolPlaces, maxBytes, start } = options
  const waiting: T[] = []
  const running = new Set<readonly T[]>()

  const countRunning = (holds: (task: T) => boolean): number =>
    [...running].filter((tasks) => tasks.some(holds)).length

  const fits = ({ cost }: T): boolean => {
    const used = [...running]
      .flat()
      .filter(needsMemory)
      .reduce((sum, task) => sum + task.cost.bytes, 0)
    return used === 0 || used + cost.bytes <= maxBytes
  }

  const canStart = (task: T, isMemoryAwaited: boolean): boolean => {
    if (task.heavy && places > 1 && countRunning(({ heavy }) => heavy) >= places - 1) return false
    if (task.usesThreadPool && countRunning((other) => other.usesThreadPool) >= threadPoolPlaces) return false
    return !needsMemory(task) || (!isMemoryAwaited && fits(task))
  }

  const takeNext = (): T | undefined => {
    let isMemoryAwaited = false
    for (const [index, task] of waiting.entries()) {
      if (canStart(task, isMemoryAwaited)) return waiting.splice(index, 1)[0]
      // Whoever waits for memory is next to get some, or small tasks would pass a large one for ever.
      isMemoryAwaited ||= needsMemory(task) && !fits(task)
    }
    return undefined
  }

  const takePartner = ({ pairKey }: T): T | undefined => {
    if (pairKey === undefined || running.size < places - 1) return undefined
    const index = waiting.findIndex((task) => task.pairKey === pairKey)
    return index < 0 ? undefined : waiting.splice(index, 1)[0]
  }

  const schedule = (): void => {
    while (running.size < places) {
      const task = takeNext()
      if (task === undefined) return
      const partner = takePartner(task)
      const tasks = partner === undefined ? ([task] as const) : ([task, partner] as const)
      running.add(tasks)
      start(tasks, () => {
        running.delete(tasks)
        schedule()
      })
    }
  }

  return {
    add: (task) => {
      waiting.push(task)
      schedule()
    },
    remove: (task) => {
      const index = waiting.indexOf(task)
      if (index >= 0) waiting.splice(index, 1)
      return index >= 0
    },
    estimateWait: () => {
      // Those that run count whole: how far they are is not known.
      const ahead = running.size < places ? waiting : [...waiting, ...[...running].flat()]
      return ahead.reduce((sum, { cost }) => sum + cost.milliseconds, 0) / places
    },
  }
}

function needsMemory({ cost }: Task): boolean {
  return cost.bytes > NEGLIGIBLE_BYTES
}
