import { malformed } from './problem.js'
import type { Malformed } from './problem.js'

const COMMA = 0x2c
const EQUALS = 0x3d

/** A part of a text, from `start` to before `end`. Audits read digests by the million, so nothing is cut out of them. */
export interface Field {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A part of a text, by default the whole of it. */
export function fieldOf(text: string, start = 0, end: number = text.length): Field {
  return { text, start, end }
}

/** What stands for a field that is not there, for a compiler that does not know how many there are. */
export const NO_FIELD: Field = /* @__PURE__ */ fieldOf('')

export function lengthOf({ start, end }: Field): number {
  return end - start
}

/** The fields between separators; undefined where there are more or fewer than `count`. */
export function splitFields(
  { text, start, end }: Field,
  separator: string,
  count: number,
): readonly Field[] | undefined {
  const fields: Field[] = []
  let from = start
  for (;;) {
    const next = text.indexOf(separator, from)
    const isLast = next < 0 || next >= end
    fields.push({ text, start: from, end: isLast ? end : next })
    if (isLast) return fields.length === count ? fields : undefined
    if (fields.length === count) return undefined
    from = next + separator.length
  }
}

/**
 * Reads `m=65536,t=3,p=4`: every name once, in any order (PHC string format, section on parameters).
 *
 * @returns the values in the order of `names`, not read any further
 */
export function readParameters(
  { text, start, end }: Field,
  names: readonly string[],
): readonly Field[] | Malformed {
  const values = names.map(() => NO_FIELD)
  let from = start
  for (let at = start; at <= end; at++) {
    if (at < end && text.charCodeAt(at) !== COMMA) continue
    const place = findName({ text, start: from, end: at }, names)
    const name = names[place]
    if (name === undefined) return malformed('shape', 'parameters')
    if (values[place] !== NO_FIELD) return malformed('duplicate', name)
    values[place] = { text, start: from + name.length + 1, end: at }
    from = at + 1
  }
  // Not by indexOf: where none is missing, V8 would look up names[-1] by its text.
  const missing = names.find((_, place) => values[place] === NO_FIELD)
  return missing === undefined ? values : malformed('shape', missing)
}

/** The place of the name that stands before the equals sign of a parameter; -1 where it is none of these. */
function findName({ text, start, end }: Field, names: readonly string[]): number {
  for (let place = 0; place < names.length; place++) {
    const name = names[place] ?? ''
    const equals = start + name.length
    if (equals < end && text.charCodeAt(equals) === EQUALS && text.startsWith(name, start)) return place
  }
  return -1
}
