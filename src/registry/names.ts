import { RegistryError } from '../errors.js'
import type { Hasher } from '../hasher/contract.js'
import { isRecord } from '../options.js'

/**
 * The hashers that a name in a row means, in any spelling, the likeliest first: the hasher of that name, then all with that
 * alias. The list is empty where no hasher has the name. Undefined where the name is empty, since such a row names no hasher.
 */
export type FindNamed = (name: string) => readonly Hasher[] | undefined

const NOBODY: readonly Hasher[] = []

/**
 * The name of a hasher as a row spells it: white space of ASCII cut at both ends (a fixed-width column pads), letters of
 * ASCII in lower case, dashes as underscores.
 */
export function foldName(name: string): string {
  let start = 0
  let end = name.length
  while (start < end && isSpace(name.charCodeAt(start))) start++
  while (end > start && isSpace(name.charCodeAt(end - 1))) end--
  const text = name.slice(start, end).replaceAll('-', '_')
  return isAscii(text) ? text.toLowerCase() : Array.from(text, lowerAscii).join('')
}

function isAscii(text: string): boolean {
  for (let place = 0; place < text.length; place++) if (text.charCodeAt(place) > 0x7f) return false
  return true
}

/** Lowers only letters of ASCII. toLowerCase makes a "k" of the kelvin sign, so that other text would name a hasher. */
function lowerAscii(character: string): string {
  return isAscii(character) ? character.toLowerCase() : character
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}

/**
 * Indexes hashers by the names and aliases that rows have for them.
 *
 * @param names the application's own names for hashers of the registry: its option `names`
 * @throws RegistryError `ERR_REGISTRY_DUPLICATE_HASHER`, `ERR_REGISTRY_OPTION`
 */
export function indexNames(
  hashers: readonly Hasher[],
  targetForms: readonly Hasher[],
  names: unknown = {},
): FindNamed {
  const byName = new Map<string, readonly Hasher[]>()
  for (const hasher of hashers) {
    if (byName.has(hasher.name)) {
      const message = `createRegistry: two hashers are named ${hasher.name}. Leave one of them out.`
      throw new RegistryError('ERR_REGISTRY_DUPLICATE_HASHER', message)
    }
    byName.set(hasher.name, [hasher])
  }

  const builtin = new Map(byName)
  for (const hasher of hashers) {
    for (const alias of hasher.aliases) {
      if (alias !== hasher.name) builtin.set(alias, [...(builtin.get(alias) ?? []), hasher])
    }
  }

  const all = new Map([...builtin, ...readNames(names, { builtin, targetForms })])
  return (name) => {
    // Most rows spell the name exactly, and audits read rows by the million.
    const exact = all.get(name)
    if (exact !== undefined) return exact
    const folded = foldName(name)
    return folded === '' ? undefined : (all.get(folded) ?? NOBODY)
  }
}

function readNames(
  names: unknown,
  {
    builtin,
    targetForms,
  }: {
    readonly builtin: ReadonlyMap<string, readonly Hasher[]>
    readonly targetForms: readonly Hasher[]
  },
): ReadonlyMap<string, readonly Hasher[]> {
  if (!isRecord(names) || names instanceof Map)
    throw badNames('must be an object: a name of your rows, and the hasher that it means')
  const own = new Map<string, readonly Hasher[]>()
  for (const [theirs, ours] of Object.entries(names)) {
    const name = foldName(theirs)
    if (name === '') throw badNames('must not hold an empty name: such a row names no hasher')
    // New digests are stored under the names of the target's hashers, so these names keep their meaning.
    if (targetForms.some((form) => form.name === name)) {
      throw badNames(`must not rename ${name}, which the target writes`)
    }
    const found = typeof ours === 'string' ? builtin.get(foldName(ours)) : undefined
    if (found === undefined) throw badNames('must give each name a hasher of this registry')
    if (own.has(name)) throw badNames(`must not hold ${name} in two spellings`)
    own.set(name, found)
  }
  return own
}

function badNames(problem: string): RegistryError {
  return new RegistryError('ERR_REGISTRY_OPTION', `createRegistry: names ${problem}.`)
}
