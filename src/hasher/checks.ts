import { RegistryError } from '../errors.js'

/**
 * How far a hasher can be trusted: `sound`; `dated`, slow once and not broken wholesale yet; `insecure`, fast enough
 * to be broken wholesale and always replaced.
 */
export type Standing = (typeof STANDINGS)[number]

const STANDINGS = ['sound', 'dated', 'insecure'] as const

/** @throws RegistryError `ERR_REGISTRY_OPTION` where there is no specification to read */
export function assertIsObject(spec: unknown): void {
  if (typeof spec === 'object' && spec !== null) return
  throw new RegistryError('ERR_REGISTRY_OPTION', 'defineHasher: a specification must be an object.')
}

/**
 * Refuses a specification that would make a hasher nobody finds, or one whose digests are never replaced.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION`
 */
export function assertSpecification({
  name,
  standing,
  aliases = [],
  prehashed = false,
  example,
  prefixes,
}: {
  readonly name: unknown
  readonly standing: unknown
  readonly aliases?: unknown
  readonly prehashed?: unknown
  readonly example: unknown
  readonly prefixes?: unknown
}): void {
  if (!isSnakeCase(name)) {
    throw new RegistryError(
      'ERR_REGISTRY_OPTION',
      'defineHasher: name must be snake_case, as in "md5_reversed".',
    )
  }
  if (!Array.isArray(aliases) || !aliases.every(isSnakeCase) || typeof prehashed !== 'boolean') {
    throw new RegistryError(
      'ERR_REGISTRY_OPTION',
      'defineHasher: aliases must be a list of names in snake_case, and prehashed true or false.',
    )
  }
  if (!hasPrefixes(example, prefixes ?? [])) {
    throw new RegistryError(
      'ERR_REGISTRY_OPTION',
      'defineHasher: example must be a text, and prefixes a list of texts, one of which it begins with.',
    )
  }
  // With a misspelled one an insecure hasher would never be replaced.
  if (!STANDINGS.some((known) => known === standing)) {
    throw new RegistryError('ERR_REGISTRY_OPTION', `defineHasher: standing must be ${STANDINGS.join(', ')}.`)
  }
}

function isSnakeCase(name: unknown): boolean {
  return typeof name === 'string' && /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)
}

/** A digest is shown to no hasher with other prefixes than its own, so that wrong ones would hide it. */
function hasPrefixes(example: unknown, prefixes: unknown): boolean {
  if (typeof example !== 'string' || !Array.isArray(prefixes)) return false
  if (!prefixes.every((prefix) => typeof prefix === 'string')) return false
  return prefixes.length === 0 || prefixes.some((prefix) => example.startsWith(prefix))
}
