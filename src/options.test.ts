import { describe, expect, test } from 'vitest'
import { BOOLEAN, integerOf, oneOf, openOptions, POSITIVE, readOption, readOptionOr } from './options.js'
import type { OptionType } from './options.js'

interface Options {
  readonly cost?: number
  readonly name?: string | null
}

describe('an option of an object', () => {
  test('is read where it is an own property', () => {
    const options: Options = { cost: 12, name: null }
    expect(readOption(options, 'cost')).toBe(12)
    expect(readOption(options, 'name')).toBeNull()
  })

  test('is undefined where it is absent', () => {
    const options: Options = {}
    expect(readOption(options, 'cost')).toBeUndefined()
  })

  test('is not read from a prototype', () => {
    const polluted: Options = inherit({ name: 'own' }, { cost: 4, name: 'inherited' })
    expect(polluted.cost).toBe(4)
    expect(readOption(polluted, 'cost')).toBeUndefined()
    expect(readOption(polluted, 'name')).toBe('own')
  })

  test('is read from an object without a prototype', () => {
    const bare: Options = inherit({ cost: 12 }, null)
    expect(readOption(bare, 'cost')).toBe(12)
  })
})

describe('an option with a default', () => {
  test('has the default where it is absent, inherited or undefined', () => {
    const inherited: Options = inherit({}, { cost: 4 })
    const absent: Options = {}
    expect(readOptionOr(absent, 'cost', 12)).toBe(12)
    expect(readOptionOr({ cost: undefined }, 'cost', 12)).toBe(12)
    expect(readOptionOr(inherited, 'cost', 12)).toBe(12)
  })

  test('has the given value otherwise, even null', () => {
    const options: Options = { cost: 0, name: null }
    expect(readOptionOr(options, 'cost', 12)).toBe(0)
    expect(readOptionOr(options, 'name', 'ada')).toBeNull()
  })
})

describe('the names of options', () => {
  const open = (options: unknown): unknown => openOptions('bcryptTarget', options, ['cost', 'name'])

  test('may all be absent', () => {
    for (const options of [{}, { cost: 12 }, { name: 'a', cost: undefined }]) {
      expect(() => open(options)).not.toThrow()
    }
  })

  test.each([
    ['one letter more', { costs: 12 }],
    ['one among others', { cost: 12, rounds: 12 }],
    ['another case', { Cost: 12 }],
    ['a word of the language', { constructor: 12 }],
    ['a prototype', { ['__proto__']: 12 }],
    ['an index', { 0: 'cost' }],
  ])('are refused where they are unknown: %s', (_, options: unknown) => {
    expect(() => open(options)).toThrow(
      refusal('bcryptTarget: there is no such option. It takes cost, name.'),
    )
  })

  test.each([[undefined], [null], ['cost'], [12], [true], [() => ({})], [[]], [['cost']]])(
    'are read of an object alone (case %#)',
    (options) => {
      expect(() => open(options)).toThrow(refusal('bcryptTarget: options must be a plain object.'))
    },
  )

  test('are not refused where a polluted prototype adds them', () => {
    expect(() => open(inherit({}, { costs: 12 }))).not.toThrow()
  })
})

describe('an option of a function', () => {
  const readAs = <T>(type: OptionType<T>, options: object): T | undefined =>
    openOptions('f', options, ['x']).read('x', type)

  test('is undefined where it is absent, undefined or inherited, and refused then where it is required', () => {
    for (const options of [{}, { x: undefined }, inherit({}, { x: true })]) {
      expect(readAs(BOOLEAN, options)).toBeUndefined()
      expect(() => openOptions('f', options, ['x']).require('x', BOOLEAN)).toThrow(
        refusal('f: x must be true or false.'),
      )
    }
    expect(openOptions('f', { x: false }, ['x']).require('x', BOOLEAN)).toBe(false)
  })

  test.each([
    ['true or false', BOOLEAN, [true, false], [null, 0, 1, '', 'true']],
    ['a positive number', POSITIVE, [1, 0.1, Infinity], [0, -1, NaN, '1', null, true, 1n]],
    ['an integer from 2 to 9', integerOf(2, 9), [2, 5, 9], [1, 10, 2.5, NaN, Infinity, '5', null, [5], 5n]],
    ['an integer from 1 up', integerOf(1, Infinity, '1 up'), [1, 2 ** 40], [0, Infinity, 1.5]],
    ['sound, dated', oneOf(['sound', 'dated']), ['sound', 'dated'], ['Sound', '', null, ['sound']]],
  ])('is checked where it must be %s', (expected, type: OptionType<unknown>, right, wrong) => {
    for (const x of right) expect(readAs(type, { x })).toBe(x)
    for (const x of wrong) {
      expect(() => readAs(type, { x })).toThrow(refusal(`f: x must be ${expected}.`))
    }
  })

  test('is never shown in the error that refuses it', () => {
    expect(() => readAs(BOOLEAN, { x: 'hunter2' })).toThrow(expect.not.stringContaining('hunter2'))
  })
})

function refusal(message: string): unknown {
  return expect.objectContaining({ name: 'RegistryError', code: 'ERR_REGISTRY_OPTION', message })
}

function inherit<T extends object>(own: T, prototype: object | null): T {
  Object.setPrototypeOf(own, prototype)
  return own
}
