import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../compute/kind.js'
import { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
import { textOf } from '../formats/fields.js'
import type { Registry } from './api.js'
import { defineHasher } from '../hasher/hasher.js'
import { createRuntime } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import { createRegistry } from './registry.js'
import { createSignIn } from '../sign-in/sign-in.js'
import type { Target } from '../hasher/target.js'

// A call overwrites its copies of a password when it ends or fails. These tests look at the very bytes that a hasher, a
// target and a registry were given.

const PASSWORD = 'correct horse'
const RIGHT = 'seen$right'
const WRONG = 'seen$wrong'

const runtime: Runtime = { admit: () => () => undefined, run: () => Promise.reject(new Error('no job')) }

/** A registry whose hasher, target and runtime keep a reference to every password that they are given. */
function watchedRegistry(): { readonly registry: Registry; readonly seen: Uint8Array[] } {
  const seen: Uint8Array[] = []
  const look = (password: Uint8Array): void => {
    expect(Buffer.from(password).toString()).toBe(PASSWORD)
    seen.push(password)
  }
  const hasher = defineHasher<null>({
    name: 'seen',
    standing: 'insecure',
    example: RIGHT,
    prefixes: ['seen$'],
    parse: (rest) => [{ params: null, salt: new Uint8Array(0), checksum: Buffer.from(textOf(rest)) }],
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: async (password) => {
      look(password)
      await setImmediate()
      if (seen.length > 1) throw new Error('a second check fails')
      return Buffer.from('right')
    },
  })
  const target: Target = {
    hashers: [hasher],
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    hash: async (password) => {
      look(password)
      await setImmediate()
      return { digest: RIGHT, hasher: 'seen' }
    },
  }
  return { registry: createRegistry({ hashers: [], target, runtime, equalize: false }), seen }
}

function expectWiped(seen: readonly Uint8Array[], count: number): void {
  expect(seen.map(({ byteLength }) => byteLength)).toEqual(Array(count).fill(PASSWORD.length))
  expect(seen.flatMap((bytes) => [...bytes]).filter((byte) => byte !== 0)).toEqual([])
}

describe('the bytes of a password are overwritten', () => {
  test.each([
    ['match', RIGHT],
    ['mismatch', WRONG],
  ])('after a %s', async (outcome, digest) => {
    const { registry, seen } = watchedRegistry()
    expect(await registry.evaluate(PASSWORD, digest)).toMatchObject({ outcome })
    expectWiped(seen, 1)
  })

  test('after a match whose digest was replaced', async () => {
    const { registry, seen } = watchedRegistry()
    expect(await registry.verify(PASSWORD, RIGHT, { rehash: () => undefined })).toBe(true)
    expectWiped(seen, 2)
  })

  test('after a check that failed', async () => {
    const { registry, seen } = watchedRegistry()
    await registry.verify(PASSWORD, RIGHT)
    await expect(registry.verify(PASSWORD, RIGHT)).rejects.toThrow('seen: the engine failed.')
    expectWiped(seen, 2)
  })

  test('after a check that was aborted', async () => {
    const { registry, seen } = watchedRegistry()
    const controller = new AbortController()
    const pending = registry.verify(PASSWORD, RIGHT, { signal: controller.signal })
    controller.abort(new Error('the client went away'))
    await expect(pending).rejects.toThrow('the client went away')
    await vi.waitFor(() => {
      expectWiped(seen, 1)
    })
  })

  test('after a new digest was made', async () => {
    const { registry, seen } = watchedRegistry()
    expect(await registry.hash(PASSWORD)).toBe(RIGHT)
    expectWiped(seen, 1)
  })

  test('after a backup code was matched', async () => {
    const { registry, seen } = watchedRegistry()
    expect(await registry.matchBackupCode(PASSWORD, ['plain', RIGHT])).toBe(1)
    expectWiped(seen, 1)
  })

  test.each([true, false])('after a sign-in with bytes, where the password is right: %s', async (isRight) => {
    const { registry } = watchedRegistry()
    const seen: Uint8Array[] = []
    const evaluate: Registry['evaluate'] = (password, ...rest) => {
      if (typeof password === 'string') throw new Error('Bytes must stay bytes.')
      expect(Buffer.from(password).toString()).toBe(PASSWORD)
      seen.push(password)
      return registry.evaluate(password, ...rest)
    }
    const account = { digest: isRight ? RIGHT : WRONG }
    const signIn = createSignIn({
      registry: { ...registry, evaluate },
      find: () => account,
      replaceDigest: () => true,
    })
    expect(await signIn(1, Buffer.from(PASSWORD))).toBe(isRight ? account : null)
    expectWiped(seen, 1)
  })
})

describe('a job that is aborted while it waits', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('leaves no copy of its password', async () => {
    const { run } = createRuntime({ concurrency: 1 })
    const job = (password: string, iterations: number): Job =>
      pbkdf2Job({
        password: Uint8Array.from(Buffer.from(password)),
        salt: new Uint8Array(8),
        algorithm: 'sha256',
        iterations,
        length: 32,
      })
    const running = run(job('another', 100_000))
    const controller = new AbortController()
    const waiting = run(job(PASSWORD, 1), { signal: controller.signal })
    const wiped: string[] = []
    const fill = Reflect.get(Uint8Array.prototype, 'fill')
    vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, ...args) {
      wiped.push(Buffer.from(this).toString())
      return fill.apply(this, args)
    })
    controller.abort(new Error('the client went away'))
    await expect(waiting).rejects.toThrow('the client went away')
    vi.restoreAllMocks()
    expect(wiped).toContain(PASSWORD)
    await running
  })
})
