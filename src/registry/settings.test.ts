import { describe, expect, test } from 'vitest'
import { RegistryError } from '../errors.js'
import { defineHasher } from '../hasher/hasher.js'
import type { HasherSpec } from '../hasher/contract.js'
import { createRegistry } from './registry.js'
import type { RegistryOptions } from './settings.js'
import { resolveRegistryOptions } from './settings.js'
import type { Target } from '../hasher/target.js'

const COST = { milliseconds: 1, bytes: 0, lanes: 1 }

const phpass = defineHasher(specOf('phpass'))
const bcrypt = defineHasher(specOf('bcrypt'))
const target: Target = {
  hashers: [bcrypt],
  cost: () => COST,
  hash: () => Promise.resolve({ digest: 'bcrypt', hasher: 'bcrypt' }),
}
const minimal: RegistryOptions = { hashers: [phpass], target }

describe('createRegistry refuses', () => {
  test.each([
    ['no options', undefined],
    ['options that are null', null],
    ['options that are a text', 'hashers'],
    ['no hashers', { target }],
    ['hashers that are no list', { ...minimal, hashers: phpass }],
    ['a hasher that is a name', { ...minimal, hashers: ['phpass'] }],
    ['a hasher that is missing', { ...minimal, hashers: [undefined] }],
    ['a hasher without a name', { ...minimal, hashers: [{ ...phpass, name: undefined }] }],
    ['a hasher without parse', { ...minimal, hashers: [{ ...phpass, parse: undefined }] }],
    ['a hasher without identify', { ...minimal, hashers: [{ ...phpass, identify: undefined }] }],
    ['a specification without defineHasher', { ...minimal, hashers: [specOf('phpass')] }],
    [
      'a specification with prefixes without defineHasher',
      { ...minimal, hashers: [{ ...specOf('phpass'), prefixes: ['phpass'] }] },
    ],
    ['no target', { hashers: [phpass] }],
    ['a target that is null', { ...minimal, target: null }],
    ['a target that is a name', { ...minimal, target: 'bcrypt' }],
    ['a target that is a hasher', { ...minimal, target: bcrypt }],
    ['a target without a form', { ...minimal, target: { ...target, hashers: [] } }],
    ['a target whose form is no hasher', { ...minimal, target: { ...target, hashers: ['bcrypt'] } }],
    ['a target without hash', { ...minimal, target: { ...target, hash: undefined } }],
    ['a target without a cost', { ...minimal, target: { ...target, cost: COST } }],
    ['a policy that is null', { ...minimal, policy: null }],
    ['a policy that does not exist', { ...minimal, policy: 'strict' }],
    ['a policy named like a member of every object', { ...minimal, policy: 'constructor' }],
    ['a policy in another case', { ...minimal, policy: 'Dated' }],
    ['limits that are null', { ...minimal, limits: null }],
    ['limits that are a number', { ...minimal, limits: 4_000 }],
    ['a limit of 0', { ...minimal, limits: { milliseconds: 0 } }],
    ['a limit that is null', { ...minimal, limits: { lanes: null } }],
    ['a limit that is a text', { ...minimal, limits: { bytes: '512' } }],
    ['equalize as a text', { ...minimal, equalize: 'false' }],
    ['equalize as a number', { ...minimal, equalize: 0 }],
    ['equalize as null', { ...minimal, equalize: null }],
    ['a runtime without run', { ...minimal, runtime: { admit: () => () => undefined } }],
    ['a runtime without admit', { ...minimal, runtime: { run: () => undefined } }],
    ['a runtime that is null', { ...minimal, runtime: null }],
    ['an onRehashError that is no function', { ...minimal, onRehashError: 'warn' }],
    ['an option that does not exist', { ...minimal, equalise: false }],
  ])('%s', (_, options: unknown) => {
    const error = thrownBy(() => createUntyped(options))
    expect(error).toBeInstanceOf(RegistryError)
    expect(error).toMatchObject({ code: 'ERR_REGISTRY_OPTION' })
  })

  test.each([
    ['the same hasher twice', { ...minimal, hashers: [phpass, phpass] }],
    ['two hashers of one name', { ...minimal, hashers: [phpass, defineHasher(specOf('phpass'))] }],
    ["a hasher of the name of the target's form", { ...minimal, hashers: [defineHasher(specOf('bcrypt'))] }],
  ])('%s', (_, options) => {
    const error = thrownBy(() => createRegistry(options))
    expect(error).toBeInstanceOf(RegistryError)
    expect(error).toMatchObject({ code: 'ERR_REGISTRY_DUPLICATE_HASHER' })
  })

  test('a misspelled option with an error that names the existing options and no value', () => {
    const error = thrownBy(() => createRegistry({ ...minimal, ...{ hunter2: 'hunter2' } }))
    expect(String(error)).toMatch(/hashers, target, names, policy, limits, equalize/)
    expect(String(error)).not.toContain('hunter2')
  })
})

