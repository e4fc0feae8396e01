import type { Kind } from '../compute/kind.js'
import type { Malformed } from '../formats/problem.js'
import type { Facts } from './checks.js'
import { NO_CONTEXT } from './contract.js'
import type { Context, Hasher, HasherFacts, Reading, Readings, Standing } from './contract.js'

/** The part of a hasher that reads digests. It is made when the hasher is first used. */
export interface Workings {
  readonly facts: Facts
  readonly lengths: readonly number[] | undefined
  readonly identify: (digest: string) => boolean
  readonly parse: (digest: string, context: Context) => Readings<Reading> | Malformed
  readonly kind: () => ReturnType<Hasher['kind']>
  readonly blank: Hasher['blank']
}

/** The members of a hasher that people read. */
export type Label = Pick<
  Hasher,
  'name' | 'standing' | 'varies' | 'why' | 'writtenBy' | 'example' | 'delegates'
>

/** Makes the label of a specification. A member that the specification leaves out is not taken from a polluted prototype. */
export function labelOf(
  spec: HasherFacts,
  { standing, varies, delegates }: Pick<Hasher, 'standing' | 'varies' | 'delegates'>,
): Label {
  const { name, example, why, writtenBy } = { why: undefined, writtenBy: undefined, ...spec }
  return { name, standing, varies, why, writtenBy, example, delegates }
}

const RANKS: readonly Standing[] = ['sound', 'dated', 'insecure']

/** The lowest standing that a digest of one of several hashers may have. */
export function standingOfAll(hashers: readonly [Hasher, ...Hasher[]]): Pick<Hasher, 'standing' | 'varies'> {
  const [{ standing: first }] = hashers
  const standings = hashers.map(({ standing }) => standing)
  return {
    standing: RANKS.findLast((standing) => standings.includes(standing)) ?? first,
    varies: hashers.some(({ standing, varies }) => varies || standing !== first),
  }
}

/**
 * A hasher whose specification is read and checked when the hasher is first used. A process that imports the package uses few
 * hashers and need not wait for all of them.
 */
export class MadeHasher implements Hasher {
  readonly #label: Label
  readonly #open: () => Workings
  #workings: Workings | undefined

  constructor(label: Label, open: () => Workings) {
    this.#label = label
    this.#open = open
    Object.freeze(this)
  }

  /** Whether this package made a value. Copies and subclasses do not have the private members. */
  static is(value: unknown): value is MadeHasher {
    return typeof value === 'object' && value !== null && #label in value
  }

  /**
   * Reads the specification of a hasher at once.
   *
   * @throws RegistryError `ERR_REGISTRY_OPTION` where the specification is wrong
   */
  static opened(hasher: MadeHasher): Hasher {
    hasher.#work()
    return hasher
  }

  get name(): string {
    return this.#label.name
  }

  get standing(): Standing {
    return this.#label.standing
  }
  get varies(): boolean {
    return this.#label.varies
  }
  get why(): string | undefined {
    return this.#label.why
  }
  get writtenBy(): string | undefined {
    return this.#label.writtenBy
  }
  get example(): string {
    return this.#label.example
  }
  get delegates(): boolean {
    return this.#label.delegates
  }
  get aliases(): readonly string[] {
    return this.#work().facts.aliases
  }
  get prehashed(): boolean {
    return this.#work().facts.prehashed
  }
  get onlyNamed(): boolean {
    return this.#work().facts.onlyNamed
  }
  get neverRenamed(): boolean {
    return this.#work().facts.neverRenamed
  }
  get prefixes(): readonly string[] {
    return this.#work().facts.prefixes
  }
  get lengths(): readonly number[] | undefined {
    return this.#work().lengths
  }
  get blank(): Hasher['blank'] {
    return this.#work().blank
  }

  identify(digest: string): boolean {
    return this.#work().identify(digest)
  }

  parse(digest: string, context: Context = NO_CONTEXT): Readings<Reading> | Malformed {
    return this.#work().parse(digest, context)
  }

  kind(): Kind | 'in place' | 'another service' {
    return this.#work().kind()
  }

  #work(): Workings {
    return (this.#workings ??= this.#open())
  }
}
