import { DIGEST_BYTES } from '../../compute/cost.js'
import { base64, encodeBase64 } from '../../formats/base64.js'
import { fieldOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher } from '../../hasher/contract.js'
import { decodeAdapted, decodePadded, definePbkdf2, HEX, SLOW, SLOW_SHA1, standingOf } from './define.js'
import type { Encoding, Row } from './define.js'
import { makePbkdf2, MAX_ITERATIONS } from './make.js'
import type { Params } from './make.js'

// Directories and mail servers write these digests behind tags in braces. The signs behind `{PBKDF2}` tell the system: `n$` is of
// OpenLDAP, `n:` of OpenDJ and `$1$` of Dovecot.

const EITHER_BASE64: Encoding = { decode: decodeEither, zero: 'A' }
const OPENLDAP = 'OpenLDAP (pw-pbkdf2), 389 Directory Server, passlib'
const NUMBER_BYTES = 4

/** The differences between the formats that join salt and key in one base64. */
interface PackedRow extends Pick<Row, 'name' | 'standing' | 'why' | 'writtenBy' | 'example' | 'algorithms'> {
  /** The number of iterations; or its place: before the base64, with a colon between, or in the first four bytes. */
  readonly iterations: number | 'in front' | 'packed'
  readonly order: 'salt, key' | 'key, salt'
  /** The number of bytes of the salt; default: the rest beside the key. */
  readonly saltBytes?: number
  /** The number of bytes of the key; default: as many as the algorithm gives. */
  readonly keyBytes?: number
}

/** The fields of a digest, with the bytes of its base64 and the place of the key in these bytes. */
interface Unpacked {
  readonly params: Params
  readonly salt: Uint8Array
  readonly bytes: Uint8Array
  readonly keyStart: number
  readonly keyEnd: number
}

/**
 * PBKDF2 with SHA-1 of OpenLDAP's pw-pbkdf2 and of passlib, in passlib's base64. 389 Directory Server writes padded base64 behind
 * the same tags, so both are accepted.
 *
 *     {PBKDF2}  1212  $  <salt>  $  <27 characters>      (spaces added)
 *
 * OpenLDAP refuses a salt that has not 16 bytes; passlib and 389 Directory Server write others.
 *
 * @see https://git.openldap.org/openldap/openldap/-/blob/master/contrib/slapd-modules/passwd/pbkdf2/pw-pbkdf2.c
 * @see https://github.com/389ds/389-ds-base/blob/main/src/plugins/pwdchan/src/lib.rs
 */
export const ldapPbkdf2Sha1: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'ldap_pbkdf2_sha1',
  why: SLOW_SHA1,
  writtenBy: OPENLDAP,
  standing: 'dated',
  example: '{PBKDF2}1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI',
  algorithms: { '{PBKDF2}': 'sha1', '{PBKDF2-SHA1}': 'sha1' },
  salt: decodeEither,
  checksum: EITHER_BASE64,
})

/** {@link ldapPbkdf2Sha1} with SHA-256 and 32 bytes, `{PBKDF2-SHA256}`. */
export const ldapPbkdf2Sha256: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'ldap_pbkdf2_sha256',
  why: SLOW,
  writtenBy: OPENLDAP,
  standing: 'sound',
  example: '{PBKDF2-SHA256}1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ',
  algorithms: { '{PBKDF2-SHA256}': 'sha256' },
  salt: decodeEither,
  checksum: EITHER_BASE64,
})

/** {@link ldapPbkdf2Sha1} with SHA-512 and 64 bytes, `{PBKDF2-SHA512}`. */
export const ldapPbkdf2Sha512: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'ldap_pbkdf2_sha512',
  why: SLOW,
  writtenBy: OPENLDAP,
  standing: 'sound',
  example:
    '{PBKDF2-SHA512}1212$RHY0Fr3IDMSVO/RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI.BzY/YTNJOiKc5gBYFYGww',
  algorithms: { '{PBKDF2-SHA512}': 'sha512' },
  salt: decodeEither,
  checksum: EITHER_BASE64,
})

/**
 * PBKDF2 with SHA-1 as Dovecot writes it: the salt is text.
 *
 *     {PBKDF2}$1$  seasalt  $  5000  $  <40 characters of hex>      (spaces added)
 *
 * @see https://github.com/dovecot/core/blob/main/src/auth/password-scheme-pbkdf2.c
 */
