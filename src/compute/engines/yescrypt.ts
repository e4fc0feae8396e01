import type { YescryptJob } from '../job.js'
import { createYescryptKernel } from '../kernels/yescrypt.js'
import { deriveYescrypt } from '../kernels/yescrypt-digests.js'
import module from '../kernels/yescrypt.as.js?wasm'
import { createMixer } from '../yescrypt-mixer.js'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('yescrypt', {
  createKernel: () => {
    const { derive, bytes } = createYescryptKernel(new WebAssembly.Module(module))
    return { compute: (jobs) => jobs.map(derive), bytes }
  },
  standIn: computeYescrypt,
})

function computeYescrypt(job: YescryptJob): Uint8Array {
  const mixer = createMixer(job)
  try {
    return deriveYescrypt(job, mixer)
  } finally {
    mixer.wipe()
  }
}
