import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { createRegistry, createSignIn } from '../default.js'
import { malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Context, HasherSpec } from '../hasher/contract.js'
import { wrapHasher } from '../hasher/wrap.js'
import { md5 } from '../hashers/bare-hex.js'
import { messageDigest } from '../platform/node.js'

// This digest is MD5 of `password`.
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'

/** A registry with a hasher of `named$`, whose checksum is MD5 of the username, and a peppered hasher. */
function withNamed() {
  const parse = vi.fn<HasherSpec<null>['parse']>((_, __, { username = '' }) => [
    { params: null, salt: new Uint8Array(0), checksum: messageDigest('md5', Buffer.from(username)) },
  ])
  const named = defineHasher<null>({
    name: 'named',
    standing: 'insecure',
    example: 'named$',
    prefixes: ['named$'],
    parse,
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: (password) => Promise.resolve(messageDigest('md5', password)),
  })
  const peppered = wrapHasher(md5, {
    name: 'peppered',
    prefixes: ['peppered$'],
    example: `peppered$${MD5}`,
    prepare: (password, { pepper = '' }) => Uint8Array.from(Buffer.concat([password, Buffer.from(pepper)])),
  })
  return { registry: createRegistry({ hashers: [named, peppered], equalize: false }), parse }
}

describe('the context of a check', () => {
  test('reaches the parser of a digest, and is empty there where no context is given', async () => {
    const { registry, parse } = withNamed()
    expect(await registry.verify('ada', 'named$', { context: { username: 'ada' } })).toBe(true)
    expect(await registry.verify('ada', 'named$', { context: { username: 'bob' } })).toBe(false)
    await registry.verify('ada', 'named$')
    registry.parse('named$')
    const contexts = parse.mock.calls.map(([, , context]) => context)
    expect(contexts).toEqual([{ username: 'ada' }, { username: 'bob' }, {}, {}])
  })

  test('reaches the function of a wrap that prepares a password', async () => {
    const { registry } = withNamed()
    for (const pepper of ['word', Uint8Array.from(Buffer.from('word'))]) {
      expect(await registry.verify('pass', `peppered$${MD5}`, { context: { pepper } })).toBe(true)
    }
    expect(await registry.verify('pass', `peppered$${MD5}`)).toBe(false)
  })

  test('is copied and frozen, so that later changes have no effect', async () => {
    const { registry, parse } = withNamed()
    const context = { username: 'ada' }
    await registry.verify('ada', 'named$', { context })
    const given = parse.mock.lastCall?.[2]
    context.username = 'bob'
    expect(given).toEqual({ username: 'ada' })
    expect(Object.isFrozen(given)).toBe(true)
  })

  test('may hold members that are undefined, and anything as an account', async () => {
    const { registry, parse } = withNamed()
    const account = { id: 7 }
    await registry.verify('ada', 'named$', { context: { username: 'ada', account } })
    expect(parse.mock.lastCall?.[2].account).toBe(account)
    const untyped: (...given: never[]) => unknown = registry.verify
    const context = { username: undefined, siteKey: undefined, pepper: undefined, account: null }
    expect(await Reflect.apply(untyped, undefined, ['', 'named$', { context }])).toBe(true)
  })

  test('appears in no error', async () => {
    const { registry, parse } = withNamed()
    parse.mockImplementation((_, __, context) => {
      throw new Error(JSON.stringify(context))
    })
    const context: Context = {
      username: 'hunter2',
      pepper: 'hunter2',
      siteKey: 'hunter2',
      account: 'hunter2',
    }
    const failure: unknown = await registry
      .verify('x', 'named$', { context })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'ERR_ENGINE_FAILED', message: 'named: its parse failed.' })
    expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain('hunter2')
  })

  test('is made of the account in a sign-in, and again where the account is looked up a second time', async () => {
    const { registry, parse } = withNamed()
    const accounts = [
      { digest: 'named$', username: 'ada' },
      { digest: 'named$1', username: 'ada' },
    ]
    const second = accounts[1]
    const signIn = createSignIn({
      registry,
      find: () => accounts.shift() ?? null,
      replaceDigest: () => false,
      context: ({ username }: { readonly username: string; readonly digest: string }) => ({ username }),
    })
    expect(await signIn(1, 'ada')).toBe(second)
    const usernames = parse.mock.calls.map(([, , { username }]) => username)
    expect(usernames.filter((username) => username !== undefined)).toEqual(['ada', 'ada'])
  })

  test('must be a function of the account where a sign-in is made', () => {
    const create: (options: never) => unknown = createSignIn
    expect(() => {
      Reflect.apply(create, undefined, [
        { find: () => null, replaceDigest: () => true, context: { username: 'ada' } },
      ])
    }).toThrow('createSignIn: context must be a function.')
  })
})

test('the context of a check holds no member of a polluted prototype', async () => {
  const seen: unknown[] = []
  const watching = defineHasher<null>({
    name: 'watching',
    standing: 'sound',
    example: 'watch:a',
    prefixes: ['watch:'],
    parse: (_, __, context) => {
      seen.push(context.pepper)
      return malformed('shape', 'digest')
    },
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: () => Promise.resolve(new Uint8Array(1)),
  })
  const polluted: Readonly<Record<string, unknown>> = { value: 'hunter2', configurable: true }
  Object.defineProperty(Object.prototype, 'pepper', polluted)
  try {
    const registry = createRegistry({ hashers: [watching], equalize: false })
    await registry.verify('a', 'watch:a', { context: { username: 'ada' } })
    await registry.verify('a', 'watch:a')
    registry.parse('watch:a')
  } finally {
    Reflect.deleteProperty(Object.prototype, 'pepper')
  }
  expect(seen).toEqual([undefined, undefined, undefined])
})

test('the bytes in the context of a check are copied, so that the caller may overwrite them at once', async () => {
  const pepper = Uint8Array.of(1, 2, 3)
  const seen: unknown[] = []
  const peppered = wrapHasher(md5, {
    name: 'peppered',
    example: 'p$5f4dcc3b5aa765d61d8327deb882cf99',
    prefixes: ['p$'],
    prepare: (password, context) => {
      seen.push(context.pepper)
      return Uint8Array.from(password)
    },
  })
  const registry = createRegistry({ hashers: [peppered, md5] })
  const check = registry.verify('password', `p$${MD5}`, { context: { pepper } })
  pepper.fill(0)
  expect(await check).toBe(true)
  expect(seen[0]).toEqual(Uint8Array.of(1, 2, 3))
})

test.each([
  ['a Map', new Map([['pepper', 'a']])],
  ['a promise', Promise.resolve({ pepper: 'a' })],
  ['a list', ['pepper']],
])(
  'the context of a check is refused, and not read as an empty one, where it is %s',
  async (_, context: unknown) => {
    const ask: (...given: never) => Promise<unknown> = createRegistry().verify
    await expect(Reflect.apply(ask, undefined, ['a', MD5, { context }])).rejects.toThrow(TypeError)
  },
)
