import { once } from '../../once.js'
import { row, schemeRow } from './row.js'
import type { Row } from './row.js'
import { countOf, hasAny, hasSignAt } from './text.js'

/** Formats that a scheme in braces or a prefix tells. Ordered: where two begin alike, the narrower comes first. */
export const readPrefixed: () => readonly Row[] = /* @__PURE__ */ once(() => [
  row('keycloak', '{ [', (text) => hasAny(text, ['hashIterations', 'secretData'])),
  row('keycloak', '{"value"', (text) => text.includes('"salt"')),
  row('json', '{ [', (text) => text.includes('"') && hasSignAt(text, text.length - 1, '}]')),
  schemeRow('plain-text', 'noop plain cleartext clear'),
  row('plain-text', 'plain$$'),
  row('sap-issha', '{x-iss'),
  row('scram', '$scram$'),
  row('ldap', '{CRAM-MD5 {DIGEST-MD5 {PLAIN-MD5'),
  row('scheme-in-braces', '{', (text) => text.indexOf('}') > 1),

  row('argon2-key', '$argon2', (text) => text.includes(',keyid=')),
  row('drupal', 'U$2'),
  row('phpbb-converted', '$CP$ $md5_ $smf$ $wcf1$ $wcf2$ $xf1$'),
  row('crypt-gost-yescrypt', '$gy$'),
  // Ory Kratos's, with fewer fields or a template, have a hasher.
  row('crypt-sunmd5', '$md5$ $md5,', (text) => countOf(text, '$') > 2 && !text.startsWith('$md5$pf=')),
  row('nt-hash', '$NT$'),
  row('cisco', '$8$ $9$ $14$'),
  row('macos', '$ml$'),
  row('firebase-scrypt', '$f_scrypt$'),
  row('pbkdf2-npm', 'sha512$120000$'),

  row('import-format', 'ldap_ssha$'),
  row('cognito', 'awscognito#'),
  row('jenkins', '#jbcrypt:'),
  row('jakarta-pbkdf2', 'PBKDF2WithHmac'),
  row('payload', 'pbkdf2-sha256-v'),
  row('crackstation', 'sha1: sha256: sha512:', (text) => countOf(text, ':') > 2),
  row('scrypt-perl', 'SCRYPT:'),
  row('mssql', '0x0100 0x0200'),
])
