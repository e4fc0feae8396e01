import { integerOf, openOptions, POSITIVE } from '../options.js'

export interface RuntimeOptions {
  /** The number of calls that may run or wait; default 1,000. */
  readonly maxQueue?: number
  /** The estimated milliseconds that a new call may wait before its work starts; default 5,000. */
  readonly maxWaitMilliseconds?: number
  /** The number of jobs that run at once; default one for each core. */
  readonly concurrency?: number
  /**
   * The most memory in bytes that jobs take together; a job that needs more runs alone. Default 1 GiB, or half of the
   * container's memory if that is less.
   */
  readonly maxBytes?: number
}

/** The options of a runtime, copied, so that later changes of the object have no effect. */
export interface RuntimeSettings {
  readonly concurrency: number | undefined
  readonly maxBytes: number | undefined
  readonly maxQueue: number
  readonly maxWaitMilliseconds: number
}

const MAX_QUEUE = 1_000
const MAX_WAIT_MILLISECONDS = 5_000

/**
 * Checks and copies the options of a runtime.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION`, also for a misspelled option, which would silently have its default
 */
export function readRuntimeOptions(options: unknown): RuntimeSettings {
  const names = ['concurrency', 'maxBytes', 'maxQueue', 'maxWaitMilliseconds']
  const { read } = openOptions('createRuntime', options, names)
  return {
    concurrency: read('concurrency', integerOf(1, Infinity, '1 up')),
    maxBytes: read('maxBytes', POSITIVE),
    maxQueue: read('maxQueue', POSITIVE) ?? MAX_QUEUE,
    maxWaitMilliseconds: read('maxWaitMilliseconds', POSITIVE) ?? MAX_WAIT_MILLISECONDS,
  }
}
