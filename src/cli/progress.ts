const SECOND = 1_000
const FIRST_AFTER = 2 * SECOND
const BETWEEN = SECOND / 4
const MEGABYTE = 1_000_000
const USUAL_COLUMNS = 80
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A line on the terminal that says how far the reading of a file has come. It holds no text of the file. */
export interface Progress {
  /** Takes the bytes of the file that have been read. */
  readonly onBytes: (bytes: number) => void
  /** Passes batches of rows on, and shows the line meanwhile. Whatever ends them clears it. */
  readonly follow: <Batch extends readonly unknown[]>(
    batches: AsyncIterable<Batch>,
    size: number | undefined,
  ) => AsyncGenerator<Batch>
}

/** Makes the line on standard error. It is shown where that is a terminal, and where the work takes over two seconds. */
export function createProgress({ isQuiet }: { readonly isQuiet: boolean }): Progress {
  const isShown = process.stderr.isTTY && !isQuiet
  let bytes = 0
  return {
    onBytes: (read) => {
      bytes = read
    },
    follow: async function* (batches, size) {
      const line = createLine()
      const started = performance.now()
      let next = started + FIRST_AFTER
      let rows = 0
      try {
        for await (const batch of batches) {
          yield batch
          rows += batch.length
          const now = performance.now()
          if (!isShown || now < next) continue
          next = now + BETWEEN
          line.show(describeProgress({ rows, bytes, size, seconds: (now - started) / SECOND }))
        }
      } finally {
        line.clear()
      }
    },
  }
}

export interface State {
  readonly rows: number
  readonly bytes: number
  readonly size: number | undefined
  readonly seconds: number
}

/** The text of the line. It has no control characters. */
export function describeProgress({ rows, bytes, size, seconds }: State): string {
  const pace = `${format(rows)} rows, ${format(rows / seconds)} a second`
  if (size === undefined || size === 0) return `${pace}, ${format(bytes / MEGABYTE)} MB`
  const share = Math.min(bytes / size, 1)
  const left = share === 0 ? '' : `, ${formatTime(seconds / share - seconds)} left`
  return `${pace}, ${format(bytes / MEGABYTE)} of ${format(size / MEGABYTE)} MB (${format(100 * share)}%)${left}`
}

function format(count: number): string {
  return Math.floor(count).toLocaleString('en')
}

function formatTime(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 100 ? `${whole} s` : `${format(whole / 60)} min`
}

/** A line that is written over itself with spaces alone, which every terminal knows. */
function createLine(): { readonly show: (text: string) => void; readonly clear: () => void } {
  const { stderr } = process
  let width = 0

  const wipe = (): void => {
    if (width > 0) stderr.write(`\r${' '.repeat(width)}\r`)
    width = 0
  }
  const clear = (): void => {
    for (const name of SIGNALS) process.off(name, end)
    process.off('exit', wipe)
    wipe()
  }
  const end = (signal: NodeJS.Signals): void => {
    clear()
    // No listener for the signal is left, so the signal ends the process, and the shell learns which signal it was.
    process.kill(process.pid, signal)
  }
  return {
    show: (text) => {
      if (width === 0) {
        for (const name of SIGNALS) process.on(name, end)
        process.on('exit', wipe)
      }
      // A line that fills the terminal's last column would begin another. Some terminals have no size.
      const shown = text.slice(0, (stderr.columns > 0 ? stderr.columns : USUAL_COLUMNS) - 1)
      stderr.write(`\r${shown.padEnd(width)}`)
      width = Math.max(width, shown.length)
    },
    clear,
  }
}
