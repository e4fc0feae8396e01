import type { Cost } from '../compute/cost.js'
import { EngineError } from '../errors.js'
import type { Attempts } from './attempts.js'
import { isStanding } from './checks.js'
import type { Computation } from './computation.js'
import type { HasherSpec, Parsed, Reading, Run, Standing } from './contract.js'
import type { Guard } from './guard.js'

/** The members that all readings of one hasher share: those of its specification, and functions made of them. */
export interface Members<P> extends Pick<HasherSpec<P>, 'standing' | 'describe'> {
  readonly name: string
  readonly guard: Guard
  readonly computation: Computation<P>
  /** The attempts; undefined where a password has one form and a digest no rare readings. */
  readonly attempts: Attempts<P> | undefined
  readonly truncates: HasherSpec<P>['truncates'] | undefined
  readonly oldVariant: HasherSpec<P>['oldVariant'] | undefined
}

const FORMS = 'what it makes of a password'

/**
 * A reading of a digest by a specification. It is a class because audits make millions of readings: one object for each, and
 * no closure for every method. The parsed digest is private, so that no code outside sees salt and checksum.
 */
export class SpecReading<P> implements Reading {
  readonly standing: Standing
  readonly oldVariant: boolean
  readonly #members: Members<P>
  readonly #parsed: Parsed<P>

  /** @throws EngineError where the specification's standing or oldVariant fails */
  constructor(members: Members<P>, parsed: Parsed<P>) {
    const { standing, oldVariant } = members
    const { params } = parsed
    this.#members = members
    this.#parsed = parsed
    this.standing = typeof standing === 'function' ? standingOf(members, standing, params) : standing
    this.oldVariant =
      oldVariant !== undefined && isTruthy(members.guard.call('its oldVariant', () => oldVariant(params)))
  }

  describe(): ReturnType<Reading['describe']> {
    try {
      return this.#members.describe(this.#parsed.params)
    } catch (error) {
      throw this.#members.guard.errorOf('its describe', error)
    }
  }

  cost(passwordBytes: number): Cost {
    return this.#members.computation.cost(this.#parsed, passwordBytes)
  }

  costOfCheck(password: Uint8Array): Cost {
    const { attempts, computation, guard } = this.#members
    if (attempts === undefined) return computation.cost(this.#parsed, password)
    return guard.call(FORMS, () =>
      attempts.cost(password, this.#parsed, (form, reading) => computation.cost(reading, form)),
    )
  }

  truncates(password: Uint8Array): boolean {
    const { truncates, guard } = this.#members
    if (truncates === undefined) return false
    return isTruthy(guard.call('its truncates', () => truncates(password, this.#parsed)))
  }

  async verify(password: Uint8Array, run: Run): Promise<boolean> {
    const { attempts, computation, guard } = this.#members
    if (attempts === undefined) return computation.matches(password, this.#parsed, run)
    try {
      return await attempts.some(password, this.#parsed, (form, reading) =>
        computation.matches(form, reading, run),
      )
    } catch (error) {
      throw guard.errorOf(FORMS, error)
    }
  }

  async derive(password: Uint8Array, run: Run): Promise<Uint8Array> {
    const { attempts, computation, guard } = this.#members
    if (attempts === undefined) return computation.derive(password, this.#parsed, run)
    try {
      return await attempts.first(password, this.#parsed, (form) =>
        computation.derive(form, this.#parsed, run),
      )
    } catch (error) {
      throw guard.errorOf(FORMS, error)
    }
  }
}

function standingOf<P>({ name, guard }: Members<P>, standing: (params: P) => Standing, params: P): Standing {
  const found: unknown = guard.call('its standing', () => standing(params))
  if (isStanding(found)) return found
  throw new EngineError('ERR_ENGINE_FAILED', `${name}: its standing is none.`)
}

/** Turns the answer of a specification, which may be written in JavaScript, into true or false. */
function isTruthy(answer: unknown): boolean {
  return Boolean(answer)
}
