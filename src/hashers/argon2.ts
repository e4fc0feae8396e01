import { base64Unpadded, decodeBase64 } from '../formats/base64.js'
import { readParameters, splitFields } from '../formats/fields.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher.js'
import type { Hasher, Parsed } from '../hasher.js'
import { costOf } from '../primitives/job.js'
import type { Argon2Job } from '../primitives/job.js'

interface Params {
  readonly version: Argon2Job['version']
  readonly memory: number
  readonly iterations: number
  readonly parallelism: number
}

// RFC 9106 section 3.1.
const MAX_UINT32 = 2 ** 32 - 1
const MAX_PARALLELISM = 2 ** 24 - 1
const MIN_SALT_BYTES = 8
const MIN_CHECKSUM_BYTES = 4

/**
 * Argon2i, in the PHC string format.
 *
 *     $argon2i  $v=19  $m=4096,t=3,p=1  $<salt>  $<checksum>      (spaces added)
 *
 * m in KiB, t iterations, p lanes, in any order; salt and checksum in base64 without padding. A missing version
 * means 16; some writers leave out 19, which is the second reading.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9106
 */
export const argon2i: Hasher = /* @__PURE__ */ defineArgon2(
  'argon2i',
  'i',
  '$argon2i$v=19$m=4096,t=3,p=1$4t6CL3P7YiHBtwESXawI8Hm20zJj4cs7/4/G3c187e0$m7RQFczcKr5bIR0IIxbpO2P0tyrLjf3eUW3M3QSwnLc',
)

/** Argon2id, written as {@link argon2i} is. */
export const argon2id: Hasher = /* @__PURE__ */ defineArgon2(
  'argon2id',
  'id',
  '$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
)

function defineArgon2(name: string, variant: Argon2Job['variant'], example: string): Hasher {
  const prefix = `$${name}$`
  const jobParams = (params: Params, checksum: Uint8Array): Omit<Argon2Job, 'password' | 'salt'> => ({
    kind: 'argon2',
    variant,
    ...params,
    length: checksum.byteLength,
  })
  return defineHasher<Params>({
    name,
    standing: 'sound',
    example,
    prefixes: [prefix],
    identify: (digest) => digest.startsWith(prefix),
    parse: (digest) => (digest.startsWith(prefix) ? parse(digest) : malformed('shape', 'digest')),
    describe: ({ version, memory, iterations, parallelism }) => ({
      version,
      memory,
      iterations,
      parallelism,
    }),
    cost: ({ params, checksum }) => costOf(jobParams(params, checksum)),
    derive: (password, { params, salt, checksum }, runtime) =>
      runtime.run({ ...jobParams(params, checksum), password, salt }),
  })
}

function parse(digest: string): readonly [Parsed<Params>, ...Parsed<Params>[]] | Malformed {
  const fields = splitFields(digest, '$', 6)
  const versionText = fields[2]?.startsWith('v=') === true ? fields[2].slice(2) : undefined
  const start = versionText === undefined ? 2 : 3
  const { [start]: parametersText, [start + 1]: saltText, [start + 2]: checksumText } = fields
  if (
    fields.length !== start + 3 ||
    parametersText === undefined ||
    saltText === undefined ||
    checksumText === undefined
  ) {
    return malformed('shape', 'digest')
  }

  const version = versionText === undefined ? undefined : readVersion(versionText)
  if (typeof version === 'string') return malformed(version, 'v')
  const numbers = readNumbers(parametersText)
  if ('problem' in numbers) return numbers

  const salt = decodeBase64(saltText, base64Unpadded)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.byteLength < MIN_SALT_BYTES) return malformed('length', 'salt')
  const checksum = decodeBase64(checksumText, base64Unpadded)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.byteLength < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')

  const { memory, iterations, parallelism } = numbers
  const reading = (version: Params['version']): Parsed<Params> => ({
    params: { version, memory, iterations, parallelism },
    salt,
    checksum,
  })
  // Without a version it is 16 for every reader of such digests; some writers meant 19.
  return version === undefined ? [reading(16), reading(19)] : [reading(version)]
}

function readVersion(text: string): Params['version'] | 'number' | 'version' {
  const version = readInteger(text, { min: 0, max: MAX_UINT32 })
  if (version === 16 || version === 19) return version
  return version === 'number' ? 'number' : 'version'
}

function readNumbers(text: string): Omit<Params, 'version'> | Malformed {
  const values = readParameters(text, ['m', 't', 'p'])
  if (isMalformed(values)) return values
  const [textM = '', textT = '', textP = ''] = values
  const memory = readInteger(textM, { min: 8, max: MAX_UINT32 })
  if (typeof memory === 'string') return malformed(memory, 'm')
  const iterations = readInteger(textT, { min: 1, max: MAX_UINT32 })
  if (typeof iterations === 'string') return malformed(iterations, 't')
  const parallelism = readInteger(textP, { min: 1, max: MAX_PARALLELISM })
  if (typeof parallelism === 'string') return malformed(parallelism, 'p')
  if (memory < 8 * parallelism) return malformed('range', 'm')
  return { memory, iterations, parallelism }
}
