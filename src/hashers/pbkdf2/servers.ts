import { readTextSalt } from '../../formats/text.js'
import { parseHexRounds } from '../../formats/hex-rounds.js'
import { fieldOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { writeOver } from '../../formats/blank.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { BASE64, decodePadded, definePbkdf2, LOWER_HEX, SLOW, standingOf } from './define.js'
import type { Answer } from './define.js'
import { makePbkdf2, MAX_ITERATIONS, MIN_CHECKSUM_BYTES } from './make.js'
import type { Algorithm, Params } from './make.js'

// What servers keep of their users in files of their own.

/**
 * PBKDF2 as CouchDB keeps it of its administrators: the salt is the text of its hex, and what says no digest is SHA-1. In the
 * documents of other users the same stands in fields of their own.
 *
 *     -pbkdf2:sha256-  <64 characters of hex>  ,  <salt>  ,  50000      (spaces added)
 *
 * @see https://github.com/apache/couchdb/blob/main/src/couch/src/couch_passwords.erl
 */
export const couchdb: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'couchdb',
  why: 'slow by its iterations, of which older releases have 10',
  writtenBy: 'CouchDB',
  standing: standingOf,
  example:
    '-pbkdf2:sha256-be1a035130b7bbf9572871d4f9d0b071bab6ca4fec3b2f1cc21347c30365bb05,0123456789abcdef0123456789abcdef,50000',
  algorithms: {
    '-pbkdf2-': 'sha1',
    '-pbkdf2:sha-': 'sha1',
    '-pbkdf2:sha224-': 'sha224',
    '-pbkdf2:sha256-': 'sha256',
    '-pbkdf2:sha384-': 'sha384',
    '-pbkdf2:sha512-': 'sha512',
  },
  fields: ['checksum', 'salt', 'iterations'],
  separators: [',', ','],
  salt: readTextSalt,
  checksum: LOWER_HEX,
})

/**
 * PBKDF2 with SHA-512 as mosquitto_passwd writes it, behind the prefix that crypt(3) has for scrypt. The broker takes salts of 12
 * and of 64 bytes alone; others have nothing wrong with them, and are taken here.
 *
 *     $7$  101  $  <salt>  $  <88 characters of base64>      (spaces added)
 *
 * @see https://github.com/eclipse-mosquitto/mosquitto/blob/master/libcommon/password_common.c
 */
export const mosquitto: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'mosquitto',
  why: '101 iterations by default, 1,000 of late',
  writtenBy: 'Mosquitto',
  standing: 'dated',
  example:
    '$7$101$AAECAwQFBgcICQoL$DEO14ViPofBJRJpN8uZINnuFUWj8eUeWhlyZ2QOQ+5LgiM0kGXMwv2HwhIvlBQTsHkd+uve2/GFOr/KZ8Y/8Hw==',
  algorithms: { $7$: 'sha512' },
  salt: decodePadded,
  checksum: BASE64,
})

/**
 * PBKDF2 of Tomcat's SecretKeyCredentialHandler, in hexadecimal. The algorithm stands in its configuration alone, so that SHA-1 (its
 * default), SHA-256 and SHA-512 are tried, first the one whose digest is as long as the checksum. The text is that of `tomcat`:
 * rows have to name it.
 *
 *     <salt>  $  20000  $  <checksum>      (spaces added)
 *
 * @see https://github.com/apache/tomcat/blob/9.0.x/java/org/apache/catalina/realm/SecretKeyCredentialHandler.java
 */
export const tomcatPbkdf2: Hasher = /* @__PURE__ */ makePbkdf2({
  name: 'tomcat_pbkdf2',
  standing: standingOf,
  why: SLOW,
  writtenBy: 'Apache Tomcat, SecretKeyCredentialHandler',
  example: '00112233445566778899001122334455$20000$4b7abe7fbf135b5527acb64a97d2f78cc259c6b2',
  onlyNamed: true,
  identify: (digest) => !isMalformed(parseTomcat(fieldOf(digest))),
  parse: parseTomcat,
  blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '0'),
})

function parseTomcat(rest: Field): Answer {
  const found = parseHexRounds(rest, MAX_ITERATIONS)
  if (isMalformed(found)) return found
  const { salt, iterations, checksum } = found
  if (checksum.length < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')
  const readingOf = (algorithm: Algorithm): Parsed<Params> => ({
    params: { algorithm, iterations },
    salt,
    checksum,
  })
  if (checksum.length === 32) return [readingOf('sha256'), readingOf('sha1'), readingOf('sha512')]
  if (checksum.length === 64) return [readingOf('sha512'), readingOf('sha1'), readingOf('sha256')]
  return [readingOf('sha1'), readingOf('sha256'), readingOf('sha512')]
}
