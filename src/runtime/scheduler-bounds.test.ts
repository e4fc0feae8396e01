import { describe, expect, test } from 'vitest'
import { createScheduler } from './scheduler.js'
import type { Scheduler } from './scheduler.js'
import type { Task } from './task.js'

const MIB = 2 ** 20
const MAX_BYTES = 100 * MIB

interface Entry extends Task {
  state: 'waiting' | 'running' | 'ended' | 'removed'
  leave: () => void
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'tasks of any kind in any order keep every bound, and each runs once (seed %i)',
  (seed) => {
    const random = randomNumbers(seed)
    const places = 1 + random(4)
    const threadPoolPlaces = 1 + random(places)
    const entries: Entry[] = []
    const groups = new Set<readonly Entry[]>()
    const scheduler = createScheduler<Entry>({
      places,
      threadPoolPlaces,
      maxBytes: MAX_BYTES,
      start: (group, leave) => {
        groups.add(group)
        for (const entry of group) {
          expect(entry.state).toBe('waiting')
          entry.state = 'running'
          entry.leave = () => {
            groups.delete(group)
            for (const other of group) other.state = 'ended'
            leave()
          }
        }
      },
    })
    const running = (): readonly Entry[] => entries.filter(({ state }) => state === 'running')

    const add = (): void => {
      const bytes = random(3) === 0 ? (1 + random(150)) * MIB : 0
      const usesThreadPool = random(4) === 0
      const entry: Entry = {
        cost: { milliseconds: 1, bytes, lanes: 1 },
        heavy: random(4) === 0,
        usesThreadPool,
        // A task that needs memory or the thread pool has no partner, as in the runtime.
        pairKey: bytes === 0 && !usesThreadPool && random(2) === 0 ? `key ${random(2)}` : undefined,
        state: 'waiting',
        leave: () => undefined,
      }
      entries.push(entry)
      scheduler.add(entry)
      if (random(10) !== 0) return
      const started = entry.state !== 'waiting'
      expect(scheduler.remove(entry)).toBe(!started)
      if (!started) entry.state = 'removed'
    }

    const end = (entry: Entry | undefined): void => {
      entry?.leave()
    }

    const check = (): void => {
      const now = running()
      const memory = now.map(({ cost }) => cost.bytes).filter((bytes) => bytes > 0)
      const heavy = [...groups].filter((group) => group.some((entry) => entry.heavy))
      expect(groups.size).toBeLessThanOrEqual(places)
      expect(heavy.length).toBeLessThanOrEqual(Math.max(1, places - 1))
      expect(now.filter(({ usesThreadPool }) => usesThreadPool).length).toBeLessThanOrEqual(threadPoolPlaces)
      if (memory.length > 1) expect(memory.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(MAX_BYTES)
      // Where a task waits, another task runs, or the waiting task would never start.
      if (entries.some(({ state }) => state === 'waiting')) expect(now).not.toEqual([])
    }

    for (let count = 0; count < 200; count++) {
      add()
      check()
      end(running()[random(2 * places)])
      check()
    }
    for (let [oldest] = running(); oldest !== undefined; [oldest] = running()) {
      end(oldest)
      check()
    }
    expect(entries.filter(({ state }) => state !== 'ended' && state !== 'removed')).toEqual([])
  },
)

describe('the estimated wait', () => {
  interface Work {
    readonly heavy?: boolean
    readonly usesThreadPool?: boolean
    readonly mebibytes?: number
  }
  const HEAVY = { heavy: true }

  /** Makes a scheduler of two places, of which the thread pool may have one. */
  const withTasks = (
    places = 2,
  ): {
    readonly scheduler: Scheduler<Task>
    readonly add: (milliseconds: number, work?: Work) => Task
    readonly end: () => void
  } => {
    const leaves: (() => void)[] = []
    const scheduler = createScheduler<Task>({
      places,
      threadPoolPlaces: 1,
      maxBytes: MAX_BYTES,
      start: (_, leave) => leaves.push(leave),
    })
    const add = (milliseconds: number, work: Work = {}): Task => {
      const task = {
        cost: { milliseconds, bytes: (work.mebibytes ?? 0) * MIB, lanes: 1 },
        heavy: work.heavy ?? false,
        usesThreadPool: work.usesThreadPool ?? false,
        pairKey: undefined,
      }
      scheduler.add(task)
      return task
    }
    return { scheduler, add, end: () => leaves.shift()?.() }
  }

  test('is 0 while a place is free', () => {
    const { scheduler, add } = withTasks()
    expect(scheduler.estimateWait()).toBe(0)
    add(400)
    expect(scheduler.estimateWait()).toBe(0)
  })

  test('is the time until the tasks in front have left a place, by their estimates', () => {
    const { scheduler, add, end } = withTasks()
    add(400)
    add(200)
    expect(scheduler.estimateWait()).toBe(200)
    const task = add(1_000)
    expect(scheduler.estimateWait()).toBe(400)
    add(900)
    expect(scheduler.estimateWait()).toBe(1_200)
    scheduler.remove(task)
    expect(scheduler.estimateWait()).toBe(400)
    end()
    expect(scheduler.estimateWait()).toBe(200)
    end()
    expect(scheduler.estimateWait()).toBe(0)
  })

  test.each<[string, Work]>([
    ['heavy tasks that wait for a place of their class', HEAVY],
    ['tasks that wait for the thread pool', { usesThreadPool: true }],
    ['tasks that wait for memory', { mebibytes: 60 }],
  ])('does not count %s, which a short task passes', (_, work) => {
    const { scheduler, add } = withTasks()
    for (let count = 0; count < 7; count++) add(2_000, work)
    expect(scheduler.estimateWait()).toBe(0)
    add(50)
    expect(scheduler.estimateWait()).toBe(50)
    add(70)
    expect(scheduler.estimateWait()).toBe(120)
  })

  test('counts heavy tasks where they take the only place in turn', () => {
    const { scheduler, add } = withTasks(1)
    for (let count = 0; count < 7; count++) add(2_000, HEAVY)
    expect(scheduler.estimateWait()).toBe(14_000)
  })

  test('is exact above a limit, and below the limit at least the true wait', () => {
    const { scheduler, add } = withTasks()
    for (let count = 0; count < 7; count++) add(2_000, HEAVY)
    add(50)
    expect(scheduler.estimateWait(49)).toBe(50)
    expect(scheduler.estimateWait(5_000)).toBe(50)
    const latest = scheduler.estimateWait(10_000)
    expect(latest).toBeGreaterThanOrEqual(50)
    expect(latest).toBeLessThanOrEqual(10_000)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'is the time until a short task starts where all tasks take as long as estimated (seed %i)',
    (seed) => {
      const random = randomNumbers(seed)
      const places = 1 + random(4)
      let now = 0
      const ends: { readonly at: number; readonly leave: () => void }[] = []
      const started = new Map<Task, number>()
      const scheduler = createScheduler<Task>({
        places,
        threadPoolPlaces: 1 + random(places),
        maxBytes: MAX_BYTES,
        start: ([task], leave) => {
          started.set(task, now)
          ends.push({ at: now + task.cost.milliseconds, leave })
        },
      })
      // No two tasks end at once, since their order would decide which task starts next.
      const add = (milliseconds: number, needs: Omit<Task, 'cost' | 'pairKey'>, bytes: number): Task => {
        const task = { cost: { milliseconds, bytes, lanes: 1 }, ...needs, pairKey: undefined }
        scheduler.add(task)
        return task
      }
      for (let count = 0; count < 40; count++) {
        const needs = { heavy: random(3) === 0, usesThreadPool: random(4) === 0 }
        add(1 + random(2_000) + random(1_000_000) / 1_000_003, needs, random(3) === 0 ? random(150) * MIB : 0)
      }
      const wait = scheduler.estimateWait()
      const last = add(1, { heavy: false, usesThreadPool: false }, 0)
      while (!started.has(last)) {
        const [next = expect.fail()] = ends.sort((first, second) => first.at - second.at).splice(0, 1)
        now = next.at
        next.leave()
      }
      expect(wait).toBeCloseTo(started.get(last) ?? Number.NaN)
    },
  )
})

describe('the work for a long queue', () => {
  /** Counts how often members of tasks are read while the tasks come, with an admission for each, and are all dropped. */
  const countLooks = (waiting: number, { heavy }: { readonly heavy: boolean }): number => {
    let looks = 0
    const scheduler = createScheduler<Task>({
      places: 2,
      threadPoolPlaces: 2,
      maxBytes: MAX_BYTES,
      start: () => undefined,
    })
    const tasks = Array.from({ length: waiting }, () => ({
      cost: { milliseconds: heavy ? 4_000 : 4, bytes: 0, lanes: 1 },
      get heavy() {
        looks++
        return heavy
      },
      usesThreadPool: false,
      get pairKey() {
        looks++
        return undefined
      },
    }))
    for (const task of tasks) {
      scheduler.add(task)
      scheduler.estimateWait(5_000)
    }
    for (const task of tasks) scheduler.remove(task)
    return looks
  }

  test.each([
    ['short tasks, while no place is free', { heavy: false }],
    ['heavy tasks, while a place is idle', { heavy: true }],
  ])('grows no faster than its length: a queue of %s', (_, kind) => {
    const few = countLooks(90, kind)
    expect(few).toBeGreaterThan(90)
    expect(countLooks(900, kind)).toBeLessThan(11 * few)
  })
})

/** Makes random integers from 0 to bound - 1 by a linear congruence, so that a failure can be repeated. */
function randomNumbers(seed: number): (bound: number) => number {
  // Without the product, neighbouring seeds would begin with similar numbers.
  let state = Math.imul(seed, 2_654_435_761)
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}
