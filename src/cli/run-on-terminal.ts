import { execFile, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { MAIN } from './run-built.js'

export type Step =
  | string
  | { readonly type: string }
  | { readonly signal: keyof typeof constants.signals }
  | { readonly echo: boolean }
  | { readonly echoes: true }

/** What a terminal saw of a command. */
export interface Seen {
  readonly shown: string
  readonly stdout: string
  /** The exit code, or the negative number of the signal that ended the process. */
  readonly code: number
  readonly echoAtPrompts: readonly boolean[]
  readonly echoBefore: boolean
  readonly isRestored: boolean
}

/**
 * Runs a command on a terminal. A step waits for a text, types, sends a signal, switches the echo on, or waits until the
 * echo is off or on.
 */
export async function runOnTerminal(args: readonly string[], steps: readonly Step[]): Promise<Seen> {
  const script = steps.map((step) => {
    if (typeof step === 'string') return { await: step }
    if ('echo' in step || 'echoes' in step) return step
    if ('type' in step) return { type: Buffer.from(step.type).toString('hex') }
    return { signal: constants.signals[step.signal] }
  })
  const python = join(import.meta.dirname, 'terminal.py')
  const { stdout } = await promisify(execFile)('python3', [
    python,
    JSON.stringify(script),
    process.execPath,
    MAIN,
    ...args,
  ])
  const seen: unknown = JSON.parse(stdout)
  if (!isSeen(seen)) throw new Error('terminal.py printed something else.')
  return seen
}

function isSeen(value: unknown): value is Seen {
  return typeof value === 'object' && value !== null && 'shown' in value && 'isRestored' in value
}

/** Whether this machine can make a terminal for a test. */
export const hasTerminal = spawnSync('python3', ['-c', 'import pty, termios']).status === 0
/** The title of tests on a terminal. */
export const onTerminal = hasTerminal ? 'a terminal' : 'a terminal (skipped: it needs python3 with pty)'
