import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfPbkdf2, DIGEST_BYTES } from '../../compute/cost.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'
import { pbkdf2Job } from '../../compute/kinds/pbkdf2.js'
import { base64, decodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { splitBetween, splitFields } from '../../formats/fields.js'
import type { Field, Fields } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { mapSaslprep } from '../../formats/saslprep.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'
import { joinBytes } from '../../platform/bytes.js'
import { hmac, messageDigest } from '../../platform/node.js'
import { MAX_ITERATIONS } from './make.js'

type Algorithm = 'sha1' | 'sha256' | 'sha512'

interface Params {
  readonly algorithm: Algorithm
  readonly iterations: number
}

const ALGORITHMS: ReadonlyMap<string, Algorithm> = /* @__PURE__ */ new Map([
  ['SCRAM-SHA-1$', 'sha1'],
  ['SCRAM-SHA-256$', 'sha256'],
  ['SCRAM-SHA-512$', 'sha512'],
  ['{SCRAM-SHA-1}', 'sha1'],
  ['{SCRAM-SHA-256}', 'sha256'],
  ['{SCRAM-SHA-512}', 'sha512'],
])

/**
 * What a server of SCRAM keeps (RFC 5802 section 3): iterations, salt, StoredKey and ServerKey, all of them in base64. Both keys must
 * be those of the password.
 *
 *     SCRAM-SHA-256  $  4096  :  <salt>  $  <44 characters>  :  <44 characters>      (spaces added)
 *     {SCRAM-SHA-256}  4096  ,  <salt>  ,  <44 characters>  ,  <44 characters>
 *
 * The first is PostgreSQL's, the second Dovecot's. RFC 5802 maps passwords with SASLprep; PostgreSQL hashes the typed bytes where
 * SASLprep refuses them, and some systems always do. Both are tried.
 *
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 * @see https://doc.dovecot.org/main/core/config/auth/schemes.html
 */
export const scram: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'scram',
  aliases: ['scram_sha_1', 'scram_sha_256', 'scram_sha_512', 'scram_postgres', 'scram_dovecot'],
  standing: 'dated',
  why: '4,096 iterations of SHA-256 by default, in two milliseconds',
  writtenBy: 'PostgreSQL since 10, Dovecot',
  example:
    'SCRAM-SHA-256$4096:IxTkHQeRA6o+qRRnJKvuxQ==$UycBP8ImWG/8ZXu8AEJsS1nY/t5bQKe2HyaeW+7Rur0=:q2ogcEIPjTMBQJoyABvh6eXjoRVBq+YJf3ZBBxu5GRE=',
  prefixes: [
    'SCRAM-SHA-1$',
    'SCRAM-SHA-256$',
    'SCRAM-SHA-512$',
    '{SCRAM-SHA-1}',
    '{SCRAM-SHA-256}',
    '{SCRAM-SHA-512}',
  ],
  parse,
  describe: ({ algorithm, iterations }) => ({ algorithm: ALGORITHM_NAMES[algorithm], iterations }),
  passwordForms: (password) => [mapSaslprep(password), password],
  job: (password, { params: { algorithm, iterations }, salt }) =>
    pbkdf2Job({ password, salt, algorithm, iterations, length: DIGEST_BYTES[algorithm] }),
  cost: ({ params: { algorithm, iterations } }) =>
    costOfPbkdf2({ algorithm, iterations, length: DIGEST_BYTES[algorithm] }),
  finish: (salted, { params: { algorithm } }) => keysOf(salted, algorithm),
  truncates: (password, { params }) => sharesHmacKey(password, params.algorithm),
  blank,
})

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

function parse(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const isTag = prefix.startsWith('{')
  const algorithm = ALGORITHMS.get(prefix.toUpperCase())
  const fields: Fields<4> | undefined = isTag
    ? splitFields(rest, ',', 4)
    : splitBetween(rest, [':', '$', ':'], 4)
  if (fields === undefined || algorithm === undefined) return malformed('shape', 'digest')
  const [iterationsField, saltField, ...keyFields] = fields
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
  return [{ params: { algorithm, iterations }, salt, checksum: joinBytes(...keys) }]
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
