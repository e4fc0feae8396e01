import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { EngineError } from '../errors.js'
import { guardEngine } from './engine.js'
import type { Engine } from './engine.js'
import type { Pbkdf2Job } from './job.js'
import { answersFor, computeWithStandIn, usualJobOf } from './kinds.fixture.js'
import { PBKDF2, pbkdf2Job } from './kinds/pbkdf2.js'

const JOB = pbkdf2Job({
  password: Buffer.from('a password'),
  salt: Buffer.from('salt'),
  algorithm: 'sha256',
  iterations: 1,
  length: 32,
})
const OTHER = pbkdf2Job({ ...JOB, password: Buffer.from('another') })
const ANSWER = plain(computeWithStandIn(JOB))

type Compute = (job: Pbkdf2Job) => Promise<Uint8Array>

function engineOf(compute: (job: Pbkdf2Job) => Uint8Array | Promise<Uint8Array>): Engine<'pbkdf2'> & {
  readonly compute: ReturnType<typeof vi.fn<Compute>>
} {
  return { name: 'theirs', usesThreadPool: false, compute: vi.fn(async (job: Pbkdf2Job) => compute(job)) }
}

/** Guards an engine, and asks it for jobs of its own row. */
function guard(engine: Engine<'pbkdf2'>): Compute {
  const { compute } = guardEngine('pbkdf2', engine)
  return (job) => compute(job, PBKDF2)
}

describe('an engine of the application', () => {
  test('keeps its name, and whether it uses the thread pool', () => {
    for (const usesThreadPool of [true, false]) {
      const engine = { ...engineOf(computeWithStandIn), usesThreadPool }
      expect(guardEngine('pbkdf2', engine)).toMatchObject({ name: 'theirs', usesThreadPool })
    }
  })

  test('computes jobs after it gave both known answers, for which it is asked once', async () => {
    const engine = engineOf(computeWithStandIn)
    const compute = guard(engine)
    expect(await Promise.all([compute(JOB), compute(JOB)])).toEqual([ANSWER, ANSWER])
    expect(engine.compute).toHaveBeenCalledTimes(4)
    await compute(JOB)
    expect(engine.compute).toHaveBeenCalledTimes(5)
  })

  test('is asked for both known answers before it gives one', async () => {
    const waiting: (() => void)[] = []
    const engine = engineOf(async (job) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return computeWithStandIn(job)
    })
    const computing = guard(engine)(JOB)
    expect(engine.compute.mock.calls.flat()).toEqual(answersFor(JOB).map(({ job }) => job))
    while (waiting.length > 0) {
      waiting.shift()?.()
      await setImmediate()
    }
    expect(await computing).toEqual(ANSWER)
  })

  test.each([
    ['every answer is', [true, true]],
    ['the first answer alone is', [true, false]],
    ['the second answer alone is', [false, true]],
  ])('is given no job where %s wrong', async (_, wrong) => {
    const jobs = answersFor(JOB).map(({ job }) => job)
    const isWrong = (job: Pbkdf2Job): boolean => wrong[jobs.findIndex((one) => isSame(one, job))] ?? true
    const engine = engineOf((job) => {
      const bytes = computeWithStandIn(job)
      return isWrong(job) ? bytes.map((byte) => byte ^ 1) : bytes
    })
    const compute = guard(engine)
    for (let round = 0; round < 3; round++) {
      await expect(compute(JOB)).rejects.toThrow('pbkdf2: the engine theirs gives wrong answers.')
    }
    expect(engine.compute.mock.calls.flat()).not.toContain(JOB)
    expect(engine.compute).toHaveBeenCalledTimes(6)
  })

  test('is tried again with the next job where it gave a wrong answer', async () => {
    const engine = engineOf(computeWithStandIn)
    engine.compute.mockResolvedValueOnce(new Uint8Array(1))
    const compute = guard(engine)
    await expect(compute(JOB)).rejects.toThrow('gives wrong answers')
    expect(await compute(JOB)).toEqual(ANSWER)
  })

  test('is given no job of an algorithm, variant or version that it computes as another', async () => {
    const engine = engineOf((job) => computeWithStandIn({ ...job, algorithm: 'sha256' }))
    const compute = guard(engine)
    expect(await compute(JOB)).toEqual(ANSWER)
    const other = pbkdf2Job({ ...JOB, algorithm: 'sha512' })
    await expect(compute(other)).rejects.toThrow('pbkdf2: the engine theirs gives wrong answers.')
    expect(engine.compute.mock.calls.flat()).not.toContain(other)
    expect(await compute(JOB)).toEqual(ANSWER)
  })

  test.each([0, 1])(
    'is tried again with the next job where it failed at answer %i of its trial',
    async (place) => {
      const failure = new Error('no memory just now')
      const engine = engineOf(computeWithStandIn)
      if (place === 1)
        engine.compute.mockImplementationOnce((job) => Promise.resolve(computeWithStandIn(job)))
      engine.compute.mockRejectedValueOnce(failure)
      const compute = guard(engine)
      const first = [compute(JOB), compute(JOB)]
      for (const failing of first) await expect(failing).rejects.toBe(failure)
      expect(await compute(JOB)).toEqual(ANSWER)
    },
  )

  test.each([null, undefined, 'text', [1, 2], { byteLength: 32 }, new Uint16Array(16)])(
    'fails with an EngineError where it gives no bytes after its trial (case %#)',
    async (answer) => {
      const engine = engineOf(computeWithStandIn)
      const compute = guard(engine)
      await compute(JOB)
      const giveOnce: (bytes: never) => unknown = (bytes) => engine.compute.mockResolvedValueOnce(bytes)
      Reflect.apply(giveOnce, undefined, [answer])
      await expect(compute(JOB)).rejects.toThrow('pbkdf2: the engine theirs gives no bytes.')
    },
  )

  test('is not given a job of another kind', async () => {
    const engine = engineOf(computeWithStandIn)
    const { compute } = guardEngine('pbkdf2', engine)
    const other = usualJobOf('scrypt')
    await expect(compute(other, other.row)).rejects.toThrow(EngineError)
    expect(engine.compute).not.toHaveBeenCalled()
  })

  test('is used as it was given, even if it is changed later', async () => {
    const engine = { ...engineOf(computeWithStandIn) }
    const compute = guard(engine)
    Object.assign(engine, { compute: () => Promise.resolve(new Uint8Array(32)) })
    expect(await compute(JOB)).toEqual(ANSWER)
  })
})

