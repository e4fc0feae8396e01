import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { textOf } from '../formats/fields.js'
import { createRegistry as createBuiltinRegistry } from '../default.js'
import type { Registry, Replacement } from './api.js'
import { EngineError } from '../errors.js'
import { malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher, Standing } from '../hasher/contract.js'
import { messageDigest } from '../platform/node.js'
import type { Runtime } from '../runtime/runtime.js'
import { createRegistry as createBareRegistry } from './registry.js'
import type { RegistryOptions } from './settings.js'
import type { NewDigest, Target } from '../hasher/target.js'
import { bcryptTarget } from '../targets/bcrypt.js'

const NEW_DIGEST = 'form$100$a new one'
const DIGEST_22 = 'abcdefghijklmnopqrstuu'
const CHECKSUM_31 = 'EoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'

// The fake hashers below write `<name>$<estimated milliseconds>$<password>`; the target's computation is estimated at 100 ms.
const fast = fakeHasher('fast', 'insecure')
const slow = fakeHasher('slow', 'sound')
const form = fakeHasher('form', 'sound')

describe('the target makes one digest beside the check of', () => {
  test.each([
    ['no such user', null, 'unusable'],
    ['a user without a digest', undefined, 'unusable'],
    ['an empty digest', '', 'unusable'],
    ['an account that was locked', '!locked', 'unusable'],
    ['an account that never had a password', '*', 'unusable'],
    ['a digest that no hasher claims', 'nobody$1$right', 'unknown'],
    ['a digest that is too long', `slow$100$${'x'.repeat(4_096)}`, 'unknown'],
    ['a malformed digest', 'slow$100', 'malformed'],
    ['a digest over the limits', 'slow$5000$right', 'too-costly'],
    ['a cheap mismatch', 'slow$99$wrong', 'mismatch'],
    ['a cheap match that has no reasons', 'slow$99$right', 'match'],
    ['an insecure mismatch', 'fast$0$wrong', 'mismatch'],
    ['an insecure match that nobody replaces', 'fast$0$right', 'match'],
    ["a mismatch of the target's form below its cost", 'form$99$wrong', 'mismatch'],
  ])('%s', async (_, digest, outcome) => {
    const { registry, hash } = withFakes()
    expect(await registry.evaluate('right', digest)).toMatchObject({ outcome })
    expect(hash).toHaveBeenCalledOnce()
  })

  test('a row that names a hasher which does not exist', async () => {
    const { registry, hash } = withFakes()
    expect(await registry.evaluate('right', 'slow$500$right', { hasher: 'nobody' })).toMatchObject({
      outcome: 'unknown',
    })
    expect(hash).toHaveBeenCalledOnce()
  })
})

describe('the target makes no digest beside the check of', () => {
  test.each([
    ['a mismatch as slow as the target', 'slow$100$wrong', 'mismatch'],
    ['a match as slow as the target', 'slow$100$right', 'match'],
    ['a mismatch slower than the target', 'slow$101$wrong', 'mismatch'],
    ["a match of the target's form at its cost", 'form$100$right', 'match'],
    ["a mismatch of the target's form at its cost", 'form$100$wrong', 'mismatch'],
  ])('%s', async (_, digest, outcome) => {
    const { registry, hash } = withFakes()
    expect(await registry.evaluate('right', digest)).toMatchObject({ outcome })
    expect(hash).not.toHaveBeenCalled()
  })

  test.each([
    ['a password with half of a surrogate pair', '\ud83d'],
    ['a password over 4096 bytes', 'x'.repeat(4_097)],
  ])('%s, whatever the digest', async (_, password) => {
    const { registry, hash } = withFakes()
    for (const digest of [null, 'nobody$', 'fast$0$right', 'slow$5000$right']) {
      expect(await registry.evaluate(password, digest)).toMatchObject({ outcome: 'refused' })
    }
    expect(hash).not.toHaveBeenCalled()
  })

  test('a digest whose readings together take as long as the target', async () => {
    const first = fakeHasher('first', 'sound', 'shared$')
    const second = fakeHasher('second', 'sound', 'shared$')
    const { registry, hash } = withFakes({ hashers: [first, second] })
    expect(await registry.verify('right', 'shared$50$wrong')).toBe(false)
    expect(hash).not.toHaveBeenCalled()
    expect(await registry.verify('right', 'shared$49$wrong')).toBe(false)
    expect(hash).toHaveBeenCalledOnce()
  })

  test('a digest as slow as the target for a password of that length', async () => {
    const { registry, hash } = withFakes({
      target: { cost: (passwordBytes) => ({ milliseconds: passwordBytes, bytes: 0, lanes: 1 }) },
    })
    expect(await registry.verify('x'.repeat(50), 'slow$50$wrong')).toBe(false)
    expect(hash).not.toHaveBeenCalled()
    expect(await registry.verify('x'.repeat(51), 'slow$50$wrong')).toBe(false)
    expect(hash).toHaveBeenCalledOnce()
  })
})

