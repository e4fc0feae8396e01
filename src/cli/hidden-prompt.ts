import { createLineEditor } from './line-editor.js'
import { MisuseError } from './misuse-error.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGUSR2', 'SIGXCPU'] as const
const BELL = '\x07'

/**
 * Asks on the terminal for lines that are not shown while they are typed. The prompts go to standard error, so that
 * standard output holds the answer alone. The terminal gets its settings back, whatever ends the typing.
 *
 * @throws MisuseError where nothing is typed, or the terminal cannot hide it
 */
export async function askHidden(labels: readonly string[]): Promise<readonly Uint8Array[]> {
  const show = hideTyping()
  try {
    return await typeLines(labels, show)
  } finally {
    show()
  }
}

function typeLines(
  labels: readonly string[],
  show: (signal: NodeJS.Signals) => void,
): Promise<readonly Uint8Array[]> {
  const { stdin, stderr } = process
  const editor = createLineEditor()
  const lines: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    const ask = (): void => {
      stderr.write(labels[lines.length] ?? '')
    }
    const leave = (): void => {
      stdin.off('data', read).off('end', stop).off('error', stop).pause()
    }
    const stop = (): void => {
      leave()
      stderr.write('\n')
      reject(new MisuseError('Nothing was typed.'))
    }
    const finishLine = (): void => {
      lines.push(editor.take())
      stderr.write('\n')
      if (lines.length < labels.length) {
        ask()
        return
      }
      leave()
      resolve(lines)
    }
    const read = (typed: Buffer): void => {
      for (const byte of typed) {
        const effect = editor.type(byte)
        if (effect === 'line') finishLine()
        if (effect === 'ignored') stderr.write(BELL)
        if (effect === 'interrupt') show('SIGINT')
        if (effect === 'end') stop()
        // Text that is pasted after the last line is dropped.
        if (effect === 'end' || effect === 'interrupt' || lines.length === labels.length) break
      }
      typed.fill(0)
    }
    stdin.on('data', read).on('end', stop).on('error', stop)
    ask()
  })
}

/**
 * Switches the terminal's echo off.
 *
 * @returns a function that switches the echo on again; if it is given a signal, it then ends the process by this signal
 */
function hideTyping(): (signal?: NodeJS.Signals) => void {
  const { stdin } = process
  // A terminal that is gone keeps its mode and reports its errors as events.
  stdin.on('error', () => undefined)

  const restore = (): void => {
    if (stdin.isRaw) stdin.setRawMode(false)
  }
  // A shell that stopped the process, or its user, may have given the terminal other settings.
  const hideAgain = (): void => {
    stdin.setRawMode(false).setRawMode(true)
  }
  const pause = (): void => {
    restore()
    process.kill(process.pid, 'SIGSTOP')
  }
  const show = (signal?: NodeJS.Signals): void => {
    for (const name of SIGNALS) process.off(name, show)
    process.off('SIGTSTP', pause)
    process.off('SIGCONT', hideAgain)
    process.off('exit', restore)
    restore()
    if (signal === undefined) return
    process.stderr.write('\n')
    // No listener for the signal is left, so the signal ends the process, and the shell learns which signal it was.
    process.kill(process.pid, signal)
  }
  for (const name of SIGNALS) process.on(name, show)
  process.on('SIGTSTP', pause)
  process.on('SIGCONT', hideAgain)
  process.on('exit', restore)

  stdin.setRawMode(true)
  if (!stdin.isRaw) {
    show()
    throw new MisuseError('This terminal cannot hide what is typed. Give it on standard input instead.')
  }
  return show
}
