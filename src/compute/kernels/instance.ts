import { EngineError } from '../../errors.js'

/** An instance of a kernel. Its exports are looked up when the kernel is made; a `TypeError` then means a wrong module. */
export interface KernelInstance {
  readonly memory: WebAssembly.Memory
  readonly readFunction: (name: string) => KernelFunction
  /** The address that the kernel exports under a name. */
  readonly readAddress: (name: string) => number
  /**
   * Makes the memory at least as large as `bytes`.
   *
   * @throws EngineError `ERR_ENGINE_MEMORY` where the memory cannot be had
   */
  readonly grow: (bytes: number) => void
}

export type KernelFunction = (...numbers: readonly number[]) => void

const PAGE = 65_536

/** Makes an instance of a module that imports nothing; `kernel` is its name in errors. */
export function instantiate(kernel: string, module: WebAssembly.Module): KernelInstance {
  const { exports } = new WebAssembly.Instance(module)
  const missing = (name: string): TypeError => new TypeError(`${kernel}: the module exports no ${name}.`)
  const { memory } = exports
  if (!(memory instanceof WebAssembly.Memory)) throw missing('memory')

  return {
    memory,
    readFunction: (name) => {
      const value = exports[name]
      if (!isFunction(value)) throw missing(name)
      return value
    },
    readAddress: (name) => {
      const value = exports[name]
      const address: unknown = value instanceof WebAssembly.Global ? value.value : undefined
      if (typeof address !== 'number') throw missing(name)
      return address
    },
    grow: (bytes) => {
      const absent = bytes - memory.buffer.byteLength
      if (absent <= 0) return
      try {
        memory.grow(Math.ceil(absent / PAGE))
      } catch {
        throw new EngineError('ERR_ENGINE_MEMORY', `${kernel}: memory could not be had.`)
      }
    },
  }
}

// A kernel's functions take numbers, and WebAssembly turns any argument into a number.
function isFunction(value: unknown): value is KernelFunction {
  return typeof value === 'function'
}

export interface Range {
  readonly min: number
  readonly max: number
}

// The functions below check types too, since a kernel's memory depends on the types and its jobs come from another thread.
// `field` is the kernel and the field, as in 'scrypt: r'.

export function requireInteger(field: string, value: number, { min, max }: Range): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw refusal(field, `an integer from ${min} to ${max}`)
}

/** Requires bytes of a length within the range; without a range, of any length. */
export function requireBytes(field: string, value: Uint8Array, range?: Range): void {
  const { min, max } = range ?? { min: 0, max: Infinity }
  if (value instanceof Uint8Array && value.length >= min && value.length <= max) return
  if (range === undefined) throw refusal(field, 'bytes')
  throw refusal(field, min === max ? `${min} bytes` : `${min} to ${max} bytes`)
}

/** The error of a wrong argument. The value is never in its text. */
export function refusal(field: string, wanted: string): RangeError {
  return new RangeError(`${field} must be ${wanted}.`)
}