describe('beside a bcrypt target of cost 10', () => {
  test.each([
    ['a check of bcrypt of cost 09 takes one job more', '$2b$09$', 2],
    ['a check of bcrypt of cost 10 takes no other job', '$2b$10$', 1],
    ['a check of bcrypt of cost 10 in the spelling of PHP takes no other job', '$2y$10$', 1],
    ['a check of bcrypt of cost 11 takes no other job', '$2b$11$', 1],
    ['a check of bcrypt_sha256_django of cost 09 takes one job more', 'bcrypt_sha256$$2b$09$', 2],
    ['a check of bcrypt_sha256_django of cost 10 takes no other job', 'bcrypt_sha256$$2b$10$', 1],
  ])('%s', async (_, prefix, jobs) => {
    const run = vi.fn(() => Promise.resolve(new Uint8Array(23)))
    const registry = createBuiltinRegistry({
      target: bcryptTarget({ cost: 10 }),
      runtime: { admit: () => () => undefined, run },
    })
    for (const password of ['short', 'x'.repeat(73)]) {
      run.mockClear()
      expect(await registry.verify(password, prefix + DIGEST_22 + CHECKSUM_31)).toBe(false)
      expect(run).toHaveBeenCalledTimes(jobs)
    }
  })
})

describe('the digest that the target makes beside a check', () => {
  test('is the replacement on a match with reasons', async () => {
    const { registry, hash } = withFakes()
    const rehash = vi.fn<(next: Replacement) => void>()
    expect(await registry.verify('right', 'fast$0$right', { rehash })).toBe(true)
    expect(hash).toHaveBeenCalledOnce()
    expect(rehash).toHaveBeenCalledExactlyOnceWith({
      digest: NEW_DIGEST,
      hasher: 'form',
      replaces: 'fast$0$right',
    })
  })

  test.each([
    ['a mismatch', 'fast$0$wrong'],
    ['a match without reasons', 'slow$11$right'],
    ['no such user', null],
    ['a malformed digest', 'fast$0'],
    ['a digest over the limits', 'slow$5000$right'],
  ])('is discarded after %s', async (_, digest) => {
    const { registry, hash } = withFakes()
    const rehash = vi.fn()
    await registry.evaluate('right', digest, { rehash })
    expect(hash).toHaveBeenCalledOnce()
    expect(rehash).not.toHaveBeenCalled()
  })

  test('is made after the check where a match with reasons is slower than the target', async () => {
    const { registry, hash } = withFakes({ policy: 'converge' })
    const rehash = vi.fn<(next: Replacement) => void>()
    expect(await registry.verify('right', 'slow$500$right', { rehash })).toBe(true)
    expect(hash).toHaveBeenCalledOnce()
    expect(rehash).toHaveBeenCalledOnce()
  })

  test.each([
    ['true for a right password', 'slow$1$right', true],
    ['true for an insecure digest', 'fast$0$right', true],
    ['false for a wrong password', 'slow$1$wrong', false],
    ['false for no such user', null, false],
    ['false for a malformed digest', 'slow$1', false],
  ])('is awaited by a check that answers %s', async (_, digest, answer) => {
    let finish = (): void => undefined
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { registry } = withFakes({ target: { hash: () => held.then(newDigest) } })
    const answered = vi.fn()
    const pending = registry.verify('right', digest).then(answered)
    await setImmediate()
    expect(answered).not.toHaveBeenCalled()
    finish()
    await pending
    expect(answered).toHaveBeenCalledExactlyOnceWith(answer)
  })

  test('is begun before the check has ended', async () => {
    const steps: string[] = []
    const watched = fakeHasher('slow', 'sound', 'slow$', async (password) => {
      steps.push('check starts')
      await setImmediate()
      steps.push('check ends')
      return messageDigest('sha256', password)
    })
    const { registry } = withFakes({
      hashers: [watched],
      target: {
        hash: () => {
          steps.push('hash starts')
          return newDigest()
        },
      },
    })
    expect(await registry.verify('right', 'slow$1$right')).toBe(true)
    expect(steps.indexOf('hash starts')).toBeLessThan(steps.indexOf('check ends'))
  })

  test.each([
    ['no such user', null, 'unusable'],
    ['an unknown digest', 'nobody$', 'unknown'],
    ['a malformed digest', 'slow$1', 'malformed'],
    ['a digest over the limits', 'slow$5000$right', 'too-costly'],
  ])('fails the check of %s where the target fails, as a real check would', async (_, digest, outcome) => {
    const onRehashError = vi.fn()
    const failure = new EngineError('ERR_ENGINE_LOST', 'A thread was lost.')
    const hash = vi.fn(() => Promise.reject<NewDigest>(failure))
    const { registry } = withFakes({ target: { hash }, onRehashError })
    await expect(registry.evaluate('right', digest)).rejects.toBe(failure)
    // A failure does not change the next check.
    hash.mockImplementation(() => Promise.resolve({ digest: 'form$0$right', hasher: 'form' }))
    expect(await registry.evaluate('right', digest)).toMatchObject({ outcome })
    expect(onRehashError).not.toHaveBeenCalled()
  })

  test.each([
    ['a match', 'slow$11$right', 'match'],
    ['a match with reasons', 'fast$0$right', 'match'],
    ['a mismatch', 'slow$11$wrong', 'mismatch'],
  ])('does not change the answer for %s where the target fails', async (_, digest, outcome) => {
    const onRehashError = vi.fn()
    const { registry } = withFakes({
      target: { hash: () => Promise.reject(new Error('no engine')) },
      onRehashError,
    })
    expect(await registry.evaluate('right', digest)).toMatchObject({ outcome })
    expect(onRehashError).not.toHaveBeenCalled()
  })

  test('is reported as a failed replacement where the target fails on a match with reasons', async () => {
    const failure = new Error('no engine')
    const onRehashError = vi.fn()
    const rehash = vi.fn()
    const { registry } = withFakes({ target: { hash: () => Promise.reject(failure) }, onRehashError })
    expect(await registry.verify('right', 'fast$0$right', { rehash })).toBe(true)
    expect(onRehashError).toHaveBeenCalledExactlyOnceWith(failure)
    expect(rehash).not.toHaveBeenCalled()
  })

  test('is awaited by a check whose engine fails, before the check rejects', async () => {
    let finish = (): void => undefined
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    const broken = fakeHasher('slow', 'sound', 'slow$', () => Promise.reject(new Error('no engine')))
    const { registry } = withFakes({ hashers: [broken], target: { hash: () => held.then(newDigest) } })
    const rejected = vi.fn()
    const pending = registry.verify('right', 'slow$1$right').catch(rejected)
    await setImmediate()
    expect(rejected).not.toHaveBeenCalled()
    finish()
    await pending
    expect(rejected).toHaveBeenCalledOnce()
  })
})

