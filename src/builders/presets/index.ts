export { flarumOldPassword } from './flarum.js'
export type { FlarumOldPassword } from './flarum.js'
export type { DigestColumn, KeyedColumns, NamedColumns, SaltedColumns } from './preset.js'
export { authlogic, clearance, deviseEncryptable, restfulAuthentication, sorcery } from './rails.js'
export type {
  AuthlogicColumns,
  DeviseColumns,
  RestfulAuthenticationColumns,
  SorceryColumns,
  StretchedColumns,
} from './rails.js'
export * from './sites.js'
