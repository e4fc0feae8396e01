import { expect, test } from 'vitest'
import { createDriver } from './adonis.js'
import { createAuthorize } from './auth-js.js'
import { createBetterAuth } from './better-auth.js'
import { createValidate, createVerify } from './passport.js'

// Applications in JavaScript have no types to tell them.
const MAKERS: readonly (readonly [name: string, maker: (...given: never[]) => unknown, rest: unknown[]])[] = [
  ['createBetterAuth', createBetterAuth, []],
  ['createDriver', createDriver, []],
  ['createAuthorize', createAuthorize, ['email']],
  ['createVerify', createVerify, []],
  ['createValidate', createValidate, []],
]

test.each(MAKERS)('%s refuses what it cannot use, when the application starts', (name, maker, rest) => {
  for (const given of [undefined, null, 'registry', {}, { evaluate: true, hash: true }]) {
    const make = (): void => {
      Reflect.apply(maker, undefined, [given, ...rest])
    }
    expect(make).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
    expect(make).toThrow(name)
  }
})

test('createAuthorize refuses a field that is no text', () => {
  expect(() => {
    Reflect.apply(createAuthorize, undefined, [() => null])
  }).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
})
