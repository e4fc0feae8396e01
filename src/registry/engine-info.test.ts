import { describe, expect, test, vi } from 'vitest'
import { builtinHashers, createRegistry } from '../default.js'
import { findEngine } from './engine-info.js'
import { malformed } from '../formats/problem.js'
import { md5 } from '../hashers/bare-hex.js'
import { bcrypt } from '../hashers/bcrypt.js'
import { phpass } from '../hashers/phpass.js'
import type { Hasher } from '../hasher/hasher.js'
import { createRuntimeOn } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'

describe('the engine of a hasher', () => {
  test("is the runtime's for the kind of work that its example asks for", async () => {
    const runtime = namingRuntime()
    expect(await findEngine(bcrypt, runtime)).toEqual({ hasher: 'bcrypt', engine: 'an engine for bcrypt' })
    expect(await findEngine(phpass, runtime)).toEqual({
      hasher: 'phpass',
      engine: 'an engine for digest-loop',
    })
  })

  test('is found without any work', async () => {
    const runtime = namingRuntime()
    await findEngine(bcrypt, runtime)
    expect(runtime.run).not.toHaveBeenCalled()
    expect(runtime.admit).not.toHaveBeenCalled()
  })

  test('is none where the runtime is not asked', async () => {
    expect(await findEngine(md5, namingRuntime())).toEqual({ hasher: 'md5', engine: 'in place' })
  })

  test('is the runtime where that does not name its engines', async () => {
    const { admit, run } = namingRuntime()
    expect(await findEngine(bcrypt, { admit, run })).toEqual({ hasher: 'bcrypt', engine: 'custom runtime' })
  })

  test('is none where the example cannot be read', async () => {
    const broken: Hasher = { ...bcrypt, name: 'broken', parse: () => malformed('shape', 'digest') }
    expect(await findEngine(broken, namingRuntime())).toEqual({ hasher: 'broken', engine: 'in place' })
  })
})

describe('the engines of a registry', () => {
  const always = [
    ...['md5', 'sha256'].map((hasher) => [hasher, 'in place'] as const),
    ...['pbkdf2_sha1', 'pbkdf2_sha256', 'pbkdf2_sha256_django', 'pbkdf2_sha512'].map(
      (hasher) => [hasher, 'node:crypto'] as const,
    ),
  ]

  test('are kernels where they can be compiled', async () => {
    expect(await enginesOf(true)).toEqual({
      ...Object.fromEntries(always),
      argon2i: 'WebAssembly kernel',
      argon2id: 'WebAssembly kernel',
      bcrypt: 'WebAssembly kernel',
      bcrypt_sha256_django: 'WebAssembly kernel',
      phpass: 'WebAssembly kernel',
      scrypt_firebase: 'WebAssembly kernel',
      scrypt_werkzeug: 'WebAssembly kernel',
    })
  })

  test('are the stand-ins elsewhere', async () => {
    expect(await enginesOf(false)).toEqual({
      ...Object.fromEntries(always),
      argon2i: 'argon2',
      argon2id: 'argon2',
      bcrypt: 'bcryptjs',
      bcrypt_sha256_django: 'bcryptjs',
      phpass: 'node:crypto',
      scrypt_firebase: 'node:crypto',
      scrypt_werkzeug: 'node:crypto',
    })
  })

  test('are the ones of the application, for their kind of work', async () => {
    const compute = vi.fn(() => Promise.reject(new Error('no work')))
    const registry = createRegistry({
      engines: { scrypt: { name: 'hardware', usesThreadPool: false, compute } },
    })
    const served = (await registry.engines()).filter(({ engine }) => engine === 'hardware')
    expect(served.map(({ hasher }) => hasher)).toEqual(['scrypt_firebase', 'scrypt_werkzeug'])
    expect(compute).not.toHaveBeenCalled()
  })

  test("are a custom runtime's where it names none", async () => {
    const { admit, run } = namingRuntime()
    const [served] = await createRegistry({ runtime: { admit, run } }).engines()
    expect(served).toEqual({ hasher: 'bcrypt', engine: 'custom runtime' })
  })

  test('stand in the order of its hashers', async () => {
    const names = (await createRegistry().engines()).map(({ hasher }) => hasher)
    expect(names).toEqual(builtinHashers.map(({ name }) => name))
  })
})

async function enginesOf(kernels: boolean): Promise<Readonly<Record<string, string>>> {
  const startWorker = (): Promise<never> => Promise.reject(new Error('no thread was wanted'))
  const runtime = createRuntimeOn({ startWorker, patience: () => 1, kernels: () => kernels })
  const served = await createRegistry({ runtime }).engines()
  return Object.fromEntries(served.map(({ hasher, engine }) => [hasher, engine]))
}

function namingRuntime(): Required<Runtime> {
  return {
    admit: vi.fn<Runtime['admit']>(() => () => undefined),
    run: vi.fn<Runtime['run']>(() => Promise.resolve(new Uint8Array(0))),
    engineOf: (kind) => `an engine for ${kind}`,
  }
}
