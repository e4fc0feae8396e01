import type { Job } from './job.js'

// What the kernels' memories are declared for: 1 GiB of Argon2's matrix, 512 MiB of scrypt's V.
const MAX_ARGON2_KIB = 2 ** 20
const MAX_ARGON2_PARALLELISM = 2 ** 17
const MAX_SCRYPT_BYTES = 512 * 2 ** 20
const MAX_SCRYPT_N = 2 ** 20
const MAX_SCRYPT_R = 2 ** 16
const MAX_KERNEL_INPUT_BYTES = 4_096
const MAX_LOOP_INPUT_BYTES = 8_192

/** Whether a job is within what the kernels can take; a larger one goes to the engine that they replaced. */
export function fitsKernel(job: Job): boolean {
  switch (job.kind) {
    case 'bcrypt':
      return true
    case 'argon2':
      return (
        job.memory <= MAX_ARGON2_KIB &&
        job.parallelism <= MAX_ARGON2_PARALLELISM &&
        isShort(job.password.byteLength, job.salt.byteLength, job.length)
      )
    case 'scrypt':
      return (
        job.N <= MAX_SCRYPT_N &&
        job.r <= MAX_SCRYPT_R &&
        128 * job.N * job.r <= MAX_SCRYPT_BYTES &&
        128 * job.r * job.p <= MAX_SCRYPT_BYTES &&
        isShort(job.password.byteLength, job.salt.byteLength, job.length)
      )
    case 'digest-loop':
      return (
        Math.max(job.first.byteLength, job.tail.byteLength) <= MAX_LOOP_INPUT_BYTES && job.count < 2 ** 32
      )
    case 'pbkdf2':
      return false
  }
}

/** Jobs of one key are computed faster two at a time than one after another: bcrypt's of one cost. */
export function findPairKey(job: Job, kernels: boolean): string | undefined {
  return kernels && job.kind === 'bcrypt' ? `bcrypt ${job.cost}` : undefined
}

function isShort(...lengths: readonly number[]): boolean {
  return lengths.every((length) => length <= MAX_KERNEL_INPUT_BYTES)
}
