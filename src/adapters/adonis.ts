import type { Registry } from '../core.js'
import { assertGiven, hasFunctions, isEmpty } from './account.js'

// The contract of AdonisJS's hash drivers. No module of AdonisJS is imported.

/** A driver of `@adonisjs/hash`. `verify` takes the digest first. */
export interface AdonisDriver {
  readonly isValidHash: (value: string) => boolean
  readonly make: (value: string) => Promise<string>
  readonly verify: (hashedValue: string, plainValue: string) => Promise<boolean>
  readonly needsReHash: (hashedValue: string) => boolean
}

const BARE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_*'

/** Whether a text has no sign but those of hexadecimal and base64, as hashes without a prefix. It may be a password. */
function isBare(text: string): boolean {
  return Array.from(text).every((sign) => BARE.includes(sign))
}

/**
 * Makes a driver that checks passwords by a registry. An empty password never matches. A password that nobody can have typed is
 * an error of `verify` as it is one of `make`, which AdonisJS calls where there is no account: so the two cannot be told apart.
 *
 * The driver replaces nothing, since AdonisJS hands it no account: see the recipe.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE` for what is no registry
 */
export function createDriver(registry: Registry): AdonisDriver {
  assertGiven(hasFunctions(registry, ['evaluate', 'hash']), 'createDriver needs a registry')
  return {
    // A password may look like a bare hash, and applications ask this to find out whether a text is hashed already.
    isValidHash: (text) => registry.parse(text).outcome === 'parsed' && !isBare(text),
    make: (password) => registry.hash(password),
    verify: async (digest, password) => {
      const { outcome } = await registry.evaluate(password, isEmpty(password) ? null : digest)
      // The registry's own error for such a password is thrown.
      if (outcome === 'refused') await registry.hash(password)
      return outcome === 'match'
    },
    needsReHash: (digest) => registry.needsRehash(digest),
  }
}
