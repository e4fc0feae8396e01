import type { Registry, Replacement, StoredDigest } from '../registry/api.js'
import { argumentError } from '../argument-error.js'
import { foldName } from '../registry/names.js'

/** Digest and hasher of an account, read when the account was found, since its store may change the object later. */
export interface Row {
  readonly digest: StoredDigest
  readonly hasher: string | null | undefined
}

/** The difference between the row that is stored after a match and the row that was checked. */
export type Stored = 'as-checked' | 'replaced' | 'cut' | 'other'

// The rest of a new digest in a narrow column must hold some of its salt, or it could be the start of another digest, which a
// reset stored. The salt of bcrypt is behind the last dollar sign.
const MIN_LENGTH = 12
const MIN_SALT_LENGTH = 5

/**
 * Reads digest and hasher of an account. Properties may be inherited, as the getters of a model are, but not from
 * `Object.prototype`, which may be polluted.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` where the account is no object; `ERR_INVALID_ARG_VALUE` where it has no property
 *   `digest`, so that every sign-in would fail in silence
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

/** The value of a property of an account, of any type: `verify` refuses wrong types. Undefined where there is no property. */
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

/** Compares the row that is stored now with the row that was checked, and with the replacement that was handed to the store. */
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
  if (current.digest === next.digest)
    return compareHashers(current.hasher, { checked: checked.hasher, next: next.hasher })
  return isCut(current, next, parse) ? 'cut' : 'other'
}

/** Compares the stored hasher beside the new digest. Without a column for hashers there is none; a narrow column cuts its name. */
function compareHashers(
  stored: Row['hasher'],
  { checked, next }: { readonly checked: Row['hasher']; readonly next: string },
): Stored {
  const name = foldName(stored ?? '')
  if (name === '' || name === next) return 'replaced'
  // The old name of the checked row may happen to be the beginning of the new name.
  return next.startsWith(name) && stored !== checked ? 'cut' : 'other'
}

/** Whether a row holds the part of the new digest that a narrow column left: its beginning, perhaps filled up. */
function isCut({ digest, hasher }: Row, next: Replacement, parse: Registry['parse']): boolean {
  const telling = Math.max(MIN_LENGTH, next.digest.lastIndexOf('$') + 1 + MIN_SALT_LENGTH)
  if (typeof digest !== 'string' || digest.slice(0, telling) !== next.digest.slice(0, telling)) return false
  if (next.digest.startsWith(digest)) return true
  const read = parse(digest, { hasher })
  return read.outcome === 'malformed' && read.problem === 'length'
}