describe('the options of a registry', () => {
  test('have defaults', () => {
    const settings = resolveRegistryOptions(minimal)
    expect(settings).toMatchObject({ policy: 'insecure', equalize: true, target })
    expect(settings.limits).toMatchObject({ milliseconds: 4_000, lanes: 64 })
  })

  test('have their defaults where they are undefined', () => {
    const given = { policy: undefined, limits: undefined, equalize: undefined, runtime: undefined }
    expect(createUntyped({ ...minimal, ...given, onRehashError: undefined })).toMatchObject({
      hashers: [{ name: 'phpass' }, { name: 'bcrypt' }],
    })
  })

  test('are used where they are given', () => {
    const runtime = { admit: () => () => undefined, run: () => Promise.resolve(new Uint8Array(0)) }
    const onRehashError = (): void => undefined
    const given = { ...minimal, policy: 'converge', equalize: false, runtime, onRehashError } as const
    expect(resolveRegistryOptions({ ...given, limits: { milliseconds: 9_000 } })).toMatchObject({
      policy: 'converge',
      equalize: false,
      runtime: { admit: runtime.admit },
      onRehashError,
      limits: { milliseconds: 9_000, lanes: 64 },
    })
  })

  test("make jobs heavy above twice the estimate of the target's computation", () => {
    expect(resolveRegistryOptions(minimal).heavyAbove).toBe(2 * target.cost(64).milliseconds)
  })

  test('are not read from a prototype', () => {
    const options = {
      ...minimal,
      __proto__: { policy: 'converge', equalize: false, limits: { lanes: 1 }, onRehashError: 'nonsense' },
    }
    const settings = resolveRegistryOptions(options)
    expect(settings).toMatchObject({ policy: 'insecure', equalize: true, limits: { lanes: 64 } })
  })

  test('are copied and frozen, so that later changes have no effect', () => {
    const hashers = [phpass]
    const limits = { lanes: 2 }
    const settings = resolveRegistryOptions({ ...minimal, hashers, limits })
    hashers.pop()
    limits.lanes = 4
    expect(settings.hashers).toEqual([phpass, bcrypt])
    expect(settings.limits.lanes).toBe(2)
    expect([settings, settings.hashers, settings.limits].every(Object.isFrozen)).toBe(true)
  })
})

describe("the target's hashers", () => {
  test('are added after the hashers of the options', () => {
    expect(namesOf(createRegistry(minimal))).toEqual(['phpass', 'bcrypt'])
  })

  test('are not added twice, and keep their place among the hashers of the options', () => {
    expect(namesOf(createRegistry({ ...minimal, hashers: [bcrypt, phpass] }))).toEqual(['bcrypt', 'phpass'])
  })

  test('are enough for a registry where the list of hashers is empty', () => {
    expect(namesOf(createRegistry({ ...minimal, hashers: [] }))).toEqual(['bcrypt'])
  })
})

/** Calls a function as JavaScript without types would. */
function createUntyped(options: unknown): unknown {
  const create: (options: never) => unknown = createRegistry
  return Reflect.apply(create, undefined, [options])
}

function namesOf({ hashers }: { readonly hashers: readonly { readonly name: string }[] }): readonly string[] {
  return hashers.map(({ name }) => name)
}

function specOf(name: string): HasherSpec<null> {
  return {
    name,
    standing: 'sound',
    example: name,
    identify: (digest) => digest === name,
    parse: () => [{ params: null, salt: new Uint8Array(0), checksum: new Uint8Array(1) }],
    describe: () => ({}),
    cost: () => COST,
    derive: () => Promise.resolve(new Uint8Array(0)),
  }
}

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}
