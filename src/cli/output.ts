import { describeSystemError } from './misuse-error.js'
import { escapeUnprintable } from './printable.js'

/** What was to be printed could not be. */
export class OutputError extends Error {
  constructor(cause: unknown) {
    super(`The answer could not be written (${describeSystemError(cause)}).`)
    this.name = 'OutputError'
  }
}

/**
 * Prints lines on standard output. Each stays one line, whatever stands in it.
 *
 * @throws OutputError where they did not arrive, unless the reader has closed the pipe: it has seen enough
 */
export function print(lines: readonly string[]): Promise<void> {
  return write(process.stdout, lines)
}

/** Streams also emit what they call back with, and an error that nobody hears ends the process. */
export function expectOutputErrors(): void {
  process.stdout.on('error', ignore)
  process.stderr.on('error', ignore)
}

function ignore(): void {
  // Whoever wrote has heard of it.
}

/** Prints lines on standard error. Whether they arrive changes nothing. */
export async function complain(lines: readonly string[]): Promise<void> {
  try {
    await write(process.stderr, lines)
  } catch {
    // There is nowhere left to say so.
  }
}

/** The last words of a process that ends at once. */
export function complainAndExit(line: string, exitCode: number): never {
  process.stderr.write(toText([line]))
  process.exit(exitCode)
}

function write(stream: NodeJS.WriteStream, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      if (error === undefined || error === null || isClosedPipe(error)) resolve()
      else reject(new OutputError(error))
    }
    stream.write(toText(lines), settle)
  })
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${escapeUnprintable(line)}\n`).join('')
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
}
