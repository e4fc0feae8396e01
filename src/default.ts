import { argon2i, argon2id } from './hashers/argon2.js'
import { md5, sha256 } from './hashers/bare-hex.js'
import { bcrypt } from './hashers/bcrypt.js'
import { bcryptSha256Django } from './hashers/bcrypt-sha256-django.js'
import { pbkdf2Sha1, pbkdf2Sha256, pbkdf2Sha256Django, pbkdf2Sha512 } from './hashers/pbkdf2.js'
import { phpass } from './hashers/phpass.js'
import { scryptFirebase } from './hashers/scrypt-firebase.js'
import { scryptWerkzeug } from './hashers/scrypt-werkzeug.js'
import type { Hasher } from './hasher/hasher.js'
import { readOptionOr } from './options.js'
import { listHashers } from './registry/hasher-info.js'
import { createRegistry as createBareRegistry } from './registry/registry.js'
import type { Registry } from './registry/api.js'
import { assertRegistryOptions } from './registry/settings.js'
import type { RegistryOptions } from './registry/settings.js'
import { assertSignInOptions, createSignIn as createBareSignIn } from './sign-in/sign-in.js'
import type { Account, SignIn, SignInOptions } from './sign-in/sign-in.js'
import { bcryptTarget } from './targets/bcrypt.js'

/** Every built-in hasher. Where several claim one digest, their order here ranks them. */
export const builtinHashers: readonly Hasher[] = /* @__PURE__ */ Object.freeze([
  bcrypt,
  bcryptSha256Django,
  argon2id,
  argon2i,
  // Django writes nearly all digests of this grammar.
  pbkdf2Sha256Django,
  pbkdf2Sha256,
  pbkdf2Sha512,
  pbkdf2Sha1,
  phpass,
  scryptFirebase,
  scryptWerkzeug,
  md5,
  sha256,
])

/**
 * Makes a registry; by default of every built-in hasher, with bcrypt at cost 12 as its target.
 *
 * @throws RegistryError where it is wired wrongly: a bad option, two hashers of one name
 * @example createRegistry({ policy: 'dated', target: bcryptTarget({ cost: 13 }) })
 */
export function createRegistry(options: Partial<RegistryOptions> = {}): Registry {
  assertRegistryOptions(options)
  return createBareRegistry({
    ...options,
    hashers: readOptionOr(options, 'hashers', builtinHashers),
    target: readOptionOr(options, 'target', bcryptTarget()),
  })
}

/** The registry behind the functions that `passlift` exports. */
export const defaultRegistry: Registry = /* @__PURE__ */ createRegistryOnFirstUse()

/**
 * A registry that is made when it is first asked for anything: a process that only imports the package would wait for it,
 * about a millisecond of sixty. Made once and never changed, it cannot be told from one that was made at import.
 */
function createRegistryOnFirstUse(): Registry {
  let made: Registry | undefined
  const registry = (): Registry => (made ??= createRegistry())
  return Object.freeze({
    evaluate: async (password, digest, options) => registry().evaluate(password, digest, options),
    verify: async (password, digest, options) => registry().verify(password, digest, options),
    needsRehash: (digest, options) => registry().needsRehash(digest, options),
    hash: async (password, options) => registry().hash(password, options),
    identify: (digest) => registry().identify(digest),
    parse: (digest, options) => registry().parse(digest, options),
    // The target writes no form that is not among them.
    hashers: listHashers(builtinHashers),
    engines: async () => registry().engines(),
    matchBackupCode: async (code, stored) => registry().matchBackupCode(code, stored),
  } satisfies Registry)
}

/** {@link createBareSignIn} with the default registry unless another is given. */
export function createSignIn<Id, A extends Account>(
  options: Omit<SignInOptions<Id, A>, 'registry'> & { readonly registry?: Registry },
): SignIn<Id, A> {
  assertSignInOptions(options)
  return createBareSignIn({ ...options, registry: readOptionOr(options, 'registry', defaultRegistry) })
}
