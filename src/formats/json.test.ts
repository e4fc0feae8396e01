import { afterEach, describe, expect, test } from 'vitest'
import { readObject } from './json.js'

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'a')
})

describe('an object in JSON', () => {
  test('is read with all or some of the named members', () => {
    expect({ ...readObject('{"a":1,"b":"x"}', ['a', 'b']) }).toEqual({ a: 1, b: 'x' })
    expect({ ...readObject('{"b":null}', ['a', 'b']) }).toEqual({ b: null })
    expect({ ...readObject('{}', []) }).toEqual({})
  })

  test.each([
    ['a member twice', '{"a":1,"a":1}'],
    ['a member that is not named', '{"c":1}'],
    ['the prototype as a member', '{"__proto__":1}'],
    ['white space', '{"a": 1}'],
    ['a line feed behind the object', '{"a":1}\n'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['another spelling of a number', '{"a":1.0}'],
    ['an exponent', '{"a":1e1}'],
    ['another spelling of a letter', '{"\\u0061":1}'],
    ['another spelling of a slash', '{"a":"\\/"}'],
    ['an object behind the object', '{"a":1}{}'],
    ['no closing brace', '{"a":1'],
    ['a list instead', '[]'],
    ['null instead', 'null'],
    ['a number instead', '1'],
    ['an empty text instead', ''],
  ])('is refused with %s', (_, text) => {
    expect(readObject(text, ['a', 'b'])).toBeUndefined()
  })

  test('is read where it is a member of another object', () => {
    const outer = readObject('{"a":{"b":1},"b":{"c":1}}', ['a', 'b'])
    expect({ ...readObject(outer?.a, ['b']) }).toEqual({ b: 1 })
    expect(readObject(outer?.b, ['b'])).toBeUndefined()
    expect(readObject(undefined, [])).toBeUndefined()
  })

  test('has no member of a polluted prototype', () => {
    Reflect.set(Object.prototype, 'a', 'polluted')
    expect(readObject('{"b":1}', ['a', 'b'])?.a).toBeUndefined()
  })
})
