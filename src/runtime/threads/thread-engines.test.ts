import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../../compute/job.js'
import type * as kernelEngines from '../../compute/kernel-engines.js'
import { createKernelEngine } from '../../compute/kernel-engines.js'
import type { KernelEngine } from '../../compute/kernel-engines.js'
import { EVERY_JOB, knownAnswerOf } from '../../compute/known-answers.fixture.js'
import { findKnownAnswer } from '../../compute/known-answers.js'
import type * as syncEngines from '../../compute/sync-engines.js'
import { computeSync } from '../../compute/sync-engines.js'
import { createThreadEngines } from './thread-engines.js'

vi.mock('../../compute/kernel-engines.js', async (importOriginal) => ({
  createKernelEngine: vi.fn((await importOriginal<typeof kernelEngines>()).createKernelEngine),
}))
vi.mock('../../compute/sync-engines.js', async (importOriginal) => ({
  computeSync: vi.fn((await importOriginal<typeof syncEngines>()).computeSync),
}))

const KINDS = ['bcrypt', 'scrypt', 'pbkdf2', 'digest-loop'] as const
const MIB = 2 ** 20

beforeEach(() => {
  vi.mocked(createKernelEngine).mockReset()
  vi.mocked(computeSync).mockReset()
})

const plain = (all: readonly Uint8Array[]): readonly Uint8Array[] =>
  all.map((bytes) => Uint8Array.from(bytes))
const answersOf = (kind: Job['kind']): readonly Uint8Array[] => plain([knownAnswerOf(kind).bytes])

/** A kernel that answers as the engines it replaces, but for what is changed. */
const kernelLike = (changed: Partial<KernelEngine>): KernelEngine => ({
  compute: (jobs) => jobs.map(computeSync),
  bytes: () => 0,
  ...changed,
})

describe.each(KINDS)('%s', (kind) => {
  const { job } = knownAnswerOf(kind)

  test('is computed with kernels and without', () => {
    for (const kernels of [true, false]) {
      expect(plain(createThreadEngines({ kernels }).compute([job]))).toEqual(answersOf(kind))
    }
  })

  test('is not computed by a fallback that gives a wrong answer, and the other kinds still are', () => {
    vi.mocked(createKernelEngine).mockReturnValue(undefined)
    vi.mocked(computeSync).mockImplementation((other) => {
      const { bytes } = findKnownAnswer(other)
      return other.kind === kind ? bytes.map((byte) => byte ^ 1) : bytes
    })
    const { compute } = createThreadEngines({ kernels: true })
    expect(() => compute([job])).toThrow(expect.objectContaining({ code: 'ERR_ENGINE_FAILED' }))
    for (const other of KINDS.filter((name) => name !== kind)) {
      expect(plain(compute([knownAnswerOf(other).job]))).toEqual(answersOf(other))
    }
  })

  test('is asked for the known answer once', () => {
    const { compute } = createThreadEngines({ kernels: false })
    compute([job])
    compute([job])
    expect(computeSync).toHaveBeenCalledTimes(3)
  })
})

