/** The problem of a field of a digest. */
export type Problem =
  'shape' | 'alphabet' | 'length' | 'number' | 'range' | 'version' | 'duplicate' | 'canonical'

/** The wrong field of a digest that a hasher claims and cannot read, and its problem. It never holds the field's text. */
export interface Malformed {
  readonly problem: Problem
  readonly field: string
}

export function malformed(problem: Problem, field: string): Malformed {
  return { problem, field }
}

export function isMalformed(value: object): value is Malformed {
  // This runs for every digest, so readings, which are arrays, need no further test. Of other objects only an own property
  // counts, so that a polluted prototype makes nothing malformed.
  return !Array.isArray(value) && Object.hasOwn(value, 'problem')
}
