import { RegistryError } from '../errors.js'
import type { Engine } from './engine.js'

/** The part of `@node-rs/argon2` that this package calls. */
export interface NodeRsArgon2 {
  readonly hashRaw: (
    password: Uint8Array,
    options: {
      readonly algorithm: number
      readonly version: number
      readonly memoryCost: number
      readonly timeCost: number
      readonly parallelism: number
      readonly outputLen: number
      readonly salt: Uint8Array
    },
  ) => Promise<Uint8Array>
}

/**
 * Computes Argon2 with `@node-rs/argon2`, native code that is faster than the kernel (bench/README.md). The application
 * installs the module and gives it to this function, which does not search `node_modules`.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where the argument is not that module
 * @example
 * import * as argon2 from '@node-rs/argon2'
 * const registry = createRegistry({ engines: { argon2: nodeRsArgon2(argon2) } })
 */
export function nodeRsArgon2(module: NodeRsArgon2): Engine<'argon2'> {
  if (!hasHashRaw(module)) {
    throw new RegistryError('ERR_REGISTRY_OPTION', 'nodeRsArgon2 takes the module @node-rs/argon2.')
  }
  return {
    name: '@node-rs/argon2',
    usesThreadPool: true,
    compute: ({ password, salt, variant, version, memory, iterations, parallelism, length }) =>
      module.hashRaw(password, {
        // The numbers are those of the package's enumerations, which exist in its types alone.
        algorithm: { d: 0, i: 1, id: 2 }[variant],
        version: version === 16 ? 0 : 1,
        memoryCost: memory,
        timeCost: iterations,
        parallelism,
        outputLen: length,
        salt,
      }),
  }
}

function hasHashRaw(module: unknown): boolean {
  return typeof module === 'object' && module !== null && typeof Reflect.get(module, 'hashRaw') === 'function'
}
