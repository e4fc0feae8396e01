import { costOfArgon2 } from '../compute/cost.js'
import type { Job } from '../compute/kind.js'
import { argon2Job } from '../compute/kinds/argon2.js'
import { EngineError, RegistryError } from '../errors.js'
import { base64Unpadded, encodeBase64 } from '../formats/base64.js'
import { isMalformed } from '../formats/problem.js'
import type { Run } from '../hasher/contract.js'
import type { Target } from '../hasher/target.js'
import { argon2id } from '../hashers/argon2.js'
import { integerOf, openOptions } from '../options.js'
import { equalBytes, randomBytes } from '../platform/node.js'

export interface Argon2idTargetOptions {
  /** The memory in KiB, 7,168 to 524,288; default 19,456. */
  readonly memory?: number
  /** The iterations, 1 to 64; default 2. */
  readonly iterations?: number
  /** The lanes, 1 to 16; default 1. */
  readonly parallelism?: number
}

// OWASP's Password Storage Cheat Sheet recommends 19 MiB, two iterations and one lane. Its weakest parameters are 7 MiB and five
// iterations.
const DEFAULTS = { memory: 19_456, iterations: 2, parallelism: 1 } as const
const MIN_MEMORY = 7_168
const MIN_WORK = 5 * MIN_MEMORY
// Two seconds is the time of bcrypt at cost 15, the highest cost of the bcrypt target.
const MAX_MILLISECONDS = 2_000
// RFC 9106 section 3.1 recommends both lengths.
const SALT_BYTES = 16
const CHECKSUM_BYTES = 32

/**
 * Makes a target of `$argon2id$` digests, of passwords of any bytes. A guess costs memory times iterations, so digests of
 * argon2id are replaced where that product is lower than the target's. Lanes do not count.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a number is out of its range, or all together are weaker than OWASP's
 *   weakest recommendation (7 MiB, five iterations) or estimated above two seconds
 * @see https://www.rfc-editor.org/rfc/rfc9106
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 * @example createRegistry({ target: argon2idTarget({ memory: 65_536, iterations: 3 }) })
 */
export function argon2idTarget(options: Argon2idTargetOptions = {}): Target {
  const numbers = readNumbers(options)
  const { memory, iterations } = numbers
  return Object.freeze({
    hashers: [argon2id] as const,
    cost: () => costOfArgon2(numbers),
    isWeaker: ({ memory: kibibytes = 0, iterations: times = 0 }) =>
      Number(kibibytes) * Number(times) < memory * iterations,
    hash: async (password, run) => {
      const salt = randomBytes(SALT_BYTES)
      const job = argon2Job({
        password,
        salt,
        variant: 'id',
        version: 19,
        ...numbers,
        length: CHECKSUM_BYTES,
      })
      const checksum = await run(job)
      const digest = format(numbers, salt, checksum)
      await assertReadsBack(digest, job, checksum)
      return { digest, hasher: argon2id.name }
    },
  } satisfies Target)
}

type Numbers = Required<Argon2idTargetOptions>

function readNumbers(options: Argon2idTargetOptions): Numbers {
  const { read } = openOptions('argon2idTarget', options, ['memory', 'iterations', 'parallelism'])
  const numbers = {
    memory: read('memory', integerOf(MIN_MEMORY, 524_288)) ?? DEFAULTS.memory,
    iterations: read('iterations', integerOf(1, 64)) ?? DEFAULTS.iterations,
    parallelism: read('parallelism', integerOf(1, 16)) ?? DEFAULTS.parallelism,
  }
  if (numbers.memory * numbers.iterations < MIN_WORK) {
    throw badNumbers(`memory times iterations must be at least ${MIN_WORK}: 19456 and 2 are the usual ones`)
  }
  if (costOfArgon2(numbers).milliseconds > MAX_MILLISECONDS) {
    throw badNumbers('memory times iterations would take longer than two seconds')
  }
  return numbers
}

function badNumbers(problem: string): RegistryError {
  return new RegistryError('ERR_REGISTRY_OPTION', `argon2idTarget: ${problem}.`)
}

/** Writes the PHC string of version 19. */
function format(
  { memory, iterations, parallelism }: Numbers,
  salt: Uint8Array,
  checksum: Uint8Array,
): string {
  const text = (bytes: Uint8Array): string => encodeBase64(bytes, base64Unpadded)
  return `$argon2id$v=19$m=${memory},t=${iterations},p=${parallelism}$${text(salt)}$${text(checksum)}`
}

/** Refuses a new digest that would not verify, since it replaces the only other proof of the password. */
async function assertReadsBack(
  digest: string,
  made: Job & { readonly kind: 'argon2' },
  checksum: Uint8Array,
): Promise<void> {
  // The reading of the new digest is compared with its parts, and nothing is computed again.
  const isSame = (job: Job): boolean =>
    job.kind === 'argon2' &&
    job.version === made.version &&
    job.memory === made.memory &&
    job.iterations === made.iterations &&
    job.parallelism === made.parallelism &&
    job.length === made.length &&
    equalBytes(job.salt, made.salt)
  const readings = argon2id.parse(digest)
  const answer: Run = (job) => Promise.resolve(isSame(job) ? checksum : new Uint8Array(made.length))
  if (!isMalformed(readings) && (await readings[0].verify(made.password, answer))) return
  throw new EngineError('ERR_ENGINE_FAILED', 'argon2id: the new digest does not read back as it was made.')
}
