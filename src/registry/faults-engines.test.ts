import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Replacement } from './api.js'
import { createRegistry } from '../default.js'
import { EngineError } from '../errors.js'
import { hostileThings } from './hostile-errors.fixture.js'
import { installFakeArgon2, installPacked, nodeApi } from '../conformance/packed.fixture.js'
import { createRuntime, createRuntimeOn } from '../runtime/runtime.js'
import { bcryptTarget } from '../targets/bcrypt.js'

const BCRYPT = '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const ARGON2 = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

interface Missing {
  readonly reason: string
  readonly flags?: readonly string[]
}

describe('without the argon2 addon', () => {
  // This module is loaded before the application, and acts as if argon2 were missing or its binary not for this platform.
  const hooks = `export const resolve = (specifier, context, next) => {
    if (specifier !== 'argon2') return next(specifier, context)
    const { CODE } = process.env
    const fields = CODE === 'NotCapable' ? { name: CODE } : { code: CODE }
    throw Object.assign(new Error('/home/somebody/node_modules/argon2'), fields)
  }`
  const register = `import { register } from 'node:module'
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))`
  const entry = pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href

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

  // Without WebAssembly the addon is the only engine for argon2.
  const NO_WASM = ['--noexpose-wasm']

  test.each(['ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'])(
    'and without WebAssembly, every check of an argon2 digest rejects, with or without equal time: %s',
    async (reason) => {
      const outcomes = await run(
        `const outcomes = []
        for (const [equalize, password] of [[true, 'password'], [false, 'password'], [false, 'wrong']])
          outcomes.push(await outcomeOf(make({ equalize }).verify(password, argon2)))
        console.log(JSON.stringify(outcomes))`,
        { reason, flags: NO_WASM },
      )
      const install = `npm install argon2${Number(process.versions['napi']) < 10 ? '@~0.44.0' : ''}`
      const message = `argon2: this digest needs the argon2 package here, and it cannot be loaded. Run: ${install}`
      const error = [true, 'ERR_ENGINE_UNAVAILABLE', message, { name: 'Error', code: reason }]
      expect(outcomes).toEqual([error, error, error])
    },
  )

  test('which Deno does not permit, the error names the flags that permit it', async () => {
    const outcome = await run(
      `console.log(JSON.stringify(await outcomeOf(make({ equalize: false }).verify('password', argon2))))`,
      { reason: 'NotCapable', flags: NO_WASM },
    )
    const message =
      'argon2: this digest needs the argon2 package here, and it may not be loaded. ' +
      'Start Deno with --allow-ffi, --allow-env and --allow-read.'
    expect(outcome).toEqual([true, 'ERR_ENGINE_UNAVAILABLE', message, { name: 'NotCapable' }])
  })

  test('an argon2 digest is checked where there is WebAssembly', async () => {
    const outcomes = await run(
      `const { verify } = make({ equalize: false })
      const checks = ['password', 'wrong'].map((password) => outcomeOf(verify(password, argon2)))
      console.log(JSON.stringify(await Promise.all(checks)))`,
      { reason: 'ERR_MODULE_NOT_FOUND' },
    )
    expect(outcomes).toEqual([true, false])
  })

  test('all other digests are checked, and the places of checks that reject are given back', async () => {
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
    const missing = 'ERR_ENGINE_UNAVAILABLE'
    expect(outcomes).toEqual(Array(20).fill([missing, true, missing, true, false]))
  })
})

