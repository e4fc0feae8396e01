import { describe, expect, test } from 'vitest'
import { createScheduler } from './scheduler.js'
import type { Scheduler, Task } from './scheduler.js'

const MIB = 2 ** 20
const MAX_BYTES = 100 * MIB

interface Entry extends Task {
  state: 'waiting' | 'running' | 'ended' | 'removed'
  leave: () => void
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'whatever comes in whatever order: every bound holds, every task runs once (seed %i)',
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
        // As in the runtime: what needs memory or the thread pool has no partner.
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
      // Where anything waits something runs, or nothing would ever start it.
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
  const withTasks = (): {
    readonly scheduler: Scheduler<Task>
    readonly add: (milliseconds: number, heavy?: boolean) => Task
    readonly end: () => void
  } => {
    const leaves: (() => void)[] = []
    const scheduler = createScheduler<Task>({
      places: 2,
      threadPoolPlaces: 2,
      maxBytes: MAX_BYTES,
      start: (_, leave) => leaves.push(leave),
    })
    const add = (milliseconds: number, heavy = false): Task => {
      const task = {
        cost: { milliseconds, bytes: 0, lanes: 1 },
        heavy,
        usesThreadPool: false,
        pairKey: undefined,
      }
      scheduler.add(task)
      return task
    }
    return { scheduler, add, end: () => leaves.shift()?.() }
  }

  test('is nothing while a place is free', () => {
    const { scheduler, add } = withTasks()
    expect(scheduler.estimateWait()).toBe(0)
    add(400)
    expect(scheduler.estimateWait()).toBe(0)
  })

  test('is the estimate of all that run and wait, over the places', () => {
    const { scheduler, add, end } = withTasks()
    add(400)
    add(200)
    expect(scheduler.estimateWait()).toBe(300)
    const task = add(1_000)
    expect(scheduler.estimateWait()).toBe(800)
    scheduler.remove(task)
    expect(scheduler.estimateWait()).toBe(300)
    end()
    expect(scheduler.estimateWait()).toBe(0)
  })

  test('counts those that wait for their class though a place is free', () => {
    const { scheduler, add } = withTasks()
    add(1_000, true)
    add(1_000, true)
    expect(scheduler.estimateWait()).toBe(500)
  })
})

/** Integers from 0 to below the bound: a linear congruence, so that a failure comes again. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}
