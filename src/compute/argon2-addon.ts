import { EngineError, readErrorText } from '../errors.js'
import { findPackageVersion, nodeApiVersion } from '../platform/node.js'
import type { Argon2Job } from './job.js'

/**
 * Computes Argon2 with libargon2, on the thread pool that the file system and DNS use.
 *
 * @throws EngineError `ERR_ENGINE_UNAVAILABLE` where the argon2 package cannot be loaded, `ERR_ENGINE_MEMORY`
 */
export async function computeArgon2(job: Argon2Job): Promise<Uint8Array> {
  const { default: argon2 } = await loadArgon2()
  const { buffer, byteOffset, byteLength } = job.password
  try {
    return await argon2.hash(Buffer.from(buffer, byteOffset, byteLength), {
      raw: true,
      salt: Buffer.from(job.salt),
      type: { d: argon2.argon2d, i: argon2.argon2i, id: argon2.argon2id }[job.variant],
      version: job.version,
      memoryCost: job.memory,
      timeCost: job.iterations,
      parallelism: job.parallelism,
      hashLength: job.length,
      ...(job.associatedData && { associatedData: Buffer.from(job.associatedData) }),
    })
  } catch (error) {
    // This is the message of libargon2's ARGON2_MEMORY_ALLOCATION_ERROR, which comes without a code.
    if (readErrorText(error, 'message') !== 'Memory allocation error') throw error
    throw new EngineError('ERR_ENGINE_MEMORY', 'argon2: the engine ran out of memory.', error)
  }
}

async function loadArgon2() {
  const install = `Run: npm install argon2${isOldNode() ? '@~0.44.0' : ''}`
  const version = findPackageVersion('argon2')
  if (version !== undefined && crashesOldNode(version) && isOldNode()) {
    const message = `argon2: the argon2 package that is installed crashes Node before 22.14. ${install}`
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', message)
  }
  try {
    // The name of the package is literal, so that bundlers find the package, and the import is inside `try`, so that bundlers
    // do not fail without it.
    return await import('argon2')
  } catch (error) {
    const why = isDeniedByDeno(error)
      ? 'may not be loaded. Start Deno with --allow-ffi, --allow-env and --allow-read.'
      : `cannot be loaded. ${install}`
    const message = `argon2: this digest needs the argon2 package here, and it ${why}`
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', message, error)
  }
}

/**
 * Whether a version of the argon2 package has binaries that need Node-API 10. In a Node with less, loading such a binary ends
 * the whole process with a segmentation fault.
 */
function crashesOldNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 0 || minor >= 45
}

/** Whether Deno found the package and then refused to load its binary, for lack of permissions. */
function isDeniedByDeno(error: unknown): boolean {
  return readErrorText(error, 'name') === 'NotCapable'
}

/** Whether Node is older than 22.14, with which Node-API 10 came. */
function isOldNode(): boolean {
  return nodeApiVersion() < 10
}
