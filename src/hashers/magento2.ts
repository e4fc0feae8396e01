import { costOfArgon2, costOfDigestLoop, DIGEST_BYTES } from '../compute/cost.js'
import { argon2Job } from '../compute/kinds/argon2.js'
import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf, splitAny, textOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeLowerHex, encodeHexBytes, isHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'
import { messageDigest } from '../platform/node.js'

type Fast = 'md5' | 'sha256'

interface Argon2 {
  readonly length: number
  readonly iterations: number
  /** The memory in KiB. */
  readonly memory: number
}

interface Params {
  /** The steps before the last: digests of the salt and the text of the step before. */
  readonly earlier: readonly Fast[]
  readonly last: Fast | Argon2
}

// libsodium, which PHP calls, takes a salt of 16 bytes and at least 8 KiB of memory.
const SALT_BYTES = 16
const MIN_MEMORY_BYTES = 8_192
const MAX_UINT32 = 2 ** 32 - 1
const MIN_CHECKSUM_BYTES = 16
const MAX_CHECKSUM_BYTES = 1_024
// Version 2 has libsodium's limits for interactive use.
const VERSION_2: Argon2 = { length: 32, iterations: 2, memory: 65_536 }
const FAST: readonly Fast[] = ['md5', 'sha256']
const NOTHING = /* @__PURE__ */ new Uint8Array(0)

/**
 * Magento 2: the checksum in hexadecimal, the salt as text, and the versions of the steps, each over the hexadecimal of the step
 * before.
 *
 *     <checksum>  :  <salt>  :  0  :  3_32_2_67108864      (spaces added)
 *
 * Version 0 is MD5 and version 1 SHA-256, both of the salt and the step before. Version 2 is Argon2id with a length of 32, two
 * iterations and 64 MiB; version 3 is Argon2id with its length, iterations and bytes of memory. Argon2id gets 16 bytes of the
 * salt, which is repeated where it has fewer.
 *
 * A digest that was upgraded from version 2 to 3 is not read, since it needs two jobs.
 *
 * @see https://github.com/magento/magento2/blob/2.4.7/lib/internal/Magento/Framework/Encryption/Encryptor.php
 */
export const magento2: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'magento2',
  standing: ({ last }) => (typeof last === 'string' ? 'insecure' : 'sound'),
  why: 'hard on memory since 2.3; before that one fast hash, salted',
  writtenBy: 'Magento 2, Adobe Commerce',
  example:
    '899a5367e23b0eb8b323e646fabb5de61e68fff90ec8ece2692d93aafd57459b:seasaltseasalt16:3_32_2_67108864',
  identify: isMagento,
  parse,
  describe: ({ earlier, last }) => ({
    steps: earlier.length + 1,
    ...(typeof last === 'string'
      ? { last }
      : { last: 'argon2id', memory: last.memory, iterations: last.iterations }),
  }),
  // The cost is given apart, since building the job hashes.
  cost: ({ params: { last } }) =>
    typeof last === 'string'
      ? costOfDigestLoop({ algorithm: last, count: 0, tailLength: 0 })
      : costOfArgon2({ ...last, parallelism: 1 }),
  job: (password, { params: { earlier, last }, salt }) => {
    const message = earlier.reduce<Uint8Array>(
      (before, algorithm) => encodeHexBytes(messageDigest(algorithm, salt, before)),
      password,
    )
    const job =
      typeof last === 'string'
        ? digestLoopJob({ algorithm: last, first: [salt, message], tail: NOTHING, count: 0 })
        : argon2Job({
            ...{ password: message, salt: fitSalt(salt), variant: 'id', version: 19, parallelism: 1 },
            ...last,
          })
    return message === password ? job : { ...job, temporary: [...(job.temporary ?? []), message] }
  },
  blank: (digest) => writeOver(digest, 0, '0', digest.indexOf(':')),
})

/** Whether a digest has hexadecimal, another field and a version, with colons between. */
function isMagento(digest: string): boolean {
  const first = digest.indexOf(':')
  const second = digest.indexOf(':', first + 1)
  if (first < 2 * MIN_CHECKSUM_BYTES || second < 0 || !isHex(fieldOf(digest, 0, first))) return false
  const version = digest.charCodeAt(second + 1)
  return version >= 0x30 && version <= 0x33
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const { text, start, end } = rest
  const first = text.indexOf(':', start)
  const second = text.indexOf(':', first + 1)
  if (first < 0 || second < 0) return malformed('shape', 'digest')
  const checksum = decodeLowerHex(fieldOf(text, start, first))
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  const salt = readTextSalt(fieldOf(text, first + 1, second))
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const params = readVersions(fieldOf(text, second + 1, end))
  if (isMalformed(params)) return params
  const { last } = params
  const size = typeof last === 'string' ? DIGEST_BYTES[last] : last.length
  if (checksum.length !== size) return malformed('length', 'checksum')
  return [{ params, salt, checksum }]
}

/** Reads the versions: each once, from the oldest to the newest, in the order of upgrades. */
function readVersions(field: Field): Params | Malformed {
  const fields = [3, 2, 1].map((count) => splitAny(field, ':', count)).find((found) => found !== undefined)
  const lastField = fields?.at(-1)
  if (fields === undefined || lastField === undefined) return malformed('shape', 'version')
  const earlier: Fast[] = []
  for (const one of fields.slice(0, -1)) {
    const algorithm = fastOf(one)
    if (algorithm === undefined || earlier.includes(algorithm) || algorithm < (earlier.at(-1) ?? '')) {
      return malformed('range', 'version')
    }
    earlier.push(algorithm)
  }
  const last = fastOf(lastField) ?? readArgon2(lastField)
  if (typeof last === 'string') {
    return earlier.includes(last) || last < (earlier.at(-1) ?? '')
      ? malformed('range', 'version')
      : { earlier, last }
  }
  return isMalformed(last) ? last : { earlier, last }
}

function fastOf(field: Field): Fast | undefined {
  const version = lengthOf(field) === 1 ? readInteger(field, { min: 0, max: 1 }) : 'range'
  return typeof version === 'string' ? undefined : FAST[version]
}

function readArgon2(field: Field): Argon2 | Malformed {
  if (textOf(field) === '2') return VERSION_2
  const [version, lengthField, iterationsField, memoryField] = splitAny(field, '_', 4) ?? []
  if (version === undefined || textOf(version) !== '3') return malformed('range', 'version')
  if (lengthField === undefined || iterationsField === undefined || memoryField === undefined) {
    return malformed('range', 'version')
  }
  const length = readInteger(lengthField, { min: MIN_CHECKSUM_BYTES, max: MAX_CHECKSUM_BYTES })
  if (typeof length === 'string') return malformed(length, 'length')
  const iterations = readInteger(iterationsField, { min: 1, max: MAX_UINT32 })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  const memory = readInteger(memoryField, { min: MIN_MEMORY_BYTES, max: MAX_UINT32 * 1_024 })
  if (typeof memory === 'string') return malformed(memory, 'memory')
  // libsodium cuts the memory to whole KiB, so any other number would be a second spelling.
  if (memory % 1_024 !== 0) return malformed('canonical', 'memory')
  return { length, iterations, memory: memory / 1_024 }
}

function fitSalt(salt: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: SALT_BYTES }, (_, place) => salt[place % salt.length] ?? 0)
}
