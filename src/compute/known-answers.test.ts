import { describe, expect, test } from 'vitest'
import { computeArgon2 } from './argon2-addon.js'
import { costOfJob } from './job.js'
import type { Job } from './job.js'
import { createKernelEngine } from './kernel-engines.js'
import { EVERY_JOB } from './known-answers.fixture.js'
import { findKnownAnswer, nameKnownAnswer } from './known-answers.js'
import { computeSync } from './sync-engines.js'

const NAMED = EVERY_JOB.map((job) => [nameKnownAnswer(job), job] as const)

// bcryptjs has neither $2$ nor $2x$, nor crypt_blowfish's countermeasure.
const hasFallback = (job: Job): boolean => job.kind !== 'bcrypt' || job.variant === 'standard'

describe.each(NAMED)('the known answer for %s', (name, asked) => {
  const { job, bytes } = findKnownAnswer(asked)

  test('is of that kind, variant, version and algorithm, and no other is', () => {
    expect(nameKnownAnswer(job)).toBe(name)
    const others = NAMED.filter(([other]) => other !== name).map(([, other]) => findKnownAnswer(other).bytes)
    expect(others.filter((other) => Buffer.from(other).equals(bytes))).toEqual([])
  })

  test('is cheap enough to ask for before a first job', () => {
    expect(costOfJob(job).milliseconds).toBeLessThan(10)
    expect(bytes.byteLength).toBeGreaterThan(0)
  })
})

test.each(NAMED.filter(([, job]) => hasFallback(job)))(
  'bcryptjs, the argon2 package or node:crypto gives the known answer for %s',
  async (_, asked) => {
    const { job, bytes } = findKnownAnswer(asked)
    const answer = job.kind === 'argon2' ? await computeArgon2(job) : computeSync(job)
    expect(Buffer.from(answer).equals(bytes)).toBe(true)
  },
)

test.each(NAMED.filter(([, job]) => job.kind !== 'pbkdf2'))(
  'the kernel gives the known answer for %s',
  (_, asked) => {
    const { job, bytes } = findKnownAnswer(asked)
    const answers = createKernelEngine(job.kind)?.compute([job]) ?? []
    expect(answers.map((answer) => Buffer.from(answer).equals(bytes))).toEqual([true])
  },
)

test('no known answer is right for another variant, version, algorithm or number too', () => {
  const confused = NAMED.flatMap(([name, asked]) => {
    const { job, bytes } = findKnownAnswer(asked)
    const others = EVERY_JOB.filter((other) => other.kind === job.kind && nameKnownAnswer(other) !== name)
    const confusing = others.map((other) => confuse(job, other))
    return [...confusing, ...misread(job)].map((wrong) => ({ name, bytes, job: wrong }))
  })
  expect(confused.length).toBeGreaterThan(30)
  const right = confused.filter(({ job, bytes }) => {
    const answer = createKernelEngine(job.kind)?.compute([job])[0] ?? computeSync(job)
    return Buffer.from(answer).equals(bytes)
  })
  expect(right.map(({ name }) => name)).toEqual([])
})

/** A job as an engine reads it that takes another's variant, version or algorithm for its own. */
function confuse(job: Job, other: Job): Job {
  if (job.kind === 'bcrypt' && other.kind === 'bcrypt') return { ...job, variant: other.variant }
  if (job.kind === 'pbkdf2' && other.kind === 'pbkdf2') return { ...job, algorithm: other.algorithm }
  if (job.kind === 'argon2' && other.kind === 'argon2')
    return { ...job, variant: other.variant, version: other.version }
  throw new Error('Only these have several.')
}

/** A job as an engine reads it that leaves out or exchanges a number. */
function misread(job: Job): readonly Job[] {
  switch (job.kind) {
    case 'bcrypt':
      return [{ ...job, cost: job.cost + 1 }]
    case 'argon2':
      return [
        { ...job, memory: job.memory * 2 },
        { ...job, iterations: 1 },
      ]
    case 'scrypt':
      return [
        { ...job, N: job.N * 2 },
        { ...job, r: job.p, p: job.r },
        { ...job, r: 1 },
        { ...job, p: 1 },
      ]
    case 'pbkdf2':
      return [{ ...job, iterations: 1 }]
    case 'digest-loop':
      return [{ ...job, count: job.count - 1 }]
  }
}
