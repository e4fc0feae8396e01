import {
  argon2i,
  argon2id,
  bcrypt,
  bcryptSha256Django,
  couchdb,
  discourse,
  gitea,
  grafana,
  md5,
  mediawiki,
  mosquitto,
  pbkdf2Kratos,
  pbkdf2Mattermost,
  pbkdf2PassportLocalMongoose,
  pbkdf2Passwap,
  pbkdf2PasswordHashAndSalt,
  pbkdf2Payload,
  pbkdf2Sha1,
  pbkdf2Sha1Cta,
  pbkdf2Sha1Django,
  pbkdf2Sha1Dlitz,
  pbkdf2Sha1Passlib,
  pbkdf2Sha256,
  pbkdf2Sha256Django,
  pbkdf2Sha256Passlib,
  pbkdf2Sha512,
  pbkdf2Sha512Grub,
  pbkdf2Sha512Hex,
  pbkdf2Sha512Passlib,
  pbkdf2Sha512Symfony,
  pbkdf2Werkzeug,
  phpass,
  scryptAdonis,
  scryptBetterAuth,
  scryptDjango,
  scryptFirebase,
  scryptKratos,
  scryptKratosFirebase,
  scryptLucia,
  scryptPasslib,
  scryptRuby,
  scryptSupabase,
  scryptWerkzeug,
  scryptWorkos,
  sha1,
  sha1PasswordHash,
  sha224,
  sha256,
  sha384,
  sha512,
} from './hashers/index.js'
import type { Hasher } from './hasher/contract.js'
import { once } from './once.js'
import { readOption, readOptionOr } from './options.js'
import { listHashers } from './registry/hasher-info.js'
import { createRegistry as createBareRegistry } from './registry/registry.js'
import type { Registry } from './registry/api.js'
import { openRegistryOptions } from './registry/settings.js'
import type { RegistryOptions } from './registry/settings.js'
import { openSignInOptions, createSignIn as createBareSignIn } from './sign-in/sign-in.js'
import type { Account, SignIn, SignInOptions } from './sign-in/sign-in.js'
import { bcryptTarget } from './targets/index.js'

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
  pbkdf2Sha512Hex,
  pbkdf2Sha1,
  pbkdf2Sha1Django,
  pbkdf2Werkzeug,
  pbkdf2Sha1Passlib,
  pbkdf2Sha256Passlib,
  pbkdf2Sha512Passlib,
  pbkdf2Sha512Grub,
  pbkdf2Mattermost,
  pbkdf2Sha512Symfony,
  pbkdf2PassportLocalMongoose,
  pbkdf2Payload,
  pbkdf2PasswordHashAndSalt,
  grafana,
  gitea,
  discourse,
  pbkdf2Kratos,
  pbkdf2Passwap,
  pbkdf2Sha1Cta,
  pbkdf2Sha1Dlitz,
  couchdb,
  mosquitto,
  mediawiki,
  phpass,
  scryptFirebase,
  scryptSupabase,
  scryptKratosFirebase,
  scryptWorkos,
  scryptWerkzeug,
  scryptDjango,
  // The newer of the two: they share a shape that does not say which.
  scryptBetterAuth,
  scryptLucia,
  scryptRuby,
  scryptPasslib,
  scryptKratos,
  scryptAdonis,
  sha1PasswordHash,
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
])

/**
 * Makes a registry; by default of every built-in hasher, with bcrypt at cost 12 as its target.
 *
 * @throws RegistryError where it is wired wrongly: a bad option, two hashers of one name
 * @example createRegistry({ policy: 'dated', target: bcryptTarget({ cost: 13 }) })
 */
export function createRegistry(options: Partial<RegistryOptions> = {}): Registry {
  openRegistryOptions(options)
  return createBareRegistry({
    ...options,
    hashers: readOptionOr(options, 'hashers', builtinHashers),
    target: readOptionOr(options, 'target', bcryptTarget()),
  })
}

/** Makes the sign-in of an application, with the default registry unless another is given. */
export function createSignIn<Id, A extends Account>(
  options: Omit<SignInOptions<Id, A>, 'registry'> & { readonly registry?: Registry },
): SignIn<Id, A> {
  openSignInOptions(options)
  const given = readOption(options, 'registry')
  if (given !== undefined) return createBareSignIn({ ...options, registry: given })
  return createBareSignIn({ ...options, registry: defaultRegistry() })
}

/**
 * The registry behind the functions below, made when the first of them is called: a process that only imports the package
 * would wait for it, about a millisecond of sixty.
 */
const defaultRegistry: () => Registry = /* @__PURE__ */ once(() => createRegistry())

// Each with its parameters: rest parameters take a sixth of the time of a parse.
export const evaluate: Registry['evaluate'] = (password, digest, options) =>
  defaultRegistry().evaluate(password, digest, options)
export const verify: Registry['verify'] = (password, digest, options) =>
  defaultRegistry().verify(password, digest, options)
export const needsRehash: Registry['needsRehash'] = (digest, options) =>
  defaultRegistry().needsRehash(digest, options)
export const hash: Registry['hash'] = (password, options) => defaultRegistry().hash(password, options)
export const identify: Registry['identify'] = (digest) => defaultRegistry().identify(digest)
export const parse: Registry['parse'] = (digest, options) => defaultRegistry().parse(digest, options)
export const engines: Registry['engines'] = () => defaultRegistry().engines()
export const selfTest: Registry['selfTest'] = () => defaultRegistry().selfTest()
export const matchBackupCode: Registry['matchBackupCode'] = (code, stored) =>
  defaultRegistry().matchBackupCode(code, stored)
// A list, which is there at import. The target writes no form that is not in it.
export const hashers: Registry['hashers'] = /* @__PURE__ */ listHashers(builtinHashers)
