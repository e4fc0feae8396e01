import type * as argon2 from 'argon2'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { EngineError } from '../errors.js'
import { computeArgon2 } from './argon2-addon.js'
import type { Argon2Job } from './job.js'

const { failure } = vi.hoisted(() => ({ failure: vi.fn<() => Error | undefined>() }))

vi.mock('argon2', async (importOriginal) => {
  const { default: original } = await importOriginal<{ readonly default: typeof argon2 }>()
  const hash = (...args: Parameters<typeof original.hash>): Promise<unknown> => {
    const error = failure()
    return error === undefined ? original.hash(...args) : Promise.reject(error)
  }
  return { default: { ...original, hash } }
})

beforeEach(() => {
  failure.mockReset()
})

const jobOf = (numbers: Partial<Argon2Job>): Argon2Job => ({
  kind: 'argon2',
  password: Buffer.from('password'),
  salt: Buffer.from('somesalt'),
  variant: 'id',
  version: 19,
  memory: 256,
  iterations: 2,
  parallelism: 1,
  length: 32,
  ...numbers,
})

describe("the argon2 addon gives the answers of libargon2's tests", () => {
  test.each<[Partial<Argon2Job>, string]>([
    [{}, 'nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
    [{ parallelism: 2 }, 'bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
    [{ variant: 'i' }, 'iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8'],
    [{ variant: 'i', version: 16 }, '/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY'],
    [{ variant: 'i', version: 16, parallelism: 2 }, 'tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs'],
  ])('for %j', async (numbers, base64) => {
    expect(Buffer.from(await computeArgon2(jobOf(numbers))).toString('base64')).toBe(`${base64}=`)
  })

  test('for a password inside a larger buffer', async () => {
    const password = Buffer.from('xxpasswordxx').subarray(2, 10)
    const [whole, part] = await Promise.all([computeArgon2(jobOf({})), computeArgon2(jobOf({ password }))])
    expect(part).toEqual(whole)
  })
})

test("the argon2 addon's lack of memory is an EngineError with a code of its own", async () => {
  failure.mockReturnValue(new Error('Memory allocation error'))
  const error: unknown = await computeArgon2(jobOf({})).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EngineError)
  expect(error).toMatchObject({
    code: 'ERR_ENGINE_MEMORY',
    message: 'argon2: the engine ran out of memory.',
  })
})

test('any other error of the argon2 addon is passed to the runtime, which drops its text', async () => {
  const error = new Error('Threading failure')
  failure.mockReturnValue(error)
  await expect(computeArgon2(jobOf({}))).rejects.toBe(error)
})
