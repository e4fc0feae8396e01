import { describe, expect, test, vi } from 'vitest'
import type { EnginePair, KernelEngine } from '../../compute/engines/pair.js'
import type { JobFields, JobKind } from '../../compute/job.js'
import type { Job } from '../../compute/kind.js'
import {
  answersFor,
  computeWithStandIn,
  createKernelOf,
  enginesOf,
  EVERY_JOB,
  usualJobOf,
} from '../../compute/kinds.fixture.js'
import { bcryptJob } from '../../compute/kinds/bcrypt.js'
import { EngineError } from '../../errors.js'
import { requestOf } from './requests.fixture.js'
import { createThreadEngines } from './thread-engines.js'
import type { ThreadEngines } from './thread-engines.js'

// These kinds have a stand-in on a thread.
const KINDS = ['bcrypt', 'scrypt', 'yescrypt', 'pbkdf2', 'digest-loop', 'crypt-digest', 'crypt-des'] as const
const MIB = 2 ** 20

const BCRYPT = usualJobOf('bcrypt')
const OTHER = bcryptJob({
  variant: 'standard',
  password: Buffer.from('b'),
  salt: new Uint8Array(16),
  cost: 4,
})
const WRONG: unknown = expect.objectContaining({ code: 'ERR_ENGINE_FAILED' })

type Compute = KernelEngine['compute']

/** The engines of a thread, some of which are replaced by the given ones. */
function enginesWith(changed: Partial<EnginePair>, kernels = true): ThreadEngines {
  return createThreadEngines({ kernels, load: (kind) => ({ ...enginesOf(kind), ...changed }) })
}

/** The engines of a thread with one kernel for every kind. */
function enginesWithKernel(kernel: Partial<KernelEngine>): ThreadEngines {
  return enginesWith({ createKernel: () => kernelLike(kernel) })
}

/** A kernel that gives the answers of the stand-ins, with the given changes. */
function kernelLike(changed: Partial<KernelEngine>): KernelEngine {
  return { compute: (jobs) => jobs.map(computeWithStandIn), bytes: () => 0, ...changed }
}

const hexOf = (all: readonly Uint8Array[]): readonly string[] =>
  all.map((bytes) => Buffer.from(bytes).toString('hex'))
const expected = (...jobs: readonly Job[]): readonly string[] => hexOf(jobs.map(computeWithStandIn))
const knownJobs = (job: Job): readonly JobFields[] => answersFor(job).map((answer) => answer.job)

describe.each(KINDS)('a job of %s', (kind) => {
  const job = usualJobOf(kind)

  test('is computed with kernels and without', () => {
    for (const kernels of [true, false]) {
      expect(hexOf(enginesWith({}, kernels).compute(requestOf([job])))).toEqual(expected(job))
    }
  })

  test('is not computed by a stand-in that gives a wrong answer, while jobs of other kinds are computed', () => {
    const standIn = vi.fn((one: JobFields) => {
      const bytes = computeWithStandIn(one)
      return one.kind === kind ? bytes.map((byte) => byte ^ 1) : bytes
    })
    const { compute } = enginesWith({ standIn }, false)
    expect(() => compute(requestOf([job]))).toThrow(
      new EngineError('ERR_ENGINE_FAILED', `${kind}: the engine stand-in gives wrong answers.`),
    )
    expect(standIn.mock.calls.map(([one]) => one)).toEqual(knownJobs(job))
    for (const other of KINDS.filter((name) => name !== kind).map(usualJobOf)) {
      expect(hexOf(compute(requestOf([other])))).toEqual(expected(other))
    }
  })

  test('makes its engine compute both known answers once', () => {
    const standIn = vi.fn(computeWithStandIn)
    const { compute } = enginesWith({ standIn }, false)
    compute(requestOf([job]))
    compute(requestOf([job], { engine: undefined, answers: [] }))
    expect(standIn).toHaveBeenCalledTimes(4)
  })
})