describe('an argon2 package that the application installed', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await installPacked()
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
  })

  /** Checks an argon2 digest in a process with a version of Node-API. Node before 22.14 has Node-API 9. */
  const check = async (napi: string): Promise<unknown> => {
    const code = `import { createRegistry } from 'passlift'
      const { verify } = createRegistry({ equalize: false })
      verify('password', ${JSON.stringify(ARGON2)}).catch((error) => console.log(error.code, error.message))`
    const flags = ['--noexpose-wasm', nodeApi(napi), '--input-type=module', '--eval', code]
    return new Promise((resolve) => {
      const child = execFile(process.execPath, flags, { cwd: folder }, (_, stdout, stderr) => {
        resolve({ code: child.exitCode, stdout: stdout.trim(), stderr })
      })
    })
  }

  test.each([
    ['9', '0.45.0'],
    ['9', '0.99.3'],
    ['9', '1.0.0-alpha.1'],
  ])(
    'is refused and not loaded where it would crash Node with Node-API %s: version %s',
    async (napi, version) => {
      await installFakeArgon2(folder, version)
      const stdout =
        'ERR_ENGINE_UNAVAILABLE argon2: the argon2 package that is installed crashes Node before 22.14. ' +
        'Run: npm install argon2@~0.44.0'
      expect(await check(napi)).toEqual({ code: 0, stdout, stderr: '' })
    },
  )

  test.each([
    ['9', '0.44.0'],
    ['9', '0.44.12'],
    ['10', '0.44.0'],
    ['10', '0.45.1'],
  ])('is loaded where Node with Node-API %s can load it: version %s', async (napi, version) => {
    await installFakeArgon2(folder, version)
    expect(await check(napi)).toEqual({ code: 9, stdout: '', stderr: '' })
  })

  test.each([
    ['9', 'npm install argon2@~0.44.0'],
    ['10', 'npm install argon2'],
  ])('is missing, and with Node-API %s the error gives this command: %s', async (napi, command) => {
    await rm(join(folder, 'node_modules/argon2'), { recursive: true, force: true })
    const stdout =
      'ERR_ENGINE_UNAVAILABLE argon2: this digest needs the argon2 package here, and it cannot be loaded. ' +
      `Run: ${command}`
    expect(await check(napi)).toEqual({ code: 0, stdout, stderr: '' })
  })
})

describe('with an engine that throws a hostile object', () => {
  test.each(hostileThings)(
    'checks reject with an EngineError, and their places are given back: %s',
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
        name: 'EngineError',
        message: 'bcrypt: the engine failed.',
        cause: { name: kind, code: undefined },
      })
      for (let round = 0; round < 3; round++) {
        await expect(verify('a', BCRYPT.replace('$04$', '$12$'))).rejects.toEqual(failure)
        await expect(hash('a')).rejects.toEqual(failure)
      }
      // Each of six calls asks the engine for two known answers at once, and the engine throws for both.
      expect(compute).toHaveBeenCalledTimes(12)
      expect(await verify('password', MD5)).toBe(true)
    },
  )
})

describe('without threads', () => {
  const runtime = createRuntimeOn({
    startWorker: () => Promise.reject(new EngineError('ERR_ENGINE_UNAVAILABLE', 'none')),
    patience: () => 1,
    kernels: () => true,
  })
  const onRehashError = vi.fn()
  const registry = createRegistry({ runtime, target: bcryptTarget({ cost: 10 }), onRehashError })

  test('a check that needs a thread rejects for a right and for a wrong password', async () => {
    for (const password of ['a', 'wrong']) {
      await expect(registry.verify(password, BCRYPT)).rejects.toThrow(EngineError)
    }
    await expect(registry.hash('a')).rejects.toThrow(EngineError)
  })

  test('a match stands though its replacement could not be made', async () => {
    const rehash = vi.fn<(next: Replacement) => void>()
    expect(await registry.verify('password', MD5, { rehash })).toBe(true)
    expect(await registry.verify('wrong', MD5, { rehash })).toBe(false)
    expect(rehash).not.toHaveBeenCalled()
    expect(onRehashError).toHaveBeenCalledOnce()
    expect(onRehashError.mock.lastCall).toEqual([expect.any(EngineError)])
  })

  test('a check without work fails as a check of bcrypt does, so that no answer tells whether an account exists', async () => {
    for (const digest of [BCRYPT, null, '!', 'nobody', BCRYPT.slice(0, 50)]) {
      await expect(registry.verify('a', digest)).rejects.toThrow(EngineError)
    }
  })
})
