import { BackendError, readErrorText } from '../errors.js'
import type { Argon2Job } from './job.js'

/** Computes Argon2 with libargon2, on the thread pool that the file system and DNS use. */
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
    })
  } catch (error) {
    // ARGON2_MEMORY_ALLOCATION_ERROR of libargon2, which comes without a code.
    if (readErrorText(error, 'message') !== 'Memory allocation error') throw error
    throw new BackendError('ERR_BACKEND_MEMORY', 'argon2: the engine ran out of memory.', error)
  }
}

async function loadArgon2() {
  try {
    return await import('argon2')
  } catch (error) {
    const message = 'argon2: its native package cannot be loaded. Install it again, for this platform.'
    throw new BackendError('ERR_BACKEND_UNAVAILABLE', message, error)
  }
}
