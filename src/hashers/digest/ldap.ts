import { DIGEST_BYTES } from '../../compute/cost.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex, isHex } from '../../formats/hex.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { defineDigest, readingOf } from './define.js'
import type { Algorithm, Params } from './define.js'

// Digests of LDAP: a tag in braces, then base64 of the digest and the salt that was hashed behind the password. The tags are those
// of RFC 2307 and OpenLDAP, with IBM's and Dovecot's for the same; Dovecot's may end in what the rest is written in. Sources:
// https://www.openldap.org/doc/admin26/security.html#Password%20Storage, OpenLDAP's contrib/slapd-modules/passwd/sha2 and
// https://doc.dovecot.org/main/core/config/auth/schemes.html

interface Row {
  readonly name: string
  readonly algorithm: Algorithm
  /** The tags without their braces. */
  readonly tags: readonly [string, ...string[]]
  readonly salted: boolean
  readonly example: string
  readonly writtenBy?: string
}

type Kind = Pick<Row, 'algorithm' | 'salted'>

// Dovecot's endings of tags: what follows is hexadecimal, or base64 as it is without one.
const HEX_ENDING = '.HEX'
const ENDINGS = ['', HEX_ENDING, '.B64', '.BASE64'] as const
// 84 bytes: a salt of 64.
const MAX_UNTAGGED_LENGTH = 112
const SSHA = { algorithm: 'sha1', salted: true } as const
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)

/** `{MD5}` and base64 of MD5; `{LDAP-MD5}` and `{PLAIN-MD5}` of Dovecot, which calls crypt(3)'s scheme `{MD5}`. */
export const ldapMd5: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_md5',
  algorithm: 'md5',
  tags: ['MD5', 'LDAP-MD5', 'PLAIN-MD5'],
  salted: false,
  example: '{MD5}X03MO1qnZdYdgyfeuILPmQ==',
})

/** `{SMD5}` and base64 of MD5 and salt. */
export const ldapSmd5: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_smd5',
  algorithm: 'md5',
  tags: ['SMD5'],
  salted: true,
  example: '{SMD5}swXK27O85U86pZxk/sAN6nNhbHQ=',
})

/** `{SHA}` and base64 of SHA-1. */
export const ldapSha1: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_sha1',
  algorithm: 'sha1',
  tags: ['SHA', 'SHA1'],
  salted: false,
  example: '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
})

/** `{SSHA}` and base64 of SHA-1 and salt. */
export const ldapSsha: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_ssha',
  algorithm: 'sha1',
  tags: ['SSHA', 'SSHA1'],
  salted: true,
  example: '{SSHA}yI6cZwQadOA1e+/f+T+H3eCQQhRzYWx0',
})

/** The base64 of `ldap_ssha` alone, of a row that is named `ldap_ssha`. */
export const ldapSshaUntagged: Hasher = /* @__PURE__ */ defineDigest({
  name: 'ldap_ssha_untagged',
  aliases: ['ldap_ssha'],
  writtenBy: 'exports of LDAP without their tag',
  example: 'yrht1iYXEIkejLVu42JWkadd80RzYWx0c2FsdA==',
  onlyNamed: true,
  // Long base64 is something else: directories draw salts of 4 to 16 bytes.
  identify: (digest) =>
    digest.length <= MAX_UNTAGGED_LENGTH && !isMalformed(parse(fieldOf(digest), '', SSHA)),
  parse: (rest) =>
    lengthOf(rest) <= MAX_UNTAGGED_LENGTH ? parse(rest, '', SSHA) : malformed('length', 'salt'),
  blank: (digest) => blank(digest, 0, { algorithm: 'sha1', isHex: false }),
})

/** `{SHA224}` and base64 of SHA-224, as IBM writes it. */
export const ldapSha224: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_sha224',
  algorithm: 'sha224',
  tags: ['SHA224'],
  salted: false,
  example: '{SHA224}1j3JGeIB17xMglYw0s8l/ck9Sy8NRnBtKQONAQ==',
  writtenBy: 'IBM Security Verify, IBM Directory Server',
})

/** `{SSHA224}` and base64 of SHA-224 and salt, as IBM writes it. */
export const ldapSsha224: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_ssha224',
  algorithm: 'sha224',
  tags: ['SSHA224'],
  salted: true,
  example: '{SSHA224}91QKHX9XGWFH0nuSinG6l2wlOGtTT5oN9yZTS3NhbHQ=',
  writtenBy: 'IBM Security Verify, IBM Directory Server',
})

/** `{SHA256}` and base64 of SHA-256. */
export const ldapSha256: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_sha256',
  algorithm: 'sha256',
  tags: ['SHA256'],
  salted: false,
  example: '{SHA256}XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=',
})

