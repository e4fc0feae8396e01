import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { BackendError, OverloadedError, PassliftError, PasswordError, RegistryError } from './errors.js'

test.each([
  ['PasswordError', new PasswordError('ERR_PASSWORD_TOO_LONG', 'A message.'), 'ERR_PASSWORD_TOO_LONG'],
  ['RegistryError', new RegistryError('ERR_REGISTRY_OPTION', 'A message.'), 'ERR_REGISTRY_OPTION'],
  ['BackendError', new BackendError('ERR_BACKEND_LOST', 'A message.'), 'ERR_BACKEND_LOST'],
  ['OverloadedError', new OverloadedError('ERR_OVERLOADED', 'A message.'), 'ERR_OVERLOADED'],
])('%s has its name, its code and its message, and is an error of this package', (name, error, code) => {
  expect(error).toBeInstanceOf(PassliftError)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name, code, message: 'A message.' })
  expect(String(error)).toBe(`${name}: A message.`)
})

test('an error without a cause has none', () => {
  expect(new OverloadedError('ERR_OVERLOADED', 'A message.')).not.toHaveProperty('cause')
})

describe('a cause', () => {
  const causeOf = (cause: unknown): unknown => new BackendError('ERR_BACKEND_FAILED', 'Failed.', cause).cause

  test('tells the kind of error and its code', () => {
    const missing = Object.assign(new RangeError('given correct horse'), { code: 'ERR_OUT_OF_RANGE' })
    expect(causeOf(missing)).toEqual({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE' })
  })

  test('has no code where the error has none, or one that is no text', () => {
    expect(causeOf(new TypeError('given correct horse'))).toEqual({ name: 'TypeError', code: undefined })
    expect(causeOf(Object.assign(new Error('failed'), { code: 7 }))).toEqual({
      name: 'Error',
      code: undefined,
    })
    expect(causeOf(Object.assign(new Error('failed'), { code: ['correct horse'] }))).toEqual({
      name: 'Error',
      code: undefined,
    })
  })

  test.each([
    ['text', 'correct horse', 'string'],
    ['an object', { name: 'correct horse', code: 'correct horse' }, 'object'],
    ['null', null, 'object'],
    ['a function', () => 'correct horse', 'function'],
  ])('that is no error tells its type alone: %s', (_, thrown, type) => {
    expect(causeOf(thrown)).toEqual({ name: type, code: undefined })
  })

  test("never shows the error's own text, however the error is printed", () => {
    const engine = new Error('cannot hash "correct horse"', { cause: new Error('correct horse') })
    const error = new BackendError(
      'ERR_BACKEND_FAILED',
      'Failed.',
      Object.assign(engine, { key: 'correct horse' }),
    )
    const options = { depth: Infinity, showHidden: true, getters: true }
    expect(inspect(error, options)).not.toContain('correct horse')
    expect(JSON.stringify(error)).not.toContain('correct horse')
    expect(error.stack).not.toContain('correct horse')
  })
})
