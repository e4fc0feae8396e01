/** How many threads the process may run at once. */
export function availableCores(): number {
  return process.getBuiltinModule('node:os').availableParallelism()
}

/** The threads of libuv's pool: 4 unless the environment says otherwise, 1024 at the most. */
export function threadPoolSize(): number {
  const size = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1_024) : 4
}

/** The bytes that a container may use where that is known. Without one, the system answers 0 or more than there is. */
export function availableMemory(): number {
  const constrained = process.constrainedMemory()
  // Above this it bounds nothing here, and the machine's own memory is dear to ask for.
  if (constrained <= 0 || constrained >= 2 * 2 ** 30) return Infinity
  return constrained <= process.getBuiltinModule('node:os').totalmem() ? constrained : Infinity
}
