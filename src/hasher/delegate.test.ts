import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { builtinHashers, createRegistry, createSignIn } from '../default.js'
import { EngineError, RegistryError } from '../errors.js'
import type { RegistryOptions } from '../registry/settings.js'
import { createRuntime } from '../runtime/runtime.js'
import type { Registry } from '../registry/api.js'
import type { Target } from './target.js'
import { defineDelegate } from './delegate.js'
import type { DelegateSpec } from './delegate.js'
import { readingOf, run, thrownBy } from './toy.fixture.js'

type Check = DelegateSpec['check']

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const isHorse: Check = (password) => Promise.resolve(Buffer.from(password).toString() === 'horse')

/** A registry of the built-in hashers and a service, with a target that computes nothing. */
function withService(
  check: Check = isHorse,
  options: Partial<RegistryOptions> & Pick<Partial<DelegateSpec>, 'standing'> = {},
) {
  const { standing = 'insecure', ...others } = options
  const watched = vi.fn(check)
  const service = defineDelegate({ name: 'service', standing, aliases: ['cognito'], check: watched })
  const target: Target = {
    hashers: [builtinHashers[0] ?? service],
    cost: () => ({ milliseconds: 100, bytes: 0, lanes: 1 }),
    hash: vi.fn<Target['hash']>(() =>
      Promise.resolve({ digest: `$2b$12$${'.'.repeat(53)}`, hasher: 'bcrypt' }),
    ),
  }
  const registry: Registry = createRegistry({ hashers: [...builtinHashers, service], target, ...others })
  return { registry, check: watched, hash: target.hash }
}

const named = { hasher: 'service' }

