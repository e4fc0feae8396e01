import { describe, expect, test } from 'vitest'
import { createScheduler } from './scheduler.js'
import type { Scheduler, SchedulerOptions } from './scheduler.js'
import type { Task } from './task.js'

const MIB = 2 ** 20

interface Work {
  readonly milliseconds?: number
  readonly bytes?: number
  readonly heavy?: boolean
  readonly usesThreadPool?: boolean
  readonly pairKey?: string
}

interface NamedTask extends Task {
  readonly name: string
}

/** A scheduler whose tasks a test ends. `running` holds the names of started tasks, in their order, and pairs as `a+b`. */
function withTasks(options: Partial<SchedulerOptions<NamedTask>> = {}): {
  readonly scheduler: Scheduler<NamedTask>
  readonly running: string[]
  readonly add: (name: string, work?: Work) => () => boolean
  readonly end: (name: string) => void
} {
  const running: string[] = []
  const leaves = new Map<string, () => void>()
  const scheduler = createScheduler<NamedTask>({
    places: 2,
    threadPoolPlaces: 2,
    maxBytes: 100 * MIB,
    start: (tasks, leave) => {
      const name = tasks.map((task) => task.name).join('+')
      running.push(name)
      leaves.set(name, leave)
    },
    ...options,
  })
  const add = (name: string, work: Work = {}): (() => boolean) => {
    const task = {
      name,
      cost: { milliseconds: work.milliseconds ?? 1, bytes: work.bytes ?? 0, lanes: 1 },
      heavy: work.heavy ?? false,
      usesThreadPool: work.usesThreadPool ?? false,
      pairKey: work.pairKey,
    }
    scheduler.add(task)
    return () => scheduler.remove(task)
  }
  const end = (name: string): void => {
    running.splice(running.indexOf(name), 1)
    leaves.get(name)?.()
  }
  return { scheduler, running, add, end }
}

describe('the places of a scheduler', () => {
  test('are taken at once, in the order in which tasks arrive', () => {
    const { running, add, end } = withTasks()
    for (const name of ['a', 'b', 'c', 'd']) add(name)
    expect(running).toEqual(['a', 'b'])
    end('b')
    expect(running).toEqual(['a', 'c'])
    end('a')
    end('c')
    expect(running).toEqual(['d'])
  })

  test('are free again for a task that comes after all tasks have ended', () => {
    const { running, add, end } = withTasks({ places: 1 })
    add('a')
    end('a')
    add('b')
    expect(running).toEqual(['b'])
  })

  test('are not taken by a removed task; a task that has started cannot be removed', () => {
    const { running, add, end } = withTasks({ places: 1 })
    const removeA = add('a')
    const removeB = add('b')
    add('c')
    expect(removeA()).toBe(false)
    expect(removeB()).toBe(true)
    expect(removeB()).toBe(false)
    end('a')
    expect(running).toEqual(['c'])
    expect(removeA()).toBe(false)
  })
})

describe('heavy tasks', () => {
  test('never hold all places, and short tasks pass waiting heavy tasks', () => {
    const { running, add, end } = withTasks({ places: 3 })
    for (const name of ['A', 'B', 'C', 'D']) add(name, { heavy: true })
    add('a')
    add('b')
    expect(running).toEqual(['A', 'B', 'a'])
    end('a')
    expect(running).toEqual(['A', 'B', 'b'])
    end('A')
    expect(running).toEqual(['B', 'b', 'C'])
  })

  test('leave a place idle rather than hold all places', () => {
    const { running, add } = withTasks()
    add('A', { heavy: true })
    add('B', { heavy: true })
    expect(running).toEqual(['A'])
    add('a')
    expect(running).toEqual(['A', 'a'])
  })

  test('may hold the only place', () => {
    const { running, add, end } = withTasks({ places: 1 })
    add('A', { heavy: true })
    add('B', { heavy: true })
    add('a')
    expect(running).toEqual(['A'])
    end('A')
    expect(running).toEqual(['B'])
  })
})

