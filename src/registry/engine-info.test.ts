import { describe, expect, test, vi } from 'vitest'
import { bcryptJob } from '../compute/kinds/bcrypt.js'
import { builtinHashers, createRegistry } from '../default.js'
import { malformed } from '../formats/problem.js'
import { defineDelegate } from '../hasher/delegate.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Claim, Hasher, HasherSpec } from '../hasher/contract.js'
import { wrapHasher } from '../hasher/wrap.js'
import { kindOf as nameable, nameEngine } from './engine-info.js'
import { createRuntimeOn } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'

const common: Pick<HasherSpec<null>, 'name' | 'standing' | 'example' | 'parse' | 'describe'> & Claim = {
  name: 'toy',
  standing: 'sound',
  example: 'toy$',
  prefixes: ['toy$'],
  parse: () => [{ params: null, salt: new Uint8Array(16), checksum: new Uint8Array(23) }],
  describe: () => ({}),
}
const spec: HasherSpec<null> = {
  ...common,
  job: (password, { salt }) => bcryptJob({ variant: 'standard', password, salt, cost: 31 }),
}
const toy = defineHasher(spec)
const inPlace = defineHasher<null>({
  ...common,
  cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
  derive: () => Promise.reject(new Error('no work')),
})

describe('the engine of a hasher', () => {
  const engineOf = (hasher: Hasher, runtime: Runtime = namingRuntime(), engines = new Map()): string =>
    nameEngine(nameable(hasher), { runtime, engines })

  test("is the runtime's engine for the kind of its jobs; a wrap has the engine of the inner hasher", () => {
    const wrapped = wrapHasher(toy, { name: 'wrapped', prefixes: ['w'], example: 'wtoy$' })
    expect(engineOf(toy)).toBe('an engine for bcrypt')
    expect(engineOf(wrapped)).toBe('an engine for bcrypt')
  })

  test('is the engine that the registry was given for the kind of its jobs', () => {
    const engine = { name: 'hardware', usesThreadPool: false, compute: () => Promise.reject(new Error('no')) }
    expect(engineOf(toy, namingRuntime(), new Map([['bcrypt', engine]]))).toBe('hardware')
    expect(engineOf(toy, namingRuntime(), new Map([['scrypt', engine]]))).toBe('an engine for bcrypt')
  })

  test('is found without any work', () => {
    const runtime = namingRuntime()
    engineOf(toy, runtime)
    engineOf(inPlace, runtime)
    expect(runtime.run).not.toHaveBeenCalled()
    expect(runtime.admit).not.toHaveBeenCalled()
  })

  test('is "in place" or "another service" where no engine of the runtime computes', () => {
    expect(engineOf(inPlace)).toBe('in place')
    const check = vi.fn(() => Promise.resolve(true))
    expect(engineOf(defineDelegate({ name: 'service', standing: 'dated', check }))).toBe('another service')
    expect(check).not.toHaveBeenCalled()
  })

  test('is "not known" where the hasher cannot read its example', () => {
    expect(engineOf(defineHasher({ ...spec, parse: () => malformed('shape', 'digest') }))).toBe('not known')
  })

  test('is "custom runtime" where the runtime does not name its engines', () => {
    const { admit, run } = namingRuntime()
    expect(engineOf(toy, { admit, run })).toBe('custom runtime')
  })
})

describe('the engines of a registry', () => {
  test('are kernels for each kind of work that has a kernel, else the stand-ins', async () => {
    expect(await enginesOf(true)).toEqual(
      expectedOf(({ hasKernel, standIn }) => (hasKernel ? 'WebAssembly kernel' : standIn)),
    )
  })

  test('are the stand-ins alone where kernels cannot be compiled', async () => {
    const served = await enginesOf(false)
    expect(served).toEqual(expectedOf(({ addon, standIn }) => addon?.name ?? standIn))
    expect(new Set(Object.values(served))).toEqual(
      new Set(['bcryptjs', 'argon2', 'node:crypto', 'JavaScript', 'in place']),
    )
  })

  test('are those of the application for the kinds of work that the application gives engines for', async () => {
    const compute = vi.fn(() => Promise.reject(new Error('no work')))
    const registry = createRegistry({
      engines: { scrypt: { name: 'hardware', usesThreadPool: false, compute } },
    })
    const served = (await registry.engines()).filter(({ engine }) => engine === 'hardware')
    const scrypts = builtinHashers.filter((hasher) => kindOf(hasher)?.name === 'scrypt')
    expect(scrypts.length).toBeGreaterThan(1)
    expect(served.map(({ hasher }) => hasher)).toEqual(scrypts.map(({ name }) => name))
    expect(compute).not.toHaveBeenCalled()
  })

  test('are "custom runtime" where the runtime does not name its engines', async () => {
    const { admit, run } = namingRuntime()
    const [served] = await createRegistry({ runtime: { admit, run } }).engines()
    expect(served).toEqual({ hasher: 'bcrypt', engine: 'custom runtime' })
  })

  test('are listed in the order of the hashers', async () => {
    const names = (await createRegistry().engines()).map(({ hasher }) => hasher)
    expect(names).toEqual(builtinHashers.map(({ name }) => name))
  })
})

type Kind = Exclude<ReturnType<Hasher['kind']>, string>

function kindOf(hasher: Hasher): Kind | undefined {
  const kind = hasher.kind()
  return typeof kind === 'string' ? undefined : kind
}

/** The engine of every built-in hasher, by its kind of work. */
function expectedOf(engineOf: (kind: Kind) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    builtinHashers.map((hasher) => {
      const kind = kindOf(hasher)
      return [hasher.name, kind === undefined ? 'in place' : engineOf(kind)]
    }),
  )
}

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
    engineOf: ({ name }) => `an engine for ${name}`,
  }
}
