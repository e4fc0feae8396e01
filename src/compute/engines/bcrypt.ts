import { decodeBase64, encodeBase64, hashSync } from 'bcryptjs'
import { EngineError, PasswordError } from '../../errors.js'
import type { BcryptJob } from '../job.js'
import { createBcryptKernel } from '../kernels/bcrypt.js'
import module from '../kernels/bcrypt.as.js?wasm'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('bcrypt', {
  createKernel: () => {
    const kernel = createBcryptKernel(new WebAssembly.Module(module))
    return {
      compute: (jobs) => {
        const [first, second, ...others] = jobs
        if (first !== undefined && second?.cost === first.cost && others.length === 0)
          return kernel.derive([first, second], first.cost)
        return jobs.flatMap((job) => kernel.derive([job], job.cost))
      },
      bytes: kernel.bytes,
    }
  },
  standIn: computeBcrypt,
})

function computeBcrypt({ variant, password, salt, cost }: BcryptJob): Uint8Array {
  if (variant !== 'standard') {
    throw new EngineError(
      'ERR_ENGINE_UNAVAILABLE',
      "bcrypt: bcryptjs knows no $2$ of bytes, no $2x$ and no countermeasure of crypt_blowfish's $2a$.",
    )
  }
  const settings = `$2b$${String(cost).padStart(2, '0')}$${encodeBase64([...salt], 16)}`
  const text = hashSync(decodePassword(password), settings)
  return Uint8Array.from(decodeBase64(text.slice(29), 23))
}

// bcryptjs takes text. By default a decoder drops a leading byte order mark, so that two passwords would be one.
function decodePassword(password: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password)
  } catch {
    throw new PasswordError('ERR_PASSWORD_ENCODING', 'bcrypt: its engine takes passwords in UTF-8 only.')
  }
}
