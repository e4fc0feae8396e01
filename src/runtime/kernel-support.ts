import { hasAddressLimit } from '../platform/node.js'

// This is the smallest module that needs SIMD: (module (func (result v128) i32.const 0 i8x16.splat)).
const SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
)

/**
 * Whether kernels can run in this process: WebAssembly with SIMD compiles, as it does not under --jitless or where a policy
 * forbids WebAssembly, and the address space is not limited. V8 reserves ten gigabytes of addresses for each kernel of each
 * thread. Where a limit (RLIMIT_AS) leaves no more addresses, V8 itself may fail, which ends the process.
 */
export function hasKernels(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE) && !hasAddressLimit()
}
