import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { hasKernels } from './kernel-support.js'
import { hasAddressLimit } from '../platform/node.js'

vi.mock('../platform/node.js', { spy: true })

// The two bytes are the type v128 of a function's result, and the prefix of every SIMD instruction.
const V128 = 0x7b
const SIMD = 0xfd

describe('kernels', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  test('can run on the machine of the tests', () => {
    expect(hasKernels()).toBe(true)
  })

  test('cannot run without WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined)
    expect(hasKernels()).toBe(false)
  })

  test('cannot run where WebAssembly has no SIMD', () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    expect(hasKernels()).toBe(false)
    expect(validate).toHaveBeenCalledOnce()
  })

  test('cannot run where the address space is limited, since each kernel takes ten gigabytes of addresses', () => {
    vi.mocked(hasAddressLimit).mockReturnValueOnce(true)
    expect(hasKernels()).toBe(false)
    expect(hasKernels()).toBe(true)
  })

  test('are probed with a module that is valid and needs SIMD', () => {
    const validate = vi.spyOn(WebAssembly, 'validate')
    hasKernels()
    const asked = validate.mock.calls.flatMap(([module]) => (module instanceof Uint8Array ? [...module] : []))
    expect(asked).toContain(V128)
    expect(asked).toContain(SIMD)
    expect(() => new WebAssembly.Module(Uint8Array.from(asked))).not.toThrow()
  })

  test('cannot run with --jitless, where Node has no WebAssembly', () => {
    const { stdout } = spawnSync(process.execPath, ['--jitless', '--print', 'typeof WebAssembly'])
    expect(stdout.toString().trim()).toBe('undefined')
  })
})
