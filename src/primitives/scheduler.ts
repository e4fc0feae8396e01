import type { Cost } from './cost.js'

/** Something to run when its turn comes. */
export interface Task {
  readonly cost: Cost
  /** Heavy tasks never hold all places when there is more than one. */
  readonly heavy: boolean
  /** Runs on the thread pool that the file system and DNS use. */
  readonly usesThreadPool: boolean
  /** Begins the work; calls back once when the place is free again. */
  readonly start: (leave: () => void) => void
}

export interface SchedulerOptions {
  readonly places: number
  readonly threadPoolPlaces: number
  readonly maxBytes: number
}

export interface Scheduler {
  /** @returns takes the task out again if it has not started; says whether it did */
  readonly add: (task: Task) => () => boolean
  /** Milliseconds until a new task would start, by the estimates of those before it. */
  readonly estimateWait: () => number
}

// Less than this is the working state of a hash function, not memory that anyone would run out of.
const NEGLIGIBLE_BYTES = 64 * 1024

/**
 * Runs tasks in the order they came, each as soon as a place, its memory and its class allow. A task waits behind
 * earlier ones of its own kind only: short ones pass a heavy one that waits for its class, and those without memory
 * pass one that waits for memory.
 */
export function createScheduler({ places, threadPoolPlaces, maxBytes }: SchedulerOptions): Scheduler {
  const waiting: Task[] = []
  const running = new Set<Task>()

  const canStart = (task: Task, isMemoryAwaited: boolean): boolean => {
    if (task.heavy && places > 1 && count(running, ({ heavy }) => heavy) >= places - 1) return false
    if (task.usesThreadPool && count(running, (other) => other.usesThreadPool) >= threadPoolPlaces)
      return false
    return !needsMemory(task) || (!isMemoryAwaited && fits(task))
  }

  const fits = ({ cost }: Task): boolean => {
    let used = 0
    for (const task of running) if (needsMemory(task)) used += task.cost.bytes
    return used === 0 || used + cost.bytes <= maxBytes
  }

  const startNext = (): Task | undefined => {
    let isMemoryAwaited = false
    for (const [index, task] of waiting.entries()) {
      if (canStart(task, isMemoryAwaited)) {
        waiting.splice(index, 1)
        return task
      }
      // Whoever waits for memory is next to get some, or small tasks would pass a large one for ever.
      isMemoryAwaited ||= needsMemory(task) && !fits(task)
    }
    return undefined
  }

  const schedule = (): void => {
    while (running.size < places) {
      const task = startNext()
      if (task === undefined) return
      running.add(task)
      task.start(() => {
        running.delete(task)
        schedule()
      })
    }
  }

  return {
    add: (task) => {
      waiting.push(task)
      schedule()
      return () => {
        const index = waiting.indexOf(task)
        if (index >= 0) waiting.splice(index, 1)
        return index >= 0
      }
    },
    estimateWait: () => {
      // Those that run count whole: how far they are is not known.
      const ahead = running.size < places ? waiting : [...waiting, ...running]
      return ahead.reduce((sum, { cost }) => sum + cost.milliseconds, 0) / places
    },
  }
}

function needsMemory({ cost }: Task): boolean {
  return cost.bytes > NEGLIGIBLE_BYTES
}

function count(tasks: Iterable<Task>, holds: (task: Task) => boolean): number {
  let found = 0
  for (const task of tasks) if (holds(task)) found++
  return found
}
