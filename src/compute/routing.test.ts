import { describe, expect, test } from 'vitest'
import { computeArgon2 } from './argon2-addon.js'
import type { Argon2Job, BcryptJob, DigestLoopJob, Job, Pbkdf2Job, ScryptJob } from './job.js'
import { findPairKey, fitsKernel } from './routing.js'
import { createRuntimeOn } from '../runtime/runtime.js'

const password = Buffer.from('a password')
const salt = Buffer.from('sixteen bytes of')
const bcrypt: BcryptJob = {
  kind: 'bcrypt',
  variant: 'standard',
  password,
  salt,
  cost: 4,
}
const argon2: Argon2Job = {
  kind: 'argon2',
  variant: 'id',
  version: 19,
  password,
  salt,
  memory: 8,
  iterations: 1,
  parallelism: 1,
  length: 32,
}
const scrypt: ScryptJob = {
  kind: 'scrypt',
  password,
  salt,
  N: 2,
  r: 1,
  p: 1,
  length: 32,
}
const pbkdf2: Pbkdf2Job = {
  kind: 'pbkdf2',
  algorithm: 'sha1',
  password,
  salt,
  iterations: 1,
  length: 20,
}
const loop: DigestLoopJob = {
  kind: 'digest-loop',
  algorithm: 'md5',
  first: password,
  tail: salt,
  count: 1,
}

const bytes = (length: number): Uint8Array => new Uint8Array(length)

describe('a kernel takes', () => {
  test.each<[string, Job]>([
    ['bcrypt of any cost', { ...bcrypt, cost: 31 }],
    ['bcrypt of any password', { ...bcrypt, password: bytes(100_000) }],
    ['the $2x$ of bcrypt', { ...bcrypt, variant: 'sign-extended' }],
    ['the countermeasure of bcrypt', { ...bcrypt, variant: 'countermeasure' }],
    ['argon2', argon2],
    ['argon2 of 1 GiB', { ...argon2, memory: 2 ** 20 }],
    ['argon2 of as many lanes as fit 1 GiB', { ...argon2, memory: 2 ** 20, parallelism: 2 ** 17 }],
    ['argon2 of any number of iterations', { ...argon2, iterations: 2 ** 32 - 1 }],
    ['argon2 of a password of 4096 bytes', { ...argon2, password: bytes(4_096) }],
    ['argon2 of a salt of 4096 bytes', { ...argon2, salt: bytes(4_096) }],
    ['argon2 of a tag of 4096 bytes', { ...argon2, length: 4_096 }],
    ['scrypt', scrypt],
    ['scrypt of 512 MiB', { ...scrypt, N: 2 ** 19, r: 8 }],
    ['scrypt of N 2^20', { ...scrypt, N: 2 ** 20, r: 4 }],
    ['scrypt of r 65536', { ...scrypt, N: 2, r: 2 ** 16 }],
    ['scrypt of 512 MiB of blocks', { ...scrypt, N: 2, r: 1, p: 2 ** 22 }],
    ['scrypt of a password of 4096 bytes', { ...scrypt, password: bytes(4_096) }],
    ['scrypt of a salt of 4096 bytes', { ...scrypt, salt: bytes(4_096) }],
    ['scrypt of a key of 4096 bytes', { ...scrypt, length: 4_096 }],
    ['digests of digests', loop],
    [
      'digests of 8192 bytes, then of 8192 more than a digest',
      { ...loop, first: bytes(8_192), tail: bytes(8_192) },
    ],
    ['2^32 - 1 digests', { ...loop, count: 2 ** 32 - 1 }],
  ])('%s', (_, job) => {
    expect(fitsKernel(job)).toBe(true)
  })
})

describe('no kernel takes', () => {
  test.each<[string, Job]>([
    ['PBKDF2', pbkdf2],
    ['argon2 of 1 KiB more than 1 GiB', { ...argon2, memory: 2 ** 20 + 1 }],
    ['argon2 of a lane too many', { ...argon2, memory: 2 ** 20, parallelism: 2 ** 17 + 1 }],
    ['argon2 of a longer password', { ...argon2, password: bytes(4_097) }],
    ['argon2 of a longer salt', { ...argon2, salt: bytes(4_097) }],
    ['argon2 of a longer tag', { ...argon2, length: 4_097 }],
    ['scrypt of more than 512 MiB', { ...scrypt, N: 2 ** 19, r: 9 }],
    ['scrypt of N 2^21', { ...scrypt, N: 2 ** 21 }],
    ['scrypt of r 65537', { ...scrypt, N: 2, r: 2 ** 16 + 1 }],
    ['scrypt of more blocks', { ...scrypt, p: 2 ** 22 + 1 }],
    ['scrypt of more and larger blocks', { ...scrypt, r: 2, p: 2 ** 21 + 1 }],
    ['scrypt of a longer password', { ...scrypt, password: bytes(4_097) }],
    ['scrypt of a longer salt', { ...scrypt, salt: bytes(4_097) }],
    ['scrypt of a longer key', { ...scrypt, length: 4_097 }],
    ['digests that begin with more', { ...loop, first: bytes(8_193) }],
    ['digests of more each time', { ...loop, tail: bytes(8_193) }],
    ['2^32 digests', { ...loop, count: 2 ** 32 }],
  ])('%s', (_, job) => {
    expect(fitsKernel(job)).toBe(false)
  })
})

describe('a pair', () => {
  test('is of two bcrypt jobs of one cost, whatever else they are', () => {
    const other: Job = {
      ...bcrypt,
      variant: 'no-nul',
      password: salt,
      salt: password,
    }
    expect(findPairKey(bcrypt, true)).toBeTypeOf('string')
    expect(findPairKey(other, true)).toBe(findPairKey(bcrypt, true))
  })

  test('is never of different costs', () => {
    const keys = Array.from({ length: 28 }, (_, index) => findPairKey({ ...bcrypt, cost: index + 4 }, true))
    expect(new Set(keys).size).toBe(28)
  })

  test.each<[string, Job]>([
    ['argon2', argon2],
    ['scrypt', scrypt],
    ['PBKDF2', pbkdf2],
    ['digests of digests', loop],
  ])('is never of %s', (_, job) => {
    expect(findPairKey(job, true)).toBeUndefined()
  })

  test('is only of jobs for a kernel', () => {
    expect(findPairKey(bcrypt, false)).toBeUndefined()
  })
})

describe('argon2 beyond the kernel', () => {
  const long: Job = { ...argon2, password: bytes(4_097).fill(0x61) }
  const noThreads = {
    startWorker: () => Promise.reject(new Error('no thread was wanted')),
    patience: () => 10_000,
  }

  test('is computed by the argon2 package, on no thread of ours', async () => {
    const runtime = createRuntimeOn({ ...noThreads, kernels: () => true })
    expect(await runtime.run(long)).toEqual(await computeArgon2({ ...argon2, password: long.password }))
    await expect(runtime.run(argon2)).rejects.toMatchObject({
      code: 'ERR_ENGINE_FAILED',
    })
  })

  test('so is any where there are no kernels', async () => {
    const runtime = createRuntimeOn({ ...noThreads, kernels: () => false })
    expect(await runtime.run(argon2)).toEqual(await computeArgon2(argon2))
  })
})
