import * as all from './hashers/index.js'
import type { Hasher } from './hasher/contract.js'
import { once } from './once.js'
import { readOption, readOptionOr } from './options.js'
import { listHashers } from './registry/hasher-info.js'
import { createRegistry as createBareRegistry } from './registry/registry.js'
import type { Registry } from './registry/api.js'
import { openRegistryOptions } from './registry/settings.js'
import type { RegistryOptions } from './registry/settings.js'
import type { Account, GivenAccount, SignIn, SignInOptions } from './sign-in/api.js'
import { openSignInOptions, createSignIn as createBareSignIn } from './sign-in/sign-in.js'
import { bcryptTarget } from './targets/index.js'

/** Every built-in hasher. The order ranks hashers that claim the same digest. */
export const builtinHashers: readonly Hasher[] = /* @__PURE__ */ Object.freeze([
  all.bcrypt,
  all.bcryptSha256Django,
  all.bcryptDjango,
  all.bcryptWordpress,
  all.bcryptPeppered,
  all.bcryptSha256Passlib,
  all.bcryptAdonis,
  all.bcryptMediawiki,
  all.bcryptSymfony,
  all.bcryptMeteor,
  all.bcryptNodebb,
  all.bcryptWbb4,
  all.argon2id,
  all.argon2i,
  all.argon2d,
  all.argon2Django,
  all.argon2Mediawiki,
  all.ldapArgon2,
  all.ldapCrypt,
  all.shiro2,
  all.nextcloud,
  // Of the two hashers of `pbkdf2_sha256$`, Django's is first: it writes nearly all of these digests.
  all.pbkdf2Sha256Django,
  all.pbkdf2Sha256,
  all.pbkdf2Sha512,
  all.pbkdf2Sha512Hex,
  all.pbkdf2Sha1,
  all.pbkdf2Sha1Django,
  all.pbkdf2Werkzeug,
  all.pbkdf2Sha1Passlib,
  all.pbkdf2Sha256Passlib,
  all.pbkdf2Sha512Passlib,
  all.pbkdf2Sha512Grub,
  all.pbkdf2Mattermost,
  all.pbkdf2Sha512Symfony,
  all.pbkdf2PassportLocalMongoose,
  all.pbkdf2Payload,
  all.pbkdf2PasswordHashAndSalt,
  all.grafana,
  all.gitea,
  all.discourse,
  all.pbkdf2Kratos,
  all.pbkdf2Passwap,
  all.pbkdf2Sha1Cta,
  all.pbkdf2Sha1Dlitz,
  all.pbkdf2Sha1Atlassian,
  all.ldapPbkdf2Sha1,
  all.ldapPbkdf2Sha256,
  all.ldapPbkdf2Sha512,
  all.ldapPbkdf2Opendj,
  all.ldapPbkdf2Of389ds,
  all.ldapPbkdf2Dovecot,
  all.couchdb,
  all.mosquitto,
  all.scram,
  all.scramMongodb,
  all.mediawiki,
  all.pbkdf2MediawikiMd5,
  // phpass of the typed password is before phpass of what WordPress and phpBB make of the password.
  all.phpass,
  all.phpassWordpress,
  all.phpassPhpbb,
  all.md5Phpass,
  all.phpassDrupal7Md5,
  all.phpassTypo3Md5,
  all.sha512Drupal7,
  all.sha512Drupal7Md5,
  all.yescrypt,
  // Behind Mosquitto, whose digests begin alike and have more fields.
  all.scryptCrypt,
  all.scryptFirebase,
  all.scryptSupabase,
  all.scryptKratosFirebase,
  all.scryptWorkos,
  all.scryptWerkzeug,
  all.scryptDjango,
  // Better Auth, the newer system, is before Lucia: the two share a shape that does not tell them apart.
  all.scryptBetterAuth,
  all.scryptLucia,
  all.scryptRuby,
  all.scryptPasslib,
  all.scryptKratos,
  all.scryptAdonis,
  // Django is before Werkzeug, whose digests look the same and are hashed in another way.
  all.md5Django,
  all.sha1Django,
  all.hmacWerkzeug,
  all.sha1PasswordHash,
  all.md5Salted,
  all.sha256Salted,
  all.hmacSha256Utf16B64,
  all.sha512Symfony,
  all.md5Kratos,
  all.sha1Kratos,
  all.sha256Kratos,
  all.sha512Kratos,
  all.hmacKratos,
  all.md5Passwap,
  all.rabbitmq,
  all.sha1Couchdb,
  all.md5Mediawiki,
  // Mosquitto is before SHA-512 of crypt(3), whose prefix its digests have and which cannot read them.
  all.sha512Mosquitto,
  all.sha512crypt,
  all.sha256crypt,
  all.sha1crypt,
  all.md5crypt,
  all.apr1,
  all.bsdicrypt,
  all.descrypt,
  all.cryptDjango,
  all.ntCrypt,
  all.nthash,
  all.mysql41,
  all.mysqlCachingSha2,
  all.postgresMd5,
  all.ldapMd5,
  all.ldapSmd5,
  all.ldapSha1,
  all.ldapSsha,
  all.ldapSshaUntagged,
  all.ldapSha224,
  all.ldapSsha224,
  all.ldapSha256,
  all.ldapSsha256,
  all.ldapSha384,
  all.ldapSsha384,
  all.ldapSha512,
  all.ldapSsha512,
  // Behind those of LDAP, which has {MD5} and {ARGON2} too.
  all.spring,
  all.aspnetIdentity,
  all.aspnetMembership,
  all.umbraco,
  all.umbraco4,
  all.shiro1,
  all.jasypt,
  all.tomcat,
  all.tomcatPbkdf2,
  all.oak,
  all.fshp,
  all.pbkdf2Liferay,
  all.keycloak,
  all.keycloakArgon2,
  all.magento2,
  all.expr,
  all.pre,
  all.md5,
  all.sha1,
  all.sha224,
  all.sha256,
  all.sha384,
  all.sha512,
])