describe('a kernel', () => {
  const { job } = knownAnswerOf('bcrypt')

  test.each([
    ['a wrong answer', (bytes: Uint8Array) => bytes.map((byte, index) => (index === 22 ? byte ^ 128 : byte))],
    ['a short answer', (bytes: Uint8Array) => bytes.subarray(1)],
    ['no answer', () => new Uint8Array(0)],
  ])('that gives %s computes nothing', (_, spoil) => {
    const compute = vi.fn((jobs: readonly Job[]) => jobs.map((one) => spoil(computeSync(one))))
    vi.mocked(createKernelEngine).mockReturnValue(kernelLike({ compute }))
    const engines = createThreadEngines({ kernels: true })
    expect(() => engines.compute([job, job])).toThrow('the engine kernel gives wrong answers')
    expect(compute).toHaveBeenCalledOnce()
  })

  test('that looks past the variant computes no other, not even beside one that it can', () => {
    const real = createKernelEngine('bcrypt')
    const compute = vi.fn(
      (jobs: readonly Job[]) =>
        real?.compute(jobs.map((one) => (one.kind === 'bcrypt' ? { ...one, variant: 'standard' } : one))) ??
        [],
    )
    vi.mocked(createKernelEngine).mockReturnValue(kernelLike({ compute }))
    const engines = createThreadEngines({ kernels: true })
    expect(plain(engines.compute([job]))).toEqual(answersOf('bcrypt'))
    const [other] = EVERY_JOB.filter((one) => one.kind === 'bcrypt' && one.variant === 'sign-extended')
    const jobs = other === undefined ? [] : [job, other]
    expect(() => engines.compute(jobs)).toThrow('the engine kernel gives wrong answers')
    expect(compute).not.toHaveBeenCalledWith(jobs)
  })

  describe('that cannot be made for want of memory', () => {
    const noMemory = (): never => {
      throw new RangeError(
        'WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance',
      )
    }

    test('is replaced by what it replaced, and is tried again with the next job', () => {
      const kernel = kernelLike({ compute: vi.fn((jobs: readonly Job[]) => jobs.map(computeSync)) })
      vi.mocked(createKernelEngine).mockImplementationOnce(noMemory).mockReturnValue(kernel)
      const { compute } = createThreadEngines({ kernels: true })
      expect(plain(compute([job]))).toEqual(answersOf('bcrypt'))
      expect(kernel.compute).not.toHaveBeenCalled()
      expect(plain(compute([job]))).toEqual(answersOf('bcrypt'))
      expect(kernel.compute).toHaveBeenCalled()
    })

    test('is missed as memory where nothing replaces it, and only then', () => {
      vi.mocked(createKernelEngine).mockImplementationOnce(noMemory).mockImplementationOnce(noMemory)
      const { compute } = createThreadEngines({ kernels: true })
      const argon2 = knownAnswerOf('argon2')
      for (let round = 0; round < 2; round++) {
        expect(() => compute([argon2.job])).toThrow(expect.objectContaining({ code: 'ERR_ENGINE_MEMORY' }))
      }
      expect(plain(compute([argon2.job]))).toEqual(plain([argon2.bytes]))
    })
  })

  test('whose second lane is wrong computes no pair', () => {
    const compute = vi.fn((jobs: readonly Job[]) =>
      jobs.map((one, lane) => computeSync(one).map((byte) => (lane === 1 ? byte ^ 1 : byte))),
    )
    vi.mocked(createKernelEngine).mockReturnValue(kernelLike({ compute }))
    const engines = createThreadEngines({ kernels: true })
    expect(plain(engines.compute([job]))).toEqual(answersOf('bcrypt'))
    expect(() => engines.compute([job, job])).toThrow('the engine kernel gives wrong answers')
  })

  test('that failed is not used again', () => {
    const failing = kernelLike({})
    vi.mocked(createKernelEngine)
      .mockReturnValueOnce({
        ...failing,
        compute: vi
          .fn(failing.compute)
          .mockImplementationOnce(failing.compute)
          .mockImplementationOnce(() => {
            throw new Error('unreachable')
          }),
      })
      .mockReturnValue(failing)
    const { compute } = createThreadEngines({ kernels: true })
    expect(() => compute([job])).toThrow('unreachable')
    expect(plain(compute([job]))).toEqual(answersOf('bcrypt'))
    expect(createKernelEngine).toHaveBeenCalledTimes(2)
  })

  test('holds memory that is told', () => {
    const sizes = new Map([
      ['bcrypt', 64 * MIB],
      ['scrypt', 65 * MIB],
    ])
    vi.mocked(createKernelEngine).mockImplementation((kind) =>
      kernelLike({ bytes: () => sizes.get(kind) ?? 0 }),
    )
    const { bytes, compute } = createThreadEngines({ kernels: true })
    expect(bytes()).toBe(0)
    compute([job])
    compute([knownAnswerOf('scrypt').job])
    expect(bytes()).toBe(129 * MIB)
  })
})
