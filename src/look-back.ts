import type { Registry, Replacement, StoredDigest } from './api.js'
import { argumentError } from './argument-error.js'
import { foldName } from './names.js'

/** What a sign-in reads of an account, when it was found: an account may be an object that its store changes later. */
export interface Row {
  readonly digest: StoredDigest
  readonly hasher: string | null | undefined
}

/** How what is stored after a match differs from what was checked. */
export type Stored = 'as-checked' | 'replaced' | 'cut' | 'other'

// What stays of a new digest in a narrow column holds some of its salt, so that it cannot be the start of another.
const MIN_CUT_LENGTH = 12

/**
 * Reads digest and hasher of an account. Properties may be inherited, as the getters of a model are, but not from
 * `Object.prototype`, which belongs to nobody.
 *
 * @throws TypeError `ERR_INVALID_ARG_VALUE` where there is no property `digest`: every sign-in would fail in silence
 */
export function readRow(account: unknown): Row {
  if (typeof account !== 'object' || account === null) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'find must give an account, which is an object, or null.')
  }
  const digest = readProperty(account, 'digest')
  if (digest === undefined) {
    const problem = Array.isArray(account)
      ? 'it gave a list; give its first row, or null where it is empty'
      : 'name the column in the query, or give the property that name; null stands for no password'
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      `find gave an account without a property "digest": ${problem}.`,
    )
  }
  return { digest: digest.value, hasher: readProperty(account, 'hasher')?.value }
}

/** The value of a property that the account has, whatever its type; `verify` refuses the wrong ones. */
function readProperty(
  account: { readonly digest?: StoredDigest; readonly hasher?: StoredDigest },
  name: 'digest' | 'hasher',
): { readonly value: StoredDigest } | undefined {
  if (Object.hasOwn(account, name)) return { value: account[name] }
  if (!Object.hasOwn(Object.prototype, name)) {
    const value = account[name]
    return value !== undefined || name in account ? { value } : undefined
  }
  let holder: unknown = account
  while (typeof holder === 'object' && holder !== null && holder !== Object.prototype) {
    if (Object.hasOwn(holder, name)) return { value: account[name] }
    holder = Object.getPrototypeOf(holder)
  }
  return undefined
}

/** Compares what is stored now with what was checked, and with the replacement that was handed to the store. */
export function compareStored(
  current: Row,
  {
    checked,
    next,
    parse,
  }: {
    readonly checked: Row
    readonly next: Replacement | undefined
    readonly parse: Registry['parse']
  },
): Stored {
  if (current.digest === checked.digest && current.hasher === checked.hasher) return 'as-checked'
  if (next === undefined || typeof current.digest !== 'string') return 'other'
  if (current.digest === next.digest) return isSameHasher(current.hasher, next.hasher) ? 'replaced' : 'other'
  return isCut(current, next, parse) ? 'cut' : 'other'
}

/** A table without a column for the hasher gives none. */
function isSameHasher(stored: Row['hasher'], hasher: string): boolean {
  if (stored === null || stored === undefined) return true
  const name = foldName(stored)
  return name === '' || name === hasher
}

/** Whether it is what a narrow column left of the new digest: its beginning, perhaps filled up with something else. */
function isCut({ digest, hasher }: Row, next: Replacement, parse: Registry['parse']): boolean {
  if (
    typeof digest !== 'string' ||
    digest.slice(0, MIN_CUT_LENGTH) !== next.digest.slice(0, MIN_CUT_LENGTH)
  ) {
    return false
  }
  if (next.digest.startsWith(digest)) return true
  const read = parse(digest, { hasher })
  return read.outcome === 'malformed' && read.problem === 'length'
}
