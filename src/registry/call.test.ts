import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import type { Mock } from 'vitest'
import type { Registry } from './api.js'
import { openCall } from './call.js'
import type { CallSettings } from './call.js'
import { OverloadedError } from '../errors.js'
import { textOf } from '../formats/fields.js'
import { malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher } from '../hasher/contract.js'
import { bcryptJob } from '../compute/kinds/bcrypt.js'
import { pbkdf2Job } from '../compute/kinds/pbkdf2.js'
import type { Runtime } from '../runtime/runtime.js'
import { createRegistry } from './registry.js'
import type { RegistryOptions } from './settings.js'
import { createSignalFollower } from './signals.js'
import type { Target } from '../hasher/target.js'

const JOB = bcryptJob({
  variant: 'standard',
  password: new Uint8Array(0),
  salt: new Uint8Array(16),
  cost: 4,
})
const REASON = new Error('the client went away')

const settingsOf = (runtime: Runtime, more: Partial<CallSettings> = {}): CallSettings => ({
  runtime,
  engines: new Map(),
  heavyAbove: 100,
  follow: createSignalFollower(),
  ...more,
})

describe('openCall', () => {
  test('returns the answer of the work, and gives the place back after the work', async () => {
    const { runtime, admit, leave } = watchedRuntime()
    const answer = await openCall(settingsOf(runtime), {}, async () => {
      await setImmediate()
      expect(leave).not.toHaveBeenCalled()
      return 'answer'
    })
    expect(answer).toBe('answer')
    expect(admit).toHaveBeenCalledOnce()
    expect(leave).toHaveBeenCalledOnce()
  })

  test.each([
    ['without a signal', undefined],
    ['with a signal', new AbortController().signal],
  ])('gives the place back after work that failed, %s', async (_, signal) => {
    const { runtime, leave } = watchedRuntime()
    await expect(openCall(settingsOf(runtime), { signal }, () => Promise.reject(REASON))).rejects.toBe(REASON)
    expect(leave).toHaveBeenCalledOnce()
  })

  test('rejects where the queue is full, and does no work', async () => {
    const full = new OverloadedError('ERR_OVERLOADED', 'full')
    const { runtime } = watchedRuntime({
      admit: () => {
        throw full
      },
    })
    const work = vi.fn(() => Promise.resolve())
    await expect(openCall(settingsOf(runtime), {}, work)).rejects.toBe(full)
    await expect(openCall(settingsOf(runtime), { signal: new AbortController().signal }, work)).rejects.toBe(
      full,
    )
    expect(work).not.toHaveBeenCalled()
  })

  test('takes no place for a signal that is aborted already', async () => {
    const { runtime, admit } = watchedRuntime()
    const work = vi.fn(() => Promise.resolve())
    await expect(openCall(settingsOf(runtime), { signal: AbortSignal.abort(REASON) }, work)).rejects.toBe(
      REASON,
    )
    expect(admit).not.toHaveBeenCalled()
    expect(work).not.toHaveBeenCalled()
  })

  test('rejects at once when the caller aborts, and the work keeps its place until its end', async () => {
    const { runtime, leave } = watchedRuntime()
    const controller = new AbortController()
    let finish = (): void => undefined
    const running = new Promise<void>((resolve) => {
      finish = resolve
    })
    const pending = openCall(settingsOf(runtime), { signal: controller.signal }, () => running)
    controller.abort(REASON)
    await expect(pending).rejects.toBe(REASON)
    expect(leave).not.toHaveBeenCalled()
    finish()
    await setImmediate()
    expect(leave).toHaveBeenCalledOnce()
  })

  test('rejects with a reason that is no error as it is', async () => {
    const controller = new AbortController()
    const pending = openCall(
      settingsOf(watchedRuntime().runtime),
      { signal: controller.signal },
      () => new Promise(() => undefined),
    )
    controller.abort('a text')
    await expect(pending).rejects.toBe('a text')
  })

  test('hands an abort on to the jobs that wait', async () => {
    const { runtime, signals } = watchedRuntime()
    const controller = new AbortController()
    const pending = openCall(settingsOf(runtime), { signal: controller.signal }, ({ run }) => run(JOB))
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    controller.abort(REASON)
    await expect(pending).rejects.toBe(REASON)
    expect(signals.map((signal) => signal?.reason === REASON)).toEqual([true])
  })

  test("runs a job on the registry's engine for its kind, and hands on from which estimate it is heavy", async () => {
    const run = vi.fn<Runtime['run']>(() => Promise.resolve(new Uint8Array(0)))
    const runtime: Runtime = { ...watchedRuntime().runtime, run }
    const engine = { name: 'hardware', usesThreadPool: false, compute: () => Promise.reject(REASON) }
    const settings = settingsOf(runtime, { engines: new Map([['bcrypt', engine]]), heavyAbove: 7 })
    const other = pbkdf2Job({ ...JOB, algorithm: 'sha1', iterations: 1, length: 20 })
    await openCall(settings, {}, async (call) => {
      await call.run(JOB)
      await call.run(other)
    })
    expect(run.mock.calls).toEqual([
      [JOB, { heavyAbove: 7, engine, signal: undefined }],
      [other, { heavyAbove: 7, engine: undefined, signal: undefined }],
    ])
  })

  test('does the work of a call that was admitted before even where no place is free', async () => {
    const { runtime, leave } = watchedRuntime()
    const work = vi.fn(() => Promise.resolve('answer'))
    expect(await openCall(settingsOf(runtime), { isAdmitted: true }, work)).toBe('answer')
    expect(leave).toHaveBeenCalledOnce()
    const refuse = (error: Error): Runtime => ({
      ...runtime,
      admit: () => {
        throw error
      },
    })
    const full = refuse(new OverloadedError('ERR_OVERLOADED', 'full'))
    expect(await openCall(settingsOf(full), { isAdmitted: true }, work)).toBe('answer')
    await expect(openCall(settingsOf(refuse(REASON)), { isAdmitted: true }, work)).rejects.toBe(REASON)
    expect(work).toHaveBeenCalledTimes(2)
  })

  test('gives the place back once, as soon as the work leaves', async () => {
    const leave = vi.fn()
    const runtime: Runtime = { ...watchedRuntime().runtime, admit: () => leave }
    await openCall(settingsOf(runtime), {}, (call) => {
      call.leave()
      expect(leave).toHaveBeenCalledOnce()
      return Promise.resolve()
    })
    expect(leave).toHaveBeenCalledOnce()
  })

  test('listens to the signal no longer than the work takes', async () => {
    const { signal } = new AbortController()
    await openCall(settingsOf(watchedRuntime().runtime), { signal }, () => Promise.resolve())
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('the place of a check', () => {
  test('is taken once, before the digest is read, and given back', async () => {
    const { runtime, admit, leave } = watchedRuntime()
    const { registry, identify, release } = withFakes({ runtime })
    release()
    admit.mockImplementation(() => {
      expect(identify).not.toHaveBeenCalled()
      return leave
    })
    for (const digest of [null, 'nobody', 'held:wrong', '!']) {
      admit.mockClear()
      leave.mockClear()
      identify.mockClear()
      await registry.verify('right', digest)
      expect(admit).toHaveBeenCalledOnce()
      expect(leave).toHaveBeenCalledOnce()
    }
  })

  test('is refused in the same way whatever the digest and the password', async () => {
    const full = new OverloadedError('ERR_OVERLOADED', 'full')
    const { registry, identify } = withFakes({
      runtime: {
        admit: () => {
          throw full
        },
        run: () => Promise.reject(new Error('no job')),
      },
    })
    for (const digest of [null, '', '!', 'nobody', 'held:right', 'held:wrong', 'x'.repeat(4_097)]) {
      await expect(registry.verify('right', digest)).rejects.toBe(full)
      await expect(registry.verify('\udc00', digest)).rejects.toBe(full)
    }
    await expect(registry.hash('right')).rejects.toBe(full)
    await expect(registry.matchBackupCode('right', ['right'])).rejects.toBe(full)
    expect(identify).not.toHaveBeenCalled()
  })

  test('is taken once for a new digest and for a list of backup codes', async () => {
    const { runtime, admit, leave } = watchedRuntime()
    const { registry } = withFakes({ runtime })
    await registry.hash('right')
    expect(admit).toHaveBeenCalledTimes(1)
    await registry.matchBackupCode('right', ['wrong', 'form', 'right'])
    expect(admit).toHaveBeenCalledTimes(2)
    expect(leave).toHaveBeenCalledTimes(2)
  })
})

describe('the signal of a check', () => {
  test.each([
    ['no such user', null],
    ['an unknown digest', 'nobody'],
    ['an account without a password', '!'],
    ['a digest over 4096 characters', 'x'.repeat(4_097)],
    ['a right password', 'held:right'],
    ['a wrong password', 'held:wrong'],
  ])('rejects before any work where it has aborted before the call: %s', async (_, digest) => {
    const { runtime, admit } = watchedRuntime()
    const { registry, identify, hash } = withFakes({ runtime, equalize: true })
    const signal = AbortSignal.abort(REASON)
    await expect(registry.verify('right', digest, { signal })).rejects.toBe(REASON)
    await expect(registry.evaluate('\udc00', digest, { signal })).rejects.toBe(REASON)
    expect(admit).not.toHaveBeenCalled()
    expect(identify).not.toHaveBeenCalled()
    expect(hash).not.toHaveBeenCalled()
  })

  test('rejects at once while a check of a right or a wrong password runs', async () => {
    for (const digest of ['held:right', 'held:wrong']) {
      const { registry, release } = withFakes()
      const controller = new AbortController()
      const pending = registry.verify('right', digest, { signal: controller.signal })
      await setImmediate()
      controller.abort(REASON)
      await expect(pending).rejects.toBe(REASON)
      release()
    }
  })

  test("rejects a wrong password that waits for the target's computation beside the check", async () => {
    const { registry } = withFakes({ equalize: true, hash: () => new Promise(() => undefined) })
    for (const digest of [null, 'nobody', 'form, cut']) {
      const controller = new AbortController()
      const pending = registry.verify('right', digest, { signal: controller.signal })
      await setImmediate()
      controller.abort(REASON)
      await expect(pending).rejects.toBe(REASON)
    }
  })

  test("rejects a right password that waits for the target's computation, and calls no rehash", async () => {
    let finish = (): void => undefined
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { registry, release } = withFakes({
      equalize: true,
      policy: 'converge',
      hash: () => held.then(newDigest),
    })
    const controller = new AbortController()
    const rehash = vi.fn()
    const pending = registry.verify('right', 'held:right', { signal: controller.signal, rehash })
    release()
    await setImmediate()
    controller.abort(REASON)
    await expect(pending).rejects.toBe(REASON)
    finish()
    await setImmediate()
    await setImmediate()
    expect(rehash).not.toHaveBeenCalled()
  })

  test.each([
    ['that settles', () => setImmediate()],
    ['that never settles', () => new Promise(() => undefined)],
    ['that rejects afterwards', () => setImmediate().then(() => Promise.reject(new Error('too late')))],
  ])('rejects a right password while a rehash %s is awaited', async (_, store) => {
    const onRehashError = vi.fn()
    const { registry, release } = withFakes({ policy: 'converge', onRehashError })
    const controller = new AbortController()
    const rehash = vi.fn(() => {
      controller.abort(REASON)
      return store()
    })
    const pending = registry.verify('right', 'held:right', { signal: controller.signal, rehash })
    release()
    await expect(pending).rejects.toBe(REASON)
    expect(rehash).toHaveBeenCalledOnce()
  })

  test('does not change the answer where it never aborts', async () => {
    const { registry, release } = withFakes()
    const { signal } = new AbortController()
    release()
    expect(await registry.verify('right', 'held:right', { signal })).toBe(true)
    expect(await registry.verify('right', 'held:wrong', { signal })).toBe(false)
  })
})

function watchedRuntime(parts: Partial<Runtime> = {}): {
  readonly runtime: Runtime
  readonly admit: Mock<Runtime['admit']>
  readonly leave: Mock<() => void>
  readonly signals: readonly (AbortSignal | undefined)[]
} {
  const leave = vi.fn<() => void>()
  const signals: (AbortSignal | undefined)[] = []
  const admit = vi.fn<Runtime['admit']>(parts.admit ?? (() => leave))
  const run: Runtime['run'] = (_, options) => {
    signals.push(options?.signal)
    return setImmediate(new Uint8Array(0))
  }
  return { runtime: { admit, run }, admit, leave, signals }
}

interface Fakes extends Partial<Omit<RegistryOptions, 'hashers' | 'target'>> {
  readonly hash?: Target['hash']
}

/** A registry of one hasher, `held:<password>`, whose checks end when `release` is called. */
function withFakes({ hash = newDigest, ...options }: Fakes = {}): {
  readonly registry: Registry
  readonly identify: Mock<Hasher['identify']>
  readonly hash: Mock<Target['hash']>
  readonly release: () => void
} {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const identify = vi.fn<Hasher['identify']>((digest) => digest.startsWith('held:'))
  const held = defineHasher<null>({
    name: 'held',
    standing: 'sound',
    example: 'held:password',
    identify,
    parse: (digest) => [
      { params: null, salt: new Uint8Array(0), checksum: Buffer.from(textOf(digest).slice(5)) },
    ],
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: async (password) => {
      const derived = Uint8Array.from(password)
      await released
      return derived
    },
  })
  const form = defineHasher<null>({
    name: 'form',
    standing: 'sound',
    example: 'form',
    prefixes: ['form'],
    parse: (rest) =>
      textOf(rest) === ''
        ? [{ params: null, salt: new Uint8Array(0), checksum: new Uint8Array(1) }]
        : malformed('shape', 'digest'),
    describe: () => ({}),
    cost: () => ({ milliseconds: 100, bytes: 0, lanes: 1 }),
    derive: () => Promise.resolve(Uint8Array.of(1)),
  })
  const target = {
    hashers: [form] as const,
    cost: () => ({ milliseconds: 100, bytes: 0, lanes: 1 }),
    hash: vi.fn(hash),
  }
  const { runtime } = watchedRuntime()
  const registry = createRegistry({ hashers: [held], target, runtime, equalize: false, ...options })
  return { registry, identify, hash: target.hash, release }
}

function newDigest(): ReturnType<Target['hash']> {
  return Promise.resolve({ digest: 'form', hasher: 'form' })
}
