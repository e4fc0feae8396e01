export { argon2d, argon2i, argon2id } from './argon2.js'
export { aspnetMembership, umbraco, umbraco4 } from './aspnet.js'
export { md5, sha1, sha224, sha256, sha384, sha512 } from './bare-hex.js'
export { bcrypt } from './bcrypt/bcrypt.js'
export { bcryptMeteor, bcryptNodebb, bcryptSymfony, bcryptWordpress } from './bcrypt/prehashed.js'
export { bcryptAdonis, bcryptMediawiki, bcryptPeppered, bcryptSha256Passlib } from './bcrypt/spelled.js'
export {
  argon2Django,
  argon2Mediawiki,
  bcryptDjango,
  ldapArgon2,
  ldapCrypt,
  nextcloud,
  shiro2,
} from './wraps.js'
export { bsdicrypt, cryptDjango, descrypt } from './crypt-des.js'
export { apr1, md5crypt } from './crypt-md5.js'
export { mysqlCachingSha2, sha1crypt, sha256crypt, sha512crypt } from './crypt-sha.js'
export { bcryptWbb4 } from './bcrypt/bcrypt-wbb4.js'
export { bcryptSha256Django } from './bcrypt/bcrypt-sha256-django.js'
export {
  pbkdf2Sha1,
  pbkdf2Sha1Django,
  pbkdf2Sha256,
  pbkdf2Sha256Django,
  createPbkdf2Sha512,
  pbkdf2Sha512,
  pbkdf2Sha512Hex,
} from './pbkdf2/text.js'
export type { Pbkdf2Sha512Options } from './pbkdf2/text.js'
export {
  discourse,
  gitea,
  grafana,
  pbkdf2PassportLocalMongoose,
  pbkdf2Payload,
  pbkdf2Sha512Symfony,
} from './pbkdf2/columns.js'
export {
  pbkdf2Kratos,
  pbkdf2Mattermost,
  pbkdf2PasswordHashAndSalt,
  pbkdf2Passwap,
  pbkdf2Sha1Passlib,
  pbkdf2Sha256Passlib,
  pbkdf2Sha512Grub,
  pbkdf2Sha512Passlib,
  pbkdf2Werkzeug,
} from './pbkdf2/mcf.js'
export { aspnetIdentity, pbkdf2Liferay } from './pbkdf2/packed.js'
export {
  ldapPbkdf2Dovecot,
  ldapPbkdf2Of389ds,
  ldapPbkdf2Opendj,
  ldapPbkdf2Sha1,
  ldapPbkdf2Sha256,
  ldapPbkdf2Sha512,
  pbkdf2Sha1Atlassian,
} from './pbkdf2/ldap.js'
export { pbkdf2Sha1Cta, pbkdf2Sha1Dlitz } from './pbkdf2/p5k2.js'
export { mediawiki, pbkdf2MediawikiMd5 } from './pbkdf2/mediawiki.js'
export { scram, scramMongodb } from './pbkdf2/scram.js'
export { couchdb, mosquitto, tomcatPbkdf2 } from './pbkdf2/servers.js'
export {
  md5Phpass,
  phpass,
  phpassDrupal7Md5,
  phpassPhpbb,
  phpassTypo3Md5,
  phpassWordpress,
  sha512Drupal7,
  sha512Drupal7Md5,
} from './phpass.js'
export { hmacWerkzeug, md5Django, sha1Django } from './digest/fields.js'
export {
  ldapMd5,
  ldapSha1,
  ldapSha224,
  ldapSha256,
  ldapSha384,
  ldapSha512,
  ldapSmd5,
  ldapSsha,
  ldapSsha224,
  ldapSsha256,
  ldapSsha384,
  ldapSsha512,
  ldapSshaUntagged,
} from './digest/ldap.js'
export { mysql41 } from './digest/mysql.js'
export { postgresMd5 } from './digest/postgres.js'
export { md5Kratos, sha1Kratos, sha256Kratos, sha512Kratos } from './digest/kratos.js'
export { hmacKratos } from './digest/kratos-hmac.js'
export { md5Passwap } from './digest/passwap.js'
export { md5Mediawiki, rabbitmq, sha1Couchdb, sha512Mosquitto } from './digest/servers.js'
export { createMd5Salted, createSha256Salted, md5Salted, sha256Salted } from './digest/salted.js'
export type { SaltedOptions } from './digest/salted.js'
export { hmacSha256Utf16B64 } from './digest/utf16.js'
export { createDescriptor, pre } from './descriptor/create.js'
export type { DescriptorOptions } from './descriptor/create.js'
export { expr } from './descriptor/expr.js'
export { fshp } from './fshp.js'
export { jasypt, oak, shiro1, tomcat } from './iterated.js'
export { keycloak, keycloakArgon2 } from './keycloak.js'
export { magento2 } from './magento2.js'
export { ntCrypt, nthash } from './nthash.js'
export { sha512Symfony } from './sha512-symfony.js'
export { createSpring, spring } from './spring.js'
export type { SpringOptions } from './spring.js'
export { yescrypt } from './yescrypt.js'
export { sha1PasswordHash } from './password-hash.js'
export { scryptBetterAuth, scryptLucia } from './scrypt/colons.js'
export { scryptCrypt } from './scrypt/crypt.js'
export { scryptFirebase, scryptKratosFirebase, scryptSupabase, scryptWorkos } from './scrypt/firebase.js'
export { scryptAdonis, scryptKratos, scryptPasslib } from './scrypt/phc.js'
export { scryptRuby } from './scrypt/ruby.js'
export { scryptDjango, scryptWerkzeug } from './scrypt/text.js'

// These functions make the jobs that a hasher's `job` gives, and a target's `hash` runs.
export { ARGON2, argon2Job } from '../compute/kinds/argon2.js'
export { BCRYPT, bcryptJob } from '../compute/kinds/bcrypt.js'
export { DIGEST_LOOP, digestLoopJob } from '../compute/kinds/digest-loop.js'
export { PBKDF2, pbkdf2Job } from '../compute/kinds/pbkdf2.js'
export { SCRYPT, scryptJob } from '../compute/kinds/scrypt.js'
export { YESCRYPT, yescryptJob } from '../compute/kinds/yescrypt.js'
