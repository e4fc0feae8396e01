import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { createRegistry } from './builtin.js'
import { BackendError, PasswordError } from './errors.js'
import { isMalformed, malformed } from './formats/problem.js'
import { defineHasher } from './hasher.js'
import type { HasherSpec, Parsed, Reading } from './hasher.js'
import type { Runtime } from './primitives/runtime.js'

interface Params {
  readonly version: number
}

const runtime: Runtime = {
  admit: () => () => undefined,
  run: () => Promise.resolve(Uint8Array.of(1, 2, 3, 4)),
}
const password = Uint8Array.of(104, 111, 114, 115, 101)

const parsed: Parsed<Params> = {
  params: { version: 7 },
  salt: Uint8Array.of(83, 65, 76, 84),
  checksum: Uint8Array.of(1, 2, 3, 4),
}

/** Claims `toy$…`; its checksum is 1, 2, 3, 4 for every password. */
const spec: HasherSpec<Params> = {
  name: 'toy',
  standing: 'dated',
  example: 'toy$example',
  identify: (digest) => digest.startsWith('toy$'),
  parse: (digest) => (digest === 'toy$' ? malformed('length', 'checksum') : [parsed]),
  describe: ({ version }) => ({ version }),
  cost: ({ params, checksum }, passwordBytes) => ({
    milliseconds: passwordBytes,
    bytes: checksum.byteLength,
    lanes: params.version,
  }),
  derive: () => Promise.resolve(Uint8Array.of(1, 2, 3, 4)),
}

function readingOf(more: Partial<HasherSpec<Params>>): Reading {
  const readings = defineHasher({ ...spec, ...more }).parse('toy$example')
  if (isMalformed(readings)) throw new Error('The example must parse.')
  return readings[0]
}

describe('a hasher', () => {
  test('shows what its specification says of it', () => {
    const toy = defineHasher(spec)
    expect(toy).toMatchObject({ name: 'toy', standing: 'dated', example: 'toy$example' })
    expect(toy.identify('toy$anything')).toBe(true)
    expect(toy.identify('play$anything')).toBe(false)
    expect(toy.parse('toy$')).toEqual({ problem: 'length', field: 'checksum' })
  })

  test('is frozen, and so is its list of prefixes', () => {
    const prefixes: [string] = ['toy$']
    const toy = defineHasher({ ...spec, prefixes })
    prefixes[0] = 'play$'
    expect(toy.prefixes).toEqual(['toy$'])
    expect(Object.isFrozen(toy)).toBe(true)
    expect(Object.isFrozen(toy.prefixes)).toBe(true)
    expect(defineHasher(spec).prefixes).toEqual([])
  })

  test.each([
    ['a standing that does not exist', { standing: 'inSecure' }],
    ['a standing in another case', { standing: 'Sound' }],
    ['no standing', { standing: undefined }],
    ['a standing that every object has', { standing: 'constructor' }],
    ['no example', { example: undefined }],
    ['an example that is no text', { example: 5, prefixes: ['toy$'] }],
    ['prefixes that are no list', { prefixes: 'toy$' }],
    ['prefixes that are no texts', { prefixes: [5] }],
    ['prefixes of which its example has none', { prefixes: ['play$'] }],
  ])('is refused with %s', (_, wrong) => {
    const define: (made: never) => unknown = defineHasher
    expect(() => {
      Reflect.apply(define, undefined, [{ ...spec, ...wrong }])
    }).toThrow(expect.objectContaining({ code: 'ERR_REGISTRY_OPTION' }))
  })

  test('keeps the order of several readings', () => {
    const second = { ...parsed, params: { version: 8 } }
    const readings = defineHasher({ ...spec, parse: () => [parsed, second] }).parse('toy$example')
    expect(isMalformed(readings) ? [] : readings.map(({ describe }) => describe())).toEqual([
      { version: 7 },
      { version: 8 },
    ])
  })

  test.each(['toy', 'md5', 'pbkdf2_sha256_django', 'a', 'a1_2b', 'x_1'])('may be named %s', (name) => {
    expect(defineHasher({ ...spec, name }).name).toBe(name)
  })

  test.each([
    '',
    'Toy',
    'toyHasher',
    'toy-hasher',
    'toy hasher',
    'toy.hasher',
    '_toy',
    'toy_',
    'toy__hasher',
    '2toy',
    'toy\n',
    'töy',
    '__proto__',
    'toy$',
  ])('must have a name in snake case (case %#)', (name) => {
    expect(() => defineHasher({ ...spec, name })).toThrow(
      expect.objectContaining({ name: 'RegistryError', code: 'ERR_REGISTRY_OPTION' }),
    )
  })

  test.each([undefined, null, true, 7, ['toy'], { toString: () => 'toy' }])(
    'must have a name that is text (case %#)',
    (name: unknown) => {
      expect(() => {
        Reflect.apply(defineHasher, undefined, [{ ...spec, name }])
      }).toThrow(/name must be/)
    },
  )
})

