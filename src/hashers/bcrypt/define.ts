import { BCRYPT_PREFIXES, parseBcrypt } from '../../formats/bcrypt.js'
import type { BcryptFields } from '../../formats/bcrypt.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher, HasherFacts, HasherSpec, Parsed, Readings } from '../../hasher/contract.js'
import { costOfBcrypt } from '../../compute/cost.js'
import { bcryptJob } from '../../compute/kinds/bcrypt.js'

// bcrypt over what a system makes of the password, and in other spellings. All have only ever been written in versions that are 2b's
// algorithm.

export interface Params {
  readonly version: '2a' | '2b' | '2y'
  readonly cost: number
  /** What is appended to the password; empty where nothing is. */
  readonly pepper: Uint8Array
}

type Spec = HasherSpec<Params>

interface Row extends HasherFacts {
  readonly prefixes: readonly [string, ...string[]]
  readonly parse: (rest: Field, prefix: string) => Readings<Parsed<Params>> | Malformed
  readonly passwordForms: NonNullable<Spec['passwordForms']>
  readonly truncates?: NonNullable<Spec['truncates']>
  readonly blank?: NonNullable<Spec['blank']>
}

const KEY_BYTES = 72
export const CHECKSUM_LENGTH = 31
export const NOTHING: Uint8Array = /* @__PURE__ */ new Uint8Array(0)
export const STANDARD_PREFIXES = ['$2a$', '$2b$', '$2y$'] as const

export function definePrehashed(row: Row): Hasher {
  return makeHasher<Params>({
    prehashed: true,
    standing: 'sound',
    why: 'bcrypt',
    blank: (digest) => writeOver(digest, digest.length - CHECKSUM_LENGTH, '.'),
    ...row,
    describe: ({ version, cost }) => ({ version, cost }),
    cost: ({ params }) => costOfBcrypt(params),
    job: (password, { params, salt }) =>
      bcryptJob({ variant: 'standard', password, salt, cost: params.cost }),
  })
}

/** Whether bcrypt reads only part of a password that it is given as it is, or cannot tell it from another. */
export function isTruncated(password: Uint8Array): boolean {
  return password.length > KEY_BYTES || password.includes(0)
}

export function toAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function readingOf(
  fields: BcryptFields | Malformed,
  pepper = NOTHING,
): readonly [Parsed<Params>] | Malformed {
  if (isMalformed(fields)) return fields
  const { version, cost, salt, checksum } = fields
  if (version === '2' || version === '2x') return malformed('version', 'version')
  return [{ params: { version, cost, pepper }, salt, checksum }]
}

/** Reads what follows one of bcrypt's own prefixes. */
export function parseBare(rest: Field): readonly [Parsed<Params>] | Malformed {
  return readingOf(parseBcrypt(rest))
}

/** Reads bcrypt's whole string. */
export function parseWhole(text: string, pepper?: Uint8Array): readonly [Parsed<Params>] | Malformed {
  const prefix = BCRYPT_PREFIXES.find((start) => text.startsWith(start))
  if (prefix === undefined) return malformed('shape', 'digest')
  return readingOf(parseBcrypt(fieldOf(text, prefix.length)), pepper)
}
