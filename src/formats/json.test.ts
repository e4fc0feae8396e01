import { afterEach, describe, expect, test } from 'vitest'
import { readObject } from './json.js'

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'a')
})

describe('an object in JSON', () => {
  test('is read with the members that are named, and without some of them', () => {
    expect({ ...readObject('{"a":1,"b":"x"}', ['a', 'b']) }).toEqual({ a: 1, b: 'x' })
    expect({ ...readObject('{"b":null}', ['a', 'b']) }).toEqual({ b: null })
    expect({ ...readObject('{}', []) }).toEqual({})
  })

  test.each([
    ['a member twice', '{"a":1,"a":1}'],
    ['a member that is not named', '{"c":1}'],
    ['the prototype as a member', '{"__proto__":1}'],
    ['white space', '{"a": 1}'],
    ['a line feed behind it', '{"a":1}\n'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['another spelling of a number', '{"a":1.0}'],
    ['an exponent', '{"a":1e1}'],
    ['another spelling of a letter', '{"\\u0061":1}'],
    ['another spelling of a slash', '{"a":"\\/"}'],
    ['something behind it', '{"a":1}{}'],
    ['no end', '{"a":1'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['nothing', ''],
  ])('is none with %s', (_, text) => {
    expect(readObject(text, ['a', 'b'])).toBeUndefined()
  })

  test('is read out of another', () => {
    const outer = readObject('{"a":{"b":1},"b":{"c":1}}', ['a', 'b'])
    expect({ ...readObject(outer?.a, ['b']) }).toEqual({ b: 1 })
    expect(readObject(outer?.b, ['b'])).toBeUndefined()
    expect(readObject(undefined, [])).toBeUndefined()
  })

  test('has no member that somebody put on the prototype of all', () => {
    Reflect.set(Object.prototype, 'a', 'polluted')
    expect(readObject('{"b":1}', ['a', 'b'])?.a).toBeUndefined()
  })
})
