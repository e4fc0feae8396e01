import { decodeHex } from '../../formats/hex.js'
import { lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import type { Problem } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher } from '../../hasher/contract.js'
import { ANY_LENGTH, BASE64, definePbkdf2, LOWER_HEX, SLOW, standingOf } from './define.js'

// These systems keep salt and checksum in columns of their own. The digest of such a row is passlift's own text,
// `<name>$<parameters>$<salt>$<checksum>`, with salt and checksum as the columns have them.

const GITEA_TEXT_SALT = 10

/**
 * PBKDF2 with SHA-512 of Symfony's Pbkdf2PasswordHasher with its defaults: 1,000 iterations, 40 bytes in base64; the salt is
 * text, empty where a user has none.
 *
 *     pbkdf2_sha512_symfony  $  1000  $  seasalt  $  <base64>      (spaces added)
 *
 * @see https://github.com/symfony/symfony/blob/6.4/src/Symfony/Component/PasswordHasher/Hasher/Pbkdf2PasswordHasher.php
 */
export const pbkdf2Sha512Symfony: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha512_symfony',
  why: '1,000 iterations by default',
  writtenBy: 'Symfony',
  standing: 'dated',
  example: 'pbkdf2_sha512_symfony$1000$seasalt$TCtBOEq+xXm+XNZRLfJoHDneh4iBM8b625BLGQLietyIGZ27aNH0og==',
  algorithms: { pbkdf2_sha512_symfony$: 'sha512' },
  salt: (field) => (lengthOf(field) === 0 ? new Uint8Array(0) : readTextSalt(field)),
  minSaltBytes: 0,
  checksum: BASE64,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 of passport-local-mongoose. The salt is hashed as the text of its hexadecimal. Algorithm, iterations and key length
 * are options, by default SHA-256 (SHA-1 in old releases), 25,000 and 512 bytes.
 *
 *     pbkdf2_passport_local_mongoose  $  sha256  $  25000  $  <salt>  $  <hex>      (spaces added)
 *
 * @see https://github.com/saintedlama/passport-local-mongoose
 */
export const pbkdf2PassportLocalMongoose: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_passport_local_mongoose',
  why: SLOW,
  writtenBy: 'passport-local-mongoose (npm)',
  standing: standingOf,
  example:
    'pbkdf2_passport_local_mongoose$sha256$25000$000102030405060708090a0b0c0d0e0f$4a2329b2d7f7e6788205452cc619d1b8af0a500e0f7c9a9dc3700442c5e14dd354fe198e31600e0af529f563ceda7038b9eb80094c73f886475edef479f41661',
  prefix: 'pbkdf2_passport_local_mongoose$',
  algorithms: {
    md5: 'md5',
    sha1: 'sha1',
    sha224: 'sha224',
    sha256: 'sha256',
    sha384: 'sha384',
    sha512: 'sha512',
  },
  fields: ['algorithm', 'iterations', 'salt', 'checksum'],
  salt: readTextSalt,
  checksum: LOWER_HEX,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 with SHA-256 of Payload CMS. The salt is hashed as the text of its hexadecimal. The column `hash` has the iterations
 * where it begins `pbkdf2-sha256-v2-i…-l…:`. Behind `pbkdf2-sha256-v1:` they are 600,000. Hexadecimal alone has 25,000 and 512
 * bytes.
 *
 *     pbkdf2_payload  $  600000  $  <salt>  $  <hex>      (spaces added)
 *
 * @see https://github.com/payloadcms/payload/blob/main/packages/payload/src/auth/strategies/local/generatePasswordSaltHash.ts
 */
export const pbkdf2Payload: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_payload',
  why: SLOW,
  writtenBy: 'Payload CMS',
  standing: 'sound',
  example:
    'pbkdf2_payload$600000$000102030405060708090a0b0c0d0e0f$a525c0e238f36d41dd7d6651e88704a9a2d372ed2113d7ab8c529477d17ea071',
  algorithms: { pbkdf2_payload$: 'sha256' },
  salt: readTextSalt,
  checksum: LOWER_HEX,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 with SHA-256 of Grafana and Gogs: 10,000 iterations, 50 bytes; the salt is text.
 *
 *     grafana  $  10000  $  <salt>  $  <100 characters of hex>      (spaces added)
 *
 * @see https://github.com/grafana/grafana/blob/main/pkg/util/encoding.go
 */
export const grafana: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'grafana',
  why: '10,000 iterations, whatever the year',
  writtenBy: 'Grafana, Gogs',
  standing: 'dated',
  example:
    'grafana$10000$0123456789$df31c6895caea29ec32758ead365cfffe3c817c3140ce7f3effbc05f6b1aa75812f3ded0257802b2542732adf521c3f76034',
  algorithms: { grafana$: 'sha256' },
  salt: readTextSalt,
  checksum: LOWER_HEX,
  checksumBytes: [50, 50],
})

/**
 * PBKDF2 with SHA-256 of Gitea and Forgejo, whose algorithm column is `pbkdf2$<iterations>$<key length>`. A salt of ten
 * characters is text, as in old releases; any other salt is hexadecimal. Their other algorithms are not read.
 *
 *     gitea  $  320000  $  <salt>  $  <hex>      (spaces added)
 *
 * @see https://github.com/go-gitea/gitea/blob/main/modules/auth/password/hash/hash.go
 */
export const gitea: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'gitea',
  why: SLOW,
  writtenBy: 'Gitea, Forgejo',
  standing: 'sound',
  example:
    'gitea$320000$00010203040506070809101112131415$829654d366c0d3ea62b7543ee4bf744dde1ec682c219c21e820fe67541e90616ad810910ef1208719de15514fef432522623',
  algorithms: { gitea$: 'sha256' },
  salt: readGiteaSalt,
  checksum: LOWER_HEX,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 with SHA-256 of Discourse, whose algorithm column is `$pbkdf2-sha256$i=<iterations>,l=32$`; the salt is text.
 *
 *     discourse  $  600000  $  <salt>  $  <64 characters of hex>      (spaces added)
 *
 * @see https://github.com/discourse/discourse/blob/main/lib/password_hasher.rb
 */
export const discourse: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'discourse',
  why: SLOW,
  writtenBy: 'Discourse',
  standing: 'sound',
  example:
    'discourse$600000$000102030405060708090a0b0c0d0e0f$a525c0e238f36d41dd7d6651e88704a9a2d372ed2113d7ab8c529477d17ea071',
  algorithms: { discourse$: 'sha256' },
  salt: readTextSalt,
  checksum: LOWER_HEX,
})

function readGiteaSalt(field: Field): Uint8Array | Problem {
  const text = readTextSalt(field)
  if (typeof text === 'string') return text
  // The length is in bytes, as Gitea counts it.
  return text.length === GITEA_TEXT_SALT ? text : decodeHex(field)
}
