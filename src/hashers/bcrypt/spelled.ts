import { base64, base64Unpadded, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { joinBytes } from '../../platform/bytes.js'
import { fieldOf, lengthOf, splitFields, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { hmac, messageDigest } from '../../platform/node.js'
import { bcryptForms } from './bcrypt.js'
import {
  CHECKSUM_LENGTH,
  definePrehashed,
  isTruncated,
  NOTHING,
  parseWhole,
  STANDARD_PREFIXES,
  toAscii,
} from './define.js'
import type { Params } from './define.js'

// bcrypt whose fields stand otherwise than in bcrypt's own string.

const BCRYPT_LENGTH = 60
const SALT_LENGTH = 22

/**
 * bcrypt over the password and a pepper behind it, as Devise computes it; the pepper stands behind the digest. Past 72 bytes bcrypt
 * reads neither.
 *
 *     $2b$12$…  $  <pepper>      (spaces added)
 *
 * @see https://github.com/heartcombo/devise/blob/main/lib/devise/encryptor.rb
 */
export const bcryptPeppered: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_peppered',
  writtenBy: 'Devise (Rails)',
  example: '$2b$04$abcdefghijklmnopqrstuuplyOA/yggp3uDOFweBlaokYQ36s6xTW$pepper',
  onlyNamed: true,
  prefixes: STANDARD_PREFIXES,
  parse: parsePeppered,
  passwordForms: (password, { params }) => [joinBytes(password, params.pepper)],
  truncates: isTruncated,
  blank: (digest) => writeOver(digest, BCRYPT_LENGTH - CHECKSUM_LENGTH, '.', BCRYPT_LENGTH),
})

/**
 * bcrypt of passlib, over the SHA-256 of the password in base64; since version 2 over an HMAC whose key is the salt as it is written.
 *
 *     $bcrypt-sha256$  2b,12  $  <22 characters of salt>  $  <31 of checksum>      (spaces added)
 *     $bcrypt-sha256$  v=2,t=2b,r=12  $  <salt>  $  <checksum>
 *
 * The cost has no leading zero in either.
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.bcrypt_sha256.html
 */
export const bcryptSha256Passlib: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_sha256_passlib',
  writtenBy: 'passlib',
  example: '$bcrypt-sha256$v=2,t=2b,r=4$abcdefghijklmnopqrstuu$6eeTxYH54oiZ0Z7.zjNaUH4ORExX7RG',
  prefixes: ['$bcrypt-sha256$'],
  parse: parsePasslib,
  // The pepper of version 2 is its key: the salt as it is written.
  passwordForms: (password, { params: { pepper } }) => {
    const hash = pepper.length === 0 ? messageDigest('sha256', password) : hmac('sha256', pepper, password)
    return [toAscii(encodeBase64(hash, base64))]
  },
})

/**
 * bcrypt of AdonisJS: its fields by the rules of PHC strings, the version as the code of its letter, salt and checksum in base64.
 *
 *     $bcrypt  $v=98  $r=10  $  <salt>  $  <checksum>      (spaces added)
 *
 * A missing version is 97, $2a$ of npm's bcrypt, which AdonisJS computes with.
 *
 * @see https://github.com/adonisjs/hash/blob/9.x/src/drivers/bcrypt.ts
 */
export const bcryptAdonis: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_adonis',
  prehashed: false,
  writtenBy: 'AdonisJS',
  example: '$bcrypt$v=98$r=4$cdefghijklmnopqrstuvww$ijG+Gx+wIHcWia4ePG0UxzpitdBL1fo',
  prefixes: ['$bcrypt$'],
  parse: parseAdonis,
  passwordForms: (password, { params: { version } }) => bcryptForms(password, version),
  truncates: isTruncated,
  blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, 'A'),
})

/**
 * bcrypt of MediaWiki: `$2y$` of PHP, its fields behind MediaWiki's own name. The cost has no leading zero.
 *
 *     :bcrypt:  9  $  <22 characters of salt>  $  <31 of checksum>      (spaces added)
 *
 * @see https://github.com/wikimedia/mediawiki/blob/REL1_39/includes/password/BcryptPassword.php
 */
