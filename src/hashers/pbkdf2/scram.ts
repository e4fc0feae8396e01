import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfPbkdf2, DIGEST_BYTES } from '../../compute/cost.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'
import { pbkdf2Job } from '../../compute/kinds/pbkdf2.js'
import { base64, decodeBase64 } from '../../formats/base64.js'
import { ContextError } from '../../errors.js'
import { writeOver } from '../../formats/blank.js'
import { lengthOf, readParameters, splitBetween, splitFields } from '../../formats/fields.js'
import type { Field, Fields } from '../../formats/fields.js'
import { encodeHexBytes } from '../../formats/hex.js'
import { readInteger } from '../../formats/integer.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { mapSaslprep } from '../../formats/saslprep.js'
import type { Claim, Hasher, HasherFacts, HasherSpec, Parsed } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'
import { joinBytes } from '../../platform/bytes.js'
import { hmac, messageDigest } from '../../platform/node.js'
import { MAX_ITERATIONS } from './make.js'

type Algorithm = 'sha1' | 'sha256' | 'sha512'

interface Params {
  readonly algorithm: Algorithm
  readonly iterations: number
  /** The user name of the context, where the password is hashed with it. */
  readonly username: string
}

type Answer = readonly [Parsed<Params>] | Malformed

type ScramSpec = HasherFacts &
  Claim &
  Pick<HasherSpec<Params>, 'parse' | 'passwordForms' | 'truncates' | 'blank'> & {
    /** Makes the password that PBKDF2 is given; default as it is. */
    readonly prepare?: (password: Uint8Array, username: string) => Uint8Array
    /** Whether the context must have a user name. */
    readonly needsUsername?: boolean
  }

const ALGORITHMS: ReadonlyMap<string, Algorithm> = /* @__PURE__ */ new Map([
  ['SCRAM-SHA-1$', 'sha1'],
  ['SCRAM-SHA-256$', 'sha256'],
  ['SCRAM-SHA-512$', 'sha512'],
  ['{SCRAM-SHA-1}', 'sha1'],
  ['{SCRAM-SHA-256}', 'sha256'],
  ['{SCRAM-SHA-512}', 'sha512'],
])
const KAFKA = 'salt='
// The characters of 64 bytes in base64.
const KEY_OF_SHA512 = 88

/**
 * What a server of SCRAM keeps (RFC 5802 section 3): iterations, salt, StoredKey and ServerKey, all of them in base64. Both keys must
 * be those of the password.
 *
 *     SCRAM-SHA-256  $  4096  :  <salt>  $  <44 characters>  :  <44 characters>      (spaces added)
 *     {SCRAM-SHA-256}  4096  ,  <salt>  ,  <44 characters>  ,  <44 characters>
 *     salt=<salt>  ,  stored_key=<44 characters>  ,  server_key=<44 characters>  ,  iterations=4096
 *
 * The first is PostgreSQL's, the second Dovecot's, the third Kafka's, where the length of the keys tells the algorithm. RFC 5802 maps
 * passwords with SASLprep; PostgreSQL hashes the typed bytes where SASLprep refuses them, and some systems always do. Both are tried.
 *
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 * @see https://doc.dovecot.org/main/core/config/auth/schemes.html
 * @see https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/common/security/scram/internals/ScramCredentialUtils.java
 */
export const scram: Hasher = /* @__PURE__ */ defineScram({
  name: 'scram',
  aliases: [
    'scram_sha_1',
    'scram_sha_256',
    'scram_sha_512',
    'scram_postgres',
    'scram_dovecot',
    'scram_kafka',
  ],
  why: '4,096 iterations of SHA-256 by default, in two milliseconds',
  writtenBy: 'PostgreSQL since 10, Dovecot, Kafka',
  example:
    'SCRAM-SHA-256$4096:IxTkHQeRA6o+qRRnJKvuxQ==$UycBP8ImWG/8ZXu8AEJsS1nY/t5bQKe2HyaeW+7Rur0=:q2ogcEIPjTMBQJoyABvh6eXjoRVBq+YJf3ZBBxu5GRE=',
  prefixes: [
    'SCRAM-SHA-1$',
    'SCRAM-SHA-256$',
    'SCRAM-SHA-512$',
    '{SCRAM-SHA-1}',
    '{SCRAM-SHA-256}',
    '{SCRAM-SHA-512}',
    KAFKA,
  ],
  parse: (rest, prefix) => (prefix === KAFKA ? parseKafka(rest) : parse(rest, prefix)),
  passwordForms: (password) => [mapSaslprep(password), password],
  truncates: (password, { params }) => sharesHmacKey(password, params.algorithm),
  blank: (digest) => (digest.startsWith(KAFKA) ? blankKafka(digest) : blank(digest)),
})

/**
 * MongoDB's SCRAM-SHA-1, whose password is the hexadecimal of an MD5: of the user name, which the call's context must have, of
 * `:mongo:` and of the typed password. `mongodb` of passlift/builders makes it of the fields; MongoDB's SCRAM-SHA-256 is `scram`'s.
 *
 *     scram_mongodb  $  10000  :  <salt>  $  <28 characters>  :  <28 characters>      (spaces added)
 *
 * @see https://github.com/mongodb/specifications/blob/master/source/auth/auth.md
 */
