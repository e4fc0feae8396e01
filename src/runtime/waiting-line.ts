import { needsOf } from './task.js'
import type { Task } from './task.js'

/** A waiting task, between its neighbours of the same kind. */
export interface Waiting<T> {
  readonly task: T
  /** A number that is larger for each later task. */
  readonly order: number
  readonly kind: Kind<T>
  before: Waiting<T> | undefined
  after: Waiting<T> | undefined
}

/** The waiting tasks with the same needs, none of which starts before the first. */
export interface Kind<T> {
  first: Waiting<T> | undefined
  last: Waiting<T> | undefined
}

/** The waiting tasks, in the order they came. Removing a task and reading `firsts` take no longer in a long line. */
export interface WaitingLine<T> {
  readonly push: (task: T) => void
  /** Removes a task. Returns whether the task was waiting. */
  readonly remove: (task: T) => boolean
  readonly kindOf: (task: T) => Kind<T>
  /** The first task of each kind that has one. */
  readonly firsts: () => Waiting<T>[]
}

export function createWaitingLine<T extends Task>(): WaitingLine<T> {
  const kinds = new Map<number, Kind<T>>()
  const places = new Map<T, Waiting<T>>()
  let lastOrder = 0

  const kindOf = (task: T): Kind<T> => {
    const needs = needsOf(task)
    const known = kinds.get(needs)
    if (known !== undefined) return known
    const kind = { first: undefined, last: undefined }
    kinds.set(needs, kind)
    return kind
  }

  return {
    push: (task) => {
      const kind = kindOf(task)
      const waiting: Waiting<T> = { task, order: ++lastOrder, kind, before: kind.last, after: undefined }
      if (kind.last === undefined) kind.first = waiting
      else kind.last.after = waiting
      kind.last = waiting
      places.set(task, waiting)
    },
    remove: (task) => {
      const waiting = places.get(task)
      if (waiting === undefined) return false
      places.delete(task)
      const { kind, before, after } = waiting
      if (before === undefined) kind.first = after
      else before.after = after
      if (after === undefined) kind.last = before
      else after.before = before
      return true
    },
    kindOf,
    firsts: () => [...kinds.values()].flatMap(({ first }) => (first === undefined ? [] : [first])),
  }
}
