import { setTimeout } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Registry } from './api.js'
import { roundsOf } from '../conformance/share.fixture.js'
import { createRegistry } from '../default.js'
import { EngineError, OverloadedError } from '../errors.js'
import { createRuntimeOn } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import type { RuntimeOptions } from '../runtime/options.js'
import { startWorker } from '../runtime/threads/start-worker.js'
import { bcryptTarget } from '../targets/bcrypt.js'

// These tests cause the faults of production on purpose. No answer may be wrong, no call may hang, and no rejection may go
// unhandled, which the test runner would report.

const BCRYPT = '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
// Two hashers claim this digest, and only the reading of the second matches.
const PBKDF2 = 'pbkdf2_sha256$1000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM='

/** One digest of each engine and one that is computed in place. All are cheap enough to be checked by the hundred. */
const CHECKS: readonly (readonly [password: string, digest: string])[] = [
  ['a', BCRYPT],
  ['test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['password', PBKDF2],
  [
    'Tr0ub4dor&3',
    'scrypt:1024:4:1$Qe7mZ2hTq9LsBw3u$98b87a24c4e78140f25c8dd377f9a7840342ee47b9f8d102d364ef2a84abb62e6af6691872406c3c34bb2179dd39fde4b8f4a77cd29b46fc6340f729e1c3f5a4',
  ],
  ['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['password', MD5],
]
/** Digests that are answered without any work. */
const NO_WORK = [null, undefined, '', '!', 'nobody', BCRYPT.slice(0, 50), BCRYPT.replace('$04$', '$31$')]
const REASON = new Error('the client went away')
const target = bcryptTarget({ cost: 10 })

const alive = new Set<Worker>()

afterEach(async () => {
  await Promise.all([...alive].map((worker) => worker.terminate()))
})

function createWatched(options: RuntimeOptions = {}, kernels = true): Runtime {
  const start: typeof startWorker = async (data) => {
    const worker = await startWorker(data)
    alive.add(worker)
    worker.once('exit', () => alive.delete(worker))
    return worker
  }
  return createRuntimeOn({ startWorker: start, patience: () => 60_000, kernels: () => kernels }, options)
}

const createBare = (runtime: Runtime): Registry => createRegistry({ runtime, target, equalize: false })

/** The answer of a check, or the error with which the check rejected. */
async function outcomeOf(check: Promise<unknown>): Promise<unknown> {
  return check.catch((error: unknown) => error)
}

/** Checks every digest `times` times, with its own password and with another. */
function checksOf({ verify }: Registry, times: number, signal?: AbortSignal): readonly Promise<string>[] {
  const all = Array.from({ length: times }, () => CHECKS).flat()
  return all.flatMap(([password, digest]) =>
    [true, false].map(async (isRight) => {
      const outcome = await outcomeOf(verify(isRight ? password : 'wrong', digest, { signal }))
      if (typeof outcome === 'boolean') return outcome === isRight ? 'right' : `wrong: ${digest}`
      return outcome instanceof EngineError ? outcome.code : String(outcome)
    }),
  )
}

const countOf = (outcomes: readonly unknown[], outcome: unknown): number =>
  outcomes.filter((other) => other === outcome).length

test.each([
  // With kernels, two bcrypt jobs of one cost share a thread.
  ['with kernels', true, 2],
  ['without kernels', false, 1],
])(
  'threads that are ended at random lose their own jobs and no others, %s',
  async (_, kernels, jobsOfThread) => {
    const registry = createBare(createWatched({ concurrency: 3 }, kernels))
    let kills = 0
    let turn = 0
    const kill = setInterval(() => {
      const worker = [...alive][turn++ % Math.max(1, alive.size)]
      if (worker === undefined) return
      kills++
      alive.delete(worker)
      worker.terminate().catch(() => undefined)
    }, 7)
    const outcomes: string[] = []
    while (kills < roundsOf(15, 5)) outcomes.push(...(await Promise.all(checksOf(registry, roundsOf(20, 8)))))
    clearInterval(kill)
    const lost = countOf(outcomes, 'ERR_ENGINE_LOST')
    expect(countOf(outcomes, 'right') + lost).toBe(outcomes.length)
    expect(lost).toBeLessThanOrEqual(kills * jobsOfThread)
    expect(lost).toBeGreaterThan(0)
    await setTimeout(50)
    expect(new Set(await Promise.all(checksOf(registry, 5)))).toEqual(new Set(['right']))
  },
)

describe('a full queue', () => {
  test('refuses every new check, answers the admitted ones, and then admits more', async () => {
    const registry = createBare(createWatched({ maxQueue: 20 }))
    const digests = [...CHECKS.map(([, digest]) => digest), ...NO_WORK]
    const admitted = checksOf(registry, 2).slice(0, 20)
    const refused = digests.flatMap((digest) => [
      outcomeOf(registry.verify('a', digest)),
      outcomeOf(registry.evaluate('\ud800', digest, { hasher: 'bcrypt' })),
    ])
    refused.push(outcomeOf(registry.hash('a')), outcomeOf(registry.matchBackupCode('a', ['a'])))
    const errors = await Promise.all(refused)
    expect(errors.every((error) => error instanceof OverloadedError)).toBe(true)
    expect(new Set(errors.map(String)).size).toBe(1)
    expect(await Promise.all(admitted)).toEqual(Array(20).fill('right'))
    expect(await Promise.all(checksOf(registry, 1))).toEqual(Array(12).fill('right'))
  })

  test('refuses every call where a call would wait too long, even one without work', async () => {
    const registry = createBare(createWatched({ concurrency: 1, maxWaitMilliseconds: 50 }))
    const hashing = registry.hash('a')
    const outcomes = [...NO_WORK, BCRYPT, MD5].map((digest) => outcomeOf(registry.verify('a', digest)))
    for (const error of await Promise.all(outcomes)) expect(error).toBeInstanceOf(OverloadedError)
    expect(await registry.verify('a', await hashing)).toBe(true)
  })

  test('is not caused by checks that fail', async () => {
    const broken = createRuntimeOn(
      {
        startWorker: () => Promise.reject(new Error('no threads: hunter2')),
        patience: () => 1,
        kernels: () => true,
      },
      { maxQueue: 3 },
    )
    const registry = createBare(broken)
    for (let round = 0; round < 10; round++) {
      const error = await outcomeOf(registry.verify('a', BCRYPT))
      expect(error).toMatchObject({ code: 'ERR_ENGINE_FAILED', message: 'bcrypt: the engine failed.' })
    }
    expect(await registry.verify('password', MD5)).toBe(true)
  })
})

describe('an abort', () => {
  test('at any moment rejects with its reason or comes too late, and disturbs no other check', async () => {
    const registry = createBare(createWatched({ concurrency: 2 }))
    const others = checksOf(registry, 4)
    const aborted = [0, 1, 2, 5, 10, 20, 40, 80].map(async (delay) => {
      const controller = new AbortController()
      const outcomes = checksOf(registry, 2, controller.signal)
      await setTimeout(delay)
      controller.abort(REASON)
      return Promise.all(outcomes)
    })
    const outcomes = (await Promise.all(aborted)).flat()
    expect(countOf(outcomes, 'right') + countOf(outcomes, String(REASON))).toBe(outcomes.length)
    expect(countOf(outcomes, String(REASON))).toBeGreaterThan(0)
    expect(new Set(await Promise.all(others))).toEqual(new Set(['right']))
    expect(new Set(await Promise.all(checksOf(registry, 2)))).toEqual(new Set(['right']))
  })

  /** A registry whose jobs give their bytes only after `release` was called. */
  const withHeldJobs = (): {
    readonly registry: Registry
    readonly run: ReturnType<typeof vi.fn<Runtime['run']>>
    readonly release: () => void
  } => {
    const runtime = createWatched()
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const run = vi.fn<Runtime['run']>(async (job, options) => {
      const bytes = await runtime.run(job, options)
      await released
      return bytes
    })
    return { registry: createBare({ ...runtime, run }), run, release }
  }

  test('while a job runs ends the check: a match that comes later replaces nothing', async () => {
    const { registry, run, release } = withHeldJobs()
    const controller = new AbortController()
    const rehash = vi.fn()
    const pending = registry.verify('a', BCRYPT, { rehash, signal: controller.signal })
    controller.abort(REASON)
    await expect(pending).rejects.toBe(REASON)
    release()
    await vi.waitUntil(() => run.mock.settledResults.some(({ type }) => type === 'fulfilled'))
    await setTimeout(50)
    expect(run).toHaveBeenCalledOnce()
    expect(rehash).not.toHaveBeenCalled()
  })

  test('while a job runs ends the check: the other readings of the digest are not tried', async () => {
    const { registry, run, release } = withHeldJobs()
    const controller = new AbortController()
    const pending = registry.verify('wrong', PBKDF2, { signal: controller.signal })
    controller.abort(REASON)
    await expect(pending).rejects.toBe(REASON)
    release()
    await vi.waitUntil(() => run.mock.settledResults.some(({ type }) => type === 'rejected'))
    expect(run.mock.settledResults.map(({ type }) => type)).toEqual(['fulfilled', 'rejected'])
  })
})