describe('with equalize off', () => {
  test.each([
    ['no such user', null],
    ['an unknown digest', 'nobody$'],
    ['a malformed digest', 'slow$1'],
    ['a digest over the limits', 'slow$5000$right'],
    ['a mismatch', 'fast$0$wrong'],
    ['a match without reasons', 'slow$11$right'],
  ])('the target makes no digest for %s', async (_, digest) => {
    const { registry, hash } = withFakes({ equalize: false })
    await registry.evaluate('right', digest, { rehash: vi.fn() })
    expect(hash).not.toHaveBeenCalled()
  })

  test('the target makes no digest for a match with reasons and no rehash', async () => {
    const { registry, hash } = withFakes({ equalize: false })
    expect(await registry.evaluate('right', 'fast$0$right')).toMatchObject({ rehash: ['insecure'] })
    expect(hash).not.toHaveBeenCalled()
  })

  test('the target makes one digest for a match with reasons and a rehash, after the check', async () => {
    const steps: string[] = []
    const watched = fakeHasher('fast', 'insecure', 'fast$', async (password) => {
      await setImmediate()
      steps.push('check ends')
      return messageDigest('sha256', password)
    })
    const { registry } = withFakes({
      equalize: false,
      hashers: [watched],
      target: {
        hash: () => {
          steps.push('hash starts')
          return newDigest()
        },
      },
    })
    const rehash = vi.fn<(next: Replacement) => void>()
    expect(await registry.verify('right', 'fast$0$right', { rehash })).toBe(true)
    expect(steps).toEqual(['check ends', 'hash starts'])
    expect(rehash).toHaveBeenCalledOnce()
  })
})

interface Fakes extends Partial<Omit<RegistryOptions, 'target'>> {
  readonly target?: Partial<Target>
}

function withFakes({ target: targetParts, ...options }: Fakes = {}): {
  readonly registry: Registry
  readonly hash: Target['hash']
} {
  const hash = vi.fn(targetParts?.hash ?? newDigest)
  const target: Target = {
    hashers: [form],
    cost: () => ({ milliseconds: 100, bytes: 0, lanes: 1 }),
    ...targetParts,
    hash,
  }
  const runtime: Runtime = { admit: () => () => undefined, run: () => Promise.reject(new Error('no job')) }
  return { registry: createBareRegistry({ hashers: [fast, slow], runtime, ...options, target }), hash }
}

function newDigest(): ReturnType<Target['hash']> {
  return Promise.resolve({ digest: NEW_DIGEST, hasher: 'form' })
}

function fakeHasher(
  name: string,
  standing: Standing,
  prefix = `${name}$`,
  derive: (password: Uint8Array) => Promise<Uint8Array> = (password) =>
    Promise.resolve(messageDigest('sha256', password)),
): Hasher {
  return defineHasher<number>({
    name,
    standing,
    example: `${prefix}1$example`,
    identify: (text) => text.startsWith(prefix),
    parse: (rest) => {
      const [, milliseconds, password] = textOf(rest).split('$')
      if (password === undefined) return malformed('shape', 'digest')
      const checksum = messageDigest('sha256', Buffer.from(password))
      return [{ params: Number(milliseconds), salt: new Uint8Array(0), checksum }]
    },
    describe: () => ({}),
    cost: ({ params }) => ({ milliseconds: params, bytes: 0, lanes: 1 }),
    derive,
  })
}
