import { addCosts, costOfArgon2, costOfDigestLoop, DIGEST_BYTES } from '../compute/cost.js'
import type { Job } from '../compute/kind.js'
import { ARGON2, argon2Job } from '../compute/kinds/argon2.js'
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
  /** Whether Argon2id of version 2 comes between them and the last. */
  readonly hasVersion2: boolean
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
// Each of the versions 0 to 3 stands at most once.
const COUNTS = [4, 3, 2, 1]
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
 * An upgrade appends its version to those before, so that each stands at most once and they ascend; from version 2 to 3 it is
 * Argon2id over the hexadecimal of Argon2id.
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
  describe: ({ earlier, hasVersion2, last }) => ({
    steps: earlier.length + (hasVersion2 ? 2 : 1),
    ...(typeof last === 'string'
      ? { last }
      : { last: 'argon2id', memory: last.memory, iterations: last.iterations }),
  }),
  kind: ARGON2,
  cost: ({ params: { hasVersion2, last } }) => {
    if (typeof last === 'string') return costOfDigestLoop({ algorithm: last, count: 0, tailLength: 0 })
    const cost = costOfArgon2({ ...last, parallelism: 1 })
    return hasVersion2 ? addCosts(costOfArgon2({ ...VERSION_2, parallelism: 1 }), cost) : cost
  },
  derive: async (password, { params: { earlier, hasVersion2, last }, salt }, run) => {
    const fast = earlier.reduce<Uint8Array>(
      (before, algorithm) => encodeHexBytes(messageDigest(algorithm, salt, before)),
      password,
    )
    const runStep = (step: Fast | Argon2, message: Uint8Array): Promise<Uint8Array> => {
      const job = jobOf(step, message, salt)
      return run(message === password ? job : { ...job, temporary: [...(job.temporary ?? []), message] })
    }
    return await runStep(last, hasVersion2 ? encodeHexBytes(await runStep(VERSION_2, fast)) : fast)
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
  const fields = COUNTS.map((count) => splitAny(field, ':', count)).find((found) => found !== undefined)
  const lastField = fields?.at(-1)
  if (fields === undefined || lastField === undefined) return malformed('shape', 'version')
  const earlier = fields.slice(0, -1).map(versionOf)
  const last = versionOf(lastField)
  if (![...earlier, last].every((version, place, all) => version > (all[place - 1] ?? -1))) {
    return malformed('range', 'version')
  }
  const step = FAST[last] ?? readArgon2(lastField)
  if (typeof step !== 'string' && isMalformed(step)) return step
  const hasVersion2 = earlier.includes(2)
  return { earlier: earlier.flatMap((version) => FAST[version] ?? []), hasVersion2, last: step }
}

/** The version that a field says; 3 where it is none of the older ones, which have no numbers. */
function versionOf(field: Field): number {
  const version = lengthOf(field) === 1 ? readInteger(field, { min: 0, max: 2 }) : 'range'
  return typeof version === 'string' ? 3 : version
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

/** Makes the job of a step. Argon2id gets 16 bytes of the salt. */
function jobOf(step: Fast | Argon2, message: Uint8Array, salt: Uint8Array): Job {
  return typeof step === 'string'
    ? digestLoopJob({ algorithm: step, first: [salt, message], tail: NOTHING, count: 0 })
    : argon2Job({
        ...{ password: message, salt: fitSalt(salt), variant: 'id', version: 19, parallelism: 1 },
        ...step,
      })
}

function fitSalt(salt: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: SALT_BYTES }, (_, place) => salt[place % salt.length] ?? 0)
}
