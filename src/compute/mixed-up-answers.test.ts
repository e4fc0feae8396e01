import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { createRuntime } from '../runtime/runtime.js'
import type { Engine } from './engine.js'
import { computeWithStandIn } from './kinds.fixture.js'
import { pbkdf2Job } from './kinds/pbkdf2.js'

// This digest of Django's has 1,000 iterations; its password is "password".
const DIGEST = 'pbkdf2_sha256$1000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM='
const [RIGHT, WRONG] = ['password', 'a wrong guess']

type Compute = Engine<'pbkdf2'>['compute']

/** Engines that write every answer into the same memory. Each mixes up jobs that are asked for at the same moment. */
const MIXERS: readonly (readonly [string, () => Compute])[] = [
  [
    'answers at once',
    () => {
      const memory = new Uint8Array(64)
      return (job) => {
        memory.set(computeWithStandIn(job))
        return Promise.resolve(memory.subarray(0, job.length))
      }
    },
  ],
  [
    'answers all jobs together',
    () => {
      const memory = new Uint8Array(64)
      let turn: Promise<void> | undefined
      return async (job) => {
        turn ??= setImmediate().then(() => {
          turn = undefined
        })
        await turn
        memory.set(computeWithStandIn(job))
        return memory.subarray(0, job.length)
      }
    },
  ],
]

describe.each(MIXERS)('an engine that writes its answers into the same memory and %s', (_, create) => {
  test('mixes up jobs that are asked for at the same moment', async () => {
    const compute = create()
    const job = { algorithm: 'sha256', salt: Buffer.from('salt'), iterations: 1_000, length: 32 } as const
    const jobs = [WRONG, RIGHT].map((password) => pbkdf2Job({ ...job, password: Buffer.from(password) }))
    const [wrong, right] = await Promise.all(jobs.map(compute))
    expect(Buffer.from(right ?? []).toString('base64')).toBe(DIGEST.split('$')[3])
    expect(wrong).toEqual(right)
  })

  test.each([
    ['a wrong guess before the right password', [WRONG, RIGHT]],
    ['the right password before a wrong guess', [RIGHT, WRONG]],
    ['many of both', [WRONG, RIGHT, WRONG, WRONG, RIGHT, WRONG, RIGHT, RIGHT]],
  ])('signs nobody in with %s at the same moment', async (_order, passwords) => {
    const engine: Engine<'pbkdf2'> = { name: 'mixer', usesThreadPool: false, compute: create() }
    const { verify } = createRegistry({
      equalize: false,
      engines: { pbkdf2: engine },
      runtime: createRuntime({ concurrency: 8 }),
    })
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.allSettled(passwords.map((password) => verify(password, DIGEST)))
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ENGINE_FAILED' } })
      }
    }
  })
})

test('an engine with new memory for each answer signs in users with the right password and no others', async () => {
  const compute: Compute = async (job) => {
    await setImmediate()
    return computeWithStandIn(job)
  }
  const { verify } = createRegistry({
    equalize: false,
    engines: { pbkdf2: { name: 'theirs', usesThreadPool: false, compute } },
    runtime: createRuntime({ concurrency: 8 }),
  })
  const passwords = [WRONG, RIGHT, WRONG, WRONG, RIGHT]
  const answers = await Promise.all(passwords.map((password) => verify(password, DIGEST)))
  expect(answers).toEqual(passwords.map((password) => password === RIGHT))
})
