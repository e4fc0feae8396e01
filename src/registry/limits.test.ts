import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import { findExceededLimit, resolveLimits } from './limits.js'

const MIB = 1024 * 1024

afterEach(() => {
  vi.restoreAllMocks()
})

function constrainMemory(bytes: number, { machine = 16_384 * MIB } = {}): void {
  vi.spyOn(process, 'constrainedMemory').mockReturnValue(bytes)
  vi.spyOn(process.getBuiltinModule('node:os'), 'totalmem').mockReturnValue(machine)
}

describe('the default limits', () => {
  test('are four seconds, 512 MiB and 64 lanes', () => {
    constrainMemory(0)
    expect(resolveLimits()).toEqual({ milliseconds: 4_000, bytes: 512 * MIB, lanes: 64 })
    expect(resolveLimits({})).toEqual({ milliseconds: 4_000, bytes: 512 * MIB, lanes: 64 })
  })

  test('are half of the memory of a small container', () => {
    constrainMemory(256 * MIB)
    expect(resolveLimits()).toEqual({ milliseconds: 4_000, bytes: 128 * MIB, lanes: 64 })
  })

  test('are half of the memory of the machine where a container may use all of it', () => {
    constrainMemory(400 * MIB, { machine: 400 * MIB })
    expect(resolveLimits().bytes).toBe(200 * MIB)
  })

  test('are 512 MiB of memory in a large container', () => {
    constrainMemory(8_192 * MIB)
    expect(resolveLimits().bytes).toBe(512 * MIB)
  })

  test.each([
    ['none', 0],
    ['more than the machine has', 401 * MIB],
    ['as much as 64 bits hold', 2 ** 64],
  ])("are 512 MiB of memory where the container's limit is not known: %s", (_, bytes) => {
    constrainMemory(bytes, { machine: 400 * MIB })
    expect(resolveLimits().bytes).toBe(512 * MIB)
  })
})

describe('limits given as options', () => {
  test('are raised or lowered one by one', () => {
    constrainMemory(0)
    expect(resolveLimits({ milliseconds: 10 })).toEqual({ milliseconds: 10, bytes: 512 * MIB, lanes: 64 })
    expect(resolveLimits({ bytes: 4_096 * MIB }).bytes).toBe(4_096 * MIB)
    expect(resolveLimits({ lanes: 1 }).lanes).toBe(1)
    expect(resolveLimits({ milliseconds: Infinity }).milliseconds).toBe(Infinity)
  })

  test('are not halved for memory', () => {
    constrainMemory(256 * MIB)
    expect(resolveLimits({ bytes: 200 * MIB }).bytes).toBe(200 * MIB)
  })

  test('are copied and frozen', () => {
    const options = { milliseconds: 10 }
    const limits = resolveLimits(options)
    options.milliseconds = 20
    expect(limits.milliseconds).toBe(10)
    expect(Object.isFrozen(limits)).toBe(true)
  })

  test('are not taken from a polluted prototype', () => {
    constrainMemory(0)
    const polluted = {}
    Object.setPrototypeOf(polluted, { milliseconds: 1, bytes: 1, lanes: 1 })
    expect(resolveLimits(polluted)).toEqual(resolveLimits())
  })

  test.each([0, -1, NaN, -Infinity, '4000', true, {}, [4_000], 4_000n])(
    'are refused where one is no positive number (case %#)',
    (value) => {
      for (const name of ['milliseconds', 'bytes', 'lanes']) {
        expect(() => callUntyped(resolveLimits, { [name]: value })).toThrow(
          expect.objectContaining({
            code: 'ERR_REGISTRY_OPTION',
            message: `createRegistry: limits: ${name} must be a positive number.`,
          }),
        )
      }
    },
  )

  test.each([
    ['a name without its last letter', { millisecond: 10 }],
    ['another word', { lanes: 4, memory: 10 }],
    ['constructor', { constructor: 1 }],
    ['no object', 4_000],
    ['text', 'none'],
    ['null', null],
  ])('are refused where they hold an unknown name or are no object: %s', (_, limits: unknown) => {
    expect(() => callUntyped(createRegistry, { limits })).toThrow(
      expect.objectContaining({ name: 'RegistryError', code: 'ERR_REGISTRY_OPTION' }),
    )
  })
})

describe('a limit is exceeded', () => {
  const limits = { milliseconds: 100, bytes: 1_000, lanes: 4 }

  test('by a cost above the limit, and not by an equal cost', () => {
    expect(findExceededLimit({ milliseconds: 100, bytes: 1_000, lanes: 4 }, limits)).toBeUndefined()
    expect(findExceededLimit({ milliseconds: 100.001, bytes: 1_000, lanes: 4 }, limits)).toBe('milliseconds')
    expect(findExceededLimit({ milliseconds: 100, bytes: 1_001, lanes: 4 }, limits)).toBe('bytes')
    expect(findExceededLimit({ milliseconds: 100, bytes: 1_000, lanes: 5 }, limits)).toBe('lanes')
  })

  test('and named first in the order milliseconds, bytes, lanes', () => {
    expect(findExceededLimit({ milliseconds: 101, bytes: 1_001, lanes: 5 }, limits)).toBe('milliseconds')
    expect(findExceededLimit({ milliseconds: 1, bytes: 1_001, lanes: 5 }, limits)).toBe('bytes')
  })

  test('never where it is infinite', () => {
    const none = { milliseconds: Infinity, bytes: Infinity, lanes: Infinity }
    expect(findExceededLimit({ milliseconds: 1e300, bytes: 1e300, lanes: 1e300 }, none)).toBeUndefined()
  })
})

/** Calls a function as JavaScript without types would. */
function callUntyped(target: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown {
  return Reflect.apply(target, undefined, args)
}
