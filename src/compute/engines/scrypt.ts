import scryptJs from 'scrypt-js'
import { readErrorText } from '../../errors.js'
import { scrypt } from '../../platform/node.js'
import { scryptBytes } from '../cost.js'
import type { ScryptJob } from '../job.js'
import { createScryptKernel } from '../kernels/scrypt.js'
import module from '../kernels/scrypt.as.js?wasm'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('scrypt', {
  createKernel: () => {
    const { derive, bytes } = createScryptKernel(new WebAssembly.Module(module))
    return { compute: (jobs) => jobs.map(derive), bytes }
  },
  standIn: computeScrypt,
})

function computeScrypt(job: ScryptJob): Uint8Array {
  const { password, salt, N, r, p, length } = job
  try {
    // The default maxmem of Node, 32 MiB, is less than Werkzeug's default parameters need.
    return scrypt({ password, salt, N, r, p, length, maxBytes: scryptBytes(job) + 1024 })
  } catch (error) {
    // scrypt-js computes in builds of Node without OpenSSL's scrypt.
    if (isScryptMissing(error)) return scryptJs.syncScrypt(password, salt, N, r, p, length)
    throw error
  }
}

function isScryptMissing(error: unknown): boolean {
  return readErrorText(error, 'code') === 'ERR_CRYPTO_SCRYPT_NOT_SUPPORTED'
}
