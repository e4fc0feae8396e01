/** What is wrong with a field of a digest. */
export type Problem =
  'shape' | 'alphabet' | 'length' | 'number' | 'range' | 'version' | 'duplicate' | 'canonical'

/** A digest that a hasher claims and cannot read: which field is wrong, and how. Never holds the field's text. */
export interface Malformed {
  readonly problem: Problem
  readonly field: string
}

export function malformed(problem: Problem, field: string): Malformed {
  return { problem, field }
}

export function isMalformed(value: object): value is Malformed {
  // Readings come as arrays, which need no further look: this is asked for every digest. Of anything else an own property
  // counts alone, so that a polluted prototype makes nothing malformed.
  return !Array.isArray(value) && Object.hasOwn(value, 'problem')
}
