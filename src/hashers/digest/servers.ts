import { DIGEST_BYTES } from '../../compute/cost.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf, splitAny, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex, encodeHexBytes } from '../../formats/hex.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { joinBytes } from '../../platform/bytes.js'
import { messageDigest } from '../../platform/node.js'
import { defineDigest, readingOf } from './define.js'
import type { Algorithm, Params } from './define.js'

// What servers kept of their users with one fast digest, most of them before they had PBKDF2.

type Answer = readonly [Parsed<Params>] | Malformed

const RABBITMQ_SALT_BYTES = 4
/** RabbitMQ's hashing modules by the bytes of salt and checksum. A digest does not hold the module's name. */
const RABBITMQ_ALGORITHMS: Readonly<Record<number, Algorithm>> = { 20: 'md5', 36: 'sha256', 68: 'sha512' }

const MOSQUITTO_PREFIX = '$6$'
const MOSQUITTO_SALT_BYTES = 12
const MOSQUITTO_LENGTH = 108
const MOSQUITTO_CHECKSUM = 20
const MOSQUITTO_PADDING = 106

const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const HYPHEN = /* @__PURE__ */ Uint8Array.of(0x2d)

/**
 * RabbitMQ's users: 4 bytes of salt and the digest of salt and password, in one base64. SHA-256 is the default, SHA-512 can be
 * configured, and releases before 3.6 had MD5; the length tells which. It looks like the base64 of any bytes: rows have to name it.
 *
 *     kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR
 *
 * @see https://github.com/rabbitmq/rabbitmq-server/blob/v3.13.x/deps/rabbit/src/rabbit_password.erl
 */
export const rabbitmq: Hasher = /* @__PURE__ */ defineDigest({
  name: 'rabbitmq',
  writtenBy: 'RabbitMQ',
  example: 'kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR',
  onlyNamed: true,
  lengths: [28, 48, 92],
  identify: (digest) => !isMalformed(parseRabbitmq(fieldOf(digest))),
  parse: parseRabbitmq,
  blank: (digest) => {
    const bytes = decodeBase64(fieldOf(digest), base64)
    return typeof bytes === 'string' ? digest : encodeBase64(bytes.fill(0, RABBITMQ_SALT_BYTES), base64)
  },
})

/**
 * CouchDB's administrators before PBKDF2, its scheme `simple`: SHA-1 of the password and the salt behind it, which is the text of
 * its hex.
 *
 *     -hashed-  <40 characters of hex>  ,  <salt>      (spaces added)
 *
 * @see https://github.com/apache/couchdb/blob/main/src/couch/src/couch_passwords.erl
 */
export const sha1Couchdb: Hasher = /* @__PURE__ */ defineDigest({
  name: 'sha1_couchdb',
  aliases: ['couchdb'],
  writtenBy: 'CouchDB before 1.3',
  example: '-hashed-5f57fe63cb790cc8fe3d90e9592e213341e8591d,0123456789abcdef0123456789abcdef',
  prefixes: ['-hashed-'],
  parse: parseCouchdb,
  blank: (digest) => writeOver(digest, '-hashed-'.length, '0', digest.indexOf(',')),
})

/**
 * mosquitto_passwd before PBKDF2: SHA-512 of the password and 12 bytes of salt behind it. The prefix is that of SHA-512 of crypt(3),
 * whose checksum is shorter and has no padding; only the whole shape is claimed.
 *
 *     $6$  <16 characters of base64>  $  <88 characters of base64>      (spaces added)
 *
 * @see https://github.com/eclipse-mosquitto/mosquitto/blob/v1.6.15/src/mosquitto_passwd.c
 */
export const sha512Mosquitto: Hasher = /* @__PURE__ */ defineDigest({
  name: 'sha512_mosquitto',
  aliases: ['mosquitto'],
  writtenBy: 'Mosquitto before 2.0',
  example:
    '$6$AAECAwQFBgcICQoL$b4be9ENqb54sNj+csQTvm3qRtt6r5BJ4pdELhfw3543YRDKXy8YjBxqSsJubpfDSNaXeWIFnCuo6UMHsY83J5w==',
  lengths: [MOSQUITTO_LENGTH],
  identify: (digest) => !isMalformed(parseMosquitto(fieldOf(digest))),
  parse: parseMosquitto,
  blank: (digest) => writeOver(digest, MOSQUITTO_CHECKSUM, 'A', MOSQUITTO_PADDING),
})

