import { makeWrap } from '../hasher/wrap.js'
import type { Hasher } from '../hasher/contract.js'
import { argon2d, argon2i, argon2id } from './argon2.js'
import { bcrypt } from './bcrypt/bcrypt.js'
import { refuseOld } from './bcrypt/refuse-old.js'
import { bsdicrypt, descrypt } from './crypt-des.js'
import { md5crypt } from './crypt-md5.js'
import { sha1crypt, sha256crypt, sha512crypt } from './crypt-sha.js'
import { ntCrypt } from './nthash.js'
import { scryptCrypt } from './scrypt/crypt.js'
import { yescrypt } from './yescrypt.js'

// A system's name or tag in front of the own string of bcrypt, Argon2 or crypt(3), and nothing else: what stands inside is hashed as it was typed.

/** bcrypt behind Django's name: `bcrypt$` and bcrypt's string. @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/ */
export const bcryptDjango: Hasher = /* @__PURE__ */ makeWrap(bcrypt, {
  name: 'bcrypt_django',
  why: 'bcrypt',
  writtenBy: 'Django',
  example: 'bcrypt$$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
  prefixes: ['bcrypt$'],
  refuse: refuseOld,
})

/** Argon2 behind Django's name: `argon2` and the PHC string. @see https://docs.djangoproject.com/en/5.2/topics/auth/passwords/ */
export const argon2Django: Hasher = /* @__PURE__ */ makeWrap([argon2id, argon2i, argon2d], {
  name: 'argon2_django',
  why: 'Argon2',
  writtenBy: 'Django',
  example: 'argon2$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
  prefixes: ['argon2'],
})

/**
 * Argon2 behind MediaWiki's name: `:argon2:` and PHP's string.
 *
 * @see https://github.com/wikimedia/mediawiki/blob/REL1_39/includes/password/Argon2Password.php
 */
export const argon2Mediawiki: Hasher = /* @__PURE__ */ makeWrap([argon2id, argon2i], {
  name: 'argon2_mediawiki',
  aliases: ['mediawiki'],
  why: 'Argon2',
  writtenBy: 'MediaWiki since 1.33',
  example: ':argon2:$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
  prefixes: [':argon2:'],
})

/** Argon2 behind a tag of LDAP: OpenLDAP's `{ARGON2}`, Dovecot's `{ARGON2I}` and `{ARGON2ID}`. */
export const ldapArgon2: Hasher = /* @__PURE__ */ makeWrap([argon2id, argon2i, argon2d], {
  name: 'ldap_argon2',
  why: 'Argon2',
  writtenBy: 'OpenLDAP, Dovecot',
  example: '{ARGON2}$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
  prefixes: ['{ARGON2}', '{ARGON2I}', '{ARGON2ID}'],
})

/**
 * crypt(3) behind a tag of LDAP: `{CRYPT}`, and those with which Dovecot names a scheme. The scheme is that of the digest behind
 * the tag, which both give to crypt(3).
 */
export const ldapCrypt: Hasher = /* @__PURE__ */ makeWrap(
  [
    bcrypt,
    yescrypt,
    scryptCrypt,
    sha512crypt,
    sha256crypt,
    md5crypt,
    sha1crypt,
    bsdicrypt,
    ntCrypt,
    descrypt,
  ],
  {
    name: 'ldap_crypt',
    why: 'that of the scheme behind the tag',
    writtenBy: 'OpenLDAP, Dovecot',
    example: '{CRYPT}$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
    prefixes: ['{CRYPT}', '{BLF-CRYPT}', '{SHA512-CRYPT}', '{SHA256-CRYPT}', '{MD5-CRYPT}', '{DES-CRYPT}'],
    refuse: refuseOld,
  },
)

/** Apache Shiro 2: `$shiro2` and the string of Argon2 or bcrypt. @see https://shiro.apache.org/documentation.html */
export const shiro2: Hasher = /* @__PURE__ */ makeWrap([argon2id, argon2i, argon2d, bcrypt], {
  name: 'shiro2',
  why: 'Argon2 or bcrypt',
  writtenBy: 'Apache Shiro 2',
  example: '$shiro2$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
  prefixes: ['$shiro2'],
  refuse: refuseOld,
})

/**
 * Nextcloud and ownCloud: the number of the algorithm and a bar, 1 before bcrypt, 2 before Argon2i, 3 before Argon2id.
 *
 * @see https://github.com/nextcloud/server/blob/master/lib/private/Security/Hasher.php
 */
export const nextcloud: Hasher = /* @__PURE__ */ makeWrap([bcrypt, argon2id, argon2i], {
  name: 'nextcloud',
  why: 'bcrypt or Argon2',
  writtenBy: 'Nextcloud, ownCloud',
  example: '1|$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
  prefixes: ['1|', '2|', '3|'],
  refuse: refuseOld,
})