describe('a reading', () => {
  test('knows its parameters and cost', () => {
    const reading = readingOf({})
    expect(reading.describe()).toEqual({ version: 7 })
    expect(reading.cost(5)).toEqual({ milliseconds: 5, bytes: 4, lanes: 7 })
  })

  test('truncates nothing and is no old variant, unless its specification says so', () => {
    expect(readingOf({}).truncates(password)).toBe(false)
    expect(readingOf({}).oldVariant()).toBe(false)
    const truncates = vi.fn<(bytes: Uint8Array, reading: Parsed<Params>) => boolean>(() => true)
    expect(readingOf({ truncates }).truncates(password)).toBe(true)
    expect(truncates).toHaveBeenCalledWith(password, parsed)
    expect(readingOf({ oldVariant: ({ version }) => version === 7 }).oldVariant()).toBe(true)
  })

  test('shows neither salt nor checksum, however it is printed', () => {
    const reading = readingOf({})
    const printed = inspect(reading, { depth: Infinity, showHidden: true })
    expect(printed).not.toMatch(/83, 65, 76, 84|1, 2, 3, 4|salt|checksum/)
    expect(JSON.stringify(reading)).toBe('{}')
  })
})

describe('verifying', () => {
  test('hands password, reading and runtime to the derivation', async () => {
    const derive = vi.fn<HasherSpec<Params>['derive']>(spec.derive)
    await readingOf({ derive }).verify(password, runtime)
    expect(derive).toHaveBeenCalledExactlyOnceWith(password, parsed, runtime)
  })

  test('is a comparison of all bytes', async () => {
    const verifyWith = (...derived: readonly number[]): Promise<boolean> =>
      readingOf({ derive: () => Promise.resolve(Uint8Array.from(derived)) }).verify(password, runtime)
    expect(await verifyWith(1, 2, 3, 4)).toBe(true)
    expect(await verifyWith(1, 2, 3, 5)).toBe(false)
    expect(await verifyWith(0, 2, 3, 4)).toBe(false)
    expect(await verifyWith(0, 0, 0, 0)).toBe(false)
  })

  test.each([
    ['none', []],
    ['fewer', [1, 2, 3]],
    ['more', [1, 2, 3, 4, 5]],
    ['twice as many', [1, 2, 3, 4, 1, 2, 3, 4]],
  ])('with as many bytes as the checksum, or the engine failed: %s', async (_, bytes) => {
    const reading = readingOf({ derive: () => Promise.resolve(Uint8Array.from(bytes)) })
    await expect(reading.verify(password, runtime)).rejects.toMatchObject({
      name: 'BackendError',
      code: 'ERR_BACKEND_FAILED',
      message: `toy: the engine gave ${bytes.length} bytes where the checksum has 4.`,
    })
  })

  test('takes the ArrayBuffer of a specification that was not written in TypeScript', async () => {
    const { buffer: checksum } = Uint8Array.of(1, 2, 3, 4)
    const reading = readingOf({ parse: () => [Object.assign({ ...parsed }, { checksum })] })
    expect(await reading.verify(password, runtime)).toBe(true)
  })

  test('never against an empty checksum, which anything would match', async () => {
    const empty = { ...parsed, checksum: new Uint8Array(0) }
    // Of a specification that was not written in TypeScript.
    const foreign = [new ArrayBuffer(0), new DataView(new ArrayBuffer(0))].map((checksum) =>
      Object.assign({ ...parsed }, { checksum }),
    )
    const derive = vi.fn(() => Promise.resolve(new Uint8Array(0)))
    const lists = [empty, ...foreign].flatMap((last) => [[last] as const, [parsed, last] as const])
    for (const readings of lists) {
      const toy = defineHasher({ ...spec, parse: () => readings, derive })
      expect(toy.parse('toy$example')).toEqual({ problem: 'length', field: 'checksum' })
      const { verify } = createRegistry({ hashers: [toy], equalize: false, runtime })
      expect(await verify('horse', 'toy$example')).toBe(false)
    }
    expect(derive).not.toHaveBeenCalled()
  })
})

describe('an engine that fails', () => {
  const foreign = Object.assign(new RangeError('cannot hash horse with SALT'), { code: 'ERR_FOREIGN' })

  test.each([
    ['rejects', () => Promise.reject(foreign)],
    [
      'throws at once',
      () => {
        throw foreign
      },
    ],
  ])('is told of without its text: one that %s', async (_, derive) => {
    const failure: unknown = await readingOf({ derive })
      .verify(password, runtime)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(BackendError)
    expect(failure).toMatchObject({
      code: 'ERR_BACKEND_FAILED',
      message: 'toy: the engine failed.',
      cause: { name: 'RangeError', code: 'ERR_FOREIGN' },
    })
    expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toMatch(/horse|SALT/)
  })

  test('keeps an error of this package as it is', async () => {
    const error = new PasswordError('ERR_PASSWORD_ENCODING', 'The engine takes UTF-8 only.')
    await expect(readingOf({ derive: () => Promise.reject(error) }).verify(password, runtime)).rejects.toBe(
      error,
    )
  })

  test('rejects a check, which is never a mismatch', async () => {
    const toy = defineHasher({ ...spec, derive: () => Promise.reject(foreign) })
    const registry = createRegistry({ hashers: [toy], equalize: false, runtime })
    await expect(registry.evaluate('horse', 'toy$example')).rejects.toThrow('toy: the engine failed.')
    await expect(registry.verify('horse', 'toy$example')).rejects.toThrow(BackendError)
  })
})
