import { describeSystemError } from './misuse-error.js'
import { escapeUnprintable } from './printable.js'

/** An error for output that could not be written. */
export class OutputError extends Error {
  constructor(cause: unknown) {
    super(`The answer could not be written (${describeSystemError(cause)}).`)
    this.name = 'OutputError'
  }
}

/**
 * Prints lines on standard output. Each stays one line, whatever characters it holds.
 *
 * @throws OutputError where they could not be written, unless the reader has closed the pipe
 */
export function print(lines: readonly string[]): Promise<void> {
  return write(process.stdout, lines)
}

/**
 * Listens for errors of standard output and standard error. A stream also emits the errors that it gives to callbacks, and an
 * error without a listener ends the process.
 */
export function expectOutputErrors(): void {
  process.stdout.on('error', ignore)
  process.stderr.on('error', ignore)
}

function ignore(): void {
  // The function that wrote has the error from its callback.
}

/** Prints lines on standard error. A failure to write is ignored. */
export async function complain(lines: readonly string[]): Promise<void> {
  try {
    await write(process.stderr, lines)
  } catch {
    // An error of standard error cannot be reported anywhere.
  }
}

/** Prints the last message of a process that ends at once. */
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
