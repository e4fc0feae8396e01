import { describe, expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import { textOf } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Hasher, Standing } from './contract.js'
import { defineHasher } from './hasher.js'
import { wrapHasher } from './wrap.js'
import type { WrapSpec } from './wrap.js'
import { defineJobToy, parsed, readingOf, run } from './toy.fixture.js'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
const derived: Uint8Array[] = []

/** A hasher of `plain$<password>` whose checksum is the password. */
const plain = defineHasher<{ readonly length: number }>({
  name: 'plain',
  standing: 'dated',
  example: 'plain$horse',
  prefixes: ['plain$'],
  parse: (rest) => {
    const checksum = bytesOf(textOf(rest))
    return [{ params: { length: checksum.length }, salt: new Uint8Array(0), checksum }]
  },
  describe: ({ length }) => ({ length }),
  cost: ({ params: { length } }, passwordBytes) => ({ milliseconds: passwordBytes, bytes: length, lanes: 1 }),
  derive: (password, { checksum }) => {
    derived.push(password)
    const bytes = new Uint8Array(checksum.length)
    bytes.set(password.subarray(0, checksum.length))
    return Promise.resolve(bytes)
  },
  truncates: (password) => password.length > 8,
  oldVariant: ({ length }) => length === 1,
  blank: (digest) => digest.replace(/\$.*/, '$0'),
})

function wrap(more: Partial<WrapSpec> = {}, inner = plain): Hasher {
  const example = `{WRAP}${inner.example}`
  return wrapHasher(inner, { name: 'wrapped', prefixes: ['{WRAP}'], example, ...more })
}