export const ldapPbkdf2Dovecot: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'ldap_pbkdf2_dovecot',
  why: '5,000 iterations by default, of a hash that has collisions',
  writtenBy: 'Dovecot',
  standing: 'dated',
  example: '{PBKDF2}$1$tJ5r2yUeCcb85TtG$5000$932622d469bb584786201d93a5110197fe59c747',
  algorithms: { '{PBKDF2}$1$': 'sha1' },
  fields: ['salt', 'iterations', 'checksum'],
  salt: readTextSalt,
  checksum: HEX,
})

/**
 * PBKDF2 with SHA-256 of 389 Directory Server's older plugin, a key of 256 bytes: iterations, salt and key in one base64.
 *
 *     {PBKDF2_SHA256}  <432 characters: 4 bytes, the most significant first, then 64 and 256>      (spaces added)
 *
 * Later releases of the server refuse fewer than 2,048 iterations, which no release wrote. They are accepted here.
 *
 * @see https://github.com/389ds/389-ds-base/blob/main/ldap/servers/plugins/pwdstorage/pbkdf2_pwd.c
 */
export const ldapPbkdf2Of389ds: Hasher = /* @__PURE__ */ definePacked({
  name: 'ldap_pbkdf2_389ds',
  why: SLOW,
  writtenBy: '389 Directory Server, FreeIPA, Red Hat Directory Server',
  standing: 'sound',
  example:
    '{PBKDF2_SHA256}AAAIAMZIKG4ie44zJY4HOXI+upFR74PzWLUQV63jg+zzkbEjCK3N4qW583WF7EdcpeoOMQ4HY3aWEXB6lnXhXJixbJkU4vVSJkL6YCbU3TrD0qn1uUUVSkaIgAOtmZENitwbhYhiWfEzGyAtFqkFd75P5xhWJEog9XhQKYrR0f7S3WGGZq03JRcLJ460xpU97bE/sWRn7sshgkWzLuyrs0I+XRKmK7FJeaA9zd+1m44Y3IVmZ2YLdKATzjRHAIgpBC6i1TWOcpKJT1+feP1C9hrxH8vU9baw9thNiO8jSHaZlwb//KpJFe0ahVnG/1ubiG8cO0+CCqDqXVJR6Vr4QZxHP+4pwooW+4TP/L+HFdyA1y6z4gKfqYnBsmb3sD1R1TbxfH4btTdvgZAnBk9CmR3QASkFXxeTYsrmNd5+9IAHc6dm',
  algorithms: { '{PBKDF2_SHA256}': 'sha256' },
  iterations: 'packed',
  order: 'salt, key',
  saltBytes: 64,
  keyBytes: 256,
})

/**
 * PBKDF2 of OpenDJ and its kin: iterations, then key and salt in one base64.
 *
 *     {PBKDF2-HMAC-SHA256}  10000  :  <base64>      (spaces added)
 *
 * `{PBKDF2}` is SHA-1, as `{PBKDF2-HMAC-SHA512}` is SHA-512.
 *
 * @see https://github.com/OpenIdentityPlatform/OpenDJ/blob/master/opendj-server-legacy/src/main/java/org/opends/server/extensions/AbstractPBKDF2PasswordStorageScheme.java
 */
export const ldapPbkdf2Opendj: Hasher = /* @__PURE__ */ definePacked({
  name: 'ldap_pbkdf2_opendj',
  why: SLOW,
  writtenBy: 'OpenDJ, ForgeRock DS, PingDS, Wren:DS',
  standing: standingOf,
  example: '{PBKDF2-HMAC-SHA256}10000:xKsMmlzVLRYdYzcgBuD3ZIAeSj8tNhjDHGFDqhth8Kcbw5qjL5UZxaiS2awL1HjO',
  algorithms: { '{PBKDF2}': 'sha1', '{PBKDF2-HMAC-SHA256}': 'sha256', '{PBKDF2-HMAC-SHA512}': 'sha512' },
  iterations: 'in front',
  order: 'key, salt',
})

/**
 * PBKDF2 with SHA-1 of Atlassian, 10,000 iterations and 32 bytes: salt and key in one base64. OpenDJ writes the same.
 *
 *     {PKCS5S2}  <64 characters: 16 bytes and 32>      (spaces added)
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.atlassian_pbkdf2_sha1.html
 */
