import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { costOfDigestLoop, DIGEST_BYTES } from '../compute/cost.js'
import type { DigestLoopJob } from '../compute/job.js'
import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { base64, decodeBase64, encodeBase64 } from '../formats/base64.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf, splitFields, textOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { parseHexRounds } from '../formats/hex-rounds.js'
import { decodeLowerHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { normalizeNfc, readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Claim, Hasher, HasherFacts, HasherSpec, Parsed, Standing } from '../hasher/contract.js'

// Systems of Java compute a digest of salt and password, then a digest of each digest. The first counts as an iteration.

type Algorithm = DigestLoopJob['algorithm']

interface Params {
  readonly algorithm: Algorithm
  readonly iterations: number
}

type Answer = readonly [Parsed<Params>] | Malformed

// All these systems count in a signed 32-bit integer.
const MAX_ITERATIONS = 2 ** 31 - 1
// From 8,192 rounds on, phpass's default, the standing is `dated` as that of phpass.
const MIN_SLOW_ITERATIONS = 2 ** 13
const NOTHING = /* @__PURE__ */ new Uint8Array(0)

/** The algorithms by their names in Java. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}
const BY_LENGTH: Readonly<Record<number, Algorithm>> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 64: 'sha512' }

const JASYPT_BASIC = { params: { algorithm: 'md5', iterations: 1_000 }, saltBytes: 8, bytes: 24 } as const
const JASYPT_STRONG = {
  params: { algorithm: 'sha256', iterations: 100_000 },
  saltBytes: 16,
  bytes: 48,
} as const

/**
 * Apache Shiro 1: the algorithm by its name in Java, salt and checksum in base64. The field of a missing salt is empty. A digest
 * of Shiro 2 that begins like this and holds bcrypt is not read.
 *
 *     $shiro1$  SHA-256  $  500000  $  <salt>  $  <checksum>      (spaces added)
 *
 * @see https://github.com/apache/shiro/blob/main/crypto/hash/src/main/java/org/apache/shiro/crypto/hash/format/Shiro1CryptFormat.java
 */
export const shiro1: Hasher = /* @__PURE__ */ defineIterated({
  name: 'shiro1',
  why: '500,000 rounds of SHA-256 by default; few are fast',
  writtenBy: 'Apache Shiro 1, Nexus',
  example: '$shiro1$SHA-256$500000$QmLtx8PaCMe72i+yVuqH+A==$P5ohK5uWi30u38ujuTnmmeUK2gPwqhxTnke2wd9fZXw=',
  prefixes: ['$shiro1$'],
  parse: parseShiro,
  blank: (digest) => {
    const start = digest.lastIndexOf('$') + 1
    const padding = digest.indexOf('=', start)
    return writeOver(digest, start, 'A', padding < 0 ? digest.length : padding)
  },
})

/**
 * Jasypt's password encryptors: 8 bytes of salt and 1,000 rounds of MD5 (basic), or 16 bytes and 100,000 rounds of SHA-256
 * (strong). Salt and checksum are one text of base64, whose length tells basic from strong. Any bytes in base64 look like such
 * a digest, so rows have to name this hasher. The password is normalised to NFC first.
 *
 *     AAECAwQFBgcICQoLDA0OD1jdsdVbSj84u2X/UaLAN36U/DEbo2NVFOM2IQpvnyuv
 *
 * @see https://github.com/jasypt/jasypt/blob/master/jasypt/src/main/java/org/jasypt/digest/StandardByteDigester.java
 */
export const jasypt: Hasher = /* @__PURE__ */ defineIterated({
  name: 'jasypt',
  why: '1,000 rounds of MD5, or 100,000 of SHA-256',
  writtenBy: 'Jasypt (Java), BasicPasswordEncryptor and StrongPasswordEncryptor',
  example: 'AAECAwQFBgcICQoLDA0OD1jdsdVbSj84u2X/UaLAN36U/DEbo2NVFOM2IQpvnyuv',
  onlyNamed: true,
  lengths: [32, 64],
  identify: (digest) => !isMalformed(parseJasypt(fieldOf(digest))),
  parse: parseJasypt,
  passwordForms: (password) => [normalizeNfc(password)],
  blank: (digest) => {
    const bytes = decodeBase64(fieldOf(digest), base64)
    return typeof bytes === 'string' ? digest : encodeBase64(bytes.fill(0, jasyptOf(bytes).saltBytes), base64)
  },
})

/**
 * Tomcat's MessageDigestCredentialHandler, in hexadecimal. The length of the checksum tells the algorithm. The text looks like
 * that of `tomcat_pbkdf2`, so rows have to name this hasher.
 *
 *     <salt>  $  1000  $  <checksum>      (spaces added)
 *
 * @see https://github.com/apache/tomcat/blob/9.0.x/java/org/apache/catalina/realm/MessageDigestCredentialHandler.java
 */
export const tomcat: Hasher = /* @__PURE__ */ defineIterated({
  name: 'tomcat',
  why: 'one round by default',
  writtenBy: 'Apache Tomcat, MessageDigestCredentialHandler',
  example:
    '00112233445566778899001122334455$1000$1d23d5719ca33f0854e88ac4ef1cfe96e1ba3cdbfc354c148af5eec6bba95d9b',
  onlyNamed: true,
  identify: (digest) => !isMalformed(parseTomcat(fieldOf(digest))),
  parse: parseTomcat,
  blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '0'),
})