describe('a hasher around another', () => {
  test('reads the text behind its prefix as the inner hasher does', async () => {
    const wrapped = wrap()
    expect(wrapped.identify('{wrap}plain$horse')).toBe(true)
    expect(wrapped.identify('plain$horse')).toBe(false)
    const [outer, inner] = [readingOf(wrapped, '{wrap}plain$horse'), readingOf(plain)]
    expect(outer.describe()).toEqual({ length: 5 })
    expect(outer.cost(3)).toEqual(inner.cost(3))
    expect(outer.costOfCheck(bytesOf('pony'))).toEqual(inner.cost(4))
    expect([outer.standing, outer.oldVariant, outer.truncates(bytesOf('longer than'))]).toEqual([
      'dated',
      false,
      true,
    ])
    expect(readingOf(wrapped, '{WRAP}plain$x').oldVariant).toBe(true)
    expect(await outer.verify(bytesOf('horse'), run)).toBe(true)
    expect(await outer.verify(bytesOf('horsE'), run)).toBe(false)
    expect(await outer.derive(bytesOf('pony'), run)).toEqual(bytesOf('pony\0'))
  })

  test('keeps every reading of the inner hasher, in their order', () => {
    const two = defineHasher<number>({
      name: 'two',
      standing: 'sound',
      example: 'two',
      prefixes: ['two'],
      parse: () => [
        { ...parsed, params: 1 },
        { ...parsed, params: 2 },
      ],
      describe: (version) => ({ version }),
      cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
      derive: () => Promise.resolve(new Uint8Array(4)),
    })
    for (const more of [{}, { prepare: (bytes: Uint8Array) => bytes }]) {
      const readings = wrap(more, two).parse('{WRAP}two')
      expect(isMalformed(readings) || readings.map((reading) => reading.describe())).toEqual([
        { version: 1 },
        { version: 2 },
      ])
    }
  })

  test('gives the problem of a malformed inner digest, and of a text that is no inner digest', () => {
    expect(wrap().parse('{WRAP}other$horse')).toEqual({ problem: 'shape', field: 'digest' })
    expect(wrap().parse('{WRAP}plain$')).toEqual({ problem: 'length', field: 'checksum' })
    expect(wrap().parse('plain$horse')).toEqual({ problem: 'shape', field: 'digest' })
  })

  test('may find the inner digest elsewhere than behind the prefix', async () => {
    const unwrap = vi.fn<NonNullable<WrapSpec['unwrap']>>((rest) =>
      textOf(rest) === '' ? malformed('length', 'inner') : `plain$${textOf(rest)}`,
    )
    const wrapped = wrap({ unwrap })
    const context = { account: 7 }
    expect(await readingOf(wrapped, '{WRAP}pony').verify(bytesOf('pony'), run)).toBe(true)
    expect(wrapped.parse('{WRAP}', context)).toEqual({ problem: 'length', field: 'inner' })
    expect(unwrap.mock.lastCall?.[1]).toBe(context)
    // The inner digest is not the text behind the prefix, so a blank inner digest could not be put back.
    expect(wrapped.blank).toBeUndefined()
  })

  test('may refuse inner parameters that its format never has', () => {
    const refuse = ({ length }: Readonly<Record<string, number | string>>) =>
      length === 4 ? malformed('version', 'version') : undefined
    expect(wrap({ refuse }).parse('{WRAP}plain$pony')).toEqual({ problem: 'version', field: 'version' })
    expect(isMalformed(wrap({ refuse }).parse('{WRAP}plain$horse'))).toBe(false)
  })

  test('has the standing of the inner hasher, or its own', () => {
    const varying = defineHasher<null>({
      name: 'varying',
      standing: () => 'sound',
      example: 'v',
      prefixes: ['v'],
      parse: () => [{ ...parsed, params: null }],
      describe: () => ({}),
      cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
      derive: () => Promise.resolve(new Uint8Array(4)),
    })
    const shown = (hasher: Hasher): readonly [Standing, boolean, Standing] => [
      hasher.standing,
      hasher.varies,
      readingOf(hasher).standing,
    ]
    const prepare = (bytes: Uint8Array): Uint8Array => bytes
    expect(shown(wrap())).toEqual(['dated', false, 'dated'])
    expect(shown(wrap({ standing: 'insecure' }))).toEqual(['insecure', false, 'insecure'])
    expect(shown(wrap({ standing: 'sound', prepare }))).toEqual(['sound', false, 'sound'])
    expect(shown(wrap({}, varying))).toEqual(['insecure', true, 'sound'])
    expect(shown(wrap({ standing: 'dated' }, varying))).toEqual(['dated', false, 'dated'])
  })

  test('has the lowest standing of several inner hashers, and reads a digest as the first that claims it', () => {
    const shaped = (name: string, standing: Standing, length: number): Hasher =>
      defineHasher<string>({
        name,
        standing,
        example: 'x'.repeat(length),
        lengths: [length],
        identify: () => true,
        parse: () => [{ ...parsed, params: name }],
        describe: (shape) => ({ shape }),
        cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
        derive: () => Promise.resolve(new Uint8Array(4)),
      })
    const wrapped = wrapHasher([shaped('long', 'sound', 9), shaped('short', 'insecure', 3)], {
      name: 'wrapped',
      prefixes: ['{WRAP}'],
      example: '{WRAP}xxxxxxxxx',
    })
    expect([wrapped.standing, wrapped.varies]).toEqual(['insecure', true])
    expect(readingOf(wrapped, '{WRAP}xxx').describe()).toEqual({ shape: 'short' })
    expect(readingOf(wrapped, '{WRAP}xxxxxxxxx').describe()).toEqual({ shape: 'long' })
    expect(wrapped.parse('{WRAP}xxxx')).toEqual({ problem: 'shape', field: 'digest' })
  })

  test('blanks the inner digest, and keeps the prefix in its spelling', () => {
    expect(wrap().blank?.('{Wrap}plain$horse')).toBe('{Wrap}plain$0')
    expect(wrap({}, defineJobToy({ job: () => ({}) })).blank).toBeUndefined()
  })

  test.each([
    ['no prefixes', { prefixes: [] }],
    ['an empty prefix', { prefixes: [''] }],
    ['prefixes that its example does not have', { prefixes: ['{OTHER}'] }],
    ['a standing that does not exist', { standing: 'secure' }],
    ['no name', { name: undefined }],
    ['a name in capitals', { name: 'Wrapped' }],
  ])('is refused with %s', (_, wrong: object) => {
    expect(() => wrap(Object.assign({}, wrong))).toThrow(
      expect.objectContaining({ code: 'ERR_REGISTRY_OPTION' }),
    )
  })
})

