import { isRestricted } from './task.js'
import type { Task } from './task.js'
import { countGroups, createTurns, heavyPlacesOf } from './turns.js'
import type { Bounds, Group } from './turns.js'
import { createWaitingLine } from './waiting-line.js'

export interface SchedulerOptions<T extends Task> extends Bounds {
  /** Begins the work of one task, or of two with one pair key, and calls `leave` once when the work has ended. */
  readonly start: (tasks: Group<T>, leave: () => void) => void
}

export interface Scheduler<T extends Task> {
  readonly add: (task: T) => void
  /** Removes a task that has not started. Returns whether the task was still waiting. */
  readonly remove: (task: T) => boolean
  /**
   * The milliseconds until a new short task would start, by the estimates of the tasks that it would not pass. The number is
   * exact only where it may be over the limit, since an upper bound is cheaper.
   */
  readonly estimateWait: (limit?: number) => number
  /** The number of tasks that run or wait and are heavy or use the thread pool. */
  readonly countRestricted: () => number
}

/**
 * Makes a scheduler, which runs tasks in the order they came, each as soon as a place, its memory and its class allow. A
 * short task passes a heavy task that waits for a place of its class, and a task without memory passes a task that waits for
 * memory. The needs of the task that waits longest are kept free, or a steady stream of others would pass that task for ever.
 * The last free place, and the last place for heavy tasks, takes a pair of tasks where there is a pair. No task waits for a
 * partner.
 */
export function createScheduler<T extends Task>(options: SchedulerOptions<T>): Scheduler<T> {
  const { places, start } = options
  const turns = createTurns<T>(options)
  const line = createWaitingLine<T>()
  const running = new Set<Group<T>>()
  // The counts of all tasks that run or wait are kept up to date, since counting for each call takes longer in a long line.
  let tasks = 0
  let restricted = 0
  let milliseconds = 0

  const count = (task: T, step: 1 | -1): void => {
    tasks += step
    if (isRestricted(task)) restricted += step
    // The sum of fractions drifts, so it is set to 0 when no task is left.
    milliseconds = tasks === 0 ? 0 : milliseconds + step * task.cost.milliseconds
  }

  const takePartner = (task: T): T | undefined => {
    const { pairKey } = task
    // While the class has more than one place left, a partner starts sooner in a place of its own.
    const isLast = task.heavy
      ? countGroups([...running], ({ heavy }) => heavy) >= heavyPlacesOf(places) - 1
      : running.size >= places - 1
    if (pairKey === undefined || !isLast) return undefined
    // The partner has the same needs: a heavy partner of a short task would need a place of a class that may have none left.
    let waiting = line.kindOf(task).first
    while (waiting !== undefined && waiting.task.pairKey !== pairKey) waiting = waiting.after
    if (waiting !== undefined) line.remove(waiting.task)
    return waiting?.task
  }

  const schedule = (): void => {
    while (running.size < places) {
      const task = turns.findNext(line.firsts(), [...running])?.task
      if (task === undefined) return
      line.remove(task)
      const partner = takePartner(task)
      const group = partner === undefined ? ([task] as const) : ([task, partner] as const)
      running.add(group)
      start(group, () => {
        running.delete(group)
        for (const ended of group) count(ended, -1)
        schedule()
      })
    }
  }

  return {
    add: (task) => {
      line.push(task)
      count(task, 1)
      schedule()
    },
    remove: (task) => {
      if (!line.remove(task)) return false
      count(task, -1)
      // The memory and places that were kept for the removed task are free for the tasks behind it.
      schedule()
      return true
    },
    estimateWait: (limit) => {
      // A task that waits beside a free place waits for memory or its class, and a new short task passes it.
      if (running.size < places) return 0
      // All places work until the new task starts, so the task starts at the latest when all known work is done.
      const latest = milliseconds / places
      if (limit !== undefined && latest <= limit) return latest
      return turns.forecast(line.firsts(), [...running], limit ?? Infinity)
    },
    countRestricted: () => restricted,
  }
}