/**
 * Makes a registry, by default of every built-in hasher, with bcrypt at cost 12 as its target.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` for an unknown or wrong option; `ERR_REGISTRY_DUPLICATE_HASHER` for two hashers of
 *   one name
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

/**
 * Makes the sign-in of an application, with the default registry unless another is given.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is missing or of the wrong type
 */
export function createSignIn<Id, A extends Account, Given>(
  options: DefaultSignInOptions<Id, A> & GivenAccount<A, Given>,
): SignIn<Id, Given>
export function createSignIn<Id, A extends Account>(options: DefaultSignInOptions<Id, A>): SignIn<Id, A>
export function createSignIn<Id, A extends Account, Given>(
  options: DefaultSignInOptions<Id, A> & Partial<GivenAccount<A, Given>>,
): SignIn<Id, A | Given> {
  openSignInOptions(options)
  const given = readOption(options, 'registry')
  const accountOf: (account: A) => A | Given = readOptionOr(options, 'accountOf', (account: A) => account)
  if (given !== undefined) return createBareSignIn({ ...options, accountOf, registry: given })
  return createBareSignIn({ ...options, accountOf, registry: defaultRegistry() })
}

type DefaultSignInOptions<Id, A extends Account> = Omit<SignInOptions<Id, A>, 'registry'> & {
  readonly registry?: Registry
}

/**
 * The registry behind the functions below. It is made when the first of them is called, since making it at import would take
 * about a millisecond of sixty.
 */
const defaultRegistry: () => Registry = /* @__PURE__ */ once(() => createRegistry())

// Each function lists its parameters, since rest parameters would take a sixth of the time of a parse.
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
// The list of hashers needs no registry, since it has the hashers of the default target.
export const hashers: Registry['hashers'] = /* @__PURE__ */ listHashers(builtinHashers)
