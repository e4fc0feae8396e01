import { runInNewContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import { RegistryError } from '../errors.js'
import { md5 } from '../hashers/bare-hex.js'
import { bcryptTarget } from '../targets/bcrypt.js'
import { defineDelegate } from './delegate.js'
import { MadeHasher } from './made-hasher.js'
import { defineToy, spec } from './toy.fixture.js'
import { wrapHasher } from './wrap.js'

const toy = defineToy()
const spread = { ...toy }
const heir: unknown = Object.create(toy)
const inAnotherRealm: unknown = runInNewContext('({ ...toy, verify: () => true })', { toy })
const members = Object.entries(toy)
const copied: unknown = Object.defineProperties({}, Object.getOwnPropertyDescriptors(toy))

const STRANGERS: readonly (readonly [string, unknown])[] = [
  ['a spread', spread],
  ['a spread with another parse', { ...toy, parse: () => [] }],
  ['an object that inherits from a hasher', heir],
  ['an object with a name that inherits from a hasher', Object.setPrototypeOf({ name: 'toy' }, toy)],
  ['a copy of all its properties', copied],
  ['Object.assign', Object.assign({}, toy)],
  ['a structured clone of its texts', structuredClone(Object.fromEntries(members.filter(isText)))],
  ['a copy by JSON', JSON.parse(JSON.stringify(toy))],
  ['a specification', spec],
  ['a proxy', new Proxy(toy, {})],
  ['an object of another realm', inAnotherRealm],
  ['an object made by hand', { name: 'toy', identify: () => true, parse: () => [], kind: () => 'in place' }],
  ['null', null],
  ['a text', 'toy'],
]

describe('a hasher that this package did not make', () => {
  test.each(STRANGERS)(
    'is refused by a registry, in its list and in a target: %s',
    (_, stranger: unknown) => {
      const { cost, hash } = bcryptTarget()
      const message: unknown = expect.stringContaining('createRegistry: ')
      const refusal: unknown = expect.objectContaining({ code: 'ERR_REGISTRY_OPTION', message })
      expect(MadeHasher.is(stranger)).toBe(false)
      expect(() => createUntyped({ hashers: [md5, stranger] })).toThrow(refusal)
      expect(() => createUntyped({ target: { hashers: [stranger], cost, hash } })).toThrow(refusal)
    },
  )

  test.each(STRANGERS)('is refused by wrapHasher: %s', (_, stranger: unknown) => {
    const wrap: (inner: never, spec: never) => unknown = wrapHasher
    expect(() => {
      Reflect.apply(wrap, undefined, [stranger, { name: 'wrapped', prefixes: ['w'], example: 'wtoy$' }])
    }).toThrow(RegistryError)
  })

  test('is refused where another copy of this package made it', async () => {
    vi.resetModules()
    const other = await import('../hashers/bare-hex.js')
    expect(other.md5).not.toBe(md5)
    expect(() => createRegistry({ hashers: [other.md5] })).toThrow(RegistryError)
  })
})

test('a hasher of defineHasher, wrapHasher or defineDelegate is accepted, and has no member that could be copied', () => {
  const wrapped = wrapHasher(toy, { name: 'wrapped', prefixes: ['w'], example: 'wtoy$' })
  const delegate = defineDelegate({ name: 'service', standing: 'dated', check: () => Promise.resolve(true) })
  const { hashers } = createRegistry({ hashers: [toy, wrapped, delegate] })
  expect(hashers.slice(0, 3).map(({ name }) => name)).toEqual(['toy', 'wrapped', 'service'])
  for (const hasher of [toy, wrapped, delegate]) {
    expect(Object.isFrozen(hasher)).toBe(true)
    expect(Reflect.ownKeys(hasher)).toEqual([])
  }
})

function isText([, value]: readonly [string, unknown]): boolean {
  return typeof value === 'string'
}

/** Calls a function as JavaScript without types would. */
function createUntyped(options: unknown): unknown {
  const create: (options: never) => unknown = createRegistry
  return Reflect.apply(create, undefined, [options])
}
