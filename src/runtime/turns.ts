import { needsMemory } from './task.js'
import type { Task } from './task.js'
import type { Kind, Waiting } from './waiting-line.js'

/** The bounds of what runs at once: tasks, tasks on the thread pool, and bytes of memory. */
export interface Bounds {
  readonly places: number
  readonly threadPoolPlaces: number
  readonly maxBytes: number
}

/** The tasks that hold one place: one task, or a pair. */
export type Group<T> = readonly [T] | readonly [T, T]

/** The decision which task is next. */
export interface Turns<T extends Task> {
  /** The first waiting task that may start on a free place beside the running tasks. `firsts` has the first of each kind. */
  readonly findNext: (firsts: readonly Waiting<T>[], running: readonly Group<T>[]) => Waiting<T> | undefined
  /**
   * The milliseconds until a place is left for a new task that is short and needs nothing else. Where they are more than
   * `limit`, any number above `limit`.
   */
  readonly forecast: (firsts: readonly Waiting<T>[], running: readonly Group<T>[], limit: number) => number
}

export function createTurns<T extends Task>({ places, threadPoolPlaces, maxBytes }: Bounds): Turns<T> {
  const heavyPlaces = heavyPlacesOf(places)

  const findNext: Turns<T>['findNext'] = (firsts, running) => {
    // The counts are of running tasks, and of waiting tasks in front for which places are kept.
    let heavy = countGroups(running, (task) => task.heavy)
    let inThreadPool = countGroups(running, (task) => task.usesThreadPool)
    let isMemoryAwaited = false
    const usedBytes = running
      .flat()
      .filter(needsMemory)
      .reduce((sum, { cost }) => sum + cost.bytes, 0)
    const fits = ({ cost }: T): boolean => usedBytes === 0 || usedBytes + cost.bytes <= maxBytes
    const fronts = new Map<Kind<T>, Waiting<T>>(firsts.map((first) => [first.kind, first]))

    /** Whether places are kept for the tasks of the same kind behind a task that cannot start; they cannot start either. */
    const isMoreKept = (task: T): boolean => {
      if (task.heavy) return heavy < heavyPlaces
      if (task.usesThreadPool && inThreadPool < threadPoolPlaces) return true
      if (!needsMemory(task) || isMemoryAwaited) return false
      return [...fronts.values()].some((front) => needsMemory(front.task) && !front.task.usesThreadPool)
    }

    while (fronts.size > 0) {
      const next = [...fronts.values()].reduce((first, other) => (other.order < first.order ? other : first))
      const { task, kind, after } = next
      const hasClass = !task.heavy || heavy < heavyPlaces
      const hasThread = !task.usesThreadPool || inThreadPool < threadPoolPlaces
      const hasMemory: boolean = !needsMemory(task) || (!isMemoryAwaited && fits(task))
      if (hasClass && hasThread && hasMemory) return next
      if (task.heavy) heavy++
      // A task may wait long for a place of its class, so nothing else is kept for the task before.
      if (hasClass) {
        if (task.usesThreadPool) inThreadPool++
        isMemoryAwaited ||= !hasMemory
      }
      if (after === undefined || !isMoreKept(task)) fronts.delete(kind)
      else fronts.set(kind, after)
    }
    return undefined
  }

  return {
    findNext,
    forecast: (firsts, running, limit) => {
      const fronts = new Map<Kind<T>, Waiting<T>>(firsts.map((first) => [first.kind, first]))
      // Running tasks count with their whole estimate, since their progress is not known. A pair counts as one after the other.
      let groups = running.map((group) => ({ group, end: sumMilliseconds(group) }))
      let now = 0
      for (;;) {
        while (groups.length < places) {
          const next = findNext(
            [...fronts.values()],
            groups.map(({ group }) => group),
          )
          if (next === undefined) return now
          const { task, kind, after } = next
          if (after === undefined) fronts.delete(kind)
          else fronts.set(kind, after)
          groups.push({ group: [task], end: now + task.cost.milliseconds })
        }
        now = Math.min(...groups.map(({ end }) => end))
        if (now > limit) return now
        groups = groups.filter(({ end }) => end > now)
      }
    },
  }
}

/** The places that heavy tasks may hold: all but one, where there is more than one. */
export function heavyPlacesOf(places: number): number {
  return Math.max(1, places - 1)
}

export function countGroups<T extends Task>(
  groups: readonly Group<T>[],
  holds: (task: T) => boolean,
): number {
  return groups.filter((group) => group.some(holds)).length
}

function sumMilliseconds(group: readonly Task[]): number {
  return group.reduce((sum, { cost }) => sum + cost.milliseconds, 0)
}
