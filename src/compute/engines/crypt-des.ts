import { cryptDes } from '../des.js'
import { createCryptDesKernel } from '../kernels/crypt-des.js'
import module from '../kernels/crypt-des.as.js?wasm'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('crypt-des', {
  createKernel: () => {
    const { derive, bytes } = createCryptDesKernel(new WebAssembly.Module(module))
    return { compute: (jobs) => jobs.map(derive), bytes }
  },
  standIn: cryptDes,
})
