import { RegistryError } from '../errors.js'
import type { Hasher, HasherFacts, Standing } from './contract.js'

const STANDINGS: readonly Standing[] = ['sound', 'dated', 'insecure']

/** The checked members by which a registry finds a hasher. Members that a specification leaves out have their defaults. */
export type Facts = Pick<Hasher, 'aliases' | 'prehashed' | 'onlyNamed' | 'neverRenamed' | 'prefixes'>

/**
 * Reads and checks the facts of a specification.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` for a specification whose hasher could not be found
 */
export function readFacts(
  spec: HasherFacts & { readonly prefixes?: readonly string[] },
  maker: string,
): Facts {
  const fail = (problem: string): RegistryError =>
    new RegistryError('ERR_REGISTRY_OPTION', `${maker}: ${problem}`)
  const { name, example, why, writtenBy, prehashed = false, onlyNamed = false, neverRenamed = false } = spec
  const aliases: unknown = spec.aliases ?? []
  const prefixes: unknown = spec.prefixes ?? []

  if (!isSnakeCase(name)) throw fail('name must be snake_case, as in "md5_reversed".')
  if (!isList(aliases, isSnakeCase) || ![prehashed, onlyNamed, neverRenamed].every(isBoolean)) {
    throw fail('aliases must be a list of names in snake_case, and the flags true or false.')
  }
  if (!isList(prefixes, isText) || prefixes.includes('') || !hasPrefix(example, prefixes)) {
    throw fail('example must be a text, and prefixes a list of texts, one of which it begins with.')
  }
  if (![why, writtenBy].every((text) => text === undefined || isText(text))) {
    throw fail('why and writtenBy must be texts.')
  }
  return {
    aliases: Object.freeze([...aliases]),
    prehashed,
    onlyNamed,
    neverRenamed,
    prefixes: Object.freeze([...prefixes]),
  }
}

/** Copies a specification. Later changes of the specification, and members of a polluted prototype, are not in the copy. */
export function copyOwn<T extends object>(spec: T): T {
  const copy = { ...spec }
  Object.setPrototypeOf(copy, null)
  return copy
}

/**
 * Checks that a specification is an object.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION`
 */
export function assertIsObject(spec: unknown, maker: string): void {
  if (typeof spec === 'object' && spec !== null) return
  throw new RegistryError('ERR_REGISTRY_OPTION', `${maker}: a specification must be an object.`)
}

/**
 * Refuses a misspelled standing, with which the digests of an insecure hasher would never be replaced.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION`
 */
export function assertStanding(standing: unknown, maker: string): asserts standing is Standing {
  if (isStanding(standing)) return
  throw new RegistryError('ERR_REGISTRY_OPTION', `${maker}: standing must be ${STANDINGS.join(', ')}.`)
}

export function isStanding(value: unknown): value is Standing {
  return STANDINGS.some((known) => known === value)
}

function isSnakeCase(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem)
}

/** Whether an example begins with one of the prefixes. A hasher is shown only digests that begin with one of its prefixes. */
function hasPrefix(example: unknown, prefixes: readonly string[]): boolean {
  if (typeof example !== 'string') return false
  return prefixes.length === 0 || prefixes.some((prefix) => example.startsWith(prefix))
}