export const scramMongodb: Hasher = /* @__PURE__ */ defineScram({
  name: 'scram_mongodb',
  why: '10,000 iterations of SHA-1 over MD5, in four milliseconds',
  writtenBy: 'MongoDB since 3.0',
  example:
    'scram_mongodb$10000:wlnHJpEHqUk+bqkALs0p6I1h25lBLqdl$eEB4Fh1QzlH8RUk/9fp5EFgtZvw=:9zj3VID/x4Pc3BNEF0l8vjyX7Zw=',
  prefixes: ['scram_mongodb$'],
  prehashed: true,
  needsUsername: true,
  parse: (rest, _, { username = '' }) => parseKeys(rest, 'sha1', username),
  prepare: hashForMongodb,
  truncates: () => false,
  blank,
})

function defineScram({
  prepare = (password) => password,
  needsUsername = false,
  ...spec
}: ScramSpec): Hasher {
  return makeHasher<Params>({
    standing: 'dated',
    ...spec,
    describe: ({ algorithm, iterations }) => ({ algorithm: ALGORITHM_NAMES[algorithm], iterations }),
    job: (password, { params: { algorithm, iterations, username }, salt }) => {
      const length = DIGEST_BYTES[algorithm]
      return pbkdf2Job({ password: prepare(password, username), salt, algorithm, iterations, length })
    },
    cost: ({ params: { algorithm, iterations } }) =>
      costOfPbkdf2({ algorithm, iterations, length: DIGEST_BYTES[algorithm] }),
    finish: (salted, { params: { algorithm, username } }) => {
      // An answer of false would look like a wrong password. The work is done all the same, so that the answer takes as long.
      if (needsUsername && username === '') {
        const needs = 'this digest needs the username of the context'
        throw new ContextError('ERR_CONTEXT_MISSING', `${spec.name}: ${needs}.`)
      }
      return keysOf(salted, algorithm)
    },
  })
}

function hashForMongodb(password: Uint8Array, username: string): Uint8Array {
  const message = joinBytes(utf8(`${username}:mongo:`), password)
  const prepared = encodeHexBytes(messageDigest('md5', message))
  message.fill(0)
  return prepared
}

/** StoredKey and ServerKey of a salted password, one behind the other. */
function keysOf(salted: Uint8Array, algorithm: Algorithm): Uint8Array {
  const clientKey = hmac(algorithm, salted, utf8('Client Key'))
  const keys = joinBytes(messageDigest(algorithm, clientKey), hmac(algorithm, salted, utf8('Server Key')))
  clientKey.fill(0)
  return keys
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function parse(rest: Field, prefix: string): Answer {
  const algorithm = ALGORITHMS.get(prefix.toUpperCase())
  if (algorithm === undefined) return malformed('shape', 'digest')
  if (!prefix.startsWith('{')) return parseKeys(rest, algorithm)
  const fields = splitFields(rest, ',', 4)
  return fields === undefined ? malformed('shape', 'digest') : readKeys(fields, { algorithm, username: '' })
}

function parseKeys(rest: Field, algorithm: Algorithm, username = ''): Answer {
  const fields = splitBetween(rest, [':', '$', ':'], 4)
  return fields === undefined ? malformed('shape', 'digest') : readKeys(fields, { algorithm, username })
}

function parseKafka({ text, start, end }: Field): Answer {
  const names = ['iterations', 'salt', 'stored_key', 'server_key'] as const
  const fields = readParameters({ text, start: start - KAFKA.length, end }, names)
  if (isMalformed(fields)) return fields
  const algorithm = lengthOf(fields[2]) === KEY_OF_SHA512 ? 'sha512' : 'sha256'
  return readKeys(fields, { algorithm, username: '' })
}

/** Reads iterations, salt, StoredKey and ServerKey. */
function readKeys(
  [iterationsField, saltField, ...keyFields]: Fields<4>,
  { algorithm, username }: Pick<Params, 'algorithm' | 'username'>,
): Answer {
  const iterations = readInteger(iterationsField, { min: 1, max: MAX_ITERATIONS })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  const salt = decodeBase64(saltField, base64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')
  const keys: Uint8Array[] = []
  for (const [place, keyField] of keyFields.entries()) {
    const name = place === 0 ? 'storedKey' : 'serverKey'
    const key = decodeBase64(keyField, base64)
    if (typeof key === 'string') return malformed(key, name)
    if (key.length !== DIGEST_BYTES[algorithm]) return malformed('length', name)
    keys.push(key)
  }
  return [{ params: { algorithm, iterations, username }, salt, checksum: joinBytes(...keys) }]
}

/** The digest with both keys overwritten up to their padding. */
function blank(digest: string): string {
  const isTag = digest.startsWith('{')
  const between = digest.lastIndexOf(isTag ? ',' : ':')
  const before = digest.lastIndexOf(isTag ? ',' : '$', between - 1)
  return [before, between].reduce((text, separator) => {
    const padding = text.indexOf('=', separator)
    return writeOver(text, separator + 1, 'A', padding < 0 ? undefined : padding)
  }, digest)
}

/** Kafka's digest with both keys overwritten. The fields behind its salt may stand in any order. */
function blankKafka(digest: string): string {
  return ['stored_key=', 'server_key='].reduce((text, name) => {
    const start = text.indexOf(name) + name.length
    const padding = text.indexOf('=', start)
    return writeOver(text, start, 'A', padding)
  }, digest)
}
