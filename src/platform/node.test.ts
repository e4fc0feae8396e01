import { availableParallelism } from 'node:os'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hasAddressLimit, availableCores, availableMemory, threadPoolSize } from './node.js'

const GIB = 2 ** 30

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('the available cores are those that the process may use', () => {
  expect(availableCores()).toBe(availableParallelism())
})

describe('the addresses of a process', () => {
  const withLimits = (text: string): boolean => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValueOnce({ readFileSync: () => text })
    return hasAddressLimit()
  }

  test('are limited where the system gives a number', () => {
    expect(
      withLimits(
        'Max locked memory         8388608     8388608   bytes\nMax address space         unlimited            unlimited            bytes\n',
      ),
    ).toBe(false)
    expect(withLimits('Max address space         14336000000          14336000000          bytes\n')).toBe(
      true,
    )
  })

  test('are not limited where the system gives no number', () => {
    expect(withLimits('')).toBe(false)
    vi.spyOn(process, 'getBuiltinModule').mockImplementationOnce(() => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    })
    expect(hasAddressLimit()).toBe(false)
  })
})

describe("the size of libuv's thread pool", () => {
  test('is 4 where the environment does not set it', () => {
    vi.stubEnv('UV_THREADPOOL_SIZE', undefined)
    expect(threadPoolSize()).toBe(4)
  })

  // The numbers are those of the threads in /proc/self/task of processes with these settings.
  test.each([
    ['8', 8],
    ['1', 1],
    ['1024', 1_024],
    ['2000', 1_024],
    ['999999999999', 1_024],
    [' 7', 7],
    ['+5', 5],
    ['5k', 5],
    ['6.9', 6],
    ['1e1', 1],
    ['0x10', 1],
    ['', 1],
    ['0', 1],
    ['many', 1],
    ['-1', 1_024],
  ])('where the environment sets it to %j is %i', (setting, size) => {
    vi.stubEnv('UV_THREADPOOL_SIZE', setting)
    expect(threadPoolSize()).toBe(size)
  })
})

describe('the available memory', () => {
  test.each([
    ['of a container is its limit', GIB / 2, 16 * GIB, GIB / 2],
    ['is that of the machine where the limit is the same', GIB, GIB, GIB],
    ['is not known where the system answers 0', 0, 16 * GIB, Infinity],
    ['is not known where the system answers more than the machine has', GIB, GIB / 2, Infinity],
    ['is not limited where the limit is above all defaults', 4 * GIB, 16 * GIB, Infinity],
    ['is not known where the system answers 2^64', 2 ** 64, 16 * GIB, Infinity],
  ])('%s', (_, constrained, total, expected) => {
    vi.spyOn(process, 'constrainedMemory').mockReturnValue(constrained)
    vi.spyOn(process.getBuiltinModule('node:os'), 'totalmem').mockReturnValue(total)
    expect(availableMemory()).toBe(expected)
  })
})

describe('where properties of the machine need a permission, as in Deno,', () => {
  const refuse = (): never => {
    throw Object.assign(new Error('Requires sys access'), { name: 'NotCapable' })
  }

  beforeEach(() => {
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(refuse)
    vi.spyOn(process, 'constrainedMemory').mockImplementation(refuse)
    vi.spyOn(process, 'env', 'get').mockImplementation(refuse)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('the thread pool has its default size, addresses are not limited, and the memory is unknown', () => {
    expect(threadPoolSize()).toBe(4)
    expect(hasAddressLimit()).toBe(false)
    expect(availableMemory()).toBe(Infinity)
  })

  test('the cores are those that navigator gives, or two', () => {
    vi.stubGlobal('navigator', { hardwareConcurrency: 7 })
    expect(availableCores()).toBe(7)
    for (const navigator of [undefined, null, {}, { hardwareConcurrency: 0 }, { hardwareConcurrency: '4' }]) {
      vi.stubGlobal('navigator', navigator)
      expect(availableCores()).toBe(2)
    }
  })

  test('the memory of a container is unknown even where only the total is refused', () => {
    vi.spyOn(process, 'constrainedMemory').mockReturnValue(GIB)
    expect(availableMemory()).toBe(Infinity)
  })
})
