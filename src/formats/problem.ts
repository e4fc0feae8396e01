/** What is wrong with a field of a digest. */
export type Problem =
  'shape' | 'alphabet' | 'length' | 'number' | 'range' | 'version' | 'duplicate' | 'canonical'

/** Which field of a digest is wrong, and how, where a hasher claims and cannot read it. It never holds the field's text. */
export interface Malformed {
  readonly problem: Problem
  readonly field: string
}

export function malformed(problem: Problem, field: string): Malformed {
  return { problem, field }
}

export function isMalformed(value: object): value is Malformed {
  // Readings are arrays, which need no further test, since this runs for every digest. Of other objects only an own property
  // counts, so that a polluted prototype makes nothing malformed.
  return !Array.isArray(value) && Object.hasOwn(value, 'problem')
}
