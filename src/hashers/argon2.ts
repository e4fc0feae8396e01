import { base64Unpadded, decodeBase64 } from '../formats/base64.js'
import { fieldOf, readParameters, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { readInteger } from '../formats/integer.js'
import { writeOver } from '../formats/blank.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import { costOfArgon2 } from '../compute/cost.js'
import { argon2Job } from '../compute/kinds/argon2.js'
import type { Argon2Job } from '../compute/job.js'

interface Params {
  readonly version: Argon2Job['version']
  readonly memory: number
  readonly iterations: number
  readonly parallelism: number
  readonly associatedData?: Uint8Array
}

// These bounds are in RFC 9106 section 3.1.
const MAX_UINT32 = 2 ** 32 - 1
const MAX_PARALLELISM = 2 ** 24 - 1
const MIN_SALT_BYTES = 8
const MIN_CHECKSUM_BYTES = 4

const VERSION = 'v='
const DATA = ',data='
const PARAMETERS = ['m', 't', 'p'] as const

/**
 * Argon2i, in the PHC string format.
 *
 *     $argon2i  $v=19  $m=4096,t=3,p=1  $<salt>  $<checksum>      (spaces added)
 *
 * m is in KiB, t counts iterations, p lanes, in any order; associated data may follow, as `data=`. Data, salt and checksum are base64
 * without padding. A digest without a version is read as version 16 and then as version 19, since some writers of 19 left it out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9106
 */
export const argon2i: Hasher = /* @__PURE__ */ defineArgon2(
  'argon2i',
  'i',
  '$argon2i$v=19$m=4096,t=3,p=1$4t6CL3P7YiHBtwESXawI8Hm20zJj4cs7/4/G3c187e0$m7RQFczcKr5bIR0IIxbpO2P0tyrLjf3eUW3M3QSwnLc',
)

/** Argon2id, in the format of {@link argon2i}. */
export const argon2id: Hasher = /* @__PURE__ */ defineArgon2(
  'argon2id',
  'id',
  '$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
)

/** Argon2d, in the format of {@link argon2i}. Its memory accesses depend on the password, and other users could watch them. */
export const argon2d: Hasher = /* @__PURE__ */ defineArgon2(
  'argon2d',
  'd',
  '$argon2d$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$Li5eBf5XrCz0cuzQRe9oflYqmA/VAzmzichw4ZYrvEU',
)

function defineArgon2(name: string, variant: Argon2Job['variant'], example: string): Hasher {
  return makeHasher<Params>({
    name,
    standing: 'sound',
    why: 'hard on memory',
    writtenBy:
      variant === 'd'
        ? 'Java, Go and Python applications that chose it'
        : 'PHP, Laravel, libsodium, Spring, Python and Node applications',
    // PHP, Laravel and many columns have the name argon2 for every variant.
    aliases: ['argon2'],
    example,
    prefixes: [`$${name}$`],
    parse,
    describe: ({ version, memory, iterations, parallelism }) => ({
      version,
      memory,
      iterations,
      parallelism,
    }),
    job: (password, { params, salt, checksum }) =>
      argon2Job({ password, salt, variant, ...params, length: checksum.length }),
    cost: ({ params }) => costOfArgon2(params),
    blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, 'A'),
  })
}

/** Reads the fields behind the variant's name. */
function parse(rest: Field): readonly [Parsed<Params>, ...Parsed<Params>[]] | Malformed {
  const { text, start } = rest
  const versionEnd = text.startsWith(VERSION, start) ? text.indexOf('$', start) : undefined
  if (versionEnd === -1) return malformed('shape', 'digest')
  const fields = splitFields(versionEnd === undefined ? rest : fieldOf(text, versionEnd + 1), '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [parametersField, saltField, checksumField] = fields

  const version =
    versionEnd === undefined ? undefined : readVersion(fieldOf(text, start + VERSION.length, versionEnd))
  if (typeof version === 'string') return malformed(version, 'v')
  const dataStart = text.indexOf(DATA, parametersField.start)
  const hasData = dataStart >= 0 && dataStart < parametersField.end
  const numbers = readNumbers(hasData ? fieldOf(text, parametersField.start, dataStart) : parametersField)
  if (isMalformed(numbers)) return numbers
  const data = hasData ? readData(fieldOf(text, dataStart + DATA.length, parametersField.end)) : {}
  if (isMalformed(data)) return data

  const salt = decodeBase64(saltField, base64Unpadded)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length < MIN_SALT_BYTES) return malformed('length', 'salt')
  const checksum = decodeBase64(checksumField, base64Unpadded)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')

  const reading = (version: Params['version']): Parsed<Params> => ({
    params: { version, ...numbers, ...data },
    salt,
    checksum,
  })
  // Systems that read a digest without a version take version 16, but some writers meant 19.
  return version === undefined ? [reading(16), reading(19)] : [reading(version)]
}

function readVersion(field: Field): Params['version'] | 'number' | 'version' {
  const version = readInteger(field, { min: 0, max: MAX_UINT32 })
  if (version === 16 || version === 19) return version
  return version === 'number' ? 'number' : 'version'
}

/** Reads associated data. Its writers leave an empty one out. */
function readData(field: Field): Pick<Params, 'associatedData'> | Malformed {
  const associatedData = decodeBase64(field, base64Unpadded)
  if (typeof associatedData === 'string') return malformed(associatedData, 'data')
  return associatedData.length === 0 ? malformed('length', 'data') : { associatedData }
}

function readNumbers(field: Field): Omit<Params, 'version' | 'associatedData'> | Malformed {
  const values = readParameters(field, PARAMETERS)
  if (isMalformed(values)) return values
  const [memoryField, iterationsField, parallelismField] = values
  const memory = readInteger(memoryField, { min: 8, max: MAX_UINT32 })
  if (typeof memory === 'string') return malformed(memory, 'm')
  const iterations = readInteger(iterationsField, { min: 1, max: MAX_UINT32 })
  if (typeof iterations === 'string') return malformed(iterations, 't')
  const parallelism = readInteger(parallelismField, { min: 1, max: MAX_PARALLELISM })
  if (typeof parallelism === 'string') return malformed(parallelism, 'p')
  if (memory < 8 * parallelism) return malformed('range', 'm')
  return { memory, iterations, parallelism }
}
