import { EngineError } from '../../errors.js'
import { messageDigest } from '../../platform/node.js'
import type { DigestLoopJob } from '../job.js'
import { createDigestLoopsKernel } from '../kernels/digest-loops.js'
import module from '../kernels/digest-loops.as.js?wasm'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('digest-loop', {
  createKernel: () => {
    const { iterate, bytes } = createDigestLoopsKernel(new WebAssembly.Module(module))
    return { compute: (jobs) => jobs.map(iterate), bytes }
  },
  standIn: ({ algorithm, first, tail, count }) => {
    let state = firstDigest(algorithm, first)
    for (let round = 0; round < count; round++) state = messageDigest(algorithm, state, tail)
    return state
  },
})

function firstDigest(algorithm: DigestLoopJob['algorithm'], message: Uint8Array): Uint8Array {
  try {
    return messageDigest(algorithm, message)
  } catch (error) {
    // OpenSSL refuses MD5 under FIPS.
    const text = `digest-loop: OpenSSL refuses ${algorithm}, and without WebAssembly nothing else computes it.`
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', text, error)
  }
}
