import { builtinHashers } from '../index.js'

/** Whether a hasher reads the digests of rows that name it, and of no others. */
export function isOnlyNamed(hasher: string): boolean {
  return builtinHashers.some(({ name, onlyNamed }) => name === hasher && onlyNamed)
}

/** Whether a hasher has that alias. */
export function hasAlias(hasher: string, alias: string): boolean {
  return builtinHashers.some(({ name, aliases }) => name === hasher && aliases.includes(alias))
}
