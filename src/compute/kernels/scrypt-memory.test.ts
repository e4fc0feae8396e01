import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { EngineError } from '../../errors.js'
import { hex, modules, watch } from './kernels.fixture.js'
import { createScryptKernel } from './scrypt.js'
import type { ScryptInput } from './scrypt.js'

const base: ScryptInput = {
  password: Buffer.from('password'),
  salt: Buffer.from('NaCl'),
  N: 16,
  r: 8,
  p: 1,
  length: 32,
}

function openssl({ password, salt, N, r, p, length }: ScryptInput): string {
  return hex(scryptSync(password, salt, length, { N, r, p }))
}

describe("the answer of scrypt's kernel changes with", () => {
  const input: ScryptInput = { ...base, N: 16, r: 4, p: 2 }
  const kernel = createScryptKernel(modules.scrypt)
  const key = hex(kernel.derive(input))
  const changes: readonly (readonly [string, Partial<ScryptInput>])[] = [
    ['r and p swapped', { r: 2, p: 4 }],
    ['N and r of the same memory', { N: 32, r: 2 }],
    ['one more p', { p: 3 }],
    ['half of N', { N: 8 }],
    ['password and salt swapped', { password: input.salt, salt: input.password }],
    ['an empty password', { password: new Uint8Array() }],
  ]
  test.each(changes)('%s', (_, change) => {
    const other = kernel.derive({ ...input, ...change })
    expect(hex(other)).not.toBe(key)
    expect(hex(other)).toBe(openssl({ ...input, ...change }))
  })
})

describe("scrypt's kernel", () => {
  const hostile: readonly (readonly [string, Partial<ScryptInput>])[] = [
    ['password', { password: new Uint8Array(4097) }],
    ['salt', { salt: new Uint8Array(4097) }],
    ...[0, -1, 1.5, 4097, Number.NaN, Infinity, 2 ** 32 + 32].map(
      (length) => ['length', { length }] as const,
    ),
    ...[0, 1, -2, 3, 6, 2.5, 1000, 1023, 2 ** 21, 2 ** 32, 2 ** 33, Number.NaN].map(
      (N) => ['N', { N }] as const,
    ),
    ...[0, -1, 0.5, 65_537, 2 ** 32 + 1, Number.NaN].map((r) => ['r', { N: 2, r }] as const),
    ...[0, -1, 0.5, 2 ** 27, 2 ** 32 + 1, Number.NaN].map((p) => ['p', { p }] as const),
    ['p', { N: 2, r: 1, p: 2 ** 30 }],
    ['memory', { N: 2 ** 20, r: 5 }],
    ['memory', { N: 2 ** 7, r: 65_536 }],
    ['memory', { N: 2, r: 1, p: 2 ** 22 + 1 }],
  ]
  test.each(hostile)(
    'refuses %s out of its range before any memory is asked for (case %#)',
    (field, change) => {
      const fresh = createScryptKernel(modules.scrypt)
      const before = fresh.bytes()
      expect(() => fresh.derive({ ...base, ...change })).toThrow(RangeError)
      expect(() => fresh.derive({ ...base, ...change })).toThrow(new RegExp(`\\b${field}\\b`))
      expect(fresh.bytes()).toBe(before)
    },
  )

  test('throws an error with a code of its own where the memory cannot be had', () => {
    const { kernel } = watch(createScryptKernel, modules.scrypt, (memory) => {
      memory.grow = () => {
        throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')
      }
    })
    expect(() => kernel.derive({ ...base, N: 1024 })).toThrow(
      new EngineError('ERR_ENGINE_MEMORY', 'scrypt: memory could not be had.'),
    )
  })

  test('grows its memory to the size that it uses, and keeps the memory', () => {
    const fresh = createScryptKernel(modules.scrypt)
    expect(fresh.bytes()).toBe(65_536)
    fresh.derive({ ...base, N: 62 + 2 })
    expect(fresh.bytes()).toBe(65_536 * 2)
    fresh.derive({ ...base, N: 2 })
    expect(fresh.bytes()).toBe(65_536 * 2)
  })
})

describe("the memory of scrypt's kernel", () => {
  test('is zero after a call', () => {
    const { kernel, memory } = watch(createScryptKernel, modules.scrypt)
    for (const change of [{ N: 1024 }, { N: 128, p: 3 }, { N: 2, r: 1 }]) {
      kernel.derive({ ...base, ...change, password: Buffer.from('correct horse battery staple') })
      expect(memory().every((byte) => byte === 0)).toBe(true)
    }
    expect(memory().length).toBeGreaterThan(1024 * 1024)
  })

  test('is not written above X, Y and V', () => {
    const { kernel, memory } = watch(createScryptKernel, modules.scrypt)
    kernel.derive({ ...base, N: 256 })
    for (const { N, r, p } of [
      { N: 128, r: 8, p: 2 },
      { N: 2, r: 3, p: 1 },
      { N: 64, r: 1, p: 5 },
    ]) {
      memory().fill(0xa5)
      const key = hex(kernel.derive({ ...base, N, r, p }))
      expect(key).toBe(openssl({ ...base, N, r, p }))
      const used = 128 * r * (N + 2)
      expect(
        memory()
          .subarray(0, used)
          .every((byte) => byte === 0),
      ).toBe(true)
      expect(
        memory()
          .subarray(used)
          .every((byte) => byte === 0xa5),
      ).toBe(true)
    }
  })
})
