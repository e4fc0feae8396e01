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
 * Runs tasks in the order they came, each as soon as a place, its memory and its class allow. Short tasks pass a heavy
 * one that waits for its class, and those without memory pass one that waits for memory; but what the longest waiting
 * one needs is kept for it, or a steady stream of others would pass it for ever. The last free place, and the last that
 * heavy tasks may have, takes a pair where there is one; no task waits for a partner.
 */
export function createScheduler<T extends Task>(options: SchedulerOptions<T>): Scheduler<T> {
  const { places, threadPoolPlaces, maxBytes, start } = options
  const heavyPlaces = Math.max(1, places - 1)
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

  const takeNext = (): T | undefined => {
    // What runs, and what is kept for those in front.
    let heavy = countRunning((task) => task.heavy)
    let inThreadPool = countRunning((task) => task.usesThreadPool)
    let isMemoryAwaited = false
    for (const [index, task] of waiting.entries()) {
      const hasClass = !task.heavy || heavy < heavyPlaces
      const hasThread = !task.usesThreadPool || inThreadPool < threadPoolPlaces
      const hasMemory: boolean = !needsMemory(task) || (!isMemoryAwaited && fits(task))
      if (hasClass && hasThread && hasMemory) return waiting.splice(index, 1)[0]
      if (task.heavy) heavy++
      // It may wait long for its class, so nothing else is kept for it until it has that.
      if (!hasClass) continue
      if (task.usesThreadPool) inThreadPool++
      isMemoryAwaited ||= !hasMemory
    }
    return undefined
  }

  const takePartner = ({ pairKey, heavy }: T): T | undefined => {
    // Before its class has its last place, a partner is better off with a place of its own.
    const isLast = heavy ? countRunning((task) => task.heavy) >= heavyPlaces - 1 : running.size >= places - 1
    if (pairKey === undefined || !isLast) return undefined
    // A heavy partner would make the place one of a class that may have none left.
    const index = waiting.findIndex((task) => task.pairKey === pairKey && task.heavy === heavy)
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
      if (index < 0) return false
      waiting.splice(index, 1)
      // What was kept for it is free for those behind it.
      schedule()
      return true
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
