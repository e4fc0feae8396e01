import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import type { DIGEST_BYTES } from '../../compute/cost.js'
import { costOfDigest } from '../../compute/cost.js'
import { fastDigest } from '../../compute/fast-digest.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Claim, Hasher, HasherFacts, HasherSpec, Parsed, Standing } from '../../hasher/contract.js'
import { hmac } from '../../platform/node.js'
import type { DigestAlgorithm } from '../../platform/node.js'

// One digest of password and salt: too fast for any password that people choose.

export type Algorithm = DigestAlgorithm & keyof typeof DIGEST_BYTES

export interface Params {
  readonly algorithm: Algorithm
  /** What is hashed; of `hmac` the salt is the key. */
  readonly message: 'salt, password' | 'password, salt' | 'hmac'
}

export type DigestSpec = HasherFacts &
  Claim &
  Pick<HasherSpec<Params>, 'parse' | 'passwordForms' | 'blank' | 'truncates'> & {
    readonly standing?: Standing
  }

/** Makes a hasher of one digest, computed in place. */
export function defineDigest(spec: DigestSpec): Hasher {
  return makeHasher<Params>({
    standing: 'insecure',
    why: 'one fast hash, salted',
    ...spec,
    describe: ({ algorithm }) => ({ algorithm: ALGORITHM_NAMES[algorithm] }),
    cost: ({ salt }, bytes) => costOfDigest({ bytes: bytes + salt.length }),
    derive: async (password, { params: { algorithm, message }, salt }, run) => {
      if (message === 'hmac') return hmac(algorithm, salt, password)
      const parts = message === 'salt, password' ? [salt, password] : [password, salt]
      return await fastDigest(algorithm, parts, run)
    },
  })
}

/** The one reading of a digest. */
export function readingOf(params: Params, salt: Uint8Array, checksum: Uint8Array): readonly [Parsed<Params>] {
  return [{ params, salt, checksum }]
}
