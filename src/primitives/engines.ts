import { createHash, pbkdf2, scrypt } from 'node:crypto'
import type { BinaryLike, ScryptOptions } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { BackendError, PasswordError } from '../errors.js'
import type { Argon2Job, BcryptJob, DigestLoopJob, Job, Pbkdf2Job, ScryptJob } from './job.js'
import { scryptBytes } from './job.js'

const pbkdf2Async = promisify(pbkdf2)
const scryptAsync = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Uint8Array>(scrypt)

/** Computes a job with the engine of its kind. Engines load on first use. */
export async function compute(job: Job): Promise<Uint8Array> {
  switch (job.kind) {
    case 'bcrypt':
      return computeBcrypt(job)
    case 'argon2':
      return computeArgon2(job)
    case 'scrypt':
      return computeScrypt(job)
    case 'pbkdf2':
      return computePbkdf2(job)
    case 'digest-loop':
      return computeDigestLoop(job)
  }
}

async function computeBcrypt({ password, salt, cost }: BcryptJob): Promise<Uint8Array> {
  const bcryptjs = await load('bcryptjs', () => import('bcryptjs'))
  const settings = `$2b$${String(cost).padStart(2, '0')}$${bcryptjs.encodeBase64([...salt], 16)}`
  const text = await bcryptjs.hash(decodePassword(password), settings)
  return Uint8Array.from(bcryptjs.decodeBase64(text.slice(29), 23))
}

// bcryptjs takes text. By default a decoder drops a leading byte order mark, and two passwords become one.
function decodePassword(password: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password)
  } catch {
    throw new PasswordError('ERR_PASSWORD_ENCODING', 'bcrypt: its engine takes passwords in UTF-8 only.')
  }
}

async function computeArgon2(job: Argon2Job): Promise<Uint8Array> {
  const { default: argon2 } = await load('argon2', () => import('argon2'))
  return argon2.hash(Buffer.from(job.password), {
    raw: true,
    salt: Buffer.from(job.salt),
    type: job.variant === 'i' ? argon2.argon2i : argon2.argon2id,
    version: job.version,
    memoryCost: job.memory,
    timeCost: job.iterations,
    parallelism: job.parallelism,
    hashLength: job.length,
  })
}

async function computeScrypt(job: ScryptJob): Promise<Uint8Array> {
  // Node's default maxmem of 32 MiB refuses what Werkzeug writes by default.
  const options = { N: job.N, r: job.r, p: job.p, maxmem: scryptBytes(job) + 1024 }
  try {
    return await scryptAsync(job.password, job.salt, job.length, options)
  } catch (error) {
    if (!isScryptMissing(error)) throw error
    // Builds of Node without OpenSSL's scrypt.
    const { default: scryptJs } = await load('scrypt-js', () => import('scrypt-js'))
    return scryptJs.scrypt(job.password, job.salt, job.N, job.r, job.p, job.length)
  }
}

function isScryptMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_CRYPTO_SCRYPT_NOT_SUPPORTED'
}

async function computePbkdf2(job: Pbkdf2Job): Promise<Uint8Array> {
  return pbkdf2Async(job.password, job.salt, job.iterations, job.length, job.algorithm)
}

// Rounds between two turns of the event loop: about a millisecond for a short password.
const SLICE = 512

async function computeDigestLoop({ algorithm, first, tail, count }: DigestLoopJob): Promise<Uint8Array> {
  let state = createHash(algorithm).update(first).digest()
  for (let round = 1; round <= count; round++) {
    state = createHash(algorithm).update(state).update(tail).digest()
    if (round % SLICE === 0) await setImmediate()
  }
  return state
}

async function load<M>(name: string, importModule: () => Promise<M>): Promise<M> {
  try {
    return await importModule()
  } catch (error) {
    throw new BackendError(
      'ERR_BACKEND_UNAVAILABLE',
      `The package ${name} cannot be loaded. Install it again.`,
      error,
    )
  }
}
