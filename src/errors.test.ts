import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import {
  ContextError,
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
  ['ContextError', new ContextError('ERR_CONTEXT_MISSING', 'A message.'), 'ERR_CONTEXT_MISSING'],
  ['OverloadedError', new OverloadedError('ERR_OVERLOADED', 'A message.'), 'ERR_OVERLOADED'],
])('%s has a name, a code and a message, and is an error of this package', (name, error, code) => {
  expect(error).toBeInstanceOf(PassliftError)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name, code, message: 'A message.' })
  expect(String(error)).toBe(`${name}: A message.`)
})

test('an error of this package without a cause has none', () => {
  expect(new OverloadedError('ERR_OVERLOADED', 'A message.')).not.toHaveProperty('cause')
})

describe('the cause of an error of this package', () => {
  const causeOf = (cause: unknown): unknown => new EngineError('ERR_ENGINE_FAILED', 'Failed.', cause).cause

  test('tells the name of the foreign error and its code', () => {
    const missing = Object.assign(new RangeError('given correct horse'), { code: 'ERR_OUT_OF_RANGE' })
    expect(causeOf(missing)).toEqual({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE' })
  })

  test('has no code where the foreign error has none, or one that is no text', () => {
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
  ])('shows the name %s', (name) => {
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
  ])('shows the code %s', (code) => {
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
  ])('shows neither a name nor a code that looks like other text (case %#)', (text) => {
    const error = Object.assign(new Error('failed'), { name: text, code: text })
    expect(causeOf(error)).toEqual({ name: 'Error', code: undefined })
  })

  test('may be an error of another realm', () => {
    const error: unknown = runInNewContext(
      `Object.assign(new RangeError('correct horse'), { code: 'ERR_X' })`,
    )
    expect(error).not.toBeInstanceOf(Error)
    expect(causeOf(error)).toEqual({ name: 'RangeError', code: 'ERR_X' })
  })

  test.each(hostileThings)('may be an object that throws when it is read: %s', (_, make) => {
    const name: unknown = expect.stringMatching(/^(?:Error|object|function)$/)
    expect(causeOf(make())).toEqual({ name, code: undefined })
  })

  test.each([
    ['text', 'correct horse', 'string'],
    ['an object', { name: 'correct horse', code: 'correct horse' }, 'object'],
    ['null', null, 'object'],
    ['a function', () => 'correct horse', 'function'],
  ])('shows only the type of what is no error: %s', (_, thrown, type) => {
    expect(causeOf(thrown)).toEqual({ name: type, code: undefined })
  })

  test("never shows the foreign error's text when it is printed", () => {
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

describe('the check for errors of this package', () => {
  test('recognises an error of each class', () => {
    expect(isPassliftError(new PasswordError('ERR_PASSWORD_TOO_LONG', 'A message.'))).toBe(true)
  })

  test.each<[string, () => unknown]>([
    ['another error', () => new Error('correct horse')],
    ['undefined', () => undefined],
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
    ['a proxy of such an error', () => new Proxy(new EngineError('ERR_ENGINE_LOST', 'Lost.'), {})],
    [
      'a proxy that claims its prototype',
      () => new Proxy({}, { getPrototypeOf: () => EngineError.prototype }),
    ],
    ...hostileThings,
  ])('does not recognise %s', (_, make) => {
    expect(isPassliftError(make())).toBe(false)
  })
})

test.each(hostileThings)('readErrorText gives no text of %s', (_, make) => {
  for (const field of ['name', 'code', 'message'] as const)
    expect(readErrorText(make(), field)).toBeUndefined()
})
