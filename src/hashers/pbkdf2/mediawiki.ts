import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf, splitFields, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { encodeHexBytes } from '../../formats/hex.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { messageDigest } from '../../platform/node.js'
import { ANY_LENGTH, BASE64, decodePadded, definePbkdf2, readRow, SLOW, standingOf } from './define.js'
import type { Row } from './define.js'
import { makePbkdf2 } from './make.js'
import type { Params } from './make.js'

interface LayeredParams extends Params {
  /** The salt of the MD5 within, as it is written; empty where that has none. */
  readonly inner: Uint8Array
}

const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const HYPHEN = /* @__PURE__ */ Uint8Array.of(0x2d)
const LEGACY_B = ':pbkdf2-legacyB:'

const ROW: Row = {
  name: 'mediawiki',
  why: SLOW,
  writtenBy: 'MediaWiki since 1.24',
  standing: standingOf,
  example:
    ':pbkdf2:sha512:30000:64:AAECAwQFBgcICQoLDA0ODw==:ll4mBZmR4q/jLpJcPLu3znpVM+eLVHQZLs34oWvAcUikJkWvrhDMpw9EMpRRP1sb5CTR/U7tyqzWfeFXiXi+4w==',
  prefix: ':pbkdf2:',
  algorithms: {
    md5: 'md5',
    sha1: 'sha1',
    sha224: 'sha224',
    sha256: 'sha256',
    sha384: 'sha384',
    sha512: 'sha512',
  },
  fields: ['algorithm', 'iterations', 'keyLength', 'salt', 'checksum'],
  separators: [':', ':', ':', ':'],
  salt: decodePadded,
  checksum: BASE64,
  checksumBytes: ANY_LENGTH,
}

/**
 * PBKDF2 as MediaWiki writes it. What it encrypted is not read here.
 *
 *     :pbkdf2:sha512:30000:64:  <salt>  :  <88 characters of base64>      (spaces added)
 *
 * @see https://github.com/wikimedia/mediawiki/blob/REL1_39/includes/password/Pbkdf2Password.php
 */
export const mediawiki: Hasher = /* @__PURE__ */ definePbkdf2(ROW)

/**
 * PBKDF2 of MediaWiki over its older MD5, as wrapOldPasswords.php layers them: the parameters of both layers, then their salts, then
 * the checksum. MD5 has no parameters, so that the first field is empty.
 *
 *     :pbkdf2-legacyA:  ! sha512:30000:64  !  <salt of MD5, or nothing>  !  <salt>  !  <88 characters of base64>      (spaces added)
 *     :pbkdf2-legacyB:  ! sha512:30000:64  !  <salt of MD5>  !  <salt>  !  <88 characters of base64>
 *
 * PBKDF2 gets the hexadecimal of MD5: of the password, or of the salt, a hyphen and that hexadecimal.
 *
 * @see https://github.com/wikimedia/mediawiki/blob/REL1_39/includes/password/LayeredParameterizedPassword.php
 */
export const pbkdf2MediawikiMd5: Hasher = /* @__PURE__ */ makePbkdf2<LayeredParams>({
  name: 'pbkdf2_mediawiki_md5',
  aliases: ['mediawiki'],
  prehashed: true,
  why: SLOW,
  writtenBy: 'MediaWiki since 1.24, for users of before',
  standing: standingOf,
  example:
    ':pbkdf2-legacyA:!sha512:30000:64!!AAECAwQFBgcICQoLDA0ODw==!TaJ3dUwJcCAD4v/kttT/nXCW1I7QBoI+PqP43CxQuL+I4pDfn5eEMcNXYoLkdG/fU6rzAZGqHiX+l2cT6GYTAg==',
  prefixes: [':pbkdf2-legacyA:', LEGACY_B],
  parse: parseLayered,
  // The hexadecimal is never empty, and so no password stands for the empty one.
  passwordForms: (password, { params: { inner } }) => [hashInner(password, inner)],
  // MD5 reads the whole password, and HMAC keeps its hexadecimal as it is.
  truncates: () => false,
  blank: (digest) => {
    const start = digest.lastIndexOf('!') + 1
    const padding = digest.indexOf('=', start)
    return writeOver(digest, start, 'A', padding < 0 ? digest.length : padding)
  },
})

function hashInner(password: Uint8Array, salt: Uint8Array): Uint8Array {
  const hash = encodeHexBytes(messageDigest('md5', password))
  if (salt.length === 0) return hash
  const salted = encodeHexBytes(messageDigest('md5', salt, HYPHEN, hash))
  hash.fill(0)
  return salted
}

function parseLayered(rest: Field, prefix: string): readonly [Parsed<LayeredParams>] | Malformed {
  const fields = splitFields(rest, '!', 5)
  if (fields === undefined) return malformed('shape', 'digest')
  const [nothing, numbers, innerField, saltField, checksumField] = fields
  if (lengthOf(nothing) > 0) return malformed('shape', 'digest')
  const inner = lengthOf(innerField) === 0 && prefix !== LEGACY_B ? NO_SALT : readTextSalt(innerField)
  // A salt ends at the colon where MD5 alone is written.
  if (inner instanceof Uint8Array && inner.includes(0x3a)) return malformed('alphabet', 'innerSalt')
  if (typeof inner === 'string') return malformed(inner, 'innerSalt')
  const outer = [numbers, saltField, checksumField].map(textOf).join(':')
  const readings = readRow(fieldOf(outer), ':pbkdf2:', ROW)
  if (isMalformed(readings)) return readings
  const [{ params, salt, checksum }] = readings
  return [{ params: { ...params, inner }, salt, checksum }]
}
