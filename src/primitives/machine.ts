/** How many threads the process may run at once. */
export function availableCores(): number {
  return process.getBuiltinModule('node:os').availableParallelism()
}

/** The threads of libuv's pool: 4 unless the environment says otherwise, 1024 at the most. */
export function threadPoolSize(): number {
  const size = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1_024) : 4
}
