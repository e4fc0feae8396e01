import { fieldOf, readParameters } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed } from '../formats/problem.js'
import { BASE64_CHECKSUM, HEX_CHECKSUM, hexOf, openColumns, SALT, SALT_OR_NONE } from './columns.js'

const MAX_ITERATIONS = 2 ** 31 - 1
const COUNT = { min: 1, max: MAX_ITERATIONS }

interface Counts {
  readonly iterations: number
  /** The length of the checksum in bytes. */
  readonly length: number
}

function readParametersOf(iterationsField: Field, lengthField: Field): Counts | undefined {
  const [iterations, length] = [readInteger(iterationsField, COUNT), readInteger(lengthField, COUNT)]
  return typeof iterations === 'number' && typeof length === 'number' ? { iterations, length } : undefined
}

export interface GrafanaColumns {
  /** 100 characters of hexadecimal. */
  readonly password: string
  readonly salt: string
}

/**
 * Makes a digest of the table `user` of Grafana, or of Gogs, whose columns are `passwd` and `salt`, for the hasher `grafana`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function grafana(columns: GrafanaColumns): string {
  const { text } = openColumns('grafana', columns, ['password', 'salt'])
  return ['grafana', 10_000, text('salt', SALT), text('password', hexOf(50))].join('$')
}

export interface DiscourseColumns {
  readonly passwordHash: string
  readonly salt: string
  /** `$pbkdf2-sha256$i=600000,l=32$`. */
  readonly passwordAlgorithm: string
}

/**
 * Makes a digest of the table `user_passwords` (`users` in old releases) of Discourse, for the hasher `discourse`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function discourse(columns: DiscourseColumns): string {
  const { text, fail } = openColumns('discourse', columns, ['passwordHash', 'salt', 'passwordAlgorithm'])
  const expected = '$pbkdf2-sha256$i=<iterations>,l=32$'
  const algorithm = text('passwordAlgorithm', { is: () => true, expected })
  const parameters = readDiscourse(algorithm)
  if (parameters?.length !== 32) throw fail('passwordAlgorithm', expected)
  return ['discourse', parameters.iterations, text('salt', SALT), text('passwordHash', hexOf(32))].join('$')
}

function readDiscourse(algorithm: string): Counts | undefined {
  const prefix = '$pbkdf2-sha256$'
  if (!algorithm.startsWith(prefix) || !algorithm.endsWith('$')) return undefined
  const fields = readParameters(fieldOf(algorithm, prefix.length, algorithm.length - 1), ['i', 'l'])
  return isMalformed(fields) ? undefined : readParametersOf(...fields)
}

export interface PayloadColumns {
  /** `pbkdf2-sha256-v2-i600000-l32:…`, `pbkdf2-sha256-v1:…`, or hexadecimal alone, as old releases wrote it. */
  readonly hash: string
  readonly salt: string
}

/**
 * Makes a digest of a collection of users of Payload CMS, for the hasher `pbkdf2_payload`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function payload(columns: PayloadColumns): string {
  const { text, fail } = openColumns('payload', columns, ['hash', 'salt'])
  const expected = 'pbkdf2-sha256-v2-i<iterations>-l<length>:<hex>, pbkdf2-sha256-v1:<hex>, or <hex>'
  const hash = text('hash', { is: () => true, expected })
  const colon = hash.indexOf(':')
  const parameters = colon < 0 ? { iterations: 25_000, length: 512 } : readPayload(hash.slice(0, colon))
  const checksum = hash.slice(colon + 1)
  if (parameters === undefined || !hexOf(parameters.length).is(fieldOf(checksum)))
    throw fail('hash', expected)
  return ['pbkdf2_payload', parameters.iterations, text('salt', SALT), checksum].join('$')
}

function readPayload(name: string): Counts | undefined {
  if (name === 'pbkdf2-sha256-v1') return { iterations: 600_000, length: 32 }
  const prefix = 'pbkdf2-sha256-v2-i'
  const end = name.indexOf('-l', prefix.length)
  if (!name.startsWith(prefix) || end < 0) return undefined
  return readParametersOf(fieldOf(name, prefix.length, end), fieldOf(name, end + 2))
}

export interface PassportLocalMongooseColumns {
  readonly hash: string
  readonly salt: string
  /** The algorithm of the plugin's options, like the iterations; the plugin's defaults are `sha256` and 25,000. */
  readonly digestAlgorithm?: string
  readonly iterations?: number
}

/**
 * Makes a digest of a collection that passport-local-mongoose writes, for the hasher `pbkdf2_passport_local_mongoose`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function passportLocalMongoose(columns: PassportLocalMongooseColumns): string {
  const names = ['hash', 'salt', 'digestAlgorithm', 'iterations']
  const { text, integer } = openColumns('passportLocalMongoose', columns, names)
  const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
  const algorithm =
    Object.hasOwn(columns, 'digestAlgorithm') && columns.digestAlgorithm !== undefined
      ? text('digestAlgorithm', {
          is: ({ text: name }) => algorithms.includes(name),
          expected: algorithms.join(', '),
        })
      : 'sha256'
  const iterations = integer('iterations', 1, MAX_ITERATIONS, 25_000)
  const salt = text('salt', SALT)
  return ['pbkdf2_passport_local_mongoose', algorithm, iterations, salt, text('hash', HEX_CHECKSUM)].join('$')
}

export interface SymfonyColumns {
  readonly password: string
  /** Empty where the user has none. */
  readonly salt: string
  /** The iterations of Symfony's configuration; default 1,000. */
  readonly iterations?: number
}

/**
 * Makes a digest of Symfony's Pbkdf2PasswordHasher with SHA-512, for the hasher `pbkdf2_sha512_symfony`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function symfonyPbkdf2(columns: SymfonyColumns): string {
  const { text, integer } = openColumns('symfonyPbkdf2', columns, ['password', 'salt', 'iterations'])
  const iterations = integer('iterations', 1, MAX_ITERATIONS, 1_000)
  const salt = text('salt', SALT_OR_NONE)
  return ['pbkdf2_sha512_symfony', iterations, salt, text('password', BASE64_CHECKSUM)].join('$')
}
