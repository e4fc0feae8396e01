// Deno asks for a permission before it tells any of this (--allow-sys, --allow-env). Without it there are defaults.

/** How many threads the process may run at once. */
export function availableCores(): number {
  return askOr(countBrowserCores, () => process.getBuiltinModule('node:os').availableParallelism())
}

/** As web pages are told, without a permission. Where nothing tells it: one beside the one that runs this. */
function countBrowserCores(): number {
  const navigator: unknown = Reflect.get(globalThis, 'navigator')
  const cores: unknown =
    typeof navigator === 'object' && navigator !== null
      ? Reflect.get(navigator, 'hardwareConcurrency')
      : undefined
  return typeof cores === 'number' && Number.isInteger(cores) && cores > 0 ? cores : 2
}

/**
 * The threads of libuv's pool: 4 unless the environment says otherwise. It is read as libuv does (`uv__threadpool`'s
 * atoi): the digits in front, none of them meaning 1; at most 1024, which is also what a negative number becomes.
 */
export function threadPoolSize(): number {
  const text = askOr(
    () => undefined,
    () => process.env['UV_THREADPOOL_SIZE'],
  )
  if (text === undefined) return 4
  const size = Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0)
  if (size === 0) return 1
  return size < 0 ? MAX_THREAD_POOL_SIZE : Math.min(size, MAX_THREAD_POOL_SIZE)
}

const MAX_THREAD_POOL_SIZE = 1_024

/** Whether the process may have only so many addresses (RLIMIT_AS, `ulimit -v`), as far as the system says so. */
export function hasAddressLimit(): boolean {
  // It cannot be read where there is no Linux, nor under Node's permission model.
  const limits = askOr(
    () => '',
    () => process.getBuiltinModule('node:fs').readFileSync('/proc/self/limits', 'latin1'),
  )
  return /^Max address space +\d/m.test(limits)
}

/** The memory in bytes that a container leaves the process, where that is known and little; otherwise Infinity. */
export function availableMemory(): number {
  const constrained = askOr(
    () => 0,
    () => process.constrainedMemory(),
  )
  // Twice the largest default changes nothing any more, and the machine's own memory is dear to ask for.
  if (constrained <= 0 || constrained >= 2 ** 31) return Infinity
  // Without a container the system answers 0, or more than there is.
  const total = askOr(
    () => 0,
    () => process.getBuiltinModule('node:os').totalmem(),
  )
  return constrained <= total ? constrained : Infinity
}

function askOr<T>(otherwise: () => T, ask: () => T): T {
  try {
    return ask()
  } catch {
    return otherwise()
  }
}
