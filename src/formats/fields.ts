import { malformed } from './problem.js'
import type { Malformed } from './problem.js'

const COMMA = 0x2c
const EQUALS = 0x3d

/** A part of a text, from `start` to before `end`. Audits read digests by the million, so no part is copied. */
export interface Field {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Makes the field of a part of a text, by default of the whole text. */
export function fieldOf(text: string, start = 0, end: number = text.length): Field {
  return { text, start, end }
}

/** This field stands for a value that was not read yet. */
const ABSENT: Field = /* @__PURE__ */ fieldOf('')

export function textOf({ text, start, end }: Field): string {
  return text.slice(start, end)
}

export function lengthOf({ start, end }: Field): number {
  return end - start
}

type Count = 2 | 3 | 4 | 5 | 6 | 7

/** A tuple of N fields. */
export type Fields<N extends Count> = {
  2: readonly [Field, Field]
  3: readonly [Field, Field, Field]
  4: readonly [Field, Field, Field, Field]
  5: readonly [Field, Field, Field, Field, Field]
  6: readonly [Field, Field, Field, Field, Field, Field]
  7: readonly [Field, Field, Field, Field, Field, Field, Field]
}[N]

/** The fields between separators; undefined where there are more or fewer than `count`. */
export function splitFields<N extends Count>(
  field: Field,
  separator: string,
  count: N,
): Fields<N> | undefined {
  const fields = splitAny(field, separator, count)
  return fields !== undefined && hasCount(fields, count) ? fields : undefined
}

/** The fields between separators, for a count that is not known to the types; undefined where there are more or fewer. */
export function splitAny(
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
 * Splits a field into `count` fields between different separators, each of which is looked for behind the one before. `$`
 * stands for separators that are not given. Undefined where a separator is missing or the last one stands again.
 */
export function splitBetween<N extends Count>(
  field: Field,
  separators: readonly string[],
  count: N,
): Fields<N> | undefined {
  const fields = splitAnyBetween(field, separators, count)
  return fields !== undefined && hasCount(fields, count) ? fields : undefined
}

/** The fields between different separators, as `splitBetween` gives them, for a count that is not known to the types. */
export function splitAnyBetween(
  { text, start, end }: Field,
  separators: readonly string[],
  count: number,
): readonly Field[] | undefined {
  const fields: Field[] = []
  let from = start
  let separator = '$'
  for (let place = 0; place < count - 1; place++) {
    separator = separators[place] ?? '$'
    const next = text.indexOf(separator, from)
    if (next < 0 || next + separator.length > end) return undefined
    fields.push(fieldOf(text, from, next))
    from = next + separator.length
  }
  const further = text.indexOf(separator, from)
  if (further >= 0 && further < end) return undefined
  fields.push(fieldOf(text, from, end))
  return fields
}

function hasCount<N extends Count>(fields: readonly Field[], count: N): fields is Fields<N> {
  return fields.length === count
}

/**
 * Reads `m=65536,t=3,p=4`: every name once, in any order (PHC string format, section on parameters).
 *
 * @returns the fields of the values, in the order of `names`
 */
export function readParameters<const N extends readonly string[]>(
  { text, start, end }: Field,
  names: N,
): { readonly [K in keyof N]: Field } | Malformed {
  const values = names.map(() => ABSENT)
  let from = start
  for (let at = start; at <= end; at++) {
    if (at < end && text.charCodeAt(at) !== COMMA) continue
    const place = findName({ text, start: from, end: at }, names)
    const name = names[place]
    if (name === undefined) return malformed('shape', 'parameters')
    if (values[place] !== ABSENT) return malformed('duplicate', name)
    values[place] = { text, start: from + name.length + 1, end: at }
    from = at + 1
  }
  // The loop replaces indexOf, whose -1 V8 would look up as a property name.
  const missing = names.find((_, place) => values[place] === ABSENT)
  if (missing !== undefined || !isParallel(values, names)) return malformed('shape', missing ?? 'parameters')
  return values
}

function isParallel<N extends readonly string[]>(
  values: readonly Field[],
  names: N,
): values is { readonly [K in keyof N]: Field } {
  return values.length === names.length
}

/** The index of the name in front of a parameter's equals sign; -1 where it is none of the names. */
function findName({ text, start, end }: Field, names: readonly string[]): number {
  for (let place = 0; place < names.length; place++) {
    const name = names[place] ?? ''
    const equals = start + name.length
    if (equals < end && text.charCodeAt(equals) === EQUALS && text.startsWith(name, start)) return place
  }
  return -1
}
