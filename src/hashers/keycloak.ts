import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { costOfArgon2, costOfPbkdf2 } from '../compute/cost.js'
import { sharesHmacKey } from '../compute/hmac-key.js'
import type { Argon2Job, Pbkdf2Job } from '../compute/job.js'
import { argon2Job } from '../compute/kinds/argon2.js'
import { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
import { base64, decodeBase64 } from '../formats/base64.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { readInteger } from '../formats/integer.js'
import { readObject } from '../formats/json.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'

// A credential of Keycloak in its exports of realms is an object of two texts that are JSON themselves. In its database the
// texts are in the columns SECRET_DATA and CREDENTIAL_DATA. Other members of an exported credential are left out.

/** The parts of a credential that both hashers read. */
interface Credential {
  readonly salt: Uint8Array
  readonly checksum: Uint8Array
  readonly algorithm: unknown
  readonly iterations: unknown
  readonly additional: unknown
}

interface Pbkdf2Params {
  readonly algorithm: Pbkdf2Job['algorithm']
  readonly iterations: number
}

interface Argon2Params {
  readonly variant: Argon2Job['variant']
  readonly version: Argon2Job['version']
  readonly memory: number
  readonly iterations: number
  readonly parallelism: number
}

const PREFIX = '{"secretData":"'
// This text, inside the text of `secretData`, is directly in front of the checksum.
const VALUE = '{\\"value\\":\\"'
const MAX_INT32 = 2 ** 31 - 1
// RFC 9106 section 3.1.
const MAX_PARALLELISM = 2 ** 24 - 1
const MIN_SALT_BYTES = 8
const MIN_CHECKSUM_BYTES = 16

const PBKDF2_ALGORITHMS: ReadonlyMap<unknown, Pbkdf2Job['algorithm']> = /* @__PURE__ */ new Map<
  unknown,
  Pbkdf2Job['algorithm']
>([
  ['pbkdf2', 'sha1'],
  ['pbkdf2-sha256', 'sha256'],
  ['pbkdf2-sha512', 'sha512'],
])
const VARIANTS: ReadonlyMap<unknown, Argon2Job['variant']> = /* @__PURE__ */ new Map<
  unknown,
  Argon2Job['variant']
>([
  ['d', 'd'],
  ['i', 'i'],
  ['id', 'id'],
])
const VERSIONS: ReadonlyMap<unknown, Argon2Job['version']> = /* @__PURE__ */ new Map<
  unknown,
  Argon2Job['version']
>([
  ['1.0', 16],
  ['1.3', 19],
])

/**
 * PBKDF2 of Keycloak. The algorithm `pbkdf2` is with SHA-1. Keycloak fills short passwords up with NULs, as HMAC does anyway.
 *
 *     {"secretData":"{\"value\":\"<checksum>\",\"salt\":\"<salt>\",\"additionalParameters\":{}}",
 *      "credentialData":"{\"hashIterations\":27500,\"algorithm\":\"pbkdf2-sha256\",\"additionalParameters\":{}}"}
 *
 * @see https://github.com/keycloak/keycloak/blob/main/server-spi-private/src/main/java/org/keycloak/credential/hash/Pbkdf2PasswordHashProvider.java
 */
export const keycloak: Hasher = /* @__PURE__ */ makeHasher<Pbkdf2Params>({
  name: 'keycloak',
  standing: ({ algorithm }) => (algorithm === 'sha1' ? 'dated' : 'sound'),
  why: 'slow by its iterations',
  writtenBy: 'Keycloak before 25',
  example:
    '{"secretData":"{\\"value\\":\\"JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k=\\",\\"salt\\":\\"P5rtFkGtPfoaryJ6PizUJw==\\",\\"additionalParameters\\":{}}","credentialData":"{\\"hashIterations\\":27500,\\"algorithm\\":\\"pbkdf2-sha256\\",\\"additionalParameters\\":{}}"}',
  prefixes: [PREFIX],
  parse: parsePbkdf2,
  describe: ({ algorithm, iterations }) => ({ algorithm: ALGORITHM_NAMES[algorithm], iterations }),
  job: (password, { params, salt, checksum }) =>
    pbkdf2Job({ password, salt, ...params, length: checksum.length }),
  cost: ({ params, checksum }) => costOfPbkdf2({ ...params, length: checksum.length }),
  truncates: (password, { params }) => sharesHmacKey(password, params.algorithm),
  blank,
})

/**
 * Argon2 of Keycloak. The parameters are lists of one text each, but the iterations are `hashIterations`.
 *
 *     {"secretData":"{\"value\":\"<checksum>\",\"salt\":\"<salt>\",\"additionalParameters\":{}}",
 *      "credentialData":"{\"hashIterations\":5,\"algorithm\":\"argon2\",\"additionalParameters\":{\"hashLength\":[\"32\"],…}}"}
 *
 * @see https://github.com/keycloak/keycloak/blob/main/crypto/default/src/main/java/org/keycloak/crypto/hash/Argon2PasswordHashProvider.java
 */
export const keycloakArgon2: Hasher = /* @__PURE__ */ makeHasher<Argon2Params>({
  name: 'keycloak_argon2',
  standing: 'sound',
  why: 'hard on memory',
  writtenBy: 'Keycloak since 25',
  aliases: ['keycloak'],
  example:
    '{"secretData":"{\\"value\\":\\"BuViHNDGmCq80fvpty/QoggTI8NSt0CuNDGgeoa5f5A=\\",\\"salt\\":\\"RJ0aLMQ2qKbZuROs7qQhcA==\\",\\"additionalParameters\\":{}}","credentialData":"{\\"hashIterations\\":5,\\"algorithm\\":\\"argon2\\",\\"additionalParameters\\":{\\"hashLength\\":[\\"32\\"],\\"memory\\":[\\"7168\\"],\\"type\\":[\\"id\\"],\\"version\\":[\\"1.3\\"],\\"parallelism\\":[\\"1\\"]}}"}',
  prefixes: [PREFIX],
  parse: parseArgon2,
  describe: ({ variant, version, memory, iterations, parallelism }) => ({
    ...{ variant, version, memory, iterations, parallelism },
  }),
  job: (password, { params, salt, checksum }) =>
    argon2Job({ password, salt, ...params, length: checksum.length }),
  cost: ({ params }) => costOfArgon2(params),
  blank,
})

function parsePbkdf2(rest: Field): readonly [Parsed<Pbkdf2Params>] | Malformed {
  const found = readCredential(rest)
  if (isMalformed(found)) return found
  const { salt, checksum, additional } = found
  const algorithm = PBKDF2_ALGORITHMS.get(found.algorithm)
  if (algorithm === undefined) return malformed('range', 'algorithm')
  const iterations = readCount(found.iterations)
  if (typeof iterations === 'string') return malformed(iterations, 'hashIterations')
  if (additional !== undefined && readObject(additional, []) === undefined) {
    return malformed('shape', 'additionalParameters')
  }
  return [{ params: { algorithm, iterations }, salt, checksum }]
}

function parseArgon2(rest: Field): readonly [Parsed<Argon2Params>] | Malformed {
  const found = readCredential(rest)
  if (isMalformed(found)) return found
  const { salt, checksum } = found
  if (found.algorithm !== 'argon2') return malformed('range', 'algorithm')
  if (salt.length < MIN_SALT_BYTES) return malformed('length', 'salt')
  const iterations = readCount(found.iterations)
  if (typeof iterations === 'string') return malformed(iterations, 'hashIterations')
  const lists = readObject(found.additional, ['hashLength', 'memory', 'type', 'version', 'parallelism'])
  if (lists === undefined) return malformed('shape', 'additionalParameters')
  const length = readInteger(fieldOf(onlyTextOf(lists.hashLength)), { min: 1, max: MAX_INT32 })
  if (typeof length === 'string') return malformed(length, 'hashLength')
  if (length !== checksum.length) return malformed('range', 'hashLength')
  const parallelism = readInteger(fieldOf(onlyTextOf(lists.parallelism)), { min: 1, max: MAX_PARALLELISM })
  if (typeof parallelism === 'string') return malformed(parallelism, 'parallelism')
  const memory = readInteger(fieldOf(onlyTextOf(lists.memory)), { min: 8 * parallelism, max: MAX_INT32 })
  if (typeof memory === 'string') return malformed(memory, 'memory')
  const variant = VARIANTS.get(onlyTextOf(lists.type))
  if (variant === undefined) return malformed('range', 'type')
  const version = VERSIONS.get(onlyTextOf(lists.version))
  if (version === undefined) return malformed('version', 'version')
  return [{ params: { variant, version, memory, iterations, parallelism }, salt, checksum }]
}

/** Reads a credential from its whole text, since the text behind the prefix is no JSON. */
function readCredential({ text }: Field): Credential | Malformed {
  const outer = readObject(text, ['secretData', 'credentialData'])
  const secret = readObject(outer?.secretData, ['value', 'salt', 'additionalParameters'])
  const data = readObject(outer?.credentialData, ['hashIterations', 'algorithm', 'additionalParameters'])
  if (secret === undefined || data === undefined) return malformed('shape', 'digest')
  const { additionalParameters } = secret
  if (typeof secret.salt !== 'string' || typeof secret.value !== 'string') return malformed('shape', 'digest')
  if (additionalParameters !== undefined && readObject(additionalParameters, []) === undefined) {
    return malformed('shape', 'digest')
  }
  const checksum = decodeBase64(fieldOf(secret.value), base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')
  const salt = decodeBase64(fieldOf(secret.salt), base64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')
  const { algorithm, hashIterations: iterations, additionalParameters: additional } = data
  return { salt, checksum, algorithm, iterations, additional }
}

/** Reads the number of iterations, a number of JSON. `readObject` refuses other spellings of a number. */
function readCount(value: unknown): number | 'number' | 'range' {
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'number'
  return value < 1 || value > MAX_INT32 ? 'range' : value
}

/** The text of a list of one text; the empty text where the value is anything else. */
function onlyTextOf(list: unknown): string {
  const texts: readonly unknown[] = Array.isArray(list) ? list : []
  const [text] = texts
  return typeof text === 'string' && texts.length === 1 ? text : ''
}

function blank(digest: string): string {
  const start = digest.indexOf(VALUE) + VALUE.length
  const end = digest.indexOf('\\"', start)
  const padding = digest.indexOf('=', start)
  return writeOver(digest, start, 'A', padding < 0 || padding > end ? end : padding)
}
