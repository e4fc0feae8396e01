import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import type { Replacement } from './api.js'
import { createRegistry } from './builtin.js'
import { BackendError } from './errors.js'
import { hostileThings } from './hostile-errors.fixture.js'
import { createRuntime, createRuntimeOn } from './primitives/runtime.js'
import { bcryptTarget } from './targets/bcrypt.js'

const BCRYPT = '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const ARGON2 = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

interface Missing {
  readonly reason: string
  readonly flags?: readonly string[]
}

describe('without the argon2 addon', () => {
  // Loaded before the application: as if the package were not installed, or its binary not for this platform.
  const hooks = `export const resolve = (specifier, context, next) => {
    if (specifier !== 'argon2') return next(specifier, context)
    throw Object.assign(new Error('/home/somebody/node_modules/argon2'), { code: process.env.CODE })
  }`
  const register = `import { register } from 'node:module'
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))`
  const entry = pathToFileURL(join(import.meta.dirname, '../dist/index.js')).href

  const run = async (code: string, { reason, flags = [] }: Missing): Promise<unknown> => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [
        ...flags,
        `--import=data:text/javascript,${encodeURIComponent(register)}`,
        '--input-type=module',
        '--eval',
        `import { bcryptTarget, createRegistry, createRuntime, PassliftError } from ${JSON.stringify(entry)}
        const make = (options, limits) =>
          createRegistry({ target: bcryptTarget({ cost: 10 }), runtime: createRuntime(limits), ...options })
        const argon2 = ${JSON.stringify(ARGON2)}
        const outcomeOf = (check) =>
          check.catch((error) => [error instanceof PassliftError, error.code, error.message, error.cause])
        ${code}`,
      ],
      { env: { ...process.env, CODE: reason }, timeout: 30_000 },
    )
    expect(stderr).toBe('')
    return JSON.parse(stdout)
  }

  // Where WebAssembly is forbidden the addon is the only engine.
  const NO_WASM = ['--noexpose-wasm']

  test.each(['ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'])(
    'nor WebAssembly an argon2 digest rejects, right or wrong, with or without equal time: %s',
    async (reason) => {
      const outcomes = await run(
        `const outcomes = []
        for (const [equalize, password] of [[true, 'password'], [false, 'password'], [false, 'wrong']])
          outcomes.push(await outcomeOf(make({ equalize }).verify(password, argon2)))
        console.log(JSON.stringify(outcomes))`,
        { reason, flags: NO_WASM },
      )
      const message = 'argon2: its native package cannot be loaded. Install it again, for this platform.'
      const error = [true, 'ERR_BACKEND_UNAVAILABLE', message, { name: 'Error', code: reason }]
      expect(outcomes).toEqual([error, error, error])
    },
  )

  test('an argon2 digest is checked all the same where there is WebAssembly', async () => {
    const outcomes = await run(
      `const { verify } = make({ equalize: false })
      const checks = ['password', 'wrong'].map((password) => outcomeOf(verify(password, argon2)))
      console.log(JSON.stringify(await Promise.all(checks)))`,
      { reason: 'ERR_MODULE_NOT_FOUND' },
    )
    expect(outcomes).toEqual([true, false])
  })

  test('all other digests are checked beside it, and its places are given back', async () => {
    const outcomes = await run(
      `const { verify } = make({ equalize: false }, { concurrency: 2, maxQueue: 6 })
      const outcomes = []
      for (let round = 0; round < 20; round++) {
        const checks = [argon2, ${JSON.stringify(BCRYPT)}, argon2, ${JSON.stringify(MD5)}, null]
        const passwords = ['password', 'a', 'wrong', 'password', 'a']
        outcomes.push(await Promise.all(checks.map((digest, at) => outcomeOf(verify(passwords[at], digest)))))
      }
      console.log(JSON.stringify(outcomes.map((round) => round.map((outcome) => outcome[1] ?? outcome))))`,
      { reason: 'ERR_MODULE_NOT_FOUND', flags: NO_WASM },
    )
    const missing = 'ERR_BACKEND_UNAVAILABLE'
    expect(outcomes).toEqual(Array(20).fill([missing, true, missing, true, false]))
  })
})

describe('with an engine that throws what cannot be looked at', () => {
  test.each(hostileThings)(
    '%s: checks reject with our error, and their places are given back',
    async (_, make) => {
      const compute = vi.fn(async (): Promise<never> => {
        await setImmediate()
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw make()
      })
      const { verify, hash } = createRegistry({
        target: bcryptTarget({ cost: 10 }),
        runtime: createRuntime({ concurrency: 1, maxQueue: 1 }),
        engines: { bcrypt: { name: 'theirs', usesThreadPool: false, compute } },
      })
      const kind: unknown = expect.stringMatching(/^(?:Error|object|function)$/)
      const failure: unknown = expect.objectContaining({
        name: 'BackendError',
        message: 'bcrypt: the engine failed.',
        cause: { name: kind, code: undefined },
      })
      for (let round = 0; round < 3; round++) {
        await expect(verify('a', BCRYPT.replace('$04$', '$12$'))).rejects.toEqual(failure)
        await expect(hash('a')).rejects.toEqual(failure)
      }
      expect(compute).toHaveBeenCalledTimes(6)
      expect(await verify('password', MD5)).toBe(true)
    },
  )
})

describe('without threads', () => {
  const runtime = createRuntimeOn({
    startWorker: () => Promise.reject(new BackendError('ERR_BACKEND_UNAVAILABLE', 'none')),
    patience: () => 1,
    kernels: () => true,
  })
  const onRehashError = vi.fn()
  const registry = createRegistry({ runtime, target: bcryptTarget({ cost: 10 }), onRehashError })

  test('a check that needs one rejects, right or wrong', async () => {
    for (const password of ['a', 'wrong']) {
      await expect(registry.verify(password, BCRYPT)).rejects.toThrow(BackendError)
    }
    await expect(registry.hash('a')).rejects.toThrow(BackendError)
  })

  test('a match stands though its replacement could not be made', async () => {
    const rehash = vi.fn<(next: Replacement) => void>()
    expect(await registry.verify('password', MD5, { rehash })).toBe(true)
    expect(await registry.verify('wrong', MD5, { rehash })).toBe(false)
    expect(rehash).not.toHaveBeenCalled()
    expect(onRehashError).toHaveBeenCalledOnce()
    expect(onRehashError.mock.lastCall).toEqual([expect.any(BackendError)])
  })

  test('what needs no work is answered, though the hash beside it failed', async () => {
    for (const digest of [null, '!', 'nobody', BCRYPT.slice(0, 50)]) {
      expect(await registry.verify('a', digest)).toBe(false)
    }
  })
})
