import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { costOfBcrypt } from '../compute/cost.js'
import { BCRYPT, bcryptJob } from '../compute/kinds/bcrypt.js'
import { createRegistry } from '../default.js'
import { EngineError, PasswordError } from '../errors.js'
import { textOf } from '../formats/fields.js'
import { isMalformed } from '../formats/problem.js'
import { defineHasher } from './hasher.js'
import type { HasherSpec, Parsed, Reading, Run } from './contract.js'
import { defineJobToy, defineToy, derive, parsed, readingOf as readToy, run, spec } from './toy.fixture.js'
import type { Derive, Params } from './toy.fixture.js'

const password = Uint8Array.of(104, 111, 114, 115, 101)
const runtime = { admit: () => () => undefined, run }

function readingOf(more: object): Reading {
  return readToy(defineToy(more))
}

describe('a hasher of a specification', () => {
  test('has the members of the specification for people', () => {
    const toy = defineHasher(spec)
    expect(toy).toMatchObject({ name: 'toy', standing: 'dated', example: 'toy$example' })
    expect(toy.identify('toy$anything')).toBe(true)
    expect(toy.identify('play$anything')).toBe(false)
    expect(toy.parse('toy$')).toEqual({ problem: 'length', field: 'checksum' })
  })

  test('is frozen, and so is its list of prefixes', () => {
    const prefixes: [string] = ['toy$']
    const toy = defineToy({ prefixes, identify: undefined })
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
    ['a standing named like a member of every object', { standing: 'constructor' }],
    ['no example', { example: undefined }],
    ['an example that is no text', { example: 5, prefixes: ['toy$'], identify: undefined }],
    ['prefixes that are no list', { prefixes: 'toy$', identify: undefined }],
    ['prefixes that are no texts', { prefixes: [5], identify: undefined }],
    ['an empty prefix', { prefixes: ['', 'toy$'], identify: undefined }],
    ['prefixes of which its example has none', { prefixes: ['play$'], identify: undefined }],
    ['both prefixes and a shape', { prefixes: ['toy$'] }],
    ['neither prefixes nor a shape', { identify: undefined }],
    ['an empty list of prefixes', { prefixes: [], identify: undefined }],
    ['lengths beside prefixes', { prefixes: ['toy$'], identify: undefined, lengths: [11] }],
    ['lengths that are no list', { lengths: 11 }],
    ['lengths that are no positive integers', { lengths: [11, 1.5] }],
    ['no parse', { parse: undefined }],
    ['no describe', { describe: undefined }],
    ['both a job and a derivation', { job: () => ({}) }],
    ['neither a job nor a derivation', { derive: undefined }],
    ['a derivation without a cost', { cost: undefined }],
    ['a why that is no text', { why: 5 }],
    ['a writtenBy that is no text', { writtenBy: ['nobody'] }],
    ['an onlyNamed that is a text', { onlyNamed: 'false' }],
    ['an identify that is null beside prefixes', { prefixes: ['toy$'], identify: null }],
    ['a job that is null', { job: null }],
    ['a finish that is no function', { finish: 'no' }],
    ['forms that are no function', { passwordForms: [] }],
    ['rare readings that are no function', { rareReadings: [] }],
    ['a truncates that is no function', { truncates: true }],
    ['an oldVariant that is no function', { oldVariant: true }],
    ['a blank that is no function', { blank: 'toy$' }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => defineToy(wrong)).toThrow(expect.objectContaining({ code: 'ERR_REGISTRY_OPTION' }))
  })

  test.each([[undefined], [null], ['toy'], [5]])('is made of an object (case %#)', (wrong: unknown) => {
    expect(() => {
      Reflect.apply(defineHasher, undefined, [wrong])
    }).toThrow(expect.objectContaining({ code: 'ERR_REGISTRY_OPTION' }))
  })

  test('has no member of a polluted prototype', () => {
    const polluted = { ...spec }
    const inherited = {
      onlyNamed: true,
      prehashed: true,
      aliases: ['other'],
      truncates: () => true,
      why: 'none',
    }
    Object.setPrototypeOf(polluted, inherited)
    const toy = defineHasher<Params>(polluted)
    const { onlyNamed, prehashed, aliases, why } = toy
    expect([onlyNamed, prehashed, aliases, why]).toEqual([false, false, [], undefined])
    expect(readToy(toy).truncates(password)).toBe(false)
  })

  test('gives its identify no text of another length than its shape has', () => {
    const lengths = [11, 12]
    const identify = vi.fn(() => true)
    const toy = defineToy({ identify, lengths })
    lengths.push(3)
    expect(['toy', 'toy$example', 'toy$examples'].map((digest) => toy.identify(digest))).toEqual([
      false,
      true,
      true,
    ])
    expect(identify).toHaveBeenCalledTimes(2)
    expect(toy.lengths).toEqual([11, 12])
  })

  test('claims only texts for which its identify gives true', () => {
    for (const answer of [1, 'yes', {}, undefined]) {
      expect(defineToy({ identify: () => answer }).identify('toy$example')).toBe(false)
    }
  })

  test('claims by its prefix, gives parse the text behind the prefix, and refuses other texts', () => {
    const parse = vi.fn<HasherSpec<Params>['parse']>(() => [parsed])
    const toy = defineToy({ prefixes: ['toy$', 'toy$2$'], identify: undefined, parse, example: 'toy$2$x' })
    expect(['toy$', 'toy$2$x', 'to', 'Toy$', ' toy$'].map((digest) => toy.identify(digest))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    for (const digest of ['toy$rest', 'toy$2$rest', 'toy$2']) toy.parse(digest)
    const given = parse.mock.calls.map(([rest, prefix]) => [textOf(rest), prefix])
    expect(given).toEqual([
      ['rest', 'toy$'],
      ['rest', 'toy$2$'],
      ['2', 'toy$'],
    ])
    expect(toy.parse('play$')).toEqual({ problem: 'shape', field: 'digest' })
    expect(parse).toHaveBeenCalledTimes(3)
  })

  test('of a bare shape gives parse the whole text, without a prefix', () => {
    const parse = vi.fn<HasherSpec<Params>['parse']>(() => [parsed])
    defineToy({ parse }).parse('toy$example')
    expect(parse).toHaveBeenCalledExactlyOnceWith({ text: 'toy$example', start: 0, end: 11 }, '', {})
  })

  test('gives parse the context of a check, and an empty one where there is none', () => {
    const parse = vi.fn<HasherSpec<Params>['parse']>(() => [parsed])
    const context = { username: 'ada' }
    defineToy({ parse }).parse('toy$example', context)
    expect(parse.mock.lastCall?.[2]).toBe(context)
  })

  test('has a standing by the parameters of a digest where the standing is a function', () => {
    const standing = ({ version }: Params): string => (version > 7 ? 'sound' : 'dated')
    const second = { ...parsed, params: { version: 8 } }
    const toy = defineToy({ standing, parse: () => [parsed, second] })
    expect(toy).toMatchObject({ standing: 'insecure', varies: true })
    const readings = toy.parse('toy$example')
    expect(isMalformed(readings) || readings.map((reading) => reading.standing)).toEqual(['dated', 'sound'])
    expect(defineToy()).toMatchObject({ standing: 'dated', varies: false })
    expect(readToy(defineToy()).standing).toBe('dated')
  })

  test('keeps the order of several readings', () => {
    const second = { ...parsed, params: { version: 8 } }
    const readings = defineToy({ parse: () => [parsed, second] }).parse('toy$example')
    expect(isMalformed(readings) ? [] : readings.map((reading) => reading.describe())).toEqual([
      { version: 7 },
      { version: 8 },
    ])
  })

  test.each(['toy', 'md5', 'pbkdf2_sha256_django', 'a', 'a1_2b', 'x_1'])('may be named %s', (name) => {
    expect(defineToy({ name }).name).toBe(name)
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
    expect(() => defineToy({ name })).toThrow(
      expect.objectContaining({ name: 'RegistryError', code: 'ERR_REGISTRY_OPTION' }),
    )
  })

  test.each([undefined, null, true, 7, ['toy'], { toString: () => 'toy' }])(
    'must have a name that is text (case %#)',
    (name: unknown) => {
      expect(() => defineToy({ name })).toThrow(/name must be/)
    },
  )
})

describe('a reading', () => {
  test('gives its parameters and its cost', () => {
    const reading = readingOf({})
    expect(reading.describe()).toEqual({ version: 7 })
    expect(reading.cost(5)).toEqual({ milliseconds: 5, bytes: 4, lanes: 7 })
  })

  test('truncates nothing and is no old variant, unless the specification says so', () => {
    expect(readingOf({}).truncates(password)).toBe(false)
    expect(readingOf({}).oldVariant).toBe(false)
    const truncates = vi.fn<(bytes: Uint8Array, reading: Parsed<Params>) => boolean>(() => true)
    expect(readingOf({ truncates }).truncates(password)).toBe(true)
    expect(truncates).toHaveBeenCalledWith(password, parsed)
    expect(readingOf({ oldVariant: ({ version }: Params) => version === 7 }).oldVariant).toBe(true)
  })

  test('shows neither salt nor checksum when it is printed', () => {
    const reading = readingOf({})
    const printed = inspect(reading, { depth: Infinity, showHidden: true })
    expect(printed).not.toMatch(/83, 65, 76, 84|1, 2, 3, 4|salt|checksum/)
    expect(JSON.stringify(reading)).toBe('{"standing":"dated","oldVariant":false}')
  })
})

describe('the job of a hasher', () => {
  const job = vi.fn((bytes: Uint8Array, { salt }: Parsed<Params>) =>
    bcryptJob({ variant: 'standard', password: bytes, salt, cost: bytes.length }),
  )

  test('is run for the password, and its bytes are the checksum', async () => {
    const watched = vi.fn<Run>(run)
    const reading = readToy(defineJobToy({ job }))
    expect(await reading.verify(password, watched)).toBe(true)
    expect(watched).toHaveBeenCalledExactlyOnceWith(job(password, parsed))
    expect(await reading.verify(password, () => Promise.resolve(Uint8Array.of(1, 2, 3, 5)))).toBe(false)
  })

  test('gives bytes that finish turns into the checksum', async () => {
    const finish = vi.fn(() => Uint8Array.of(1, 2, 3, 4))
    const given = Uint8Array.of(9)
    const reading = readToy(defineJobToy({ job, finish }))
    expect(await reading.verify(password, () => Promise.resolve(given))).toBe(true)
    expect(finish).toHaveBeenCalledExactlyOnceWith(given, parsed)
  })

  test('has the cost that its kind gives, in audits for a password of zeros', () => {
    const reading = readToy(defineJobToy({ job }))
    for (const length of [5, 20, 64])
      expect(reading.cost(length)).toEqual(costOfBcrypt({ cost: length & 31 }))
    expect(reading.costOfCheck(password)).toEqual(costOfBcrypt({ cost: 5 }))
    job.mockClear()
    reading.cost(5)
    expect(job.mock.lastCall).toEqual([new Uint8Array(5), parsed])
  })

  test('has the cost of the specification where it gives one, and is not built for the cost', () => {
    job.mockClear()
    const cost = { milliseconds: 3, bytes: 2, lanes: 1 }
    const reading = readToy(defineJobToy({ job, cost: () => cost }))
    expect([reading.cost(5), reading.costOfCheck(password)]).toEqual([cost, cost])
    expect(job).not.toHaveBeenCalled()
  })

  test('has a kind that is found without running it; a hasher without a job computes in place', () => {
    expect(defineJobToy({ job }).kind()).toBe(BCRYPT)
    expect(defineToy().kind()).toBe('in place')
    expect(defineToy({ kind: BCRYPT }).kind()).toBe(BCRYPT)
  })

  test('derives the checksum of the likeliest form of the password, and overwrites that form', async () => {
    const likeliest = Uint8Array.of(9, 8, 7, 6)
    const forms = { passwordForms: () => [likeliest, password] }
    const watched = vi.fn<Run>((given) => {
      expect(given).toMatchObject({ password: Uint8Array.of(9, 8, 7, 6) })
      return run(given)
    })
    const finish = (bytes: Uint8Array): Uint8Array => bytes.toReversed()
    const derived = await readToy(defineJobToy({ job, finish, ...forms })).derive(password, watched)
    expect(derived).toEqual(Uint8Array.of(4, 3, 2, 1))
    expect(watched).toHaveBeenCalledOnce()
    expect(likeliest).toEqual(new Uint8Array(4))
  })
})

describe('verifying a password', () => {
  test('gives derive the password, the reading and the function that runs jobs', async () => {
    const watched = vi.fn<Derive>(derive)
    await readingOf({ derive: watched }).verify(password, run)
    expect(watched).toHaveBeenCalledExactlyOnceWith(password, parsed, run)
  })

  test('compares all bytes', async () => {
    const verifyWith = (...derived: readonly number[]): Promise<boolean> =>
      readingOf({ derive: () => Promise.resolve(Uint8Array.from(derived)) }).verify(password, run)
    expect(await verifyWith(1, 2, 3, 4)).toBe(true)
    expect(await verifyWith(1, 2, 3, 5)).toBe(false)
    expect(await verifyWith(0, 2, 3, 4)).toBe(false)
    expect(await verifyWith(0, 0, 0, 0)).toBe(false)
  })

  test.each([
    ['no bytes', []],
    ['fewer', [1, 2, 3]],
    ['more', [1, 2, 3, 4, 5]],
    ['twice as many', [1, 2, 3, 4, 1, 2, 3, 4]],
  ])(
    'fails the engine where it gives another number of bytes than the checksum has: %s',
    async (_, bytes) => {
      const reading = readingOf({ derive: () => Promise.resolve(Uint8Array.from(bytes)) })
      await expect(reading.verify(password, run)).rejects.toMatchObject({
        name: 'EngineError',
        code: 'ERR_ENGINE_FAILED',
        message: `toy: the engine gave ${bytes.length} bytes where the checksum has 4.`,
      })
    },
  )

  test('accepts the ArrayBuffer of a specification that was not written in TypeScript', async () => {
    const { buffer: checksum } = Uint8Array.of(1, 2, 3, 4)
    const reading = readingOf({ parse: () => [Object.assign({ ...parsed }, { checksum })] })
    expect(await reading.verify(password, run)).toBe(true)
  })

  test('never compares with an empty checksum, which any password would match', async () => {
    const empty = { ...parsed, checksum: new Uint8Array(0) }
    // A specification that was not written in TypeScript may give such checksums.
    const foreign = [new ArrayBuffer(0), new DataView(new ArrayBuffer(0))].map((checksum) =>
      Object.assign({ ...parsed }, { checksum }),
    )
    const derive = vi.fn(() => Promise.resolve(new Uint8Array(0)))
    const lists = [empty, ...foreign].flatMap((last) => [[last] as const, [parsed, last] as const])
    for (const readings of lists) {
      const toy = defineToy({ parse: () => readings, derive })
      expect(toy.parse('toy$example')).toEqual({ problem: 'length', field: 'checksum' })
      const { verify } = createRegistry({ hashers: [toy], equalize: false, runtime })
      expect(await verify('horse', 'toy$example')).toBe(false)
    }
    expect(derive).not.toHaveBeenCalled()
  })
})

describe('a derivation that fails', () => {
  const foreign = Object.assign(new RangeError('cannot hash horse with SALT'), { code: 'ERR_FOREIGN' })

  test.each([
    ['rejects', () => Promise.reject(foreign)],
    [
      'throws at once',
      () => {
        throw foreign
      },
    ],
  ])('is reported without the text of its error: one that %s', async (_, derive) => {
    const failure: unknown = await readingOf({ derive })
      .verify(password, run)
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
    const reading = readingOf({ derive: () => Promise.reject(error) })
    await expect(reading.verify(password, run)).rejects.toBe(error)
  })

  test('rejects a check, which is never a mismatch', async () => {
    const toy = defineToy({ derive: () => Promise.reject(foreign) })
    const registry = createRegistry({ hashers: [toy], equalize: false, runtime })
    await expect(registry.evaluate('horse', 'toy$example')).rejects.toThrow('toy: the engine failed.')
    await expect(registry.verify('horse', 'toy$example')).rejects.toThrow(EngineError)
  })
})
