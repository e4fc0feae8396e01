import { EngineError } from '../../errors.js'
import { messageDigest } from '../../platform/node.js'
import { cryptDigest } from '../crypt-loops.js'
import type { CryptDigestJob } from '../job.js'
import { createCryptDigestKernel } from '../kernels/crypt-digest.js'
import module from '../kernels/crypt-digest.as.js?wasm'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('crypt-digest', {
  createKernel: () => {
    const { derive, bytes } = createCryptDigestKernel(new WebAssembly.Module(module))
    return { compute: (jobs) => jobs.map(derive), bytes }
  },
  standIn: (job) => {
    if (job.variant === 'md5' || job.variant === 'apr1') requireMd5(job)
    return cryptDigest(job)
  },
})

function requireMd5({ variant, salt }: CryptDigestJob): void {
  try {
    messageDigest('md5', salt)
  } catch (error) {
    // OpenSSL refuses MD5 under FIPS.
    const text = `crypt-digest: OpenSSL refuses ${variant}, and without WebAssembly nothing else computes it.`
    throw new EngineError('ERR_ENGINE_UNAVAILABLE', text, error)
  }
}
