import { describe, expect, test } from 'vitest'
import { RegistryError } from '../errors.js'
import { readRuntimeOptions } from './options.js'
import { createRuntime } from './runtime.js'

describe('the options of a runtime', () => {
  test('have defaults of 1000 calls and 5 seconds, and none for cores and memory', () => {
    expect(readRuntimeOptions({})).toEqual({
      concurrency: undefined,
      maxBytes: undefined,
      maxQueue: 1_000,
      maxWaitMilliseconds: 5_000,
    })
  })

  test('are used where they are given', () => {
    const options = {
      concurrency: 3,
      maxBytes: 1.5,
      maxQueue: 7,
      maxWaitMilliseconds: 0.25,
    }
    expect(readRuntimeOptions(options)).toEqual(options)
  })

  test('may be infinite, except the number of threads', () => {
    const options = {
      maxBytes: Infinity,
      maxQueue: Infinity,
      maxWaitMilliseconds: Infinity,
    }
    expect(readRuntimeOptions(options)).toMatchObject(options)
    expect(() => readRuntimeOptions({ concurrency: Infinity })).toThrow(RegistryError)
  })

  test('have their defaults where they are undefined', () => {
    const given = {
      concurrency: undefined,
      maxBytes: undefined,
      maxQueue: undefined,
    }
    expect(readRuntimeOptions({ ...given, maxWaitMilliseconds: undefined })).toEqual(readRuntimeOptions({}))
  })

  test('are copied, so that later changes of the object have no effect', () => {
    const options = { maxQueue: 7 }
    const settings = readRuntimeOptions(options)
    options.maxQueue = 8
    expect(settings.maxQueue).toBe(7)
  })

  test('are not read from a prototype', () => {
    const options = {
      maxQueue: 7,
      __proto__: { concurrency: 1, maxBytes: 'nonsense', nonsense: 1 },
    }
    expect(readRuntimeOptions(options)).toEqual({
      ...readRuntimeOptions({}),
      maxQueue: 7,
    })
  })
})

describe('a runtime refuses', () => {
  const names = ['concurrency', 'maxBytes', 'maxQueue', 'maxWaitMilliseconds']
  const values = [0, -1, NaN, -Infinity, '4', 4n, null, true, [4]]

  test.each(names)('a %s that is no positive number', (name) => {
    for (const value of values) {
      expect(() => readRuntimeOptions({ [name]: value }), String(value)).toThrow(RegistryError)
    }
  })

  test('a concurrency that is no integer', () => {
    expect(() => readRuntimeOptions({ concurrency: 1.5 })).toThrow(RegistryError)
    expect(() => readRuntimeOptions({ concurrency: 0.5 })).toThrow(RegistryError)
  })

  test.each([
    ['options that are undefined', undefined],
    ['options that are null', null],
    ['options that are a number', 4],
    ['options that are a text', 'concurrency'],
    ['options that are a function', () => 4],
    ['a misspelled option', { concurency: 4 }],
    ['an option too many', { concurrency: 4, threads: 4 }],
    ['a misspelled option that is undefined', { concurency: undefined }],
    ['options that are a list', [4]],
  ])('%s', (_, options: unknown) => {
    expect(() => readRuntimeOptions(options)).toThrow(RegistryError)
  })

  test('a wrong option with an error that names the existing options and no value', () => {
    for (const [options, problem] of [
      [
        { hunter2: 'hunter2' },
        'there is no such option. It takes concurrency, maxBytes, maxQueue, maxWaitMilliseconds',
      ],
      [{ concurrency: 'hunter2' }, 'concurrency must be an integer from 1 up'],
      [{ maxQueue: 'hunter2' }, 'maxQueue must be a positive number'],
    ] as const) {
      expect(() => readRuntimeOptions(options)).toThrow(
        new RegistryError('ERR_REGISTRY_OPTION', `createRuntime: ${problem}.`),
      )
    }
  })

  test('a wrong option when the runtime is made, and not when it has work', () => {
    expect(() => createRuntime({ maxQueue: 0 })).toThrow(RegistryError)
    expect(() => createRuntime({ maxQueue: 1 })).not.toThrow()
  })
})
