import { malformed } from './problem.js'
import type { Malformed } from './problem.js'

/** The fields between separators where there are exactly `count` of them. */
export function splitFields(text: string, separator: string, count: number): readonly string[] | undefined {
  const fields = text.split(separator, count + 1)
  return fields.length === count ? fields : undefined
}

/**
 * Reads `m=65536,t=3,p=4`: every name once, in any order (PHC string format, section on parameters).
 *
 * @returns the values in the order of `names`, still text
 */
export function readParameters(text: string, names: readonly string[]): readonly string[] | Malformed {
  const values = new Map<string, string>()
  for (const parameter of text.split(',', names.length + 1)) {
    const equals = parameter.indexOf('=')
    const name = parameter.slice(0, equals)
    if (equals < 0 || !names.includes(name)) return malformed('shape', 'parameters')
    if (values.has(name)) return malformed('duplicate', name)
    values.set(name, parameter.slice(equals + 1))
  }
  const ordered: string[] = []
  for (const name of names) {
    const value = values.get(name)
    if (value === undefined) return malformed('shape', name)
    ordered.push(value)
  }
  return ordered
}
