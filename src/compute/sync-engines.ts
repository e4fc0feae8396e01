import bcryptjs from 'bcryptjs'
import scryptJs from 'scrypt-js'
import { EngineError, PasswordError, readErrorText } from '../errors.js'
import type { BcryptJob, DigestLoopJob, Job, Pbkdf2Job, ScryptJob } from './job.js'
import { messageDigest, pbkdf2, scrypt } from '../platform/node.js'
import { scryptBytes } from './cost.js'

/** Computes a job on the thread that calls. Only a worker does, and tests. */
export function computeSync(job: Job): Uint8Array {
  switch (job.kind) {
    case 'bcrypt':
      return computeBcrypt(job)
    case 'scrypt':
      return computeScrypt(job)
    case 'pbkdf2':
      return computePbkdf2(job)
    case 'digest-loop':
      return computeDigestLoop(job)
    case 'argon2':
      throw new EngineError('ERR_ENGINE_UNAVAILABLE', 'argon2: this thread has no engine for it.')
  }
}

function computeBcrypt({ variant, password, salt, cost }: BcryptJob): Uint8Array {
  if (variant !== 'standard') {
    throw new EngineError(
      'ERR_ENGINE_UNAVAILABLE',
      "bcrypt: bcryptjs knows no $2$ of bytes, no $2x$ and no countermeasure of crypt_blowfish's $2a$.",
    )
  }
  const settings = `$2b$${String(cost).padStart(2, '0')}$${bcryptjs.encodeBase64([...salt], 16)}`
  const text = bcryptjs.hashSync(decodePassword(password), settings)
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

function computeScrypt(job: ScryptJob): Uint8Array {
  const { password, salt, N, r, p, length } = job
  try {
    // Node's default maxmem of 32 MiB refuses what Werkzeug writes by default.
    return scrypt({ password, salt, N, r, p, length, maxBytes: scryptBytes(job) + 1024 })
  } catch (error) {
    // Builds of Node without OpenSSL's scrypt.
    if (isScryptMissing(error)) return scryptJs.syncScrypt(password, salt, N, r, p, length)
    throw error
  }
}

function isScryptMissing(error: unknown): boolean {
  return readErrorText(error, 'code') === 'ERR_CRYPTO_SCRYPT_NOT_SUPPORTED'
}

function computePbkdf2({ password, salt, iterations, length, algorithm }: Pbkdf2Job): Uint8Array {
  return pbkdf2({ algorithm, password, salt, iterations, length })
}

function computeDigestLoop({ algorithm, first, tail, count }: DigestLoopJob): Uint8Array {
  let state = firstDigest(algorithm, first)
  for (let round = 0; round < count; round++) state = messageDigest(algorithm, state, tail)
  return state
}

function firstDigest(algorithm: DigestLoopJob['algorithm'], message: Uint8Array): Uint8Array {
  try {
    return messageDigest(algorithm, message)
  } catch (error) {
    // OpenSSL under FIPS.
    const text = `digest-loop: OpenSSL refuses ${algorithm}, and without WebAssembly nothing else computes it.`
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', text, error)
  }
}
