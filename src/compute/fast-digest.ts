import { messageDigest } from '../platform/node.js'
import type { DigestAlgorithm } from '../platform/node.js'
import { digestLoopJob } from './kinds/digest-loop.js'
import { runJob } from './kind.js'
import type { Job } from './kind.js'

const NO_BYTES = /* @__PURE__ */ new Uint8Array(0)

/**
 * The message digest of parts as one message, computed in place. Where OpenSSL refuses MD5, as under FIPS, the kernel of the
 * digest loop computes it: a loop of no rounds gives the first digest.
 */
export function fastDigest(
  algorithm: DigestAlgorithm,
  parts: readonly Uint8Array[],
  run: (job: Job) => Promise<Uint8Array>,
): Uint8Array | Promise<Uint8Array> {
  try {
    return messageDigest(algorithm, ...parts)
  } catch (error) {
    if (algorithm !== 'md5') throw error
    return runJob(digestLoopJob({ algorithm, first: parts, tail: NO_BYTES, count: 0 }), run)
  }
}
