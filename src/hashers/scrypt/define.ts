import { writeOver } from '../../formats/blank.js'
import type { Fields } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Claim, Hasher, HasherFacts, HasherSpec, Parsed } from '../../hasher/contract.js'
import { costOfScrypt } from '../../compute/cost.js'
import { scryptJob } from '../../compute/kinds/scrypt.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'

// Every format of scrypt holds N, r, p, a salt and a checksum. The formats differ in the places and spellings of these fields.

export interface Params {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** The members by which one format differs from the others. */
export type Row<P extends Params> = Omit<HasherFacts, 'why'> &
  Claim &
  Pick<HasherSpec<P>, 'parse' | 'passwordForms'> & {
    readonly blank: (digest: string) => string
    /** Whether a system reads no further than the password's first NUL. */
    readonly endsAtNul?: boolean
    /** The number of bytes that scrypt derives; absent: as many as the checksum has. */
    readonly keyBytes?: (parsed: Parsed<P>) => number
    /** Makes the checksum of the derived bytes; absent: the bytes are the checksum. */
    readonly finish?: (bytes: Uint8Array, parsed: Parsed<P>) => Uint8Array
  }

/** Makes the hasher of a row. */
export function defineScrypt<P extends Params>({
  keyBytes,
  finish,
  endsAtNul = false,
  ...row
}: Row<P>): Hasher {
  return makeHasher<P>({
    ...row,
    standing: 'sound',
    why: 'hard on memory',
    describe: ({ N, r, p }) => ({ N, r, p }),
    job: (password, parsed) => {
      const { params, salt, checksum } = parsed
      const { N, r, p } = params
      return scryptJob({ password, salt, N, r, p, length: keyBytes?.(parsed) ?? checksum.length })
    },
    cost: ({ params }) => costOfScrypt(params),
    ...(finish === undefined ? {} : { finish }),
    // In RFC 7914 both PBKDF2 of scrypt have SHA-256.
    truncates: (password) => (endsAtNul && password.includes(0)) || sharesHmacKey(password, 'sha256'),
  })
}

const BOUNDS = {
  N: { min: 2, max: 2 ** 52 },
  ln: { min: 1, max: 31 },
  r: { min: 1, max: 2 ** 30 - 1 },
  p: { min: 1, max: 2 ** 30 - 1 },
} as const

/** The field for N: `N` is the number itself, `ln` its binary logarithm. */
export type Cost = 'N' | 'ln'

/** Reads N, r and p within RFC 7914 section 6: N is a power of two below 2^(128 r / 8), and r p < 2^30. */
export function readParams(
  [costField, fieldR, fieldP]: Fields<3>,
  { cost = 'N', read = readInteger }: { readonly cost?: Cost; readonly read?: typeof readInteger } = {},
): Params | Malformed {
  const written = read(costField, BOUNDS[cost])
  if (typeof written === 'string') return malformed(written, cost)
  const N = cost === 'ln' ? 2 ** written : written
  const r = read(fieldR, BOUNDS.r)
  if (typeof r === 'string') return malformed(r, 'r')
  const p = read(fieldP, BOUNDS.p)
  if (typeof p === 'string') return malformed(p, 'p')
  let log2N = 0
  let odd = N
  for (; odd % 2 === 0; odd /= 2) log2N++
  if (odd !== 1 || log2N >= 16 * r) return malformed('range', cost)
  if (r * p >= 2 ** 30) return malformed('range', 'p')
  return { N, r, p }
}

/** The digest with the field behind its last separator overwritten up to the padding. */
export function blankLast(digest: string, separator: string, zero: string): string {
  const start = digest.lastIndexOf(separator) + 1
  const padding = digest.indexOf('=', start)
  return writeOver(digest, start, zero, padding < 0 ? digest.length : padding)
}
