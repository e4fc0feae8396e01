import { describe, expect, test } from 'vitest'
import { EngineError } from '../../errors.js'
import { hex, modules, watch } from './kernels.fixture.js'
import type { YescryptInput } from './yescrypt-digests.js'
import { createYescryptKernel } from './yescrypt.js'

const base: YescryptInput = {
  password: Buffer.from('password'),
  salt: Buffer.from('NaCl'),
  variant: 'rw',
  N: 16,
  r: 8,
  p: 1,
  t: 0,
}

describe("yescrypt's kernel", () => {
  const hostile: readonly (readonly [string, Partial<YescryptInput>])[] = [
    ['password', { password: new Uint8Array(4097) }],
    ['salt', { salt: new Uint8Array(4097) }],
    ...[0, 1, 2, -4, 5, 6, 4.5, 1000, 2 ** 23, 2 ** 32, Number.NaN].map((N) => ['N', { N }] as const),
    ...[0, -1, 0.5, 65_537, 2 ** 32 + 1, Number.NaN].map((r) => ['r', { N: 4, r }] as const),
    ...[0, -1, 0.5, 5, 2 ** 32 + 1, Number.NaN].map((p) => ['p', { p }] as const),
    ['p', { variant: 'worm', p: 1025 }],
    ['p', { N: 2 ** 13, p: 1025 }],
    ...[-1, 0.5, 513, 2 ** 32, Number.NaN].map((t) => ['t', { t }] as const),
    ['memory', { N: 2 ** 20, r: 5 }],
    ['memory', { N: 2 ** 7, r: 65_536 }],
    ['memory', { variant: 'worm', N: 4, r: 8_192, p: 513 }],
  ]
  test.each(hostile)(
    'refuses %s out of its range before any memory is asked for (case %#)',
    (field, change) => {
      const fresh = createYescryptKernel(modules.yescrypt)
      const before = fresh.bytes()
      expect(() => fresh.derive({ ...base, ...change })).toThrow(RangeError)
      expect(() => fresh.derive({ ...base, ...change })).toThrow(new RegExp(`\\b${field}\\b`))
      expect(fresh.bytes()).toBe(before)
    },
  )

  test('throws an error with a code of its own where the memory cannot be had', () => {
    const { kernel } = watch(createYescryptKernel, modules.yescrypt, (memory) => {
      memory.grow = () => {
        throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')
      }
    })
    expect(() => kernel.derive({ ...base, N: 1024 })).toThrow(
      new EngineError('ERR_ENGINE_MEMORY', 'yescrypt: memory could not be had.'),
    )
  })
})

describe("the memory of yescrypt's kernel", () => {
  test('is zero after a call', () => {
    const { kernel, memory } = watch(createYescryptKernel, modules.yescrypt)
    const changes: readonly Partial<YescryptInput>[] = [
      { N: 1024 },
      { N: 128, p: 3 },
      { N: 4, r: 1 },
      { variant: 'worm', p: 2, t: 1 },
      { N: 256, r: 512 },
    ]
    for (const change of changes) {
      kernel.derive({ ...base, ...change, password: Buffer.from('correct horse battery staple') })
      expect(memory().every((byte) => byte === 0)).toBe(true)
    }
  })

  test('is not written above X, Y, V and the boxes', () => {
    const { kernel, memory } = watch(createYescryptKernel, modules.yescrypt)
    kernel.derive({ ...base, N: 512 })
    for (const { N, r, p } of [
      { N: 128, r: 8, p: 2 },
      { N: 4, r: 3, p: 1 },
      { N: 64, r: 1, p: 5 },
    ]) {
      const input = { ...base, N, r, p }
      const expected = hex(createYescryptKernel(modules.yescrypt).derive(input))
      memory().fill(0xa5)
      expect(hex(kernel.derive(input))).toBe(expected)
      const used = 128 * r * (N + 2) + 12_352 * p
      expect([...new Set(memory().subarray(0, used))]).toEqual([0])
      expect([...new Set(memory().subarray(used))]).toEqual([0xa5])
    }
  })

  test('is not shared by the answers', () => {
    const kernel = createYescryptKernel(modules.yescrypt)
    const first = kernel.derive(base)
    const before = hex(first)
    kernel.derive({ ...base, r: 4 })
    expect(hex(first)).toBe(before)
  })
})
