import { decodeHex, decodeLowerHex } from '../../formats/hex.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher } from '../../hasher/contract.js'
import {
  ADAPTED_BASE64,
  ANY_LENGTH,
  BASE64_UNPADDED,
  decodeAdapted,
  decodeUnpadded,
  definePbkdf2,
  HEX,
  LOWER_HEX,
  SLOW,
  SLOW_SHA1,
  standingOf,
} from './define.js'

// These systems write a digest as one string. Some would accept more than they write: an empty salt, numbers with leading zeros, a
// key length that is not the checksum's, either alphabet of base64. Such digests are malformed here, but for passlib's empty salts.

/**
 * PBKDF2 as Werkzeug (Flask) writes it: the salt is text, and the checksum has as many bytes as the algorithm gives.
 *
 *     pbkdf2:sha256:1000000  $  seasalt  $  <hex>      (spaces added)
 *
 * The algorithm is one of Python's hashlib. BLAKE2 and SM3 are not read, since not every runtime has them for PBKDF2.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security
 */
export const pbkdf2Werkzeug: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_werkzeug',
  why: SLOW,
  writtenBy: 'Werkzeug (Flask)',
  standing: standingOf,
  example: 'pbkdf2:sha256:1000000$seasalt$60020a0284944c477137d3e7a5b5f7cd107e9a8c9c03e596e0e4b7da692eb6a3',
  prefix: 'pbkdf2:',
  algorithms: {
    md5: 'md5',
    sha1: 'sha1',
    sha224: 'sha224',
    sha256: 'sha256',
    sha384: 'sha384',
    sha512: 'sha512',
    sha3_224: 'sha3-224',
    sha3_256: 'sha3-256',
    sha3_384: 'sha3-384',
    sha3_512: 'sha3-512',
    sha512_224: 'sha512-224',
    sha512_256: 'sha512-256',
    ripemd160: 'ripemd160',
  },
  fields: ['algorithm', 'iterations', 'salt', 'checksum'],
  separators: [':', '$', '$'],
  salt: readTextSalt,
  checksum: LOWER_HEX,
})

/**
 * PBKDF2 with SHA-1 as passlib writes it, in passlib's own base64. An application may tell passlib to use an empty salt.
 *
 *     $pbkdf2  $  131000  $  <salt>  $  <27 characters>      (spaces added)
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.pbkdf2_digest.html
 */
export const pbkdf2Sha1Passlib: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha1_passlib',
  why: SLOW_SHA1,
  writtenBy: 'passlib',
  standing: 'dated',
  example: '$pbkdf2$1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI',
  algorithms: { $pbkdf2$: 'sha1' },
  salt: decodeAdapted,
  minSaltBytes: 0,
  checksum: ADAPTED_BASE64,
})

/** {@link pbkdf2Sha1Passlib} with SHA-256 and 32 bytes, `$pbkdf2-sha256$`. */
export const pbkdf2Sha256Passlib: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha256_passlib',
  why: SLOW,
  writtenBy: 'passlib',
  standing: 'sound',
  example: '$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ',
  algorithms: { '$pbkdf2-sha256$': 'sha256' },
  salt: decodeAdapted,
  minSaltBytes: 0,
  checksum: ADAPTED_BASE64,
})

/** {@link pbkdf2Sha1Passlib} with SHA-512 and 64 bytes, `$pbkdf2-sha512$`. */
export const pbkdf2Sha512Passlib: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha512_passlib',
  why: SLOW,
  writtenBy: 'passlib, Odoo',
  standing: 'sound',
  example:
    '$pbkdf2-sha512$1212$RHY0Fr3IDMSVO/RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI.BzY/YTNJOiKc5gBYFYGww',
  algorithms: { '$pbkdf2-sha512$': 'sha512' },
  salt: decodeAdapted,
  minSaltBytes: 0,
  checksum: ADAPTED_BASE64,
})

/**
 * PBKDF2 with SHA-512 as GRUB's boot menu reads it, salt and checksum in hexadecimal.
 *
 *     grub.pbkdf2.sha512 . 10000 . <HEX> . <HEX>      (spaces added)
 *
 * @see https://www.gnu.org/software/grub/manual/grub/grub.html#password_005fpbkdf2
 */
