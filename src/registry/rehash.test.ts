import { format, inspect } from 'node:util'
import { setImmediate } from 'node:timers/promises'
import bcryptjs from 'bcryptjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { textOf } from '../formats/fields.js'
import type { Replacement } from './api.js'
import { createRegistry } from '../default.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher } from '../hasher/contract.js'
import { bcrypt } from '../hashers/bcrypt/bcrypt.js'
import { createRuntime } from '../runtime/runtime.js'
import type { Target } from '../hasher/target.js'
import { bcryptTarget } from '../targets/bcrypt.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const NEW_DIGEST = '$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'

const LOW_COST_BCRYPT = await bcryptjs.hash('another password', 4)

const quickTarget: Target = {
  hashers: [bcrypt],
  cost: bcryptTarget().cost,
  hash: () => Promise.resolve({ digest: NEW_DIGEST, hasher: 'bcrypt' }),
}
const registry = createRegistry({ target: quickTarget, equalize: false })

afterEach(() => {
  vi.restoreAllMocks()
})

describe('rehash', () => {
  test('is handed the new digest, its hasher and the digest that they replace', async () => {
    const rehash = vi.fn<(next: Replacement) => void>()
    expect(await registry.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
    expect(rehash).toHaveBeenCalledExactlyOnceWith({
      digest: NEW_DIGEST,
      hasher: 'bcrypt',
      replaces: MD5_OF_PASSWORD,
    })
  })

  test('is handed the stored digest in its stored spelling', async () => {
    const stored = MD5_OF_PASSWORD.toUpperCase()
    const rehash = vi.fn<(next: Replacement) => void>()
    await registry.verify('password', stored, { rehash })
    expect(rehash.mock.lastCall?.[0].replaces).toBe(stored)
  })

  test('is handed a digest that verifies the same password', async () => {
    const real = createRegistry({ target: bcryptTarget({ cost: 10 }), equalize: false })
    const rehash = vi.fn<(next: Replacement) => void>()
    await real.verify('password', MD5_OF_PASSWORD, { rehash })
    const made = rehash.mock.lastCall?.[0].digest ?? ''
    expect(await bcryptjs.compare('password', made)).toBe(true)
    expect(await bcryptjs.compare('Password', made)).toBe(false)
  })

  test.each([
    ['a mismatch', 'another password', MD5_OF_PASSWORD],
    ['a mismatch of a low-cost digest', 'password', LOW_COST_BCRYPT],
    ['no such user', 'password', null],
    ['an account without a password', 'password', '!'],
    ['an unknown digest', 'password', 'password'],
    ['a password that is refused', '\udc00', MD5_OF_PASSWORD],
  ])('is not called after %s', async (_, password, digest) => {
    const rehash = vi.fn()
    expect(await registry.verify(password, digest, { rehash })).toBe(false)
    expect(rehash).not.toHaveBeenCalled()
  })

  test('is not called on a match that has no reasons', async () => {
    const rehash = vi.fn()
    const stored = 'pbkdf2_sha256$50000$c2FsdA==$'
    const digest = `${stored}${'A'.repeat(43)}=`
    // The runtime derives 32 bytes of zero, which are the checksum of the digest.
    const matching = createRegistry({
      target: quickTarget,
      equalize: false,
      runtime: { admit: () => () => undefined, run: () => Promise.resolve(new Uint8Array(32)) },
    })
    expect(await matching.evaluate('password', digest, { rehash })).toMatchObject({
      outcome: 'match',
      rehash: [],
    })
    expect(rehash).not.toHaveBeenCalled()
  })

  test("makes the check false by the answer 'changed', which says that another digest is stored by then", async () => {
    const rehash = (): Promise<string> => Promise.resolve('changed')
    expect(await registry.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(false)
    expect(await registry.evaluate('password', MD5_OF_PASSWORD, { rehash })).toEqual({ outcome: 'changed' })
  })

  test('causes one warning by the answer false, and the sign-in stands', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const own = createRegistry({ target: quickTarget, equalize: false })
    expect(await own.verify('password', MD5_OF_PASSWORD, { rehash: () => false })).toBe(true)
    expect(await own.verify('password', MD5_OF_PASSWORD, { rehash: () => false })).toBe(true)
    expect(emitWarning).toHaveBeenCalledOnce()
    expect(emitWarning.mock.lastCall).toMatchObject([{}, { code: 'PASSLIFT_REHASH_UNCONFIRMED' }])
  })

  test.each([[0], [null], [undefined], ['lost'], [{ changed: true }]])(
    'does not change the match by the answer %o, and causes no warning',
    async (answer) => {
      const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
      expect(await registry.verify('password', MD5_OF_PASSWORD, { rehash: () => answer })).toBe(true)
      expect(emitWarning).not.toHaveBeenCalled()
    },
  )

  test('keeps neither a place nor a copy of the password where it never settles', async () => {
    const runtime = createRuntime({ maxQueue: 1 })
    let copy: Uint8Array = new Uint8Array(0)
    const hash: Target['hash'] = (password, run) => {
      copy = password
      return quickTarget.hash(password, run)
    }
    const held = createRegistry({ target: { ...quickTarget, hash }, equalize: false, runtime })
    const rehash = vi.fn(() => new Promise(() => undefined))
    held.verify('password', MD5_OF_PASSWORD, { rehash }).catch(() => undefined)
    await vi.waitFor(() => {
      expect(rehash).toHaveBeenCalledOnce()
    })
    expect([...copy]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(await held.verify('password', MD5_OF_PASSWORD)).toBe(true)
  })

  test('is awaited before the check answers', async () => {
    let finish = (): void => undefined
    const stored = new Promise<void>((resolve) => {
      finish = resolve
    })
    const answered = vi.fn()
    const pending = registry.verify('password', MD5_OF_PASSWORD, { rehash: () => stored }).then(answered)
    await setImmediate()
    expect(answered).not.toHaveBeenCalled()
    finish()
    await pending
    expect(answered).toHaveBeenCalledExactlyOnceWith(true)
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('the table is locked')
      },
    ],
    ['rejects', () => Promise.reject(new Error('the table is locked'))],
  ])('does not undo the sign-in where it %s', async (_, rehash) => {
    const onRehashError = vi.fn()
    const watched = createRegistry({ target: quickTarget, equalize: false, onRehashError })
    expect(await watched.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
    expect(onRehashError).toHaveBeenCalledExactlyOnceWith(new Error('the table is locked'))
  })

  test.each([true, false])(
    'is not called where the target throws at once, and the check answers: equal time %s',
    async (equalize) => {
      const failure = new Error('not even a promise')
      const hash: Target['hash'] = () => {
        throw failure
      }
      const [rehash, onRehashError] = [vi.fn(), vi.fn()]
      const broken = createRegistry({ target: { ...quickTarget, hash }, equalize, onRehashError })
      expect(await broken.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
      expect(await broken.verify('Password', MD5_OF_PASSWORD, { rehash })).toBe(false)
      if (equalize) await expect(broken.verify('password', null)).rejects.toBe(failure)
      else expect(await broken.verify('password', null)).toBe(false)
      expect(rehash).not.toHaveBeenCalled()
      expect(onRehashError).toHaveBeenCalledExactlyOnceWith(failure)
      await expect(broken.hash('password')).rejects.toBe(failure)
    },
  )

  test.each([
    ['the digest as a text alone', NEW_DIGEST],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an empty object', {}],
    ['no hasher', { digest: NEW_DIGEST }],
    ['a hasher that is not of the target', { digest: MD5_OF_PASSWORD, hasher: 'md5' }],
    ['an empty digest', { digest: '', hasher: 'bcrypt' }],
    ['a digest that its hasher cannot read', { digest: NEW_DIGEST.slice(0, -1), hasher: 'bcrypt' }],
    ['a digest that is no text', { digest: null, hasher: 'bcrypt' }],
  ])('is not called where the target gives %s, which would take the account away', async (_, made) => {
    const hash = vi.fn<Target['hash']>()
    const give: (value: never) => unknown = (value) => hash.mockResolvedValue(value)
    Reflect.apply(give, undefined, [made])
    const [rehash, onRehashError] = [vi.fn(), vi.fn()]
    const broken = createRegistry({ target: { ...quickTarget, hash }, equalize: false, onRehashError })
    expect(await broken.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
    expect(rehash).not.toHaveBeenCalled()
    expect(onRehashError.mock.lastCall).toMatchObject([{ code: 'ERR_ENGINE_FAILED' }])
    await expect(broken.hash('password')).rejects.toMatchObject({ code: 'ERR_ENGINE_FAILED' })
  })

  test('is not called where no new digest could be made, and the sign-in stands', async () => {
    const failure = new Error('no engine')
    const onRehashError = vi.fn()
    const rehash = vi.fn()
    const target: Target = { ...quickTarget, hash: () => Promise.reject(failure) }
    const watched = createRegistry({ target, equalize: false, onRehashError })
    expect(await watched.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
    expect(onRehashError).toHaveBeenCalledExactlyOnceWith(failure)
    expect(rehash).not.toHaveBeenCalled()
  })
})

describe('onRehashError', () => {
  const rehash = (): never => {
    throw new Error(`UPDATE users SET digest = ${NEW_DIGEST}`)
  }

  test.each([
    [
      'throws',
      () => {
        throw new Error('the logger is gone')
      },
    ],
    ['rejects', () => Promise.reject(new Error('the logger is gone'))],
  ])('does not undo the sign-in where it %s', async (_, onRehashError) => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const watched = createRegistry({ target: quickTarget, equalize: false, onRehashError })
    expect(await watched.evaluate('password', MD5_OF_PASSWORD, { rehash })).toMatchObject({
      outcome: 'match',
    })
    expect(emitWarning).toHaveBeenCalledOnce()
    expect(JSON.stringify(emitWarning.mock.calls)).toContain('PASSLIFT_REHASH_FAILED')
    expect(JSON.stringify(emitWarning.mock.calls)).not.toContain('logger')
  })

  test('is by default a warning of the process with a code, without the text of the error', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    expect(await registry.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
    expect(emitWarning).toHaveBeenCalledExactlyOnceWith(
      'A digest could not be replaced. The sign-in stands; the next one tries again.',
      { type: 'PassliftWarning', code: 'PASSLIFT_REHASH_FAILED' },
    )
  })

  test('is never awaited', async () => {
    const onRehashError = vi.fn(() => new Promise(() => undefined))
    const watched = createRegistry({ target: quickTarget, equalize: false, onRehashError })
    expect(await watched.verify('password', MD5_OF_PASSWORD, { rehash })).toBe(true)
    expect(onRehashError).toHaveBeenCalledOnce()
  })

  test('is not called for a replacement that succeeds', async () => {
    const onRehashError = vi.fn()
    const watched = createRegistry({ target: quickTarget, equalize: false, onRehashError })
    expect(await watched.verify('password', MD5_OF_PASSWORD, { rehash: () => 'stored' })).toBe(true)
    expect(onRehashError).not.toHaveBeenCalled()
  })
})

describe('a replacement', () => {
  test('shows no digest when it is printed', async () => {
    const rehash = vi.fn<(next: Replacement) => void>()
    await registry.verify('password', MD5_OF_PASSWORD, { rehash })
    const next = rehash.mock.lastCall?.[0]
    for (const shown of [inspect(next), inspect({ next }, { showHidden: true }), format('%o', [next])]) {
      expect(shown).toContain('bcrypt')
      expect(shown).not.toContain(NEW_DIGEST)
      expect(shown).not.toContain(MD5_OF_PASSWORD)
    }
  })

  test('keeps every property for stores that write through JSON or spread it', async () => {
    const rehash = vi.fn<(next: Replacement) => void>()
    await registry.verify('password', MD5_OF_PASSWORD, { rehash })
    const next = rehash.mock.lastCall?.[0]
    expect(Object.entries({ ...next })).toEqual([
      ['digest', NEW_DIGEST],
      ['hasher', 'bcrypt'],
      ['replaces', MD5_OF_PASSWORD],
    ])
    expect(JSON.parse(JSON.stringify(next))).toEqual({ ...next })
    expect(structuredClone(next)).toEqual({ ...next })
    expect(Object.isFrozen(next)).toBe(true)
  })
})

describe('a truncated match', () => {
  const long = 'x'.repeat(80)

  test.each([
    ['a password over 72 bytes', long, long],
    ['a password over 72 bytes whose tail differs', long, `${'x'.repeat(72)}y`],
    ['a password with a NUL', 'a\0a', 'a\0a'],
  ])('has no reasons: %s', async (_, stored, password) => {
    const rehash = vi.fn()
    const digest = await bcryptjs.hash(stored, 4)
    expect(registry.needsRehash(digest)).toBe(true)
    expect(await registry.evaluate(password, digest, { rehash })).toEqual({
      outcome: 'match',
      hasher: 'bcrypt',
      insecure: false,
      rehash: [],
      truncated: true,
    })
    expect(rehash).not.toHaveBeenCalled()
  })

  test('of bcrypt begins above a password of 72 bytes', async () => {
    const password = 'x'.repeat(72)
    expect(await registry.evaluate(password, await bcryptjs.hash(password, 4))).toMatchObject({
      outcome: 'match',
      rehash: ['low-cost'],
      truncated: false,
    })
  })

  test('of an insecure digest keeps its reasons, and is replaced', async () => {
    // This hasher reads eight characters, as descrypt does.
    const eight = defineHasher<null>({
      name: 'first_eight',
      standing: 'insecure',
      example: 'eight:password',
      prefixes: ['eight:'],
      parse: (rest) => [{ params: null, salt: new Uint8Array(0), checksum: Buffer.from(textOf(rest)) }],
      describe: () => ({}),
      cost: () => ({ milliseconds: 0.01, bytes: 0, lanes: 1 }),
      derive: (password) => Promise.resolve(password.slice(0, 8)),
      truncates: (password) => password.byteLength > 8,
    })
    const rehash = vi.fn()
    const old = createRegistry({ hashers: [eight], target: quickTarget, equalize: false })
    expect(await old.evaluate('password and more', 'eight:password', { rehash })).toEqual({
      outcome: 'match',
      hasher: 'first_eight',
      insecure: true,
      rehash: ['insecure'],
      truncated: true,
    })
    expect(rehash).toHaveBeenCalledOnce()
  })
})

describe('a digest that the target makes', () => {
  test.each([
    ['a text', 'correct horse'],
    ['a text over 72 bytes', 'x'.repeat(73)],
    ['a text with a NUL', 'a\0b'],
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe)],
    ['the empty text', ''],
  ])('needs no rehash under any policy where the password is %s', async (_, password) => {
    for (const policy of ['insecure', 'dated', 'converge'] as const) {
      const made = createRegistry({
        policy,
        target: bcryptTarget({ cost: 15 }),
        runtime: { admit: () => () => undefined, run: () => Promise.resolve(new Uint8Array(23)) },
      })
      expect(made.needsRehash(await made.hash(password))).toBe(false)
    }
  })
})

describe('the reasons', () => {
  // Each reading of the digest is estimated at 0.28 ms, both together at 0.56. Only one hasher made the digest.
  const TWO_READINGS = `$argon2id$m=450,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(43)}`

  test('are those of the likeliest reading alone, and the same from every function', () => {
    expect(registry.needsRehash(TWO_READINGS)).toBe(true)
    expect(registry.parse(TWO_READINGS)).toMatchObject({ rehash: ['low-cost'] })
  })

  const toy = (name: string, milliseconds: (passwordBytes: number) => number): Hasher =>
    defineHasher<null>({
      name,
      standing: 'sound',
      example: 'toy$right',
      prefixes: ['toy$'],
      parse: (rest) => [{ params: null, salt: new Uint8Array(0), checksum: Buffer.from(textOf(rest)) }],
      describe: () => ({}),
      cost: (_, passwordBytes) => ({ milliseconds: milliseconds(passwordBytes), bytes: 0, lanes: 1 }),
      derive: () => Promise.resolve(Buffer.from('right')),
    })

  test.each([
    ['cheaper', 0.1, 300, ['low-cost']],
    ['costlier', 300, 0.1, []],
  ])(
    'are those of the likelier of two hashers where the likelier is %s',
    async (_, likelier, other, reasons) => {
      const two = createRegistry({
        hashers: [toy('likelier', () => likelier), toy('other', () => other)],
        target: quickTarget,
        equalize: false,
      })
      expect(two.parse('toy$right')).toMatchObject({ hasher: 'likelier', rehash: reasons })
      expect(two.needsRehash('toy$right')).toBe(reasons.length > 0)
      expect(await two.evaluate('password', 'toy$right')).toMatchObject({
        hasher: 'likelier',
        rehash: reasons,
      })
    },
  )

  test('do not depend on the password that was given', async () => {
    // The hasher's estimate is 10 ms for a password of 50 bytes.
    const hashers = [toy('slow_for_long', (passwordBytes) => passwordBytes / 5)]
    const { evaluate, needsRehash } = createRegistry({ hashers, target: quickTarget, equalize: false })
    expect(needsRehash('toy$right')).toBe(false)
    for (const length of [1, 49, 64, 200]) {
      expect(await evaluate('x'.repeat(length), 'toy$right')).toMatchObject({ outcome: 'match', rehash: [] })
    }
  })
})

describe('needsRehash', () => {
  test.each([
    ['an insecure digest', MD5_OF_PASSWORD, true],
    ['bcrypt below the cost of the target', NEW_DIGEST.replace('$12$', '$11$'), true],
    ['bcrypt at the cost of the target', NEW_DIGEST, false],
    ['bcrypt above the cost of the target', NEW_DIGEST.replace('$12$', '$13$'), false],
    ['bcrypt of a broken version', NEW_DIGEST.replace('$2b$', '$2x$'), true],
    ['a malformed digest', NEW_DIGEST.slice(0, 50), true],
    ['an unknown digest', 'nobody claims this', true],
    ['a digest over 4096 characters', 'x'.repeat(4_097), true],
    ['no such user', null, false],
    ['a user without a digest', undefined, false],
    ['an empty digest', '', false],
    ['an unusable password of Django', '!DhJ4GqTBvPsaOYkUWqTwTqsHcfTeEbR7V2yuGSxt', false],
    ['a locked account', '*', false],
  ])('answers for a digest: %s', (_, digest, answer) => {
    expect(registry.needsRehash(digest)).toBe(answer)
  })

  test('compares costs at 64 bytes of password, as parse does', () => {
    // The hasher's estimate is 96 ms for a password of 64 bytes, and 32 ms for the empty password.
    const form = defineHasher<null>({
      name: 'form',
      standing: 'sound',
      example: 'form',
      identify: (text) => text === 'form',
      parse: () => [{ params: null, salt: new Uint8Array(0), checksum: new Uint8Array(1) }],
      describe: () => ({}),
      cost: (_, passwordBytes) => ({ milliseconds: 32 + passwordBytes, bytes: 0, lanes: 1 }),
      derive: () => Promise.resolve(new Uint8Array(1)),
    })
    const needsRehash = (targetCost: Target['cost']): boolean => {
      const target: Target = { ...quickTarget, hashers: [form], cost: targetCost }
      return createRegistry({ hashers: [], target }).needsRehash('form')
    }
    const milliseconds = (estimate: number): ReturnType<Target['cost']> => ({
      milliseconds: estimate,
      bytes: 0,
      lanes: 1,
    })
    expect(needsRehash((passwordBytes) => milliseconds(1.5 * passwordBytes))).toBe(false)
    expect(needsRehash((passwordBytes) => milliseconds(1.6 * passwordBytes))).toBe(true)
    const target: Target = { ...quickTarget, hashers: [form] }
    expect(createRegistry({ hashers: [], target }).parse('form')).toMatchObject({ cost: milliseconds(96) })
  })

  test('reads the digest as the hasher that the row names', () => {
    expect(registry.needsRehash(MD5_OF_PASSWORD, { hasher: 'sha256' })).toBe(true)
    expect(registry.needsRehash(MD5_OF_PASSWORD, { hasher: 'nobody' })).toBe(true)
    expect(registry.needsRehash(NEW_DIGEST, { hasher: 'md5' })).toBe(false)
    expect(registry.needsRehash('*', { hasher: 'md5' })).toBe(false)
  })
})