describe('a password that a wrap prepares', () => {
  const made: Uint8Array[] = []
  const prepare = vi.fn<NonNullable<WrapSpec['prepare']>>((password) => {
    const prepared = bytesOf(Buffer.from(password).toString().toUpperCase())
    made.push(prepared)
    return prepared
  })
  const digest = '{WRAP}plain$HORSE'

  test('is the password of the inner hasher in checks, costs and derivations', async () => {
    const reading = readingOf(
      wrap({ prepare: (password) => Uint8Array.of(...password, 33) }),
      '{WRAP}plain$horse!',
    )
    expect(await reading.verify(bytesOf('horse'), run)).toBe(true)
    expect(await reading.verify(bytesOf('hors'), run)).toBe(false)
    expect(reading.costOfCheck(bytesOf('horse')).milliseconds).toBe(6)
    expect([bytesOf('1234567'), bytesOf('12345678')].map((password) => reading.truncates(password))).toEqual([
      false,
      true,
    ])
    expect(await reading.derive(bytesOf('horse'), run)).toEqual(bytesOf('horse!'))
  })

  test('is overwritten after each use, while the typed password is not', async () => {
    made.length = 0
    derived.length = 0
    const typed = bytesOf('horse')
    const reading = readingOf(wrap({ prepare }), digest)
    expect(await reading.verify(typed, run)).toBe(true)
    await reading.derive(typed, run)
    reading.costOfCheck(typed)
    reading.truncates(typed)
    expect(derived).toEqual(made.slice(0, 2))
    expect(made).toEqual(Array(4).fill(new Uint8Array(5)))
    expect(typed).toEqual(bytesOf('horse'))
  })

  test('is overwritten after a failure', async () => {
    made.length = 0
    const inner = defineJobToy({ job: () => ({}), cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }) })
    const reading = readingOf(wrap({ prepare }, inner))
    const lost = (): Promise<never> => Promise.reject(new Error('lost'))
    await expect(reading.verify(bytesOf('horse'), lost)).rejects.toThrow('toy: the engine failed.')
    expect(made).toEqual([new Uint8Array(5)])
  })

  test('is not overwritten where it is the typed password or a part of it', async () => {
    const typed = bytesOf('horses')
    const reading = readingOf(wrap({ prepare: (password) => password.subarray(0, 5) }), '{WRAP}plain$horse')
    expect(await reading.verify(typed, run)).toBe(true)
    expect(typed).toEqual(bytesOf('horses'))
  })

  test('is counted in audits with its own length', () => {
    const reading = readingOf(wrap({ prepare, preparedBytes: (bytes) => 2 * bytes }), digest)
    expect(reading.cost(8).milliseconds).toBe(16)
    expect(readingOf(wrap({ prepare }), digest).cost(8).milliseconds).toBe(8)
  })

  test('is prepared with the context of the check', async () => {
    prepare.mockClear()
    const context = { pepper: 'salt and pepper' }
    const readings = wrap({ prepare }).parse(digest, context)
    if (isMalformed(readings)) throw new Error('It must parse.')
    await readings[0].verify(bytesOf('horse'), run)
    expect(prepare.mock.lastCall?.[1]).toBe(context)
  })

  test('cannot be typed, since a row that names the wrap is never read as the inner format', async () => {
    const { evaluate } = createRegistry({ hashers: [plain, wrap({ prepare })], equalize: false })
    expect(await evaluate('horse', 'plain$horse', { hasher: 'wrapped' })).toMatchObject({
      outcome: 'malformed',
      hasher: 'wrapped',
    })
    expect(wrap({ prepare }).prehashed).toBe(true)
    const twice = wrapHasher(wrap({ prepare }), {
      name: 'twice',
      prefixes: ['w'],
      example: 'w{WRAP}plain$horse',
    })
    expect(twice.prehashed).toBe(true)
    expect(wrap().prehashed).toBe(false)
  })
})

test('a digest that a wrap claims and its inner hasher does not is malformed, named or not', () => {
  const registry = createRegistry()
  const broken = 'bcrypt_sha256$garbage'
  const malformedDigest = { outcome: 'malformed', hasher: 'bcrypt_sha256_django', problem: 'shape' }
  expect(registry.identify(broken)).toEqual(['bcrypt_sha256_django'])
  for (const hasher of [undefined, 'bcrypt', 'bcrypt_sha256_django']) {
    expect(registry.parse(broken, { hasher })).toMatchObject(malformedDigest)
  }
  expect(registry.needsRehash(broken)).toBe(true)
})
