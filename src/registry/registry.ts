import type { Registry } from './api.js'
import { assertOptions } from './request.js'
import { assertStoredCodes, matchCode } from './backup-codes.js'
import { openCall } from './call.js'
import { kindOf, nameEngine } from './engine-info.js'
import { createEvaluator } from './evaluate.js'
import { listHashers } from './hasher-info.js'
import { createInspector } from './inspect.js'
import { assertPassword, readPassword, requirePassword } from './password.js'
import { createReasonFinder } from './policy.js'
import { resolveRegistryOptions } from './settings.js'
import type { RegistryOptions } from './settings.js'
import { testEngines } from './self-test.js'
import { createSignalFollower } from './signals.js'

/**
 * Makes a registry.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` for an option that is missing, unknown or wrong, such as no target;
 *   `ERR_REGISTRY_DUPLICATE_HASHER` for two hashers of one name
 * @example createRegistry({ hashers: [phpass, md5], target: bcryptTarget() })
 */
export function createRegistry(options: RegistryOptions): Registry {
  const settings = resolveRegistryOptions(options)
  const { hashers, index, limits, runtime, engines, heavyAbove } = settings
  const calls = { runtime, engines, heavyAbove, follow: createSignalFollower() }
  const findReasons = createReasonFinder(settings)
  const { evaluate, hashTarget } = createEvaluator(settings, { calls, findReasons })

  return Object.freeze({
    evaluate,
    verify: async (password, digest, options) =>
      (await evaluate(password, digest, options)).outcome === 'match',

    ...createInspector(settings, findReasons),

    hash: async (password, options = {}) => {
      assertPassword(password)
      assertOptions(options, [])
      return openCall(calls, {}, async (call) => {
        const bytes = requirePassword(password)
        try {
          return (await hashTarget(bytes, call.run)).digest
        } finally {
          bytes.fill(0)
        }
      })
    },

    hashers: listHashers(hashers),

    // The list is made inside the promise, so that an error of a runtime rejects and is not thrown.
    engines: () =>
      new Promise((resolve) => {
        resolve(
          hashers.map((hasher) => ({ hasher: hasher.name, engine: nameEngine(kindOf(hasher), settings) })),
        )
      }),

    selfTest: () =>
      openCall(calls, {}, ({ run }) =>
        testEngines(hashers, { run, nameEngine: (kind) => nameEngine(kind, settings) }),
      ),

    matchBackupCode: async (code, stored) => {
      assertPassword(code)
      assertStoredCodes(stored)
      return openCall(calls, {}, async (call) => {
        const bytes = readPassword(code)
        if (typeof bytes === 'string') return null
        try {
          return await matchCode(bytes, [...stored], { index, limits, run: call.run })
        } finally {
          bytes.fill(0)
        }
      })
    },
  } satisfies Registry)
}
