import { needsMemory } from './task.js'
import type { Task } from './task.js'
import type { Kind, Waiting } from './waiting-line.js'

/** How much may run at once. */
export interface Bounds {
  readonly places: number
  readonly threadPoolPlaces: number
  readonly maxBytes: number
}

/** What holds a place: one task, or a pair. */
export type Group<T> = readonly [T] | readonly [T, T]

/** Whose turn it is. */
export interface Turns<T extends Task> {
  /** The first that may start, beside what runs and a free place, of a line of which these are the first of each kind. */
  readonly findNext: (firsts: readonly Waiting<T>[], running: readonly Group<T>[]) => Waiting<T> | undefined
  /** Milliseconds until a place is left for a new task that is light and needs nothing else; a longer wait than `limit` is told as any longer. */
  readonly forecast: (firsts: readonly Waiting<T>[], running: readonly Group<T>[], limit: number) => number
}

export function createTurns<T extends Task>({ places, threadPoolPlaces, maxBytes }: Bounds): Turns<T> {
  const heavyPlaces = heavyPlacesOf(places)

  const findNext: Turns<T>['findNext'] = (firsts, running) => {
    // What runs, and what is kept for those in front.
    let heavy = countGroups(running, (task) => task.heavy)
    let inThreadPool = countGroups(running, (task) => task.usesThreadPool)
    let isMemoryAwaited = false
    const usedBytes = running
      .flat()
      .filter(needsMemory)
      .reduce((sum, { cost }) => sum + cost.bytes, 0)
    const fits = ({ cost }: T): boolean => usedBytes === 0 || usedBytes + cost.bytes <= maxBytes
    const fronts = new Map<Kind<T>, Waiting<T>>(firsts.map((first) => [first.kind, first]))

    /** Where one of a kind cannot start, those behind it cannot either; but more may have to be kept for them. */
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
      // A task may wait long for its class, so nothing else is kept for it until it has that.
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
      // Those that run count whole: how far they are is not known. Two together count as one after the other.
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

/** Heavy tasks never hold all places when there is more than one. */
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
