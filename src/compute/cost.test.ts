import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  addCosts,
  costOfArgon2,
  costOfBcrypt,
  costOfDigestLoop,
  costOfPbkdf2,
  costOfScrypt,
  powerOfTwo,
  scryptBytes,
} from './cost.js'

describe('the estimated cost', () => {
  // These milliseconds were measured on the reference machine. The bounds are wide, since they need only find a lost factor.
  test.each([
    ["Django's PBKDF2", { algorithm: 'sha256', iterations: 600_000, length: 32 }, 149],
    ['PBKDF2 with SHA-1', { algorithm: 'sha1', iterations: 600_000, length: 20 }, 162],
  ] as const)('of %s is near the measured time', (_, params, milliseconds) => {
    expect(costOfPbkdf2(params).milliseconds / milliseconds).toBeGreaterThan(0.8)
    expect(costOfPbkdf2(params).milliseconds / milliseconds).toBeLessThan(1.25)
  })

  test('of scrypt grows with N, r and p', () => {
    const of = (N: number, r: number, p: number): number => costOfScrypt({ N, r, p }).milliseconds
    expect(of(2_048, 8, 1)).toBe(2 * of(1_024, 8, 1))
    expect(of(1_024, 16, 1)).toBe(2 * of(1_024, 8, 1))
    expect(of(1_024, 8, 2)).toBe(2 * of(1_024, 8, 1))
  })

  test('of bcrypt doubles with each step, to the last', () => {
    for (let cost = 5; cost <= 31; cost++) {
      expect(costOfBcrypt({ cost }).milliseconds).toBe(2 * costOfBcrypt({ cost: cost - 1 }).milliseconds)
    }
  })

  test('of PBKDF2 grows with each block of output, whole or not', () => {
    for (const [algorithm, bytes] of [
      ['sha1', 20],
      ['sha256', 32],
      ['sha512', 64],
    ] as const) {
      const of = (length: number): number =>
        costOfPbkdf2({ algorithm, iterations: 1_000, length }).milliseconds
      expect(of(bytes)).toBe(of(1))
      expect(of(bytes + 1)).toBe(2 * of(1))
      expect(of(16 * bytes)).toBe(16 * of(1))
    }
  })

  test('of a digest loop grows with the blocks that each round hashes', () => {
    const of = (tailLength: number): number =>
      costOfDigestLoop({ algorithm: 'md5', count: 2 ** 13, tailLength }).milliseconds
    // A round hashes 16 bytes of the digest, the tail, and at least 9 bytes of padding, in blocks of 64.
    expect(of(39)).toBe(of(0))
    expect(of(40)).toBe(2 * of(0))
    expect(of(4_096) / of(8)).toBe(65)
  })

  test('of argon2 grows with memory and iterations, and not with lanes', () => {
    const of = (memory: number, iterations: number, parallelism: number): number =>
      costOfArgon2({ memory, iterations, parallelism }).milliseconds
    expect(of(8_192, 3, 1)).toBe(2 * of(4_096, 3, 1))
    expect(of(4_096, 6, 1)).toBeCloseTo(2 * of(4_096, 3, 1))
    expect(of(64, 4, 8)).toBe(of(64, 4, 1))
  })

  test('of argon2 grows faster than its memory above 64 MiB, which no cache holds, and never falls', () => {
    const of = (memory: number): number =>
      costOfArgon2({ memory, iterations: 3, parallelism: 1 }).milliseconds
    const MIB = 1_024
    // In measurements a block took 1.0 to 1.3 times as long at 128 MiB as at 32, 1.2 to 1.4 times at 256, 1.4 to 1.8 at 512.
    for (const [mebibytes, times] of [
      [64, 1],
      [128, 1.15],
      [256, 1.3],
      [512, 1.45],
    ] as const) {
      expect(of(mebibytes * MIB) / mebibytes / (of(32 * MIB) / 32)).toBeCloseTo(times)
    }
    for (let memory = 32 * MIB; memory < 2_048 * MIB; memory += 777) {
      expect(of(memory + 1)).toBeGreaterThan(of(memory))
    }
  })

  test.each([
    ['bcrypt', costOfBcrypt({ cost: 12 }), 8 * 1024, 1],
    ['argon2', costOfArgon2({ memory: 64, iterations: 4, parallelism: 8 }), 65_536, 8],
    ['scrypt', costOfScrypt({ N: 2 ** 15, r: 8, p: 1 }), 33_557_504, 1],
    ['PBKDF2', costOfPbkdf2({ algorithm: 'sha1', iterations: 1, length: 20 }), 0, 1],
    ['a digest loop', costOfDigestLoop({ algorithm: 'md5', count: 1, tailLength: 0 }), 0, 1],
  ])('in memory and lanes of %s', (_, cost, bytes, lanes) => {
    expect(cost).toMatchObject({ bytes, lanes })
  })
})

test.each([
  [16, 1, 1],
  [1_024, 8, 16],
  [2_048, 3, 5],
])("scrypt's memory is exactly what OpenSSL asks for: N %i, r %i, p %i", (N, r, p) => {
  const maxmem = scryptBytes({ N, r, p })
  expect(() => scryptSync('', '', 32, { N, r, p, maxmem })).not.toThrow()
  expect(() => scryptSync('', '', 32, { N, r, p, maxmem: maxmem - 1 })).toThrow('memory limit exceeded')
})

test('powerOfTwo gives what ** gives', () => {
  for (let exponent = 0; exponent <= 31; exponent++) expect(powerOfTwo(exponent)).toBe(2 ** exponent)
})

test('two costs are added in time, and have the larger memory and lanes of both', () => {
  const first = { milliseconds: 1, bytes: 5, lanes: 2 }
  const second = { milliseconds: 2, bytes: 3, lanes: 4 }
  expect(addCosts(first, second)).toEqual({ milliseconds: 3, bytes: 5, lanes: 4 })
  expect(addCosts(second, first)).toEqual({ milliseconds: 3, bytes: 5, lanes: 4 })
})