/**
 * Apache Jackrabbit Oak: the salt is hashed as the text of its hexadecimal, and a number of one round is left out. Oak's
 * PBKDF2, and digests without a salt, are not read.
 *
 *     {SHA-256}  9e515755e95513ce  -  1000  -  <checksum in hexadecimal>      (spaces added)
 *
 * @see https://github.com/apache/jackrabbit-oak/blob/trunk/oak-security-spi/src/main/java/org/apache/jackrabbit/oak/spi/security/user/util/PasswordUtil.java
 */
export const oak: Hasher = /* @__PURE__ */ defineIterated({
  name: 'oak',
  why: '1,000 rounds by default',
  writtenBy: 'Apache Jackrabbit Oak, Adobe Experience Manager',
  example: '{SHA-256}9e515755e95513ce-1000-0696716f8baf8890a35eda1b9f2d5a4e727d1c7e1c062f03180dcc2a20f61f3b',
  prefixes: ['{SHA-1}', '{SHA-256}', '{SHA-512}'],
  parse: parseOak,
  blank: (digest) => writeOver(digest, digest.lastIndexOf('-') + 1, '0'),
})

function defineIterated(
  spec: HasherFacts & Claim & Pick<HasherSpec<Params>, 'parse' | 'blank' | 'passwordForms'>,
): Hasher {
  return makeHasher<Params>({
    ...spec,
    standing: standingOf,
    describe: ({ algorithm, iterations }) => ({ algorithm: ALGORITHM_NAMES[algorithm], iterations }),
    cost: ({ params: { algorithm, iterations } }) =>
      costOfDigestLoop({ algorithm, count: iterations - 1, tailLength: 0 }),
    job: (password, { params: { algorithm, iterations }, salt }) =>
      digestLoopJob({ algorithm, first: [salt, password], tail: NOTHING, count: iterations - 1 }),
  })
}

function standingOf({ iterations }: Params): Standing {
  return iterations < MIN_SLOW_ITERATIONS ? 'insecure' : 'dated'
}

function parseShiro(rest: Field): Answer {
  const fields = splitFields(rest, '$', 4)
  if (fields === undefined) return malformed('shape', 'digest')
  const [algorithmField, iterationsField, saltField, checksumField] = fields
  const name = textOf(algorithmField)
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined
  if (algorithm === undefined) return malformed('range', 'algorithm')
  const iterations = readInteger(iterationsField, { min: 1, max: MAX_ITERATIONS })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  const salt = decodeBase64(saltField, base64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeBase64(checksumField, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== DIGEST_BYTES[algorithm]) return malformed('length', 'checksum')
  return [{ params: { algorithm, iterations }, salt, checksum }]
}

function parseJasypt(rest: Field): Answer {
  const bytes = decodeBase64(rest, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  const { params, saltBytes, bytes: size } = jasyptOf(bytes)
  if (bytes.length !== size) return malformed('length', 'digest')
  return [{ params, salt: bytes.slice(0, saltBytes), checksum: bytes.slice(saltBytes) }]
}

function jasyptOf({ length }: Uint8Array): typeof JASYPT_BASIC | typeof JASYPT_STRONG {
  return length === JASYPT_BASIC.bytes ? JASYPT_BASIC : JASYPT_STRONG
}

function parseTomcat(rest: Field): Answer {
  const found = parseHexRounds(rest, MAX_ITERATIONS)
  if (isMalformed(found)) return found
  const { salt, iterations, checksum } = found
  const algorithm = BY_LENGTH[checksum.length]
  if (algorithm === undefined) return malformed('length', 'checksum')
  return [{ params: { algorithm, iterations }, salt, checksum }]
}

function parseOak(rest: Field, prefix: string): Answer {
  const algorithm = ALGORITHMS[prefix.slice(1, -1)]
  const counted = splitFields(rest, '-', 3)
  const [saltField, checksumField] = counted ? [counted[0], counted[2]] : (splitFields(rest, '-', 2) ?? [])
  if (algorithm === undefined || saltField === undefined || checksumField === undefined) {
    return malformed('shape', 'digest')
  }
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const iterations = counted ? readInteger(counted[1], { min: 2, max: MAX_ITERATIONS }) : 1
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  if (lengthOf(checksumField) !== 2 * DIGEST_BYTES[algorithm]) return malformed('length', 'checksum')
  const checksum = decodeLowerHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { algorithm, iterations }, salt, checksum }]
}
