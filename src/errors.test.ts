import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import {
  EngineError,
  isPassliftError,
  OverloadedError,
  PassliftError,
  PasswordError,
  readErrorText,
  RegistryError,
} from './errors.js'
import { hostileThings } from './registry/hostile-errors.fixture.js'

test.each([
  ['PasswordError', new PasswordError('ERR_PASSWORD_TOO_LONG', 'A message.'), 'ERR_PASSWORD_TOO_LONG'],
  ['RegistryError', new RegistryError('ERR_REGISTRY_OPTION', 'A message.'), 'ERR_REGISTRY_OPTION'],
  ['EngineError', new EngineError('ERR_ENGINE_LOST', 'A message.'), 'ERR_ENGINE_LOST'],
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
  const causeOf = (cause: unknown): unknown => new EngineError('ERR_ENGINE_FAILED', 'Failed.', cause).cause

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
    'TypeError',
    'AbortError',
    'DataCloneError',
    'Argon2Error',
    'PrismaClientKnownRequestError',
    'IOException',
    'NotCapable',
    'Error',
  ])('hands on the name %s', (name) => {
    expect(causeOf(Object.assign(new Error('failed'), { name }))).toEqual({ name, code: undefined })
  })

  test.each([
    'ENOENT',
    'E2BIG',
    'P2002',
    'EAI_AGAIN',
    'ERR_OUT_OF_RANGE',
    'ERR_OSSL_EVP_UNSUPPORTED',
    'ORA_00942',
  ])('hands on the code %s', (code) => {
    expect(causeOf(Object.assign(new Error('failed'), { code }))).toEqual({ name: 'Error', code })
  })

  test.each([
    'correct horse',
    'hunter2',
    'Tr0ub4dor',
    '$2b$10$abcdefghijklmnopqrstuv',
    '5f4dcc3b5aa765d61d8327deb882cf99',
    'AD4DCC3B5AA765D61D8327DEB882CF99',
    'X03MO1qnZdYdgyfeuILPmQ==',
    'N9qo8uLOickgx2ZMRZoMye',
    'ERR_X correct horse',
    'ERR_X\ncorrect horse',
    'err_x',
    '',
    'A'.repeat(65),
    `${'A'.repeat(9_999)}Error`,
  ])('tells neither a name nor a code that looks like none (case %#)', (text) => {
    const error = Object.assign(new Error('failed'), { name: text, code: text })
    expect(causeOf(error)).toEqual({ name: 'Error', code: undefined })
  })

  test('of another realm is an error too', () => {
    const error: unknown = runInNewContext(
      `Object.assign(new RangeError('correct horse'), { code: 'ERR_X' })`,
    )
    expect(error).not.toBeInstanceOf(Error)
    expect(causeOf(error)).toEqual({ name: 'RangeError', code: 'ERR_X' })
  })

  test.each(hostileThings)('that throws when it is looked at throws nothing here: %s', (_, make) => {
    const name: unknown = expect.stringMatching(/^(?:Error|object|function)$/)
    expect(causeOf(make())).toEqual({ name, code: undefined })
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
    const error = new EngineError(
      'ERR_ENGINE_FAILED',
      'Failed.',
      Object.assign(engine, { key: 'correct horse' }),
    )
    const options = { depth: Infinity, showHidden: true, getters: true }
    expect(inspect(error, options)).not.toContain('correct horse')
    expect(JSON.stringify(error)).not.toContain('correct horse')
    expect(error.stack).not.toContain('correct horse')
  })
})

describe('one of our own errors', () => {
  test('is known as such', () => {
    expect(isPassliftError(new PasswordError('ERR_PASSWORD_TOO_LONG', 'A message.'))).toBe(true)
  })

  test.each<[string, () => unknown]>([
    ['another error', () => new Error('correct horse')],
    ['nothing', () => undefined],
    ['null', () => null],
    ['text', () => 'PassliftError'],
    [
      'an object with its prototype',
      () => {
        const claimed = {}
        Object.setPrototypeOf(claimed, EngineError.prototype)
        return claimed
      },
    ],
    ['a proxy of one', () => new Proxy(new EngineError('ERR_ENGINE_LOST', 'Lost.'), {})],
    [
      'a proxy that claims its prototype',
      () => new Proxy({}, { getPrototypeOf: () => EngineError.prototype }),
    ],
    ...hostileThings,
  ])('is not %s', (_, make) => {
    expect(isPassliftError(make())).toBe(false)
  })
})

test.each(hostileThings)('nothing is read of %s', (_, make) => {
  for (const field of ['name', 'code', 'message'] as const)
    expect(readErrorText(make(), field)).toBeUndefined()
})
