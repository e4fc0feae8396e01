import { messageDigest } from '../platform/node.js'
import type { DigestAlgorithm } from '../platform/node.js'
import { digestLoopJob } from './kinds/digest-loop.js'
import { runJob } from './kind.js'
import type { Job } from './kind.js'

const NO_BYTES = /* @__PURE__ */ new Uint8Array(0)

/**
 * The digest of parts as if they were one message, in place. MD5, which OpenSSL refuses under FIPS, the kernel computes then:
 * of no rounds, what is left is the first digest.
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
