import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import { EngineError, PasswordError } from '../errors.js'
import { isMalformed, malformed } from '../formats/problem.js'
import { defineHasher } from './hasher.js'
import type { HasherSpec, Parsed, Reading } from './hasher.js'
import type { Runtime } from '../runtime/runtime.js'

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
      name: 'EngineError',
      code: 'ERR_ENGINE_FAILED',
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

describe('the forms of a password', () => {
  const typed = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
  const second = { ...parsed, params: { version: 8 } }

  /** The derivation of a hasher whose checksum is that of one password, in readings of one version. */
  function deriveOnly(right: string, version = 7): HasherSpec<Params>['derive'] {
    return vi.fn<HasherSpec<Params>['derive']>((bytes, { params }) =>
      Promise.resolve(
        Buffer.from(bytes).toString() === right && params.version === version
          ? Uint8Array.of(1, 2, 3, 4)
          : Uint8Array.of(0, 0, 0, 0),
      ),
    )
  }

  test('are what was typed, and that once, unless its specification says so', async () => {
    const derive = vi.fn<HasherSpec<Params>['derive']>(spec.derive)
    const reading = readingOf({ derive })
    expect(reading.costOf(password)).toEqual(reading.cost(5))
    await reading.verify(password, runtime)
    expect(derive).toHaveBeenCalledExactlyOnceWith(password, parsed, runtime)
  })

  test('are tried in their order, then the readings that the password calls for, until one matches', async () => {
    const forms = {
      passwordForms: () => [typed('horse'), typed('HORSE')] as const,
      rareReadings: () => [second],
    }
    const tried = async (derive: HasherSpec<Params>['derive']): Promise<unknown> => {
      const bytes: string[] = []
      const verify = readingOf({
        ...forms,
        derive: (form, reading, run) => {
          bytes.push(`${Buffer.from(form).toString()} ${reading.params.version}`)
          return derive(form, reading, run)
        },
      }).verify(typed('horse'), runtime)
      return [await verify, ...bytes]
    }
    expect(await tried(deriveOnly('horse'))).toEqual([true, 'horse 7'])
    expect(await tried(deriveOnly('HORSE'))).toEqual([true, 'horse 7', 'HORSE 7'])
    expect(await tried(deriveOnly('horse', 8))).toEqual([true, 'horse 7', 'HORSE 7', 'horse 8'])
    expect(await tried(deriveOnly('HORSE', 8))).toEqual([false, 'horse 7', 'HORSE 7', 'horse 8'])
  })

  test('and the rare readings are asked for with what was typed and what was read', async () => {
    const passwordForms = vi.fn<NonNullable<HasherSpec<Params>['passwordForms']>>((bytes) => [bytes])
    const rareReadings = vi.fn<NonNullable<HasherSpec<Params>['rareReadings']>>(() => [])
    const truncates = vi.fn<NonNullable<HasherSpec<Params>['truncates']>>(() => false)
    const reading = readingOf({ passwordForms, rareReadings, truncates })
    await reading.verify(password, runtime)
    reading.truncates(password)
    expect(passwordForms).toHaveBeenCalledExactlyOnceWith(password, parsed)
    expect(rareReadings).toHaveBeenCalledExactlyOnceWith(password, parsed)
    expect(truncates).toHaveBeenCalledExactlyOnceWith(password, parsed)
  })

  test('cost one after another, for this password; an audit counts one', () => {
    const reading = readingOf({
      passwordForms: (bytes) => [bytes, typed('a longer horse'), typed('h')],
      rareReadings: () => [{ ...parsed, params: { version: 9 } }],
    })
    expect(reading.cost(5)).toEqual({ milliseconds: 5, bytes: 4, lanes: 7 })
    expect(reading.costOf(password)).toEqual({ milliseconds: 5 + 14 + 1 + 5, bytes: 4, lanes: 9 })
    const one = readingOf({ passwordForms: (bytes) => [bytes], rareReadings: () => [] })
    expect(one.costOf(password)).toEqual(one.cost(5))
  })

  test('that are the same bytes are computed, and counted, once', async () => {
    const derive = deriveOnly('nobody')
    const same = typed('same')
    const reading = readingOf({
      derive,
      passwordForms: (bytes) => [bytes, typed('horse'), same, typed('same'), same, bytes],
    })
    expect(await reading.verify(password, runtime)).toBe(false)
    expect(derive).toHaveBeenCalledTimes(2)
    const counted = readingOf({
      passwordForms: (bytes) => [bytes, typed('horse'), typed('same'), typed('same')],
    })
    expect(counted.costOf(password).milliseconds).toBe(5 + 4)
  })

  test.each([
    ['a match', deriveOnly('HORSE')],
    ['a mismatch', deriveOnly('nobody')],
    ['a failure', () => Promise.reject(new Error('no'))],
  ])('are overwritten after %s, what was typed is not', async (_, derive) => {
    const made: Uint8Array[] = []
    const bytes = typed('horse')
    const reading = readingOf({
      derive,
      passwordForms: (given) => {
        const forms = [typed('HORSE'), typed('HORSE'), typed('pony')] as const
        made.push(...forms)
        return [given, given.subarray(0, 4), ...forms]
      },
    })
    await reading.verify(bytes, runtime).catch(() => undefined)
    reading.costOf(bytes)
    expect(made).toHaveLength(6)
    expect(made.flatMap((form) => [...form]).filter((byte) => byte !== 0)).toEqual([])
    expect(Buffer.from(bytes).toString()).toBe('horse')
  })

  test('are whole while they are computed, also where one stands twice in the list', async () => {
    const derive = deriveOnly('HORSE')
    const form = typed('HORSE')
    const reading = readingOf({ derive, passwordForms: (bytes) => [bytes, form, form, form.subarray(0)] })
    expect(await reading.verify(typed('horse'), runtime)).toBe(true)
  })

  const foreign = Object.assign(new RangeError('horse'), { code: 'ERR_FOREIGN' })
  const fail = (): never => {
    throw foreign
  }
  test.each([
    ['whose forms throw', { passwordForms: fail }],
    ['whose rare readings throw', { rareReadings: fail }],
    ['without a form', { passwordForms: () => [] }],
    ['whose forms are no list', { passwordForms: () => null }],
    ['whose form is text', { passwordForms: () => ['horse'] }],
    [
      'whose rare reading has no checksum',
      { rareReadings: () => [{ ...parsed, checksum: new Uint8Array(0) }] },
    ],
    ['whose rare readings are no list', { rareReadings: () => 'horse' }],
  ])('a specification %s is an engine that fails, without its text', async (_, wrong: object) => {
    const reading = readingOf(Object.assign({}, wrong))
    const failures = [
      await reading.verify(password, runtime).catch((error: unknown) => error),
      attempt(() => reading.costOf(password)),
    ]
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(EngineError)
      expect(failure).toMatchObject({
        code: 'ERR_ENGINE_FAILED',
        message: 'toy: its forms of a password failed.',
      })
      expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain('horse')
    }
    expect(reading.cost(5)).toEqual({ milliseconds: 5, bytes: 4, lanes: 7 })
  })
})

function attempt(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

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
    expect(failure).toBeInstanceOf(EngineError)
    expect(failure).toMatchObject({
      code: 'ERR_ENGINE_FAILED',
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
    await expect(registry.verify('horse', 'toy$example')).rejects.toThrow(EngineError)
  })
})
