// (module (func (result v128) i32.const 0 i8x16.splat)): the smallest module that needs SIMD.
const SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
)

/** Whether WebAssembly with SIMD can be compiled here; not so under --jitless, nor where a policy forbids it. */
export function canCompileKernels(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE)
}
