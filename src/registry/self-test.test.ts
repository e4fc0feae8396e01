import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import { EngineError } from '../errors.js'
import { md5 } from '../hashers/bare-hex.js'
import { phpass } from '../hashers/phpass.js'
import { createRegistry as createBareRegistry } from './registry.js'
import { bcryptTarget } from '../targets/bcrypt.js'
import { createRuntimeOn } from '../runtime/runtime.js'
import { startWorker } from '../runtime/threads/start-worker.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const withoutKernels = createRuntimeOn({ startWorker, patience: () => 60_000, kernels: () => false })

describe('the self-test', () => {
  test('finds every engine right on a usual machine, and lists the hashers that need each', async () => {
    const registry = createRegistry()
    const { ok, checks } = await registry.selfTest()
    expect(checks.filter(({ outcome }) => outcome !== 'right')).toEqual([])
    expect(ok).toBe(true)
    const tested = new Set(checks.flatMap(({ hashers }) => hashers))
    // MD4 is code of this package and the same on every machine, so the self-test leaves it out.
    const others = registry.hashers.filter(({ name }) => !['nthash', 'nt_crypt'].includes(name))
    expect([...tested].toSorted()).toEqual(others.map(({ name }) => name).toSorted())
    const engines = new Map((await registry.engines()).map(({ hasher, engine }) => [hasher, engine]))
    for (const { hashers, engine } of checks) {
      for (const hasher of hashers) expect(engines.get(hasher)).toBe(engine)
    }
  })

  test('leaves out engines that no hasher needs', async () => {
    const registry = createBareRegistry({ hashers: [phpass, md5], target: bcryptTarget() })
    const { checks } = await registry.selfTest()
    const kinds = new Set(checks.map(({ work }) => work.split(' ')[0]))
    expect([...kinds].toSorted()).toEqual(['bcrypt', 'digest-loop', 'md5'])
  })

  test('names the work that a stand-in cannot compute, and the reason', async () => {
    const { ok, checks } = await createRegistry({ runtime: withoutKernels }).selfTest()
    expect(ok).toBe(false)
    const missing = checks.filter(({ outcome }) => outcome !== 'right')
    expect(missing.map(({ work, outcome }) => [work, outcome])).toEqual([
      ['bcrypt no-nul', 'failed'],
      ['bcrypt sign-extended', 'failed'],
      ['bcrypt countermeasure', 'failed'],
    ])
    for (const { problem } of missing) expect(problem).toContain('needs WebAssembly')
  })

  test('says how to allow threads where none can be started', async () => {
    const startNone = (): Promise<never> =>
      Promise.reject(new EngineError('ERR_ENGINE_UNAVAILABLE', 'Start Node with --allow-worker.'))
    const runtime = createRuntimeOn({ startWorker: startNone, patience: () => 1, kernels: () => true })
    const { ok, checks } = await createRegistry({ runtime }).selfTest()
    expect(ok).toBe(false)
    const failed = checks.filter(({ outcome }) => outcome === 'failed')
    expect(new Set(failed.map(({ problem }) => problem))).toEqual(
      new Set(['Start Node with --allow-worker.']),
    )
    const right = checks.filter(({ outcome }) => outcome === 'right')
    expect(new Set(right.map(({ engine }) => engine))).toEqual(new Set(['in place']))
  })

  test("reports a wrong engine of the runtime, and shows no text of an error that is not the package's own", async () => {
    const wrong = { admit: () => () => undefined, run: () => Promise.resolve(new Uint8Array(32)) }
    const checked = await createRegistry({ runtime: wrong }).selfTest()
    expect(checked.checks.find(({ work }) => work === 'scrypt')).toMatchObject({ outcome: 'failed' })
    const failing = { admit: () => () => undefined, run: () => Promise.reject(new Error('hunter2')) }
    const failed = await createRegistry({ runtime: failing }).selfTest()
    expect(JSON.stringify(failed)).not.toContain('hunter2')
    expect(failed.checks.find(({ work }) => work === 'scrypt')).toMatchObject({
      outcome: 'failed',
      problem: 'It failed.',
    })
  })

  test('says that MD5 is refused under FIPS, and that the kernel computes it', async () => {
    const { createHash } = process.getBuiltinModule('node:crypto')
    vi.spyOn(process.getBuiltinModule('node:crypto'), 'createHash').mockImplementation((algorithm) => {
      if (algorithm === 'md5') throw new Error('digital envelope routines::unsupported')
      return createHash(algorithm)
    })
    const { checks } = await createRegistry().selfTest()
    const inPlace = checks.filter(({ engine }) => engine === 'in place')
    expect(inPlace.map(({ work, outcome }) => [work, outcome])).toEqual([
      ['md5', 'failed'],
      ['sha1', 'right'],
      ['sha224', 'right'],
      ['sha256', 'right'],
      ['sha384', 'right'],
      ['sha512', 'right'],
    ])
  })

  test('takes a place of the runtime, and gives it back', async () => {
    const leave = vi.fn()
    const admit = vi.fn(() => leave)
    await createRegistry({ runtime: { admit, run: () => Promise.resolve(new Uint8Array(0)) } }).selfTest()
    expect(admit).toHaveBeenCalledOnce()
    expect(leave).toHaveBeenCalledOnce()
  })
})