export const bcryptMediawiki: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_mediawiki',
  aliases: ['mediawiki'],
  prehashed: false,
  writtenBy: 'MediaWiki since 1.24',
  example: ':bcrypt:5$CCCCCCCCCCCCCCCCCCCCC.$E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  prefixes: [':bcrypt:'],
  parse: parseMediawiki,
  passwordForms: (password) => [password],
  truncates: isTruncated,
})

/** A pepper may hold any sign, so that bcrypt's 60 characters are counted. */
function parsePeppered({ text, end }: Field): readonly [Parsed<Params>] | Malformed {
  if (end <= BCRYPT_LENGTH || text.charAt(BCRYPT_LENGTH) !== '$') return malformed('shape', 'digest')
  const pepper = readTextSalt(fieldOf(text, BCRYPT_LENGTH + 1, end))
  if (typeof pepper === 'string') return malformed(pepper, 'pepper')
  return parseWhole(text.slice(0, BCRYPT_LENGTH), pepper)
}

function parsePasslib(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [numbersField, saltField, checksumField] = fields
  const numbers = textOf(numbersField).split(',')
  const isSecond = numbers[0] === 'v=2'
  const [version = '', digits = ''] = isSecond
    ? [readNamed(numbers[1], 't='), readNamed(numbers[2], 'r=')]
    : numbers
  if (numbers.length !== (isSecond ? 3 : 2)) return malformed('shape', 'parameters')
  // The older version had $2a$ before.
  if (version !== '2b' && (isSecond || version !== '2a')) return malformed('version', 'version')
  const cost = readInteger(fieldOf(digits), { min: 4, max: 31 })
  if (typeof cost === 'string') return malformed(cost, 'cost')
  const spelled = String(cost).padStart(2, '0')
  const pepper = isSecond ? toAscii(textOf(saltField)) : NOTHING
  if (lengthOf(saltField) !== SALT_LENGTH) return malformed('length', 'salt')
  return parseWhole(`$${version}$${spelled}$${textOf(saltField)}${textOf(checksumField)}`, pepper)
}

function parseMediawiki(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [costField, saltField, checksumField] = fields
  const cost = readInteger(costField, { min: 4, max: 31 })
  if (typeof cost === 'string') return malformed(cost, 'cost')
  if (lengthOf(saltField) !== SALT_LENGTH) return malformed('length', 'salt')
  return parseWhole(`$2y$${String(cost).padStart(2, '0')}$${textOf(saltField)}${textOf(checksumField)}`)
}

function readNamed(text: string | undefined, name: string): string | undefined {
  return text?.startsWith(name) === true ? text.slice(name.length) : undefined
}

function parseAdonis(rest: Field): readonly [Parsed<Params>] | Malformed {
  const { text, start } = rest
  const versionEnd = text.startsWith('v=', start) ? text.indexOf('$', start) : undefined
  if (versionEnd === -1) return malformed('shape', 'digest')
  const fields = splitFields(versionEnd === undefined ? rest : fieldOf(text, versionEnd + 1), '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [costField, saltField, checksumField] = fields
  const code = versionEnd === undefined ? 'v=97' : text.slice(start, versionEnd)
  const version = { 'v=97': '2a', 'v=98': '2b' }[code]
  if (version !== '2a' && version !== '2b') return malformed('version', 'version')
  if (!textOf(costField).startsWith('r=')) return malformed('shape', 'cost')
  const cost = readInteger(fieldOf(costField.text, costField.start + 2, costField.end), { min: 4, max: 31 })
  if (typeof cost === 'string') return malformed(cost, 'cost')
  const salt = decodeBase64(saltField, base64Unpadded)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length !== 16) return malformed('length', 'salt')
  const checksum = decodeBase64(checksumField, base64Unpadded)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== 23) return malformed('length', 'checksum')
  return [{ params: { version, cost, pepper: NOTHING }, salt, checksum }]
}
