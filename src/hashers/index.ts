export { argon2i, argon2id } from './argon2.js'
export { md5, sha1, sha224, sha256, sha384, sha512 } from './bare-hex.js'
export { bcrypt } from './bcrypt/bcrypt.js'
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
export { pbkdf2Sha1Cta, pbkdf2Sha1Dlitz } from './pbkdf2/p5k2.js'
export { sha1PasswordHash } from './password-hash.js'
export { couchdb, mediawiki, mosquitto } from './pbkdf2/servers.js'
export { phpass } from './phpass.js'
export { scryptBetterAuth, scryptLucia } from './scrypt/colons.js'
export { scryptFirebase, scryptKratosFirebase, scryptSupabase, scryptWorkos } from './scrypt/firebase.js'
export { scryptAdonis, scryptKratos, scryptPasslib } from './scrypt/phc.js'
export { scryptRuby } from './scrypt/ruby.js'
export { scryptDjango, scryptWerkzeug } from './scrypt/text.js'

// What makes the jobs that a hasher's `job` gives, and a target's `hash` runs.
export { argon2Job } from '../compute/kinds/argon2.js'
export { bcryptJob } from '../compute/kinds/bcrypt.js'
export { digestLoopJob } from '../compute/kinds/digest-loop.js'
export { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
export { scryptJob } from '../compute/kinds/scrypt.js'