describe('a verifier that asks another service', () => {
  test.each([
    ['a word', 'external'],
    ['an empty text', ''],
    ["another hasher's digest", MD5],
    ['a mark of an account without a password', '!'],
    ['an asterisk', '*'],
  ])('is asked where a row names it, with any digest beside the name: %s', async (_, digest) => {
    const { registry, check } = withService()
    expect(await registry.verify('horse', digest, named)).toBe(true)
    expect(await registry.verify('horsE', digest, { hasher: ' Cognito' })).toBe(false)
    expect(check.mock.calls.map(([, row]) => row.digest)).toEqual([digest, digest])
  })

  test('is not asked where no row names it, and claims no digest', async () => {
    const { registry, check } = withService()
    for (const digest of ['external', '', MD5, '!', 'x']) {
      expect(registry.identify(digest)).not.toContain('service')
      await registry.verify('horse', digest)
      await registry.verify('horse', digest, { hasher: 'bcrypt' })
    }
    expect(await registry.matchBackupCode('horse', ['horse', MD5])).toBe(0)
    expect(check).not.toHaveBeenCalled()
  })

  test('is not asked for an account without a digest, and not for a digest over 4096 characters', async () => {
    const { registry, check } = withService()
    for (const digest of [null, undefined]) {
      expect(await registry.evaluate('horse', digest, named)).toEqual({ outcome: 'unusable' })
    }
    expect(await registry.evaluate('horse', 'x'.repeat(4_097), named)).toMatchObject({ outcome: 'malformed' })
    expect(check).not.toHaveBeenCalled()
  })

  test('is given the context of the check, and its signal where there is one', async () => {
    const { registry, check } = withService()
    const { signal } = new AbortController()
    const context = { username: 'ada', account: { id: 7 } }
    await registry.verify('horse', 'external', { ...named, context, signal })
    await registry.verify('horse', 'external', named)
    const [first, second] = check.mock.calls.map(([, row]) => row)
    expect(first).toMatchObject({ digest: 'external', context })
    expect(first?.signal).toBeInstanceOf(AbortSignal)
    expect(second).toEqual({ digest: 'external', context: {}, signal: undefined })
  })

  test('rejects the call at once when the caller aborts, and gets the abort', async () => {
    const { registry, check } = withService(() => new Promise(() => undefined), { equalize: false })
    const controller = new AbortController()
    const pending = registry.verify('horse', 'external', { ...named, signal: controller.signal })
    await setImmediate()
    const reason = new Error('the client went away')
    controller.abort(reason)
    await expect(pending).rejects.toBe(reason)
    expect(check.mock.lastCall?.[1].signal?.reason).toBe(reason)
  })

  test.each([1, 'yes', {}, [], null, undefined, Promise.resolve('true')])(
    'is no match where it answers anything but true (case %#)',
    async (answer: unknown) => {
      const untyped: object = { check: () => Promise.resolve(answer) }
      const spec = { name: 'service', standing: 'sound', check: isHorse } as const
      const service = defineDelegate(Object.assign({}, spec, untyped))
      const registry = createRegistry({ hashers: [service], equalize: false })
      expect(await registry.verify('horse', 'external', named)).toBe(false)
    },
  )

  test('makes the call reject where it fails, without the text of the error and the digest', async () => {
    const failures = [
      () => Promise.reject(new Error('horse at external')),
      () => {
        throw Object.assign(new Error('horse at external'), { code: 'ENOTFOUND' })
      },
    ]
    for (const check of failures) {
      const { registry } = withService(check)
      const error = await thrownBy(() => registry.verify('horse', 'external', named))
      expect(error).toBeInstanceOf(EngineError)
      expect(error).toMatchObject({ code: 'ERR_ENGINE_FAILED', message: 'service: the service failed.' })
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/horse|external/)
    }
  })

  test('gets a copy of the password, which is overwritten when the service has settled', async () => {
    const given: Uint8Array[] = []
    const check = (answer: boolean | Error): Check => {
      return async (password) => {
        given.push(password)
        await setImmediate()
        expect(Buffer.from(password).toString()).toBe('horse')
        if (answer instanceof Error) throw answer
        return answer
      }
    }
    const typed = Uint8Array.from(Buffer.from('horse'))
    for (const answer of [true, false, new Error('lost')]) {
      const hasher = defineDelegate({ name: 'service', standing: 'sound', check: check(answer) })
      await thrownBy(() => readingOf(hasher).verify(typed, run))
    }
    expect(given).toEqual(Array(3).fill(new Uint8Array(5)))
    expect(Buffer.from(typed).toString()).toBe('horse')
  })

  test('takes as long as a check without an account: the target makes a digest beside it', async () => {
    const { registry, hash } = withService()
    await registry.verify('horse', 'external', named)
    await registry.verify('wrong', 'external', named)
    expect(hash).toHaveBeenCalledTimes(2)
    await registry.verify('horse', null, named)
    expect(hash).toHaveBeenCalledTimes(3)
  })

  test('has no engine and no cost, derives nothing, and is not asked by engines()', async () => {
    const { registry, check } = withService()
    const served = (await registry.engines()).find(({ hasher }) => hasher === 'service')
    expect(served).toEqual({ hasher: 'service', engine: 'another service' })
    const cost = { milliseconds: 0, bytes: 0, lanes: 1 }
    expect(registry.parse('external', named)).toMatchObject({
      hasher: 'service',
      params: {},
      cost,
      admitted: true,
    })
    const hasher = defineDelegate({ name: 'service', standing: 'sound', check })
    await expect(readingOf(hasher).derive(new Uint8Array(1), run)).rejects.toMatchObject({
      code: 'ERR_ENGINE_UNAVAILABLE',
    })
    expect(hasher.blank).toBeUndefined()
    expect(check).not.toHaveBeenCalled()
  })

  test.each([
    ['insecure', 'insecure', ['insecure']],
    ['sound', 'insecure', []],
    ['dated', 'insecure', []],
    ['dated', 'dated', ['dated']],
    ['sound', 'converge', ['not-target']],
  ] as const)(
    'has a match replaced for its standing alone: %s under %s',
    async (standing, policy, rehash) => {
      const { registry } = withService(isHorse, { standing, policy })
      expect(registry.parse('external', named)).toMatchObject({ standing, rehash })
      expect(await registry.evaluate('horse', 'external', named)).toMatchObject({ outcome: 'match', rehash })
    },
  )

  test('is given the context of the account by a sign-in, which replaces its row by a digest', async () => {
    const { registry, check } = withService()
    const account = { digest: 'external', hasher: 'service', email: 'ada@example.org' }
    const replaceDigest = vi.fn(() => true)
    const signIn = createSignIn({
      registry,
      find: () => account,
      replaceDigest,
      context: ({ email }: typeof account) => ({ username: email }),
    })
    expect(await signIn(1, 'horse')).toBe(account)
    expect(check.mock.lastCall?.[1].context).toEqual({ username: 'ada@example.org' })
    const next: unknown = expect.objectContaining({ hasher: 'bcrypt', replaces: 'external' })
    expect(replaceDigest).toHaveBeenCalledExactlyOnceWith(account, next)
  })

  test.each([
    ['no specification', undefined],
    ['no check', { name: 'service', standing: 'sound' }],
    ['a check that is no function', { name: 'service', standing: 'sound', check: true }],
    ['no standing', { name: 'service', check: isHorse }],
    [
      'a standing that is a function of the parameters',
      { name: 'service', standing: () => 'sound', check: isHorse },
    ],
    ['no name', { standing: 'sound', check: isHorse }],
    ['an example that is no text', { name: 'service', standing: 'sound', check: isHorse, example: 5 }],
  ])('is refused with %s', (_, wrong: unknown) => {
    const define: (spec: never) => unknown = defineDelegate
    expect(() => {
      Reflect.apply(define, undefined, [wrong])
    }).toThrow(RegistryError)
  })
})

test('a delegate whose service never answers keeps neither a place nor the password after an abort', async () => {
  const given: Uint8Array[] = []
  const { registry } = withService(
    (password) => {
      given.push(password)
      return new Promise<boolean>(() => undefined)
    },
    { equalize: false, runtime: createRuntime({ maxQueue: 2 }) },
  )
  for (let round = 0; round < 5; round++) {
    const signal = AbortSignal.timeout(5)
    const answer = registry.verify('horse', 'a', { ...named, signal })
    expect(await thrownBy(() => answer)).toBe(signal.reason)
  }
  await setImmediate()
  expect(given).toHaveLength(5)
  for (const password of given) expect(password).toEqual(new Uint8Array(5))
  expect(await registry.verify('password', MD5)).toBe(true)
})

test('the service of a delegate is not asked for a call that was aborted before', async () => {
  const check = vi.fn(() => Promise.reject(new Error('hunter2')))
  const service = defineDelegate({ name: 'service', standing: 'insecure', check })
  const answer = thrownBy(() =>
    readingOf(service, 'a').verify(Buffer.from('horse'), run, AbortSignal.abort()),
  )
  expect(await answer).toBeInstanceOf(EngineError)
  expect(check).not.toHaveBeenCalled()
})
