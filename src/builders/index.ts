export { aspnetMembership, hmacSha256Utf16, symfonyMessageDigest } from './fast.js'
export type { AspnetMembershipColumns, HmacUtf16Columns, SymfonyMessageDigestColumns } from './fast.js'
export { firebase } from './firebase.js'
export type { FirebaseFields } from './firebase.js'
export { gitea } from './gitea.js'
export type { GiteaColumns } from './gitea.js'
export { keycloak } from './keycloak.js'
export type { KeycloakColumns } from './keycloak.js'
export { discourse, grafana, passportLocalMongoose, payload, symfonyPbkdf2 } from './pbkdf2.js'
export type {
  DiscourseColumns,
  GrafanaColumns,
  PassportLocalMongooseColumns,
  PayloadColumns,
  SymfonyColumns,
} from './pbkdf2.js'
export { ejabberd, mongodb, prosody } from './scram.js'
export type { EjabberdColumns, MongodbCredentials, MongodbScramFields, ProsodyFields } from './scram.js'
export { couchdb } from './servers.js'
export type { CouchdbFields } from './servers.js'
export * from './presets/index.js'
export * from './vendors/index.js'
