import { describe, expect, test } from 'vitest'
import { EngineError } from '../../errors.js'
import { instantiate, requireBytes, requireInteger } from './instance.js'
import { modules } from './kernels.fixture.js'

describe('a WebAssembly module that is not the kernel is refused where it', () => {
  const { readAddress, readFunction } = instantiate('bcrypt', modules.scrypt)

  test('lacks a function', () => {
    expect(() => readFunction('deriveOne')).toThrow(new TypeError('bcrypt: the module exports no deriveOne.'))
  })

  test('lacks an address, even where it exports a function of that name', () => {
    for (const name of ['LANE_A', 'mix', 'memory', 'constructor', '__proto__']) {
      expect(() => readAddress(name)).toThrow(new TypeError(`bcrypt: the module exports no ${name}.`))
    }
  })

  test('lacks a memory, as the empty module does', () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
    expect(() => instantiate('bcrypt', empty)).toThrow(new TypeError('bcrypt: the module exports no memory.'))
  })
})

test('a kernel that cannot grow its memory beyond the declared maximum leaves the memory unchanged', () => {
  const { memory, grow } = instantiate('bcrypt', modules.bcrypt)
  expect(() => {
    grow(65_537)
  }).toThrow(new EngineError('ERR_ENGINE_MEMORY', 'bcrypt: memory could not be had.'))
  expect(memory.buffer.byteLength).toBe(65_536)
})

describe("the check of a kernel's argument", () => {
  const within = { min: 2, max: 4 }

  test.each([2, 3, 4])('accepts %d as an integer from 2 to 4', (value) => {
    expect(() => {
      requireInteger('kernel: field', value, within)
    }).not.toThrow()
  })

  test.each([1, 5, 2.5, -3, NaN, Infinity, '3', 3n, null, undefined])(
    'refuses %s as an integer from 2 to 4',
    (value) => {
      expect(() => {
        Reflect.apply(requireInteger, undefined, ['kernel: field', value, within])
      }).toThrow(new RangeError('kernel: field must be an integer from 2 to 4.'))
    },
  )

  test.each([0, 1, 5])('refuses %i bytes as 2 to 4 bytes', (length) => {
    expect(() => {
      requireBytes('kernel: field', new Uint8Array(length), within)
    }).toThrow(new RangeError('kernel: field must be 2 to 4 bytes.'))
  })

  test.each(['abc', [1, 2, 3], { length: 3 }, new Uint16Array(3), undefined, null])(
    'refuses %j as bytes',
    (value) => {
      expect(() => {
        Reflect.apply(requireBytes, undefined, ['kernel: field', value])
      }).toThrow(new RangeError('kernel: field must be bytes.'))
    },
  )
})
