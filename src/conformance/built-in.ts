import { builtinHashers } from '../index.js'

/** Whether a hasher reads only the digests of rows that name the hasher. */
export function isOnlyNamed(hasher: string): boolean {
  return builtinHashers.some(({ name, onlyNamed }) => name === hasher && onlyNamed)
}

export function hasAlias(hasher: string, alias: string): boolean {
  return builtinHashers.some(({ name, aliases }) => name === hasher && aliases.includes(alias))
}
