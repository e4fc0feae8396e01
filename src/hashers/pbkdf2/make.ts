import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfPbkdf2 } from '../../compute/cost.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'
import type { Pbkdf2Job } from '../../compute/job.js'
import { pbkdf2Job } from '../../compute/kinds/pbkdf2.js'
import type { Claim, Hasher, HasherFacts, HasherSpec } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'

export type Algorithm = Pbkdf2Job['algorithm']

export interface Params {
  readonly algorithm: Algorithm
  readonly iterations: number
}

export type Pbkdf2Spec<P extends Params = Params> = HasherFacts &
  Claim &
  Pick<HasherSpec<P>, 'standing' | 'parse' | 'passwordForms' | 'truncates' | 'blank'>

// Implementations of PBKDF2 count in a signed 32-bit integer.
export const MAX_ITERATIONS = 2 ** 31 - 1
// A shorter checksum is matched by chance too often, and an empty checksum by any password.
export const MIN_CHECKSUM_BYTES = 16

/** Makes a hasher of PBKDF2 from its claim and its parser. It describes the algorithm of a digest, unless it has only one. */
export function makePbkdf2<P extends Params>(
  spec: Pbkdf2Spec<P>,
  algorithms: readonly Algorithm[] = [],
): Hasher {
  const hasOne = new Set(algorithms).size === 1
  return makeHasher<P>({
    truncates: (password, { params }) => sharesHmacKey(password, params.algorithm),
    ...spec,
    describe: ({ algorithm, iterations }) =>
      hasOne ? { iterations } : { algorithm: ALGORITHM_NAMES[algorithm], iterations },
    job: (password, { params: { algorithm, iterations }, salt, checksum }) =>
      pbkdf2Job({ password, salt, algorithm, iterations, length: checksum.length }),
    cost: ({ params: { algorithm, iterations }, checksum }) =>
      costOfPbkdf2({ algorithm, iterations, length: checksum.length }),
  })
}
