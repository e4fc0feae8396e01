import { describe, expect, test, vi } from 'vitest'
import type { MockInstance } from 'vitest'
import type { BcryptJob } from '../job.js'
import { createBcryptKernel } from '../kernels/bcrypt.js'
import type { BcryptKernel } from '../kernels/bcrypt.js'
import { bcryptJob } from '../kinds/bcrypt.js'
import {
  answersFor,
  computeWithStandIn,
  createKernelOf,
  enginesOf,
  EVERY_KIND,
  usualJobOf,
} from '../kinds.fixture.js'
import type { KernelEngine } from './pair.js'

vi.mock('../kernels/bcrypt.js', { spy: true })

const KINDS = EVERY_KIND.filter(({ row }) => row.hasKernel).map(({ row }) => row.name)

describe('the kernel', () => {
  test.each(KINDS)('for %s gives the known answer each time it is asked, and nothing for no job', (kind) => {
    const kernel = createKernelOf(kind)
    const [{ job, bytes }] = answersFor(usualJobOf(kind))
    expect(kernel.compute([job]).map(hex)).toEqual([hex(bytes)])
    expect(kernel.compute([job, job, job]).map(hex)).toEqual([hex(bytes), hex(bytes), hex(bytes)])
    expect(kernel.compute([])).toEqual([])
  })

  test.each(KINDS)('for %s gives bytes that its next jobs do not change', (kind) => {
    const kernel = createKernelOf(kind)
    const [first, second] = answersFor(usualJobOf(kind))
    const given = kernel.compute([first.job])
    kernel.compute([second.job])
    kernel.compute([second.job, second.job])
    expect(given.map(hex)).toEqual([hex(first.bytes)])
  })

  test('is there for each kind whose row says so, and for no other', () => {
    const withKernel = EVERY_KIND.filter(({ engines }) => engines.createKernel !== undefined)
    expect(withKernel.map(({ row }) => row.name)).toEqual(KINDS)
    expect(enginesOf('pbkdf2').createKernel).toBeUndefined()
  })

  test.each(KINDS)('for %s refuses a job of another kind, even beside one of its own', (kind) => {
    const kernel = createKernelOf(kind)
    const job = usualJobOf(kind)
    const other = usualJobOf('pbkdf2')
    const error = new TypeError(`An engine for ${kind} was given a job for pbkdf2.`)
    expect(() => kernel.compute([other])).toThrow(error)
    expect(() => kernel.compute([job, other])).toThrow(error)
  })

  test('reports the memory that it holds', () => {
    const kernel = createKernelOf('argon2')
    expect(kernel.bytes()).toBe(65_536)
    kernel.compute([{ ...usualJobOf('argon2'), ...{ memory: 1_024 } }])
    expect(kernel.bytes()).toBe(65_536 + 2 ** 20)
    expect(createKernelOf('bcrypt').bytes()).toBe(65_536)
  })
})

describe("bcrypt's kernel", () => {
  const first = jobOf('correct horse', 4)
  const second = jobOf('trombone', 4)
  const third = jobOf('', 4)
  const dearer = jobOf('correct horse', 5)

  test.each([
    ['one job alone', [first], [1]],
    ['two jobs of one cost as a pair', [first, second], [2]],
    ['a job beside itself as a pair', [first, first], [2]],
    ['two jobs of different costs one after another', [first, dearer], [1, 1]],
    ['three jobs one after another', [first, second, third], [1, 1, 1]],
  ])('computes %s, and gives their answers in their order', (_, jobs, lanes) => {
    const { engine, derive } = watchedBcrypt()
    expect(engine.compute(jobs).map(hex)).toEqual(jobs.map(computeWithStandIn).map(hex))
    expect(derive.mock.calls.map(([together]) => together.length)).toEqual(lanes)
  })

  test('computes a pair whose passwords become keys in different ways', () => {
    const variants = (['standard', 'no-nul', 'sign-extended', 'countermeasure'] as const).map((variant) =>
      bcryptJob({ ...jobOf('\u00e9\u00e8 correct horse', 4), variant }),
    )
    const kernel = createKernelOf('bcrypt')
    const alone = variants.flatMap((job) => kernel.compute([job])).map(hex)
    expect(new Set(alone).size).toBe(4)
    for (const [one, job] of variants.entries()) {
      for (const [other, partner] of variants.entries()) {
        expect(kernel.compute([job, partner]).map(hex)).toEqual([alone[one], alone[other]])
      }
    }
  })
})

/** The engine, and a record of the lanes of its kernel's computations. */
function watchedBcrypt(): {
  readonly engine: KernelEngine
  readonly derive: MockInstance<BcryptKernel['derive']>
} {
  const engine = createKernelOf('bcrypt')
  const made = vi.mocked(createBcryptKernel).mock.results.at(-1)
  if (made?.type !== 'return') throw new Error('No kernel was made.')
  return { engine, derive: vi.spyOn(made.value, 'derive') }
}

/** A job with a salt of its own. */
function jobOf(password: string, cost: number): BcryptJob {
  const salt = new Uint8Array(16).fill(password.length + 1)
  return bcryptJob({ variant: 'standard', password: Buffer.from(password), salt, cost })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
