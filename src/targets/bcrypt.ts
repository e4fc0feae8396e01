import { EngineError } from '../errors.js'
import { bcryptJob } from '../compute/kinds/bcrypt.js'
import { fieldOf } from '../formats/fields.js'
import { formatBcrypt, parseBcrypt } from '../formats/bcrypt.js'
import { isMalformed } from '../formats/problem.js'
import { bcrypt } from '../hashers/bcrypt/bcrypt.js'
import { BCRYPT_SHA256_PREFIX, bcryptSha256Django, prehash } from '../hashers/bcrypt/bcrypt-sha256-django.js'
import { integerOf, openOptions } from '../options.js'
import { equalBytes, isUtf8, randomBytes } from '../platform/node.js'
import { costOfBcrypt } from '../compute/cost.js'
import type { Target } from '../hasher/target.js'

export interface BcryptTargetOptions {
  /** The cost, log2 of the rounds, 10 to 15; default 12. */
  readonly cost?: number
}

const PREFIX = '$2b$'
const DEFAULT_COST = 12
const SALT_BYTES = 16
const MAX_KEY_BYTES = 72

/**
 * Makes a target of `$2b$` digests. A password that bcrypt would cut (over 72 bytes, or with a NUL) or that is not UTF-8
 * becomes a `bcrypt_sha256_django` digest, which this package and Django verify.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where the cost is not an integer from 10 to 15
 * @see https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 * @example createRegistry({ target: bcryptTarget({ cost: 13 }) })
 */
export function bcryptTarget(options: BcryptTargetOptions = {}): Target {
  const cost = openOptions('bcryptTarget', options, ['cost']).read('cost', integerOf(10, 15)) ?? DEFAULT_COST
  return Object.freeze({
    hashers: [bcrypt, bcryptSha256Django] as const,
    cost: () => costOfBcrypt({ cost }),
    hash: async (password, run) => {
      const long = needsPrehash(password)
      const salt = randomBytes(SALT_BYTES)
      const key = long ? prehash(password) : password
      const checksum = await run(bcryptJob({ variant: 'standard', password: key, salt, cost }))
      const text = formatBcrypt({ version: '2b', cost, salt, checksum })
      assertReadsBack(text, { cost, salt, checksum })
      if (long) return { digest: BCRYPT_SHA256_PREFIX + text, hasher: bcryptSha256Django.name }
      return { digest: text, hasher: bcrypt.name }
    },
  } satisfies Target)
}

function needsPrehash(password: Uint8Array): boolean {
  return password.byteLength > MAX_KEY_BYTES || password.includes(0) || !isUtf8(password)
}

/** Refuses a new digest that would not verify, since it replaces the only other proof of the password. */
function assertReadsBack(
  text: string,
  {
    cost,
    salt,
    checksum,
  }: { readonly cost: number; readonly salt: Uint8Array; readonly checksum: Uint8Array },
): void {
  const fields = parseBcrypt(fieldOf(text, PREFIX.length))
  if (
    isMalformed(fields) ||
    fields.cost !== cost ||
    !equalBytes(fields.salt, salt) ||
    !equalBytes(fields.checksum, checksum)
  ) {
    throw new EngineError('ERR_ENGINE_FAILED', 'bcrypt: the new digest does not read back as it was made.')
  }
}
