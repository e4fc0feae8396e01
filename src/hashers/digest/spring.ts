import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfDigest, costOfDigestLoop, DIGEST_BYTES } from '../../compute/cost.js'
import { fastDigest } from '../../compute/fast-digest.js'
import { digestLoopJob } from '../../compute/kinds/digest-loop.js'
import { md4 } from '../../compute/md4.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { joinBytes } from '../../platform/bytes.js'
import { fieldOf, lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex, decodeLowerHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { messageDigest } from '../../platform/node.js'
import { defineDigest, readingOf } from './define.js'
import type { Params } from './define.js'

// The encoders of Spring Security that hash fast, as the hasher `spring` reads them.

const NOTHING = /* @__PURE__ */ new Uint8Array(0)
const SHA1_BYTES = 20
const LDAP_SALTED = '{ldap}{SSHA}'
const STANDARD = { algorithm: 'sha256', count: 1_023, tailLength: 0 } as const
const STANDARD_SALT_BYTES = 8
const STANDARD_BYTES = 40

interface DigestParams {
  readonly algorithm: 'md4' | 'md5' | 'sha1' | 'sha256'
}

const ALGORITHMS: Readonly<Record<string, DigestParams['algorithm']>> = {
  '{MD4}': 'md4',
  '{MD5}': 'md5',
  '{SHA-1}': 'sha1',
  '{SHA-256}': 'sha256',
}
const MD4_BYTES = 16

/**
 * MessageDigestPasswordEncoder and Md4PasswordEncoder: the password, then the salt as it stands, with its braces. An empty salt
 * is its two braces; what older systems wrote has none and no braces. The digests are compared as text, in lower case.
 *
 *     {SHA-256}  {<salt>}  <64 digits of hex>      (spaces added)
 *
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/password/MessageDigestPasswordEncoder.java
 */
export const springDigest: Hasher = /* @__PURE__ */ makeHasher<DigestParams>({
  name: 'spring',
  standing: 'insecure',
  why: 'one fast hash',
  example: '{MD5}{aRYR+Yp2xSqtgF+vtjH6jNda6M083iEbP+zCFjLt9IA=}905e382a25eed53e22224223b3581092',
  prefixes: ['{MD4}', '{MD5}', '{SHA-1}', '{SHA-256}'],
  parse: parseDigest,
  describe: ({ algorithm }) => ({ algorithm: algorithm === 'md4' ? 'MD4' : ALGORITHM_NAMES[algorithm] }),
  // Our own MD4 takes some three times as long as OpenSSL's MD5 would.
  cost: ({ params, salt }, bytes) =>
    costOfDigest({ bytes: (params.algorithm === 'md4' ? 3 : 1) * (bytes + salt.length) }),
  derive: async (password, { params: { algorithm }, salt }, run) => {
    if (algorithm !== 'md4') return await fastDigest(algorithm, [password, salt], run)
    const message = joinBytes(password, salt)
    const checksum = md4(message)
    message.fill(0)
    return checksum
  },
  blank: (digest) => writeOver(digest, digest.lastIndexOf('}') + 1, '0'),
})

/**
 * StandardPasswordEncoder, without a secret: 1,024 rounds of SHA-256 over salt and password.
 *
 *     {sha256}  <16 digits of salt>  <64 digits>      (spaces added)
 *
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/password/StandardPasswordEncoder.java
 */
export const springStandard: Hasher = /* @__PURE__ */ makeHasher<Readonly<Record<string, never>>>({
  name: 'spring',
  standing: 'insecure',
  why: '1,024 rounds of SHA-256',
  example: '{sha256}97cde38028ad898ebc02e690819fa220e88c62e0699403e94fff291cfffaf8410849f27605abcbc0',
  prefixes: ['{sha256}'],
  parse: (rest) => {
    if (lengthOf(rest) !== 2 * STANDARD_BYTES) return malformed('length', 'digest')
    const bytes = decodeHex(rest)
    if (typeof bytes === 'string') return malformed(bytes, 'digest')
    const [salt, checksum] = [bytes.slice(0, STANDARD_SALT_BYTES), bytes.slice(STANDARD_SALT_BYTES)]
    return [{ params: {}, salt, checksum }]
  },
  // The first digest counts as a round.
  describe: () => ({ algorithm: 'SHA-256', iterations: STANDARD.count + 1 }),
  cost: () => costOfDigestLoop(STANDARD),
  job: (password, { salt }) =>
    digestLoopJob({
      algorithm: STANDARD.algorithm,
      first: [salt, password],
      tail: NOTHING,
      count: STANDARD.count,
    }),
  blank: (digest) => writeOver(digest, digest.length - 2 * (STANDARD_BYTES - STANDARD_SALT_BYTES), '0'),
})

/**
 * LdapShaPasswordEncoder: one of two tags of LDAP behind its own, and base64 of SHA-1 and salt.
 *
 *     {ldap}  {SSHA}  igvD9lOiTXm16dmOw0YWRb9OjK2ThZvdQku2EQ==      (spaces added)
 *
 * The encoder compares what has no tag as plain text, which is not read here.
 *
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/password/LdapShaPasswordEncoder.java
 */
export const springLdap: Hasher = /* @__PURE__ */ defineDigest({
  name: 'spring',
  why: 'one fast hash',
  example: '{ldap}{SSHA}igvD9lOiTXm16dmOw0YWRb9OjK2ThZvdQku2EQ==',
  prefixes: [LDAP_SALTED, '{ldap}{SHA}'],
  parse: parseLdap,
  blank: (digest) => {
    const start = digest.lastIndexOf('}') + 1
    const bytes = decodeBase64(fieldOf(digest, start), base64)
    return typeof bytes === 'string'
      ? digest
      : digest.slice(0, start) + encodeBase64(bytes.fill(0, 0, SHA1_BYTES), base64)
  },
})

/**
 * NoOpPasswordEncoder: the password itself, compared by its SHA-256.
 *
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/password/NoOpPasswordEncoder.java
 */
export const springNoop: Hasher = /* @__PURE__ */ makeHasher<Readonly<Record<string, never>>>({
  name: 'spring',
  standing: 'insecure',
  why: 'the password itself',
  example: '{noop}password',
  prefixes: ['{noop}'],
  parse: (rest) => {
    const password = readTextSalt(rest)
    if (typeof password === 'string') return malformed(password, 'checksum')
    return [{ params: {}, salt: NOTHING, checksum: messageDigest('sha256', password) }]
  },
  describe: () => ({}),
  cost: (_, bytes) => costOfDigest({ bytes }),
  derive: (password) => Promise.resolve(messageDigest('sha256', password)),
})

function parseDigest(rest: Field, prefix: string): readonly [Parsed<DigestParams>] | Malformed {
  const algorithm = ALGORITHMS[prefix]
  if (algorithm === undefined) return malformed('shape', 'digest')
  const { text, start, end } = rest
  const isSalted = text.charAt(start) === '{'
  const saltEnd = isSalted ? text.indexOf('}', start) + 1 : start
  if (saltEnd < start) return malformed('shape', 'digest')
  const salt = isSalted ? readTextSalt(fieldOf(text, start, saltEnd)) : NOTHING
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const size = algorithm === 'md4' ? MD4_BYTES : DIGEST_BYTES[algorithm]
  if (end - saltEnd !== 2 * size) return malformed('length', 'checksum')
  const checksum = decodeLowerHex(fieldOf(text, saltEnd, end))
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { algorithm }, salt, checksum }]
}

function parseLdap(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const isSalted = prefix === LDAP_SALTED
  const bytes = decodeBase64(rest, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'checksum')
  if (bytes.length < SHA1_BYTES || (!isSalted && bytes.length > SHA1_BYTES))
    return malformed('length', 'checksum')
  if (isSalted && bytes.length === SHA1_BYTES) return malformed('length', 'salt')
  const salt = isSalted ? bytes.slice(SHA1_BYTES) : NOTHING
  return readingOf({ algorithm: 'sha1', message: 'password, salt' }, salt, bytes.slice(0, SHA1_BYTES))
}
