import { describe, expect, test } from 'vitest'
import { createArgon2Kernel } from './argon2.js'
import type { Argon2Input } from './argon2.js'
import { modules, watch } from './kernels.fixture.js'

const base: Argon2Input = {
  password: Buffer.from('password'),
  salt: Buffer.from('somesalt'),
  variant: 'id',
  version: 19,
  memory: 8,
  iterations: 1,
  parallelism: 1,
  length: 32,
}

describe("argon2's kernel", () => {
  const hostile: readonly (readonly [string, Partial<Argon2Input>])[] = [
    ['password', { password: new Uint8Array(4097) }],
    ['salt', { salt: new Uint8Array(7) }],
    ['salt', { salt: new Uint8Array(4097) }],
    ['secret', { secret: new Uint8Array(4097) }],
    ['associatedData', { associatedData: new Uint8Array(4097) }],
    ...[0, 3, 4097, 4.5, -1, Number.NaN, Infinity, 2 ** 32 + 32].map(
      (length) => ['length', { length }] as const,
    ),
    ...[0, -2, 1.5, Number.NaN, 2 ** 32].map((iterations) => ['iterations', { iterations }] as const),
    ...[0, -1, 0.5, Number.NaN, 131_073].map((parallelism) => ['parallelism', { parallelism }] as const),
    ...[0, 7, 8.5, -8, Number.NaN, 1_048_577, 2 ** 32 + 8].map((memory) => ['memory', { memory }] as const),
    ['memory', { parallelism: 3, memory: 23 }],
  ]
  test.each(hostile)(
    'refuses %s out of its range before any memory is asked for (case %#)',
    (field, change) => {
      const fresh = createArgon2Kernel(modules.argon2)
      const before = fresh.bytes()
      expect(() => fresh.derive({ ...base, ...change })).toThrow(RangeError)
      expect(() => fresh.derive({ ...base, ...change })).toThrow(field)
      expect(fresh.bytes()).toBe(before)
    },
  )

  test('grows its memory to the size that it uses, and keeps the memory', () => {
    const fresh = createArgon2Kernel(modules.argon2)
    expect(fresh.bytes()).toBe(65_536)
    fresh.derive({ ...base, memory: 1000 })
    const grown = fresh.bytes()
    expect(grown).toBe(65_536 * 17)
    fresh.derive(base)
    expect(fresh.bytes()).toBe(grown)
  })
})

describe("the memory of argon2's kernel", () => {
  test('holds nothing after a call: the first page is as it was, the matrix is zero', () => {
    const { kernel, memory } = watch(createArgon2Kernel, modules.argon2)
    const before = Buffer.from(memory())
    const password = Buffer.from('correct horse battery staple')
    for (const variant of ['d', 'i', 'id'] as const) {
      for (const parallelism of [1, 3]) {
        const tag = kernel.derive({ ...base, password, variant, parallelism, memory: 300, length: 300 })
        expect(memory().includes(password)).toBe(false)
        expect(memory().includes(Buffer.from(tag.subarray(0, 8)))).toBe(false)
        expect(memory().subarray(0, 65_536).equals(before)).toBe(true)
        expect(
          memory()
            .subarray(65_536)
            .every((byte) => byte === 0),
        ).toBe(true)
      }
    }
  })

  test('is not written outside the buffers by the longest inputs', () => {
    const { kernel, memory } = watch(createArgon2Kernel, modules.argon2)
    const strings = {
      password: new Uint8Array(4096).fill(0x5a),
      salt: new Uint8Array(4096).fill(0x5a),
      secret: new Uint8Array(4096).fill(0x5a),
      associatedData: new Uint8Array(4096).fill(0x5a),
    }
    const longest: Argon2Input = {
      ...base,
      ...strings,
      length: 4096,
      memory: 71,
      iterations: 2,
      parallelism: 2,
    }
    kernel.derive({ ...base, memory: 200 })
    // The matrix has m' = 64 KiB of the 71; the last 40,000 bytes of the first page are behind all scratch.
    memory().fill(0xa5, 40_000, 65_536)
    memory().fill(0xa5, 65_536 + 64 * 1024)
    const before = Buffer.from(memory())
    kernel.derive(longest)
    expect(memory().equals(before)).toBe(true)
  })
})
