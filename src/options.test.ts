import { describe, expect, test } from 'vitest'
import { assertOptionNames, readOption, readOptionOr } from './options.js'

interface Options {
  readonly cost?: number
  readonly name?: string | null
}

describe('an option', () => {
  test('is read where the object has it itself', () => {
    const options: Options = { cost: 12, name: null }
    expect(readOption(options, 'cost')).toBe(12)
    expect(readOption(options, 'name')).toBeNull()
  })

  test('is undefined where it is absent', () => {
    const options: Options = {}
    expect(readOption(options, 'cost')).toBeUndefined()
  })

  test('is not inherited: a polluted prototype configures nothing', () => {
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
  test('is the default where it is absent, inherited or undefined', () => {
    const inherited: Options = inherit({}, { cost: 4 })
    const absent: Options = {}
    expect(readOptionOr(absent, 'cost', 12)).toBe(12)
    expect(readOptionOr({ cost: undefined }, 'cost', 12)).toBe(12)
    expect(readOptionOr(inherited, 'cost', 12)).toBe(12)
  })

  test('is what is given otherwise, null too', () => {
    const options: Options = { cost: 0, name: null }
    expect(readOptionOr(options, 'cost', 12)).toBe(0)
    expect(readOptionOr(options, 'name', 'ada')).toBeNull()
  })
})

describe('names of options', () => {
  const names = ['cost', 'name']

  test('that are known may all be absent', () => {
    for (const options of [{}, { cost: 12 }, { name: 'a', cost: undefined }]) {
      expect(() => {
        assertOptionNames(options, 'bcryptTarget', names)
      }).not.toThrow()
    }
  })

  test.each([
    ['one letter more', { costs: 12 }],
    ['one among others', { cost: 12, rounds: 12 }],
    ['another case', { Cost: 12 }],
    ['a word of the language', { constructor: 12 }],
    ['a prototype', { ['__proto__']: 12 }],
    ['an index', { 0: 'cost' }],
  ])('that mean nothing are refused: %s', (_, options: unknown) => {
    expect(() => {
      assertOptionNames(options, 'bcryptTarget', names)
    }).toThrow(
      expect.objectContaining({
        name: 'RegistryError',
        code: 'ERR_REGISTRY_OPTION',
        message: 'bcryptTarget: there is no such option. It takes cost, name.',
      }),
    )
  })

  test.each([[undefined], [null], ['cost'], [12], [true], [() => ({})], [[]], [['cost']]])(
    'need an object (case %#)',
    (options) => {
      expect(() => {
        assertOptionNames(options, 'bcryptTarget', names)
      }).toThrow(
        expect.objectContaining({
          code: 'ERR_REGISTRY_OPTION',
          message: 'bcryptTarget: options must be a plain object.',
        }),
      )
    },
  )

  test('that a prototype adds are nobody’s mistake', () => {
    const polluted = inherit({}, { costs: 12 })
    expect(() => {
      assertOptionNames(polluted, 'bcryptTarget', names)
    }).not.toThrow()
  })
})

function inherit<T extends object>(own: T, prototype: object | null): T {
  Object.setPrototypeOf(own, prototype)
  return own
}
