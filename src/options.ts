import { RegistryError } from './errors.js'

/** An option as an own property, so that a polluted prototype configures nothing. */
export function readOption<O extends object, K extends keyof O>(options: O, name: K): O[K] | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined
}

/** The same with a default, which stands for undefined alone: null is a mistake that the caller hears of. */
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

/** Whether options can be read from it: a list has none, and would silently be the defaults. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Refuses names that mean nothing: a misspelled option would silently be the default.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION`
 */
export function assertOptionNames(options: unknown, where: string, names: readonly string[]): void {
  if (!isRecord(options)) {
    throw new RegistryError('ERR_REGISTRY_OPTION', `${where}: options must be a plain object.`)
  }
  if (findUnknownOption(options, names) === undefined) return
  throw new RegistryError(
    'ERR_REGISTRY_OPTION',
    `${where}: there is no such option. It takes ${names.join(', ')}.`,
  )
}

/** The first own name of an object of options that is none of these. */
export function findUnknownOption(options: object, names: readonly string[]): string | undefined {
  for (const name of Object.keys(options)) if (!names.includes(name)) return name
  return undefined
}