describe('an engine that writes all answers into the same memory is refused where it', () => {
  /** Makes a function that writes all answers into the same memory. */
  const createMemory = (): ((bytes: Uint8Array) => Uint8Array) => {
    const memory = new Uint8Array(64)
    return (bytes) => {
      memory.set(bytes)
      return memory.subarray(0, bytes.byteLength)
    }
  }

  test.each<[string, () => (job: Pbkdf2Job) => Uint8Array | Promise<Uint8Array>]>([
    [
      'answers at once',
      () => {
        const write = createMemory()
        return (job) => write(computeWithStandIn(job))
      },
    ],
    [
      'answers one job after another',
      () => {
        const write = createMemory()
        let last: Promise<unknown> = Promise.resolve()
        return (job) => {
          const answer = last.then(() => setImmediate()).then(() => write(computeWithStandIn(job)))
          last = answer
          return answer
        }
      },
    ],
    [
      'answers the later job first',
      () => {
        const write = createMemory()
        let count = 0
        return async (job) => {
          if (count++ % 2 === 0) for (let turn = 0; turn < 5; turn++) await setImmediate()
          return write(computeWithStandIn(job))
        }
      },
    ],
    [
      'answers all jobs together',
      () => {
        const write = createMemory()
        let turn: Promise<void> | undefined
        return async (job) => {
          turn ??= setImmediate().then(() => {
            turn = undefined
          })
          await turn
          return write(computeWithStandIn(job))
        }
      },
    ],
  ])('%s', async (_, create) => {
    const engine = engineOf(create())
    const compute = guard(engine)
    const jobs = [JOB, OTHER, JOB]
    for (const { status } of await Promise.allSettled(jobs.map(compute))) expect(status).toBe('rejected')
    await expect(compute(JOB)).rejects.toThrow('pbkdf2: the engine theirs gives memory that it gave before.')
    for (const job of jobs) expect(engine.compute.mock.calls.flat()).not.toContain(job)
  })
})

describe('an engine that cycles through several memories', () => {
  test.each([2, 3, 5])('is refused as soon as it gives a memory again: %i memories', async (count) => {
    const ring = Array.from({ length: count }, () => new Uint8Array(64))
    let turn = 0
    const engine = engineOf((job) => {
      const memory = ring[turn++ % count] ?? expect.fail('a ring has memories')
      const bytes = computeWithStandIn(job)
      memory.set(bytes)
      return memory.subarray(0, bytes.byteLength)
    })
    const compute = guard(engine)
    // Two of the memories are for the trial.
    const settled = await Promise.allSettled(Array.from({ length: 6 }, () => compute(JOB)))
    const statuses = settled.map(({ status }) => status)
    expect(statuses).toEqual(statuses.map((_, place) => (place < count - 2 ? 'fulfilled' : 'rejected')))
    await expect(compute(JOB)).rejects.toThrow('pbkdf2: the engine theirs gives memory that it gave before.')
  })

  test('is accepted where its answers are new parts of one buffer side by side', async () => {
    const pool = new ArrayBuffer(4_096)
    let start = 0
    const compute = guard(
      engineOf((job) => {
        const bytes = computeWithStandIn(job)
        const place = new Uint8Array(pool, start, bytes.byteLength)
        start += bytes.byteLength
        place.set(bytes)
        return place
      }),
    )
    for (let round = 0; round < 5; round++) expect(await compute(JOB)).toEqual(ANSWER)
  })
})

test('the answer of an engine is copied, so that later changes of its memory do not change the answer', async () => {
  const given: Uint8Array[] = []
  const compute = guard(
    engineOf((job) => {
      const bytes = computeWithStandIn(job)
      given.push(bytes)
      return bytes
    }),
  )
  const answer = await compute(JOB)
  for (const bytes of given) bytes.fill(0)
  expect(answer).toEqual(ANSWER)
})

function isSame(first: object, second: object): boolean {
  return JSON.stringify(first) === JSON.stringify(second)
}

function plain(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes)
}
