import { RegistryError } from './errors.js'

/** Reads an option as an own property, so that a polluted prototype configures nothing. */
export function readOption<O extends object, K extends keyof O>(options: O, name: K): O[K] | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined
}

/** An option, or a default where the option is undefined. Null is given back as it is, so that it is refused as a mistake. */
export function readOptionOr<O extends object, K extends keyof O, F>(
  options: O,
  name: K,
  fallback: F,
): Exclude<O[K], undefined> | F {
  const value = readOption(options, name)
  return isGiven(value) ? value : fallback
}

function isGiven<V>(value: V): value is Exclude<V, undefined> {
  return value !== undefined
}

/** Whether options can be read from a value. A list has no options, and would silently mean the defaults. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first own name of an object of options that is not among `names`. */
export function findUnknownOption(options: object, names: readonly string[]): string | undefined {
  for (const name of Object.keys(options)) if (!names.includes(name)) return name
  return undefined
}

/** The type of an option: a test of its values, and the words for it in errors. */
export interface OptionType<T> {
  readonly is: (value: unknown) => value is T
  /** The words for the type: "true or false", as in "equalize must be true or false". */
  readonly expected: string
}

/** The options of one function, each read once, as own properties. Undefined is the same as absent; null is a mistake. */
export interface OptionReader {
  /** Reads an option that may be absent. @throws RegistryError `ERR_REGISTRY_OPTION` where it is of another type */
  readonly read: <T>(name: string, type: OptionType<T>) => T | undefined
  /** Reads a required option. @throws RegistryError `ERR_REGISTRY_OPTION` where it is absent or of another type */
  readonly require: <T>(name: string, type: OptionType<T>) => T
}

/**
 * Opens the options of a function.
 *
 * @param where the name of the function in errors, such as "createRegistry"
 * @throws RegistryError `ERR_REGISTRY_OPTION` for options that are no object, and for an unknown name: a misspelled option
 *   would silently be the default
 */
export function openOptions(where: string, options: unknown, names: readonly string[]): OptionReader {
  const fail = (problem: string): RegistryError =>
    new RegistryError('ERR_REGISTRY_OPTION', `${where}: ${problem}.`)
  if (!isRecord(options)) throw fail('options must be a plain object')
  if (findUnknownOption(options, names) !== undefined) {
    throw fail(`there is no such option. It takes ${names.join(', ')}`)
  }
  const read: OptionReader['read'] = (name, { is, expected }) => {
    const value = readOption(options, name)
    if (value === undefined || is(value)) return value
    throw fail(`${name} must be ${expected}`)
  }
  return {
    read,
    require: (name, type) => {
      const value = read(name, type)
      if (value === undefined) throw fail(`${name} must be ${type.expected}`)
      return value
    },
  }
}

export const BOOLEAN: OptionType<boolean> = {
  is: (value) => typeof value === 'boolean',
  expected: 'true or false',
}

/** The type of an integer in a range, inclusive. `range` has the words for the range, where the numbers would not help. */
export function integerOf(min: number, max: number, range = `${min} to ${max}`): OptionType<number> {
  return {
    is: (value): value is number =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    expected: `an integer from ${range}`,
  }
}

export const POSITIVE: OptionType<number> = {
  is: (value): value is number => typeof value === 'number' && value > 0,
  expected: 'a positive number',
}

/** The type of an option that is one of a few words. */
export function oneOf<const T extends string>(words: readonly T[]): OptionType<T> {
  return {
    is: (value): value is T => words.some((word) => word === value),
    expected: words.join(', '),
  }
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
