import { describe, expect, test, vi } from 'vitest'
import type { MockInstance } from 'vitest'
import { JOB_KINDS } from './engine.js'
import type { JobKind } from './engine.js'
import type { Argon2Job, BcryptJob } from './job.js'
import { createKernelEngine } from './kernel-engines.js'
import type { KernelEngine } from './kernel-engines.js'
import { createBcryptKernel } from './kernels/bcrypt.js'
import type { BcryptKernel } from './kernels/bcrypt.js'
import { knownAnswerOf } from './known-answers.fixture.js'
import { computeSync } from './sync-engines.js'

vi.mock('./kernels/bcrypt.js', { spy: true })

const KINDS = JOB_KINDS.filter((kind) => kind !== 'pbkdf2')

describe('the kernel', () => {
  test.each(KINDS)('for %s gives the known answer, again and again, and nothing for no job', (kind) => {
    const kernel = requireKernel(kind)
    const { job, bytes } = knownAnswerOf(kind)
    expect(kernel.compute([job]).map(hex)).toEqual([hex(bytes)])
    expect(kernel.compute([job, job, job]).map(hex)).toEqual([hex(bytes), hex(bytes), hex(bytes)])
    expect(kernel.compute([])).toEqual([])
  })

  test('for PBKDF2 does not exist', () => {
    expect(createKernelEngine('pbkdf2')).toBeUndefined()
  })

  test.each(KINDS)('for %s refuses a job of another kind, also beside one of its own', (kind) => {
    const kernel = requireKernel(kind)
    const { job } = knownAnswerOf(kind)
    const { job: other } = knownAnswerOf('pbkdf2')
    const error = new TypeError(`A kernel for ${kind} was given a job for pbkdf2.`)
    expect(() => kernel.compute([other])).toThrow(error)
    expect(() => kernel.compute([job, other])).toThrow(error)
  })

  test('says how much memory it holds', () => {
    const kernel = requireKernel('argon2')
    const job: Argon2Job = {
      kind: 'argon2',
      variant: 'id',
      version: 19,
      password: Buffer.from('correct horse'),
      salt: Buffer.from('some salt'),
      memory: 1_024,
      iterations: 1,
      parallelism: 1,
      length: 32,
    }
    expect(kernel.bytes()).toBe(65_536)
    kernel.compute([job])
    expect(kernel.bytes()).toBe(65_536 + 2 ** 20)
    expect(requireKernel('bcrypt').bytes()).toBe(65_536)
  })
})

describe('bcrypt', () => {
  const first = bcryptJob('correct horse', 4)
  const second = bcryptJob('trombone', 4)
  const third = bcryptJob('', 4)
  const dearer = bcryptJob('correct horse', 5)

  test.each([
    ['one job alone', [first], [1]],
    ['two of one cost as a pair', [first, second], [2]],
    ['a job beside itself as a pair', [first, first], [2]],
    ['two of different costs one after another', [first, dearer], [1, 1]],
    ['three one after another', [first, second, third], [1, 1, 1]],
  ])('computes %s, each with its own answer, in their order', (_, jobs, lanes) => {
    const { engine, derive } = watchedBcrypt()
    expect(engine.compute(jobs).map(hex)).toEqual(jobs.map(computeSync).map(hex))
    expect(derive.mock.calls.map(([together]) => together.length)).toEqual(lanes)
  })

  test('computes a pair whose passwords become keys in different ways', () => {
    const variants = (['standard', 'no-nul', 'sign-extended', 'countermeasure'] as const).map((variant) => ({
      ...bcryptJob('\u00e9\u00e8 correct horse', 4),
      variant,
    }))
    const kernel = requireKernel('bcrypt')
    const alone = variants.flatMap((job) => kernel.compute([job])).map(hex)
    expect(new Set(alone).size).toBe(4)
    for (const [one, job] of variants.entries()) {
      for (const [other, partner] of variants.entries()) {
        expect(kernel.compute([job, partner]).map(hex)).toEqual([alone[one], alone[other]])
      }
    }
  })
})

/** The engine, and how often its kernel is asked for what. */
function watchedBcrypt(): {
  readonly engine: KernelEngine
  readonly derive: MockInstance<BcryptKernel['derive']>
} {
  const engine = requireKernel('bcrypt')
  const made = vi.mocked(createBcryptKernel).mock.results.at(-1)
  if (made?.type !== 'return') throw new Error('No kernel was made.')
  return { engine, derive: vi.spyOn(made.value, 'derive') }
}

/** Each with a salt of its own. */
function bcryptJob(password: string, cost: number): BcryptJob {
  const salt = new Uint8Array(16).fill(password.length + 1)
  return {
    kind: 'bcrypt',
    variant: 'standard',
    password: Buffer.from(password),
    salt,
    cost,
  }
}

function requireKernel(kind: JobKind): KernelEngine {
  const kernel = createKernelEngine(kind)
  if (kernel === undefined) throw new Error(`${kind}: no kernel.`)
  return kernel
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