/**
 * MediaWiki before PBKDF2: MD5 of the password, or MD5 of the salt, a hyphen and the first one in hexadecimal. An error of an older
 * release wrote `:A:` before salted digests too.
 *
 *     :A:  <32 characters of hex>      (spaces added)
 *     :B:  <salt>  :  <32 characters of hex>
 *
 * @see https://github.com/wikimedia/mediawiki/blob/REL1_39/includes/password/MWOldPassword.php
 * @see https://github.com/wikimedia/mediawiki/blob/REL1_39/includes/password/MWSaltedPassword.php
 */
export const md5Mediawiki: Hasher = /* @__PURE__ */ defineDigest({
  name: 'md5_mediawiki',
  aliases: ['mediawiki'],
  why: 'a fast hash, once or twice',
  writtenBy: 'MediaWiki before 1.24',
  example: ':A:5f4dcc3b5aa765d61d8327deb882cf99',
  prefixes: [':A:', ':B:'],
  parse: parseMediawiki,
  passwordForms: (password, { salt }) => {
    if (salt.length === 0) return [password]
    const hash = encodeHexBytes(messageDigest('md5', password))
    const form = joinBytes(HYPHEN, hash)
    hash.fill(0)
    return [form]
  },
  blank: (digest) => writeOver(digest, digest.lastIndexOf(':') + 1, '0'),
})

function parseRabbitmq(rest: Field): Answer {
  const bytes = decodeBase64(rest, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  const algorithm = RABBITMQ_ALGORITHMS[bytes.length]
  if (algorithm === undefined) return malformed('length', 'digest')
  const salt = bytes.subarray(0, RABBITMQ_SALT_BYTES)
  return readingOf({ algorithm, message: 'salt, password' }, salt, bytes.subarray(RABBITMQ_SALT_BYTES))
}

function parseCouchdb(rest: Field): Answer {
  const fields = splitFields(rest, ',', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [checksumField, saltField] = fields
  const checksum = readHexOf(checksumField, 'sha1')
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  return readingOf({ algorithm: 'sha1', message: 'password, salt' }, salt, checksum)
}

function parseMosquitto({ text, start, end }: Field): Answer {
  const fields = text.startsWith(MOSQUITTO_PREFIX, start)
    ? splitFields(fieldOf(text, start + MOSQUITTO_PREFIX.length, end), '$', 2)
    : undefined
  if (fields === undefined) return malformed('shape', 'digest')
  const [saltField, checksumField] = fields
  const salt = decodeBase64(saltField, base64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length !== MOSQUITTO_SALT_BYTES) return malformed('length', 'salt')
  const checksum = decodeBase64(checksumField, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== DIGEST_BYTES.sha512) return malformed('length', 'checksum')
  return readingOf({ algorithm: 'sha512', message: 'password, salt' }, salt, checksum)
}

/** A salt stands before the checksum, or nothing; of `:B:` always a salt. */
function parseMediawiki(rest: Field, prefix: string): Answer {
  const [saltField, saltedField] = splitFields(rest, ':', 2) ?? []
  const [bareField] = prefix === ':A:' ? (splitAny(rest, ':', 1) ?? []) : []
  const checksumField = saltedField ?? bareField
  if (checksumField === undefined) return malformed('shape', 'digest')
  const salt = saltField === undefined ? NO_SALT : readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = readHexOf(checksumField, 'md5')
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return readingOf({ algorithm: 'md5', message: 'salt, password' }, salt, checksum)
}

/** Hexadecimal that systems compare as text, where a capital digit never matched. */
function readHexOf(field: Field, algorithm: Algorithm): ReturnType<typeof decodeLowerHex> {
  return lengthOf(field) === 2 * DIGEST_BYTES[algorithm] ? decodeLowerHex(field) : 'length'
}
