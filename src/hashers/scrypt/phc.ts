import { base64, base64Unpadded, decodeBase64 } from '../../formats/base64.js'
import type { Base64 } from '../../formats/base64.js'
import { splitBetween } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { blankLast, defineScrypt, readParams } from './define.js'
import type { Cost, Params } from './define.js'

// $scrypt$ln=16,r=8,p=1$<salt>$<checksum> has its numbers in this order in all systems. In Kratos `ln` is N itself.

interface Grammar {
  readonly cost: Cost
  readonly encoding: Base64
  /** The least N; absent: 2. */
  readonly minN?: number
  readonly saltBytes: readonly [min: number, max: number]
  readonly checksumBytes: readonly [min: number, max: number]
}

// A shorter checksum is matched by chance too often.
const MIN_CHECKSUM_BYTES = 16

const PASSLIB: Grammar = {
  cost: 'ln',
  encoding: base64Unpadded,
  saltBytes: [0, 1_024],
  checksumBytes: [MIN_CHECKSUM_BYTES, Infinity],
}

const ADONIS: Grammar = {
  cost: 'N',
  encoding: base64Unpadded,
  saltBytes: [8, 1_024],
  checksumBytes: [64, 128],
}

const KRATOS: Grammar = {
  cost: 'N',
  encoding: base64,
  // A smaller number is the logarithm of an N, as other systems write it.
  minN: 32,
  saltBytes: [1, Infinity],
  checksumBytes: [MIN_CHECKSUM_BYTES, Infinity],
}

/**
 * scrypt as passlib and Zitadel's passwap write it: log2 of N, salt and checksum in base64 without padding. passlib's checksum
 * has 32 bytes, that of passwap any number. Both systems read an empty salt.
 *
 *     $scrypt$ln=  16  ,r=8,p=1  $  <salt>  $  <43 characters>      (spaces added)
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.scrypt.html
 * @see https://github.com/zitadel/passwap/blob/main/scrypt/scrypt.go
 */
export const scryptPasslib: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_passlib',
  aliases: ['scrypt_passwap', 'scrypt_phc'],
  writtenBy: 'passlib, Zitadel',
  example: '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  prefixes: ['$scrypt$ln='],
  parse: (rest) => parse(rest, PASSLIB),
  blank: (digest) => blankLast(digest, '$', 'A'),
})

/**
 * scrypt as Ory Kratos imports it: N under the name of its logarithm, salt and checksum in padded base64.
 *
 *     $scrypt$ln=  16384  ,r=8,p=1  $  <salt>  $  <44 characters>      (spaces added)
 *
 * @see https://github.com/ory/kratos/blob/master/hash/hash_comparator.go
 */
export const scryptKratos: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_kratos',
  writtenBy: 'imports of Ory Kratos',
  example:
    '$scrypt$ln=16384,r=8,p=1$2npRo7P03Mt8keSoMbyD/tKFWyUzjiQf2svUaNDSrhA=$MiCzNcIplSMqSBrm4HckjYqYhaVPPjTARTzwB1cVNYE=',
  prefixes: ['$scrypt$ln='],
  parse: (rest) => parse(rest, KRATOS),
  blank: (digest) => blankLast(digest, '$', 'A'),
})

/**
 * scrypt as AdonisJS writes it since 6: N, salt and checksum in base64 without padding; 64 to 128 bytes.
 *
 *     $scrypt$n=  16384  ,r=8,p=1  $  <salt>  $  <86 characters>      (spaces added)
 *
 * @see https://github.com/adonisjs/hash/blob/10.x/src/drivers/scrypt.ts
 */
export const scryptAdonis: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'scrypt_adonis',
  writtenBy: 'AdonisJS since 6',
  example:
    '$scrypt$n=16384,r=8,p=1$YhdCGu1G+vTC6F9oJZ16lg$IDWTbizFCq5n9YvPiy3YTPdUD12Nf1Iit8aQeGyWZdA9k9L8rKk9Ii5jQxSkV0MJyxr3/nzOHh+VTht0KFxiBA',
  prefixes: ['$scrypt$n='],
  parse: (rest) => parse(rest, ADONIS),
  blank: (digest) => blankLast(digest, '$', 'A'),
})

function parse(
  rest: Field,
  { cost, encoding, minN = 2, saltBytes, checksumBytes }: Grammar,
): readonly [Parsed<Params>] | Malformed {
  const fields = splitBetween(rest, [',r=', ',p='], 5)
  if (fields === undefined) return malformed('shape', 'digest')
  const [costField, fieldR, fieldP, saltField, checksumField] = fields
  const params = readParams([costField, fieldR, fieldP], { cost })
  if (isMalformed(params)) return params
  if (params.N < minN) return malformed('range', cost)
  const salt = decodeBase64(saltField, encoding)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (!isWithin(salt.length, saltBytes)) return malformed('length', 'salt')
  const checksum = decodeBase64(checksumField, encoding)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (!isWithin(checksum.length, checksumBytes)) return malformed('length', 'checksum')
  return [{ params, salt, checksum }]
}

function isWithin(length: number, [min, max]: readonly [number, number]): boolean {
  return length >= min && length <= max
}