describe('an engine of a thread', () => {
  test('is loaded from the first request of its kind', () => {
    const load = vi.fn((kind: JobKind) => enginesOf(kind))
    const { compute } = createThreadEngines({ kernels: true, load })
    const engine = Uint8Array.of(1, 2, 3)
    compute(requestOf([BCRYPT], { engine }))
    compute(requestOf([BCRYPT], { engine: undefined }))
    expect(load).toHaveBeenCalledExactlyOnceWith('bcrypt', engine)
    compute(requestOf([usualJobOf('scrypt')], { engine }))
    expect(load).toHaveBeenLastCalledWith('scrypt', engine)
  })

  test('fails its jobs where it was not sent, and computes when it was sent', () => {
    const { compute } = enginesWith({})
    compute(requestOf([BCRYPT]))
    const job = usualJobOf('scrypt')
    expect(() => compute(requestOf([job], { engine: undefined }))).toThrow(
      new EngineError('ERR_ENGINE_FAILED', 'scrypt: the thread has no engine.'),
    )
    expect(hexOf(compute(requestOf([job])))).toEqual(expected(job))
  })

  test('is loaded at the second request from the bytes of the first where it could not be loaded before', () => {
    const load = vi
      .fn((kind: JobKind) => enginesOf(kind))
      .mockImplementationOnce(() => expect.fail('no memory just now'))
    const { compute } = createThreadEngines({ kernels: true, load })
    const engine = Uint8Array.of(1, 2, 3)
    expect(() => compute(requestOf([BCRYPT], { engine }))).toThrow('no memory just now')
    expect(hexOf(compute(requestOf([BCRYPT], { engine: undefined })))).toEqual(expected(BCRYPT))
    expect(load).toHaveBeenLastCalledWith('bcrypt', engine)
  })

  test.each([true, false])('computes nothing without known answers (kernels: %s)', (kernels) => {
    const { compute } = enginesWith({}, kernels)
    expect(() => compute(requestOf([BCRYPT], { answers: [] }))).toThrow('gives wrong answers')
    expect(hexOf(compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
  })

  test('is not confused with a trial of the same name as its kind', () => {
    const job = usualJobOf('scrypt')
    expect(job.row.trial(job).name).toBe(job.kind)
    const { compute } = enginesWith({})
    // The first request brings the answers, and the second the engine.
    expect(() => compute(requestOf([job], { engine: undefined }))).toThrow('the thread has no engine')
    expect(hexOf(compute(requestOf([job], { answers: [] })))).toEqual(expected(job))
  })

  test('computes a job that does not fit the kernel, and the job beside it, with the stand-in', () => {
    const createKernel = vi.fn(() => kernelLike({}))
    const { compute } = enginesWith({ createKernel })
    const { lanes } = requestOf([BCRYPT, OTHER])
    const large = lanes.map((lane, place) => ({ ...lane, fitsKernel: place === 0 }))
    expect(hexOf(compute(requestOf([BCRYPT, OTHER], { lanes: large })))).toEqual(expected(BCRYPT, OTHER))
    expect(createKernel).not.toHaveBeenCalled()
    compute(requestOf([BCRYPT]))
    expect(createKernel).toHaveBeenCalledOnce()
  })
})

describe('a kernel is asked for both known answers', () => {
  const watched = (answer: Compute = (jobs) => jobs.map(computeWithStandIn)) => {
    const compute = vi.fn<Compute>(answer)
    return { compute, engines: enginesWithKernel({ compute }) }
  }
  const [first, second] = knownJobs(BCRYPT)

  test('one after the other before its first job alone', () => {
    const { compute, engines } = watched()
    const request = requestOf([BCRYPT])
    engines.compute(request)
    expect(compute.mock.calls).toEqual([[[first]], [[second]], [request.lanes.map(({ job }) => job)]])
  })

  test('as two lanes before its first pair, even where it has computed one job alone', () => {
    const { compute, engines } = watched()
    engines.compute(requestOf([BCRYPT]))
    compute.mockClear()
    const request = requestOf([BCRYPT, OTHER])
    engines.compute(request)
    expect(compute.mock.calls).toEqual([[[first, second]], [request.lanes.map(({ job }) => job)]])
    compute.mockClear()
    engines.compute(requestOf([BCRYPT, OTHER]))
    expect(compute).toHaveBeenCalledOnce()
  })

  test('for each variant in a pair', () => {
    // bcryptjs has only one of the two variants, so the kernel itself computes.
    const { compute, engines } = watched(createKernelOf('bcrypt').compute)
    const other = bcryptJob({ ...OTHER, variant: 'no-nul' })
    engines.compute(requestOf([BCRYPT, other]))
    expect(compute.mock.calls.map(([jobs]) => jobs).slice(0, 2)).toEqual([
      knownJobs(BCRYPT),
      knownJobs(other),
    ])
  })
})

describe('an engine that overwrites its first answer with the second computes nothing:', () => {
  const reusing = (): ((job: JobFields) => Uint8Array) => {
    const memory = new Uint8Array(64)
    return (job) => {
      const bytes = computeWithStandIn(job)
      memory.set(bytes)
      return memory.subarray(0, bytes.byteLength)
    }
  }

  test('a kernel that computes one job after another', () => {
    const answer = reusing()
    const compute = vi.fn<Compute>((jobs) => jobs.map(answer))
    expect(() => enginesWithKernel({ compute }).compute(requestOf([BCRYPT]))).toThrow(WRONG)
    expect(compute).toHaveBeenCalledTimes(2)
  })

  test('a kernel that computes two lanes', () => {
    const answer = reusing()
    const compute = vi.fn<Compute>((jobs) => jobs.map(jobs.length > 1 ? answer : computeWithStandIn))
    const engines = enginesWithKernel({ compute })
    expect(hexOf(engines.compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
    expect(() => engines.compute(requestOf([BCRYPT, OTHER]))).toThrow(WRONG)
  })

  test.each(KINDS)('a stand-in for the kernel of %s', (kind) => {
    const standIn = vi.fn(reusing())
    const { compute } = enginesWith({ standIn }, false)
    expect(() => compute(requestOf([usualJobOf(kind)]))).toThrow(WRONG)
    expect(standIn).toHaveBeenCalledTimes(2)
  })
})

describe('a kernel of a thread', () => {
  test.each([
    ['a wrong answer', (bytes: Uint8Array) => bytes.map((byte, index) => (index === 22 ? byte ^ 128 : byte))],
    ['a short answer', (bytes: Uint8Array) => bytes.subarray(1)],
    ['no answer', () => new Uint8Array(0)],
  ])('computes nothing where it gives %s', (_, spoil) => {
    const compute = vi.fn<Compute>((jobs) => jobs.map((one) => spoil(computeWithStandIn(one))))
    const engines = enginesWithKernel({ compute })
    expect(() => engines.compute(requestOf([BCRYPT, BCRYPT]))).toThrow(
      new EngineError('ERR_ENGINE_FAILED', 'bcrypt: the engine kernel gives wrong answers.'),
    )
    expect(compute).toHaveBeenCalledOnce()
  })

  test.each([0, 1])('computes neither a job nor a pair where its answer %i of two is wrong', (place) => {
    const known = answersFor(BCRYPT)[place]?.bytes ?? expect.fail('no answer')
    const spoil = (bytes: Uint8Array): Uint8Array =>
      Buffer.from(bytes).equals(known) ? bytes.map((byte) => byte ^ 1) : bytes
    const compute: Compute = (jobs) => jobs.map(computeWithStandIn).map(spoil)
    for (const jobs of [[BCRYPT], [BCRYPT, OTHER]]) {
      expect(() => enginesWithKernel({ compute }).compute(requestOf(jobs))).toThrow(WRONG)
    }
  })

  test('computes no other variant where it computes all as one, not even in a pair', () => {
    const kernel = createKernelOf('bcrypt')
    const compute = vi.fn<Compute>((jobs) =>
      kernel.compute(jobs.map((one) => (one.kind === 'bcrypt' ? { ...one, variant: 'standard' } : one))),
    )
    const engines = enginesWithKernel({ compute })
    expect(hexOf(engines.compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
    const other = EVERY_JOB.find((one) => one.kind === 'bcrypt' && one.variant === 'sign-extended')
    const request = requestOf([BCRYPT, other ?? expect.fail('no such job')])
    expect(() => engines.compute(request)).toThrow('the engine kernel gives wrong answers')
    expect(compute).not.toHaveBeenCalledWith(request.lanes.map(({ job }) => job))
  })

  test('computes no pair where its second lane is wrong', () => {
    const compute: Compute = (jobs) =>
      jobs.map((one, lane) => computeWithStandIn(one).map((byte) => (lane === 1 ? byte ^ 1 : byte)))
    const engines = enginesWithKernel({ compute })
    expect(hexOf(engines.compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
    expect(() => engines.compute(requestOf([BCRYPT, OTHER]))).toThrow('the engine kernel gives wrong answers')
  })

  describe('that cannot be made for lack of memory', () => {
    const noMemory = (): never => {
      throw new RangeError(
        'WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance',
      )
    }

    test('is replaced by the stand-in, and is made with the next job', () => {
      const compute = vi.fn<Compute>((jobs) => jobs.map(computeWithStandIn))
      const createKernel = vi.fn(() => kernelLike({ compute })).mockImplementationOnce(noMemory)
      const engines = enginesWith({ createKernel })
      expect(hexOf(engines.compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
      expect(compute).not.toHaveBeenCalled()
      expect(hexOf(engines.compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
      expect(compute).toHaveBeenCalled()
    })

    test('is reported as a lack of memory only where its kind has no stand-in', () => {
      const createKernel = vi
        .fn(() => createKernelOf('argon2'))
        .mockImplementationOnce(noMemory)
        .mockImplementationOnce(noMemory)
      const { compute } = enginesWith({ createKernel })
      const job = usualJobOf('argon2')
      for (let round = 0; round < 2; round++) {
        expect(() => compute(requestOf([job]))).toThrow(
          new EngineError('ERR_ENGINE_MEMORY', 'argon2: there is no memory for the engine.'),
        )
      }
      expect(hexOf(compute(requestOf([job])))).toEqual(hexOf(createKernelOf('argon2').compute([job])))
    })
  })

  test('is reported as a missing engine where kernels cannot run and its kind has no stand-in', () => {
    const unavailable: unknown = expect.objectContaining({ code: 'ERR_ENGINE_UNAVAILABLE' })
    const { compute } = enginesWith({}, false)
    expect(() => compute(requestOf([usualJobOf('argon2')]))).toThrow(unavailable)
  })

  test('is not used again after a failure', () => {
    const failing = vi.fn<Compute>((jobs) => jobs.map(computeWithStandIn))
    const createKernel = vi
      .fn(() => kernelLike({}))
      .mockImplementationOnce(() => kernelLike({ compute: failing }))
    const { compute } = enginesWith({ createKernel })
    compute(requestOf([BCRYPT]))
    failing.mockImplementationOnce(() => {
      throw new Error('unreachable')
    })
    expect(() => compute(requestOf([BCRYPT]))).toThrow('unreachable')
    expect(hexOf(compute(requestOf([BCRYPT])))).toEqual(expected(BCRYPT))
    expect(createKernel).toHaveBeenCalledTimes(2)
  })

  test('reports the memory that it holds', () => {
    const sizes = { bcrypt: 64 * MIB, scrypt: 65 * MIB }
    const { bytes, compute } = createThreadEngines({
      kernels: true,
      load: (kind) => ({
        ...enginesOf(kind),
        createKernel: () => kernelLike({ bytes: () => (kind === 'bcrypt' ? sizes.bcrypt : sizes.scrypt) }),
      }),
    })
    expect(bytes()).toBe(0)
    compute(requestOf([BCRYPT]))
    compute(requestOf([usualJobOf('scrypt')]))
    expect(bytes()).toBe(129 * MIB)
  })
})
