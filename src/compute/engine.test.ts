import { describe, expect, test, vi } from 'vitest'
import { EngineError } from '../errors.js'
import { guardEngine } from './engine.js'
import type { Engine } from './engine.js'
import type { Pbkdf2Job } from './job.js'
import { computeSync } from './sync-engines.js'

const JOB: Pbkdf2Job = {
  kind: 'pbkdf2',
  password: Buffer.from('a password'),
  salt: Buffer.from('salt'),
  algorithm: 'sha256',
  iterations: 1,
  length: 32,
}

function engineOf(compute: (job: Pbkdf2Job) => Uint8Array | Promise<Uint8Array>): Engine<'pbkdf2'> & {
  readonly compute: ReturnType<typeof vi.fn<(job: Pbkdf2Job) => Promise<Uint8Array>>>
} {
  return { name: 'theirs', usesThreadPool: false, compute: vi.fn(async (job: Pbkdf2Job) => compute(job)) }
}

describe('an engine of the application', () => {
  test('computes once it gave the known answer, for which it is asked once', async () => {
    const engine = engineOf(computeSync)
    const guarded = guardEngine('pbkdf2', engine)
    const answers = await Promise.all([guarded.compute(JOB), guarded.compute(JOB)])
    expect(answers).toEqual([computeSync(JOB), computeSync(JOB)])
    expect(engine.compute).toHaveBeenCalledTimes(3)
    await guarded.compute(JOB)
    expect(engine.compute).toHaveBeenCalledTimes(4)
  })

  test('that gives a wrong answer never sees a job', async () => {
    const engine = engineOf((job) => computeSync(job).map((byte) => byte ^ 1))
    const guarded = guardEngine('pbkdf2', engine)
    for (let round = 0; round < 3; round++) {
      await expect(guarded.compute(JOB)).rejects.toThrow('pbkdf2: the engine theirs gives wrong answers.')
    }
    expect(engine.compute.mock.calls.flat()).not.toContain(JOB)
    expect(engine.compute).toHaveBeenCalledTimes(3)
  })

  test('that gave a wrong answer once is held to it again with the next job', async () => {
    const engine = engineOf(computeSync)
    engine.compute.mockResolvedValueOnce(new Uint8Array(1))
    const guarded = guardEngine('pbkdf2', engine)
    await expect(guarded.compute(JOB)).rejects.toThrow('gives wrong answers')
    expect(await guarded.compute(JOB)).toEqual(computeSync(JOB))
  })

  test('that looks past an algorithm, a variant or a version never sees a job of another', async () => {
    const engine = engineOf((job) => computeSync({ ...job, algorithm: 'sha256' }))
    const guarded = guardEngine('pbkdf2', engine)
    expect(await guarded.compute(JOB)).toEqual(computeSync(JOB))
    const other = { ...JOB, algorithm: 'sha512' } as const
    await expect(guarded.compute(other)).rejects.toThrow('pbkdf2: the engine theirs gives wrong answers.')
    expect(engine.compute.mock.calls.flat()).not.toContain(other)
    expect(await guarded.compute(JOB)).toEqual(computeSync(JOB))
  })

  test('that failed at its trial is tried again with the next job', async () => {
    const failure = new Error('no memory just now')
    const engine = engineOf(computeSync)
    engine.compute.mockRejectedValueOnce(failure)
    const guarded = guardEngine('pbkdf2', engine)
    const first = [guarded.compute(JOB), guarded.compute(JOB)]
    for (const failing of first) await expect(failing).rejects.toBe(failure)
    expect(await guarded.compute(JOB)).toEqual(computeSync(JOB))
  })

  test.each([null, undefined, 'text', [1, 2], { byteLength: 32 }, new Uint16Array(16)])(
    'that gives no bytes after its trial fails, and with our error (case %#)',
    async (answer) => {
      const engine = engineOf(computeSync)
      const guarded = guardEngine('pbkdf2', engine)
      await guarded.compute(JOB)
      const giveOnce: (bytes: never) => unknown = (bytes) => engine.compute.mockResolvedValueOnce(bytes)
      Reflect.apply(giveOnce, undefined, [answer])
      await expect(guarded.compute(JOB)).rejects.toThrow('pbkdf2: the engine theirs gives no bytes.')
    },
  )

  test('is not given a job of another kind', async () => {
    const guarded = guardEngine('pbkdf2', engineOf(computeSync))
    const other = {
      kind: 'scrypt',
      password: JOB.password,
      salt: JOB.salt,
      N: 2,
      r: 1,
      p: 1,
      length: 32,
    } as const
    await expect(guarded.compute(other)).rejects.toThrow(EngineError)
  })
})
