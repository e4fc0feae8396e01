import { EngineError } from '../../errors.js'
import { createArgon2Kernel } from '../kernels/argon2.js'
import module from '../kernels/argon2.as.js?wasm'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('argon2', {
  createKernel: () => {
    const { derive, bytes } = createArgon2Kernel(new WebAssembly.Module(module))
    return { compute: (jobs) => jobs.map(derive), bytes }
  },
  // Argon2 has no stand-in on a thread: the addon computes in the place of the kernel, on the process's own thread pool.
  standIn: () => {
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', 'argon2: this thread has no engine for it.')
  },
})
