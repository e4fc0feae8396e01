import { lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import type { Row } from './row.js'
import { countOf, hasAny, isDigitAt, isHexOfLength, hasSignAt, lastFieldOf } from './text.js'

const FROM_DIGESTS = ['$2', '$argon2']

/** Formats that a scheme in braces or a prefix tells. Ordered: where two begin alike, the narrower comes first. */
export const PREFIXED: readonly Row[] = [
  {
    looksLike: 'keycloak',
    prefixes: ['{', '['],
    matches: (text) => hasAny(text, ['hashIterations', 'secretData']),
  },
  { looksLike: 'keycloak', prefixes: ['{"value"'], matches: (text) => text.includes('"salt"') },
  {
    looksLike: 'json',
    prefixes: ['{', '['],
    matches: (text) => text.includes('"') && hasSignAt(text, text.length - 1, '}]'),
  },
  { looksLike: 'spring-prefix', schemes: ['bcrypt'] },
  {
    looksLike: 'spring-prefix',
    schemes: ['argon2'],
    matches: (text) => text.startsWith('$argon2', 8) && hasSignAt(text, 1, 'a'),
  },
  { looksLike: 'spring-prefix', prefixes: ['{argon2@'] },
  { looksLike: 'plain-text', schemes: ['noop', 'plain', 'cleartext', 'clear'] },
  { looksLike: 'plain-text', prefixes: ['plain$$'] },
  { looksLike: 'spring', prefixes: ['{pbkdf2@', '{scrypt@', '{scrypt}$', '{ldap}'] },
  {
    looksLike: 'spring',
    schemes: ['pbkdf2'],
    matches: (text) => isHexOfLength(lastFieldOf(text, '}'), [80, 96]),
  },
  {
    looksLike: 'spring',
    schemes: ['md4', 'md5', 'sha-1', 'sha-256', 'sha256'],
    matches: (text) => isChecksumOfSpring(lastFieldOf(text, '}')),
  },
  { looksLike: 'ldap-crypt', schemes: ['crypt', 'blf-crypt', 'md5-crypt', 'sha256-crypt', 'sha512-crypt'] },
  { looksLike: 'ldap-crypt', schemes: ['argon2', 'argon2i', 'argon2id', 'des-crypt'] },
  { looksLike: 'ldap-ssha', schemes: ['ssha', 'ssha1', 'ssha.b64', 'ssha.hex'] },
  {
    looksLike: 'oak',
    schemes: ['sha-256', 'sha-512', 'sha-1'],
    matches: (text) => countOf(text, '-') > 2,
  },
  { looksLike: 'liferay', prefixes: ['{PBKDF2With'] },
  { looksLike: 'atlassian', schemes: ['pkcs5s2'] },
  { looksLike: 'fshp', prefixes: ['{FSHP'] },
  { looksLike: 'sap-issha', prefixes: ['{x-iss'] },
  { looksLike: 'scram', prefixes: ['{SCRAM-', 'SCRAM-SHA-', '$scram$'] },
  { looksLike: 'ldap-pbkdf2', prefixes: ['{PBKDF2'] },
  {
    looksLike: 'ldap',
    prefixes: [
      '{SHA',
      '{MD5',
      '{SMD5',
      '{SSHA',
      '{CRAM-MD5',
      '{DIGEST-MD5',
      '{PLAIN-MD5',
      '{sha',
      '{md5',
      '{ssha',
    ],
  },
  { looksLike: 'scheme-in-braces', prefixes: ['{'], matches: (text) => text.indexOf('}') > 1 },

  { looksLike: 'argon2d', prefixes: ['$argon2d$'] },
  { looksLike: 'argon2-data', prefixes: ['$argon2'], matches: (text) => hasAny(text, [',data=', ',keyid=']) },
  { looksLike: 'wordpress-bcrypt', prefixes: ['$wp$2'] },
  { looksLike: 'drupal', prefixes: ['$S$', 'U$S$', 'U$P$', 'U$H$', 'U$2'] },
  { looksLike: 'md5-phpass', prefixes: ['M$P$', 'M$H$'] },
  { looksLike: 'phpbb-converted', prefixes: ['$CP$', '$md5_', '$smf$', '$wcf1$', '$wcf2$', '$xf1$'] },
  { looksLike: 'mosquitto', prefixes: ['$6$', '$7$'], matches: (text) => text.endsWith('=') },
  { looksLike: 'crypt-md5', prefixes: ['$1$', '$md5-crypt$'] },
  { looksLike: 'crypt-apr1', prefixes: ['$apr1$'] },
  { looksLike: 'crypt-sha256', prefixes: ['$5$', '$sha256-crypt$'] },
  { looksLike: 'crypt-sha512', prefixes: ['$6$', '$sha512-crypt$'] },
  { looksLike: 'crypt-yescrypt', prefixes: ['$y$', '$gy$'] },
  { looksLike: 'crypt-scrypt', prefixes: ['$7$'] },
  { looksLike: 'crypt-sha1', prefixes: ['$sha1$'], matches: (text) => isDigitAt(text, 6) },
  { looksLike: 'kratos', prefixes: ['$sha1$', '$sha256$', '$sha512$', '$md5$pf=', '$hmac-', '$md5salted-'] },
  {
    looksLike: 'kratos',
    prefixes: ['$md5$'],
    matches: (text) => text.endsWith('==') && countOf(text, '$') === 2,
  },
  { looksLike: 'crypt-sunmd5', prefixes: ['$md5$', '$md5,'] },
  { looksLike: 'nt-hash', prefixes: ['$3$', '$NT$'] },
  { looksLike: 'cisco', prefixes: ['$8$', '$9$', '$14$'] },
  { looksLike: 'macos', prefixes: ['$ml$'] },
  { looksLike: 'mysql-caching-sha2', prefixes: ['$A$'] },
  {
    looksLike: 'firebase-scrypt',
    prefixes: ['$fbscrypt$', '$firescrypt$', '$firebase-scrypt$', '$f_scrypt$'],
  },
  { looksLike: 'passlib-bcrypt-sha256', prefixes: ['$bcrypt-sha256$'] },
  { looksLike: 'adonis-bcrypt', prefixes: ['$bcrypt$'] },
  { looksLike: 'scrypt-phc', prefixes: ['$scrypt$'] },
  { looksLike: 'pbkdf2-npm', prefixes: ['$pbkdf2$f=', 'pbkdf2$', 'sha512$120000$'] },
  { looksLike: 'passlib-pbkdf2', prefixes: ['$pbkdf2$', '$pbkdf2-', '$p5k2$'] },
  { looksLike: 'shiro', prefixes: ['$shiro1$', '$shiro2$'] },

  { looksLike: 'django-argon2', prefixes: ['argon2$argon2'] },
  { looksLike: 'django-bcrypt', prefixes: ['bcrypt$$2'] },
  { looksLike: 'django-scrypt', prefixes: ['scrypt$'] },
  { looksLike: 'django-pbkdf2-sha1', prefixes: ['pbkdf2_sha1$'], matches: (text) => isChecksumOf(text, 28) },
  {
    looksLike: 'django-legacy',
    prefixes: ['sha1$', 'md5$', 'crypt$', 'sha224$', 'sha256$', 'sha384$', 'sha512$'],
  },
  { looksLike: 'werkzeug-pbkdf2', prefixes: ['pbkdf2:'] },
  {
    looksLike: 'import-format',
    prefixes: ['hmac_sha256_', 'sha512_symfony$', 'pbkdf2_sha512_hex$', 'ldap_ssha$'],
  },
  { looksLike: 'cognito', prefixes: ['awscognito#'] },
  { looksLike: 'jenkins', prefixes: ['#jbcrypt:'] },
  {
    looksLike: 'nextcloud',
    prefixes: ['1|', '2|', '3|'],
    matches: (text) => FROM_DIGESTS.some((start) => text.startsWith(start, 2)),
  },
  { looksLike: 'couchdb', prefixes: ['-pbkdf2', '-hashed-'] },
  { looksLike: 'mediawiki', prefixes: [':A:', ':B:', ':pbkdf2', ':bcrypt:', ':argon2:'] },
  { looksLike: 'grub', prefixes: ['grub.pbkdf2.'] },
  { looksLike: 'jakarta-pbkdf2', prefixes: ['PBKDF2WithHmac'] },
  { looksLike: 'payload', prefixes: ['pbkdf2-sha256-v'] },
  {
    looksLike: 'crackstation',
    prefixes: ['sha1:', 'sha256:', 'sha512:'],
    matches: (text) => countOf(text, ':') > 2,
  },
  { looksLike: 'scrypt-perl', prefixes: ['SCRYPT:'] },
  { looksLike: 'better-auth', prefixes: ['s2:'] },
  { looksLike: 'mssql', prefixes: ['0x0100', '0x0200'] },
]

function isChecksumOf(text: string, length: number): boolean {
  return lengthOf(lastFieldOf(text, '$')) === length
}

/** Bare, or behind a second pair of braces with the salt. {sha256} has its salt in the hexadecimal. */
function isChecksumOfSpring(field: Field): boolean {
  return isHexOfLength(field, [32, 40, 64, 80])
}
