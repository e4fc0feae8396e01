import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createDigestLoopsKernel } from './digest-loops.js'
import type { DigestLoop } from './digest-loops.js'
import { hex, modules, watch } from './kernels.fixture.js'

const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const
const base: DigestLoop = {
  algorithm: 'md5',
  first: Buffer.from('saltpassword'),
  tail: Buffer.from('password'),
  count: 9,
}

function oracle({ algorithm, first, tail, count }: DigestLoop): string {
  let digest = createHash(algorithm).update(first).digest()
  for (let i = 0; i < count; i++) digest = createHash(algorithm).update(digest).update(tail).digest()
  return digest.toString('hex')
}

describe("the digest loop's kernel", () => {
  const { kernel, memory } = watch(createDigestLoopsKernel, modules.digestLoops)
  const before = Buffer.from(memory())
  const counts = [-1, 0.5, 2 ** 32, Number.NaN, Infinity]

  test.each([
    ['first', { ...base, first: new Uint8Array(8193) }],
    ['tail', { ...base, tail: new Uint8Array(8193) }],
    ...counts.map((count) => ['count', { ...base, count }] as const),
  ] as const)('refuses %s out of its range before anything is written (case %#)', (field, loop) => {
    expect(() => kernel.iterate(loop)).toThrow(RangeError)
    expect(() => kernel.iterate(loop)).toThrow(field)
    expect(memory().equals(before)).toBe(true)
  })

  test('refuses an algorithm that does not exist', () => {
    for (const name of ['', 'sha224', 'MD5', '__proto__', 'constructor']) {
      const loop = { ...base, algorithm: name }
      expect(() => {
        Reflect.apply(kernel.iterate, undefined, [loop])
      }).toThrow(RangeError)
    }
    expect(memory().equals(before)).toBe(true)
  })

  test('has a memory of one page, which does not grow', () => {
    kernel.iterate({ ...base, first: new Uint8Array(8192), tail: new Uint8Array(8192) })
    expect(kernel.bytes()).toBe(65_536)
  })
})

describe("the answer of the digest loop's kernel changes with", () => {
  const kernel = createDigestLoopsKernel(modules.digestLoops)
  const changes: readonly (readonly [string, Partial<DigestLoop>])[] = [
    ['first and tail swapped', { first: base.tail, tail: base.first }],
    ['one round more', { count: 10 }],
    ['one round less', { count: 8 }],
    ['an empty tail', { tail: new Uint8Array() }],
    ['a tail with a NUL', { tail: Buffer.from('password\0') }],
  ]
  test.each(changes)('%s', (_, change) => {
    for (const algorithm of ALGORITHMS) {
      const digest = hex(kernel.iterate({ ...base, algorithm }))
      expect(hex(kernel.iterate({ ...base, algorithm, ...change }))).not.toBe(digest)
    }
  })
})

describe("the memory of the digest loop's kernel", () => {
  const lengths = [0, 5, 40, 47, 120, 1000, 4096, 8192] as const

  test('is the same after a call as before', () => {
    const { kernel, memory } = watch(createDigestLoopsKernel, modules.digestLoops)
    const before = Buffer.from(memory())
    const password = Buffer.from('correct horse battery staple')
    for (const algorithm of ALGORITHMS) {
      for (const length of lengths) {
        const tail = Buffer.alloc(length, password)
        for (const count of [0, 1, 20]) {
          const digest = kernel.iterate({ algorithm, first: Buffer.alloc(length, password), tail, count })
          expect(memory().includes(password)).toBe(false)
          expect(memory().includes(Buffer.from(digest.subarray(0, 8)))).toBe(false)
          expect(memory().equals(before)).toBe(true)
        }
      }
    }
  })

  test('is not written outside the buffers by the longest inputs', () => {
    const { kernel, memory } = watch(createDigestLoopsKernel, modules.digestLoops)
    memory().fill(0xa5, 1360, 1408)
    memory().fill(0xa5, 59_784)
    const before = Buffer.from(memory())
    for (const algorithm of ALGORITHMS) {
      for (const length of lengths) {
        const loop = { algorithm, first: Buffer.alloc(length, 1), tail: Buffer.alloc(length, 2), count: 3 }
        expect(hex(kernel.iterate(loop))).toBe(oracle(loop))
        expect(memory().equals(before)).toBe(true)
      }
    }
  })

  test('may hold any bytes before a call', () => {
    const { kernel, memory } = watch(createDigestLoopsKernel, modules.digestLoops)
    for (const algorithm of ALGORITHMS) {
      for (const length of lengths) {
        memory().fill(0xa5, 1408)
        const loop = { algorithm, first: Buffer.alloc(length, 1), tail: Buffer.alloc(length, 2), count: 3 }
        expect(hex(kernel.iterate(loop))).toBe(oracle(loop))
      }
    }
  })
})
