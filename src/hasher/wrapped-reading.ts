import type { Cost } from '../compute/cost.js'
import { EngineError } from '../errors.js'
import { isUint8Array } from '../platform/node.js'
import type { Context, Reading, Run, Standing } from './contract.js'
import type { Guard } from './guard.js'

/** The members of a wrap that change the inner readings. */
export interface Wrapping {
  readonly name: string
  readonly guard: Guard
  /** The standing; undefined where it is that of the inner reading. */
  readonly standing: Standing | undefined
  /** Prepares the password; undefined where the inner algorithm is given the typed password. */
  readonly prepare: ((password: Uint8Array, context: Context) => Uint8Array) | undefined
  readonly preparedBytes: ((passwordBytes: number) => number) | undefined
}

/** A reading of an inner digest that prepares the password, and overwrites the prepared password after use. */
export class WrappedReading implements Reading {
  readonly standing: Standing
  readonly oldVariant: boolean
  readonly #inner: Reading
  readonly #wrapping: Wrapping
  readonly #context: Context

  constructor(inner: Reading, wrapping: Wrapping, context: Context) {
    this.standing = wrapping.standing ?? inner.standing
    this.oldVariant = inner.oldVariant
    this.#inner = inner
    this.#wrapping = wrapping
    this.#context = context
  }

  describe(): ReturnType<Reading['describe']> {
    return this.#inner.describe()
  }

  cost(passwordBytes: number): Cost {
    const { preparedBytes, guard } = this.#wrapping
    if (preparedBytes === undefined) return this.#inner.cost(passwordBytes)
    try {
      return this.#inner.cost(preparedBytes(passwordBytes))
    } catch (error) {
      throw guard.errorOf('its preparedBytes', error)
    }
  }

  costOfCheck(password: Uint8Array): Cost {
    const prepared = this.#prepare(password)
    try {
      return this.#inner.costOfCheck(prepared)
    } finally {
      wipe(prepared, password)
    }
  }

  truncates(password: Uint8Array): boolean {
    const prepared = this.#prepare(password)
    try {
      return this.#inner.truncates(prepared)
    } finally {
      wipe(prepared, password)
    }
  }

  async verify(password: Uint8Array, run: Run, signal?: AbortSignal): Promise<boolean> {
    const prepared = this.#prepare(password)
    try {
      return await this.#inner.verify(prepared, run, signal)
    } finally {
      wipe(prepared, password)
    }
  }

  async derive(password: Uint8Array, run: Run): Promise<Uint8Array> {
    const prepared = this.#prepare(password)
    try {
      return await this.#inner.derive(prepared, run)
    } finally {
      wipe(prepared, password)
    }
  }

  #prepare(password: Uint8Array): Uint8Array {
    const { prepare, guard, name } = this.#wrapping
    if (prepare === undefined) return password
    const prepared: unknown = guard.call('its prepare', () => prepare(password, this.#context))
    if (isUint8Array(prepared)) return prepared
    throw new EngineError('ERR_ENGINE_FAILED', `${name}: its prepare gave no bytes.`)
  }
}

function wipe(prepared: Uint8Array, password: Uint8Array): void {
  // Bytes of a buffer that was transferred away have a length of 0, and `fill` would throw.
  if (prepared.buffer !== password.buffer && prepared.length > 0) prepared.fill(0)
}