/** `{SSHA256}` and base64 of SHA-256 and salt. */
export const ldapSsha256: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_ssha256',
  algorithm: 'sha256',
  tags: ['SSHA256'],
  salted: true,
  example: '{SSHA256}eje4XIkY6sGakInA+loqtNzj+QUo3N7sEIsj3fNge5lzYWx0',
})

/** `{SHA384}` and base64 of SHA-384. */
export const ldapSha384: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_sha384',
  algorithm: 'sha384',
  tags: ['SHA384'],
  salted: false,
  example: '{SHA384}qLZLq9CsqRpZvbt3YbQh1PK7OCgNOnW6DyHyvrxFWD1EbFmGYMlM5oDEfRnDB4On',
})

/** `{SSHA384}` and base64 of SHA-384 and salt. */
export const ldapSsha384: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_ssha384',
  algorithm: 'sha384',
  tags: ['SSHA384'],
  salted: true,
  example: '{SSHA384}JhBd8taJ7iy7c13rUwqdA0BiYlK+mbYtvmYKgUUH/Hnzlu9+YBTxYd973pJ5gvjPc2FsdA==',
})

/** `{SHA512}` and base64 of SHA-512. */
export const ldapSha512: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_sha512',
  algorithm: 'sha512',
  tags: ['SHA512'],
  salted: false,
  example: '{SHA512}sQnzu7wkTrgkQZF+0G1hi5AI3Qmzvv0bXgc5THBqi7mAsdd4Xll27ASbRt9fEya+Wi6m0P0B+U+FOF/8rLrIbA==',
})

/** `{SSHA512}` and base64 of SHA-512 and salt. */
export const ldapSsha512: Hasher = /* @__PURE__ */ defineLdap({
  name: 'ldap_ssha512',
  algorithm: 'sha512',
  tags: ['SSHA512'],
  salted: true,
  example:
    '{SSHA512}+mohhbPgqahe9B/7Z+88H7b3SYD46/lw5OcuNT7ZU31ZMIPCAd/W5D4cinqsK8jbsRnH37fUuPExEROVvXDpf3NhbHQ=',
})

function defineLdap({ name, algorithm, tags, salted, example, writtenBy }: Row): Hasher {
  const [first, ...others] = tags.flatMap((tag) => ENDINGS.map((ending) => `{${tag}${ending}}`))
  return defineDigest({
    name,
    why: salted ? 'one fast hash, salted' : 'one fast hash, no salt',
    writtenBy: writtenBy ?? 'OpenLDAP, Dovecot and other directories and mail servers',
    example,
    prefixes: [first ?? '', ...others],
    parse: (rest, prefix) => parse(rest, prefix, { algorithm, salted }),
    blank: (digest) => {
      const end = digest.indexOf('}') + 1
      const isHex = isHexText(fieldOf(digest, end), digest.slice(0, end), { algorithm, salted })
      return blank(digest, end, { algorithm, isHex })
    },
  })
}

function isHexTag(tag: string): boolean {
  return tag.toUpperCase().endsWith(`${HEX_ENDING}}`)
}

/** Dovecot reads hexadecimal without its ending too, where the length is that of an unsalted digest. */
function isHexText(rest: Field, tag: string, { algorithm, salted }: Kind): boolean {
  return isHexTag(tag) || (!salted && lengthOf(rest) === DIGEST_BYTES[algorithm] * 2 && isHex(rest))
}

function parse(
  rest: Field,
  prefix: string,
  { algorithm, salted }: Kind,
): readonly [Parsed<Params>] | Malformed {
  const size = DIGEST_BYTES[algorithm]
  const bytes = isHexText(rest, prefix, { algorithm, salted }) ? decodeHex(rest) : decodePayload(rest)
  if (typeof bytes === 'string') return malformed(bytes, 'checksum')
  if (bytes.length < size || (!salted && bytes.length > size)) return malformed('length', 'checksum')
  if (salted && bytes.length === size) return malformed('length', 'salt')
  const salt = salted ? bytes.subarray(size) : NO_SALT
  return readingOf({ algorithm, message: 'password, salt' }, salt, bytes.subarray(0, size))
}

function decodePayload(rest: Field): Uint8Array | Problem {
  return lengthOf(rest) === 0 ? 'length' : decodeBase64(rest, base64)
}

/** Zeros in the place of the checksum, whose end may share a character of base64 with the salt. */
function blank(
  digest: string,
  start: number,
  { algorithm, isHex }: { readonly algorithm: Algorithm; readonly isHex: boolean },
): string {
  const size = DIGEST_BYTES[algorithm]
  if (isHex) return writeOver(digest, start, '0', start + size * 2)
  const bytes = decodePayload(fieldOf(digest, start))
  return typeof bytes === 'string'
    ? digest
    : digest.slice(0, start) + encodeBase64(bytes.fill(0, 0, size), base64)
}