describe('the memory of a scheduler', () => {
  test('is shared by tasks that fit into it together', () => {
    const { running, add, end } = withTasks({ places: 4 })
    add('60', { bytes: 60 * MIB })
    add('40', { bytes: 40 * MIB })
    add('1', { bytes: MIB })
    expect(running).toEqual(['60', '40'])
    end('40')
    expect(running).toEqual(['60', '1'])
  })

  test('is enough for the largest task, which runs beside no other task that needs memory', () => {
    const { running, add, end } = withTasks({ places: 4 })
    add('small', { bytes: MIB })
    add('huge', { bytes: 999 * MIB })
    add('next', { bytes: MIB })
    add('none')
    expect(running).toEqual(['small', 'none'])
    end('small')
    expect(running).toEqual(['none', 'huge'])
    end('huge')
    expect(running).toEqual(['none', 'next'])
  })

  test('is not counted for the state of a hash function', () => {
    const { running, add } = withTasks({ places: 4, maxBytes: 1 })
    add('bcrypt', { bytes: 8 * 1024 })
    add('argon2', { bytes: 64 * 1024 })
    add('scrypt', { bytes: 16 * MIB })
    expect(running).toEqual(['bcrypt', 'argon2', 'scrypt'])
  })

  test('goes to the tasks behind a task that was removed while it waited for memory', () => {
    const { running, add } = withTasks({ places: 3 })
    add('first', { bytes: 60 * MIB })
    const remove = add('large', { bytes: 60 * MIB })
    add('small', { bytes: MIB })
    expect(running).toEqual(['first'])
    remove()
    expect(running).toEqual(['first', 'small'])
  })
})

describe('a pair of tasks', () => {
  test('takes the last place that heavy tasks may have', () => {
    const { running, add, end } = withTasks({ places: 3 })
    for (const name of ['A', 'B', 'C', 'D', 'E']) add(name, { heavy: true, pairKey: 'key' })
    expect(running).toEqual(['A', 'B'])
    end('A')
    expect(running).toEqual(['B', 'C+D'])
    add('a')
    expect(running).toEqual(['B', 'C+D', 'a'])
  })

  test('takes the last place, even with other tasks between the two in the line', () => {
    const { running, add, end } = withTasks()
    for (const name of ['a', 'b', 'c', 'd', 'e']) add(name, { pairKey: name === 'd' ? 'other' : 'key' })
    expect(running).toEqual(['a', 'b'])
    end('a')
    expect(running).toEqual(['b', 'c+e'])
    end('b')
    expect(running).toEqual(['c+e', 'd'])
  })

  test('is not made while there are places for both, and no task waits for a partner', () => {
    const { running, add, end } = withTasks({ places: 3 })
    for (const name of ['a', 'b', 'c', 'd', 'e']) add(name, { pairKey: 'key' })
    end('a')
    expect(running).toEqual(['b', 'c', 'd+e'])
    end('b')
    add('f', { pairKey: 'key' })
    expect(running).toEqual(['c', 'd+e', 'f'])
  })

  test('has two heavy tasks or none, or heavy tasks would hold all places', () => {
    const { running, add, end } = withTasks({ places: 2 })
    add('A', { heavy: true, pairKey: 'key' })
    add('b')
    add('c', { pairKey: 'key' })
    add('D', { heavy: true, pairKey: 'key' })
    end('b')
    expect(running).toEqual(['A', 'c'])
    end('c')
    expect(running).toEqual(['A'])
  })
})

describe('tasks of the thread pool', () => {
  test('take no more than their share of places, and other tasks pass those that wait', () => {
    const { running, add, end } = withTasks({ places: 4, threadPoolPlaces: 1 })
    add('argon2 a', { usesThreadPool: true })
    add('argon2 b', { usesThreadPool: true })
    add('bcrypt')
    expect(running).toEqual(['argon2 a', 'bcrypt'])
    end('argon2 a')
    expect(running).toEqual(['bcrypt', 'argon2 b'])
  })
})

describe('no task waits for ever under a steady stream of', () => {
  // The task that waits is heavy, and needs memory and the thread pool. One more task of each kind in the stream is always
  // waiting, and running tasks end in turn.
  test.each<[string, Work[]]>([
    ['small tasks with memory', [{ bytes: MIB }]],
    ['heavy tasks', [{ heavy: true }]],
    ['heavy tasks and small tasks with memory', [{ heavy: true }, { bytes: MIB }]],
    ['tasks of the thread pool', [{ usesThreadPool: true }]],
    ['tasks of the thread pool and tasks with memory', [{ usesThreadPool: true }, { bytes: MIB }]],
    [
      'tasks of all these kinds',
      [{ heavy: true }, { usesThreadPool: true }, { bytes: MIB }, { bytes: 60 * MIB, heavy: true }, {}],
    ],
  ])('%s', (_, kinds) => {
    const { running, add, end } = withTasks({ places: 3, threadPoolPlaces: 1 })
    let added = 0
    const stream = (): void => {
      for (const kind of kinds) for (let copy = 0; copy < 3; copy++) add(`other ${added++}`, kind)
    }
    stream()
    add('waiting', { heavy: true, bytes: 100 * MIB, usesThreadPool: true })
    for (let round = 0; round < 200 && !running.includes('waiting'); round++) {
      stream()
      const [oldest] = running
      if (oldest !== undefined) end(oldest)
    }
    expect(running).toContain('waiting')
  })
})
