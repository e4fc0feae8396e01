import type { DigestOptions, Registry, StoredDigest } from './api.js'
import { assertDigest, assertOptions, readHasherName } from './request.js'
import { addHint, findTooCostly, findWork } from './work.js'
import type { NoWork, Work } from './work.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import type { Reading } from '../hasher/contract.js'
import { TYPICAL_PASSWORD_BYTES } from './policy.js'
import type { FindReasons } from './policy.js'
import type { Cost } from '../compute/cost.js'
import type { RegistrySettings } from './settings.js'

/** Makes the part of a registry that looks at digests and needs no password. Its functions are pure and synchronous. */
export function createInspector(
  { index, limits }: RegistrySettings,
  findReasons: FindReasons,
): Pick<Registry, 'identify' | 'needsRehash' | 'parse'> {
  const find = (digest: StoredDigest, options: DigestOptions | undefined): Work | NoWork => {
    assertDigest(digest)
    if (options === undefined) return findWork(index, digest, UNNAMED)
    assertOptions(options, ['hasher'])
    return findWork(index, digest, { hasherName: readHasherName(options), costOf })
  }

  return {
    needsRehash: (digest, options) => {
      const work = find(digest, options)
      if (work.outcome !== 'work') return work.outcome !== 'unusable'
      const [{ hasher, readings }] = work.candidates
      return findReasons(hasher, readings[0], work.likeliestCost).length > 0
    },

    identify: (digest) => {
      if (typeof digest !== 'string' || digest.length > MAX_DIGEST_LENGTH) return []
      const names: string[] = []
      for (const hasher of index.claimants.findLikely(digest))
        if (hasher.identify(digest)) names.push(hasher.name)
      return names
    },

    parse: (digest, options) => {
      const work = find(digest, options)
      if (work.outcome !== 'work') return addHint(work, digest)
      const { cost, likeliestCost } = work
      const [{ hasher, readings }] = work.candidates
      const [reading] = readings
      const { name } = hasher
      const admitted = findTooCostly(work, limits) === undefined
      const rehash = findReasons(hasher, reading, likeliestCost)
      return {
        outcome: 'parsed',
        hasher: name,
        standing: reading.standing,
        params: reading.describe(),
        cost,
        admitted,
        rehash,
      }
    },
  }
}

// The options for a digest whose row names no hasher are made once, since audits read digests by the million.
const UNNAMED = { hasherName: undefined, costOf } as const

function costOf(reading: Reading): Cost {
  return reading.cost(TYPICAL_PASSWORD_BYTES)
}