export const pbkdf2Sha512Grub: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha512_grub',
  why: SLOW,
  writtenBy: 'GRUB 2',
  standing: 'sound',
  example:
    'grub.pbkdf2.sha512.10000.0102030405060708.0C8C5B87BA5ACD59456017F0AB52630E1D947E23CAC24C1E9E38194BC0B00DDC59FD68C20BE6BF4342DBE7289D4BBC413B60FC380B20325134AF4AA9C7F3FD32',
  algorithms: { 'grub.pbkdf2.sha512.': 'sha512' },
  separators: ['.', '.'],
  salt: decodeHex,
  checksum: HEX,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 with SHA-256 as Mattermost writes it since 11.
 *
 *     $pbkdf2$f=SHA256,w=  600000  ,l=  32  $  <salt>  $  <base64>      (spaces added)
 *
 * @see https://github.com/mattermost/mattermost/blob/master/server/channels/app/password/hashers/pbkdf2.go
 */
export const pbkdf2Mattermost: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_mattermost',
  why: SLOW,
  writtenBy: 'Mattermost',
  standing: 'sound',
  example:
    '$pbkdf2$f=SHA256,w=600000,l=32$2H1h37Jzrfgk/ZZxlkosvA$lkERvYQfFUbBycl1MnNSkk4wu+SyoC35oek0zGow8dk',
  algorithms: { '$pbkdf2$f=SHA256,w=': 'sha256' },
  fields: ['iterations', 'keyLength', 'salt', 'checksum'],
  separators: [',l=', '$', '$'],
  salt: decodeUnpadded,
  checksum: BASE64_UNPADDED,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 as Ory Kratos and Auth0 import it.
 *
 *     $pbkdf2-sha256$i=  100000  ,l=  32  $  <salt>  $  <base64>      (spaces added)
 *
 * `sha224` and `sha384` are SHA-3 in Kratos. Kratos takes an unknown algorithm for SHA-256; such a digest is malformed here.
 *
 * @see https://github.com/ory/kratos/blob/master/hash/hasher_pbkdf2.go
 */
export const pbkdf2Kratos: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_kratos',
  why: SLOW,
  writtenBy: 'Ory Kratos, Auth0',
  standing: standingOf,
  example:
    '$pbkdf2-sha256$i=100000,l=32$1jP+5Zxpxgtee/iPxGgOz0RfE9/KJuDElP1ley4VxXc$QJxzfvdbHYBpydCbHoFg3GJEqMFULwskiuqiJctoYpI',
  algorithms: {
    '$pbkdf2-sha1$i=': 'sha1',
    '$pbkdf2-sha224$i=': 'sha3-224',
    '$pbkdf2-sha256$i=': 'sha256',
    '$pbkdf2-sha384$i=': 'sha3-384',
    '$pbkdf2-sha512$i=': 'sha512',
  },
  fields: ['iterations', 'keyLength', 'salt', 'checksum'],
  separators: [',l=', '$', '$'],
  salt: decodeUnpadded,
  checksum: BASE64_UNPADDED,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 as Zitadel's passwap reads it: passlib's format with SHA-224 and SHA-384. The hashers of passlib read the digests that
 * passlib writes too.
 *
 *     $pbkdf2-sha384  $  290000  $  <salt>  $  <ab64>      (spaces added)
 *
 * @see https://github.com/zitadel/passwap/blob/main/pbkdf2/pbkdf2.go
 */
export const pbkdf2Passwap: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_passwap',
  why: SLOW,
  writtenBy: 'Zitadel',
  standing: 'sound',
  example:
    '$pbkdf2-sha384$1000$AAECAwQFBgcICQoLDA0ODw$gtkV7G4wpQqYf.F8xtJgGUwz/sTy8UGWnWXcXJS0Ky.//TGEWBzygp/Ti8lSciZT',
  algorithms: { '$pbkdf2-sha224$': 'sha224', '$pbkdf2-sha384$': 'sha384' },
  salt: decodeAdapted,
  checksum: ADAPTED_BASE64,
  checksumBytes: ANY_LENGTH,
})

/**
 * PBKDF2 with SHA-1 as password-hash-and-salt of npm writes it: the checksum before the salt, both in hexadecimal.
 *
 *     pbkdf2  $  10000  $  <128 characters of hex>  $  <hex>      (spaces added)
 *
 * @see https://www.npmjs.com/package/password-hash-and-salt
 */
export const pbkdf2PasswordHashAndSalt: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_password_hash_and_salt',
  why: SLOW_SHA1,
  writtenBy: 'password-hash-and-salt (npm)',
  standing: 'dated',
  example:
    'pbkdf2$10000$8a1ce6cecc4f339c72658d672b830cbb2f5c95b99234de742dfd65ed96eae677b09b16fc68fe1a4a34c87d1dd80bcb71c70f3af21e69f190532b1be9be9f1d1d$000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f',
  algorithms: { pbkdf2$: 'sha1' },
  fields: ['iterations', 'checksum', 'salt'],
  salt: decodeLowerHex,
  checksum: LOWER_HEX,
  checksumBytes: [64, 64],
})