export const pbkdf2Sha1Atlassian: Hasher = /* @__PURE__ */ definePacked({
  name: 'pbkdf2_sha1_atlassian',
  why: '10,000 iterations, whatever the year',
  writtenBy: 'Atlassian Jira, Confluence and Crowd',
  standing: 'dated',
  example: '{PKCS5S2}c4xaeTQM0lUieMS3V5voiexyX9XhqC2dBd5ecVy60IPksHChwoTAVYFrhsgoq8/p',
  algorithms: { '{PKCS5S2}': 'sha1' },
  iterations: 10_000,
  order: 'salt, key',
  saltBytes: 16,
  keyBytes: 32,
})

/** Decodes passlib's base64 or padded base64. A text that is both has the same bytes in both. */
function decodeEither(field: Field): Uint8Array | Problem {
  const adapted = decodeAdapted(field)
  if (typeof adapted !== 'string') return adapted
  const padded = decodePadded(field)
  return typeof padded === 'string' ? adapted : padded
}

function definePacked(row: PackedRow): Hasher {
  const { name, standing, why, writtenBy, example, algorithms } = row
  const [first = '', ...others] = Object.keys(algorithms)
  return makePbkdf2(
    {
      ...{ name, standing, why, writtenBy, example },
      prefixes: [first, ...others],
      parse: (rest, prefix) => {
        const unpacked = unpack(rest, prefix, row)
        if (isMalformed(unpacked)) return unpacked
        const { params, salt, bytes, keyStart, keyEnd } = unpacked
        return [{ params, salt, checksum: bytes.subarray(keyStart, keyEnd) }]
      },
      blank: (digest) => blankPacked(digest, row),
    },
    Object.values(algorithms),
  )
}

function unpack(rest: Field, prefix: string, row: PackedRow): Unpacked | Malformed {
  const algorithm = row.algorithms[prefix]
  const front = readFront(rest, row)
  if (algorithm === undefined || front === undefined) return malformed('shape', 'digest')
  if (typeof front.iterations === 'string') return malformed(front.iterations, 'iterations')
  const bytes = decodePadded(front.payload)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  const start = row.iterations === 'packed' ? NUMBER_BYTES : 0
  const keyBytes = row.keyBytes ?? DIGEST_BYTES[algorithm]
  const saltBytes = row.saltBytes ?? bytes.length - start - keyBytes
  if (saltBytes < 0 || bytes.length !== start + saltBytes + keyBytes) return malformed('length', 'digest')
  if (saltBytes === 0) return malformed('length', 'salt')
  const iterations = start === 0 ? front.iterations : new DataView(bytes.buffer).getUint32(0)
  if (iterations < 1 || iterations > MAX_ITERATIONS) return malformed('range', 'iterations')
  const saltStart = row.order === 'salt, key' ? start : start + keyBytes
  const keyStart = row.order === 'salt, key' ? start + saltBytes : start
  const salt = bytes.subarray(saltStart, saltStart + saltBytes)
  return { params: { algorithm, iterations }, salt, bytes, keyStart, keyEnd: keyStart + keyBytes }
}

/** The iterations before the base64, and the base64. Iterations inside the base64 are not read here: they are 0. */
function readFront(
  rest: Field,
  { iterations }: PackedRow,
): { readonly iterations: number | Problem; readonly payload: Field } | undefined {
  if (iterations !== 'in front')
    return { iterations: iterations === 'packed' ? 0 : iterations, payload: rest }
  const fields = splitFields(rest, ':', 2)
  if (fields === undefined) return undefined
  return { iterations: readInteger(fields[0], { min: 1, max: MAX_ITERATIONS }), payload: fields[1] }
}

/** The digest with its key overwritten by zeros. The bytes are encoded again, since key and salt may share a character. */
function blankPacked(digest: string, row: PackedRow): string {
  const end = digest.indexOf('}') + 1
  const unpacked = unpack(fieldOf(digest, end), digest.slice(0, end).toUpperCase(), row)
  if (isMalformed(unpacked)) return digest
  const start = Math.max(end, digest.indexOf(':') + 1)
  return (
    digest.slice(0, start) + encodeBase64(unpacked.bytes.fill(0, unpacked.keyStart, unpacked.keyEnd), base64)
  )
}
