import type { Cost } from '../compute/cost.js'
import { EngineError, RegistryError } from '../errors.js'
import { assertIsObject, assertStanding, readFacts } from './checks.js'
import type { Context, Hasher, HasherFacts, Reading, Standing } from './contract.js'
import { createGuard } from './guard.js'
import { labelOf, MadeHasher } from './made-hasher.js'

/** The specification of a verifier that asks another service. */
export interface DelegateSpec extends Omit<HasherFacts, 'prehashed' | 'onlyNamed' | 'example'> {
  /** The standing. With `insecure` every policy replaces a match, so that users leave that service as they sign in. */
  readonly standing: Standing
  /** The text that such a row holds beside the name, for the table of hashers; default empty. */
  readonly example?: string
  /**
   * Whether the service accepts the password. Any answer but true is no match. `check` gets a copy of the password, which is
   * overwritten when its promise has settled or the signal aborts. A call without a signal holds its place until `check`
   * settles.
   *
   * @throws anything where the service gave no answer: the call rejects with an `EngineError`
   */
  readonly check: (
    password: Uint8Array,
    row: { readonly digest: string; readonly context: Context; readonly signal: AbortSignal | undefined },
  ) => Promise<boolean>
}

const MAKER = 'defineDelegate'

/**
 * Makes a hasher of a verifier that asks another service, for accounts whose digests that service does not hand out. The
 * hasher reads only rows that name it, with any digest beside the name. It computes nothing here, and `engines()` never calls
 * `check`.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a member is missing or of the wrong type
 * @example
 * defineDelegate({
 *   name: 'awscognito',
 *   standing: 'insecure',
 *   check: (password, { context, signal }) => initiateAuth(context.username, password, signal),
 * })
 */
export function defineDelegate(spec: DelegateSpec): Hasher {
  assertIsObject(spec, MAKER)
  const { name, check, standing } = spec
  const example = Object.hasOwn(spec, 'example') ? (spec.example ?? '') : ''
  const own = { ...spec, example, prefixes: [], prehashed: true, onlyNamed: true }
  const facts = readFacts(own, MAKER)
  assertStanding(standing, MAKER)
  if (typeof check !== 'function')
    throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: check must be a function.`)
  const { errorOf } = createGuard(name)

  const open = (digest: string, context: Context): Reading => ({
    standing,
    describe: () => ({}),
    cost: noCost,
    costOfCheck: noCost,
    oldVariant: false,
    truncates: () => false,
    verify: async (password, _, signal) => {
      const own = Uint8Array.from(password)
      try {
        // The service is not asked for an aborted call, since nothing would handle a rejection.
        signal?.throwIfAborted()
        const asked = check(own, { digest, context, signal })
        const answer: unknown = await (signal === undefined ? asked : raceAbort(asked, signal))
        return answer === true
      } catch (error) {
        throw errorOf('the service', error)
      } finally {
        own.fill(0)
      }
    },
    derive: () =>
      Promise.reject(
        new EngineError('ERR_ENGINE_UNAVAILABLE', `${name}: a service that is asked derives nothing.`),
      ),
  })

  const label = labelOf(own, { standing, varies: false, delegates: true })
  return new MadeHasher(label, () => ({
    facts,
    lengths: undefined,
    identify: () => true,
    parse: (digest, context) => [open(digest, context)],
    kind: () => 'another service',
    blank: undefined,
  }))
}

/** The answer of a service, or a rejection when the call is aborted, so that a silent service does not keep the call's place. */
function raceAbort<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    // No options are given, since a polluted prototype would add to them. The signal belongs to the call and ends with it.
    signal.addEventListener('abort', reject)
  })
  return Promise.race([asked, aborted])
}

/** The cost of a delegate, which takes no time of this machine: a new object, since callers get it. */
function noCost(): Cost {
  return { milliseconds: 0, bytes: 0, lanes: 1 }
}
