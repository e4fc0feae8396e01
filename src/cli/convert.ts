import { convert as convertAccounts } from '../migrate/index.js'
import type { Conversion } from '../migrate/index.js'
import { PassliftError } from '../index.js'
import type { Answer, Command } from './command.js'
import { CONVERT_HELP } from './help.js'
import { MisuseError } from './misuse-error.js'
import { EXPORT_OPTIONS, openExport } from './open-export.js'
import { complain } from './output.js'

export const convert: Command = {
  name: 'convert',
  help: CONVERT_HELP,
  options: [...EXPORT_OPTIONS, 'to', 'out', 'spreadsheet', 'dry-run'],
  takesFile: true,
  run: async (given): Promise<Answer> => {
    const { values, flags } = given
    const to = values.get('to')
    const out = values.get('out') ?? '-'
    const isDry = flags.has('dry-run')
    const isStream = !isDry && out === '-'
    if (to === undefined) throw new MisuseError('--to NAME says for which system.', { needsHelp: true })
    if (isStream && flags.has('json')) {
      throw new MisuseError('--json needs --out FILE or --dry-run: standard output holds one of them.')
    }
    const { from, batches } = await openExport(given)
    const ending = endOnSignals()
    try {
      const done = await convertAccounts(batches, {
        to,
        ...(!isDry && { out: isStream ? process.stdout : out }),
        spreadsheet: flags.has('spreadsheet'),
        signal: ending.signal,
      })
      if (!flags.has('quiet')) await complain(describeWarnings(done))
      const exitCode = done.rejected === 0 ? 0 : 1
      const lines = describe(from, done)
      if (isStream && !flags.has('quiet')) await complain(lines)
      return { exitCode, lines: isStream ? [] : lines, json: { outcome: 'converted', from, ...done } }
    } catch (error) {
      // The reader of the pipe has gone: nobody waits for a message, and not all was written.
      if (isStream && isClosedPipe(error)) return { exitCode: 3, lines: [], json: {} }
      throw error
    } finally {
      ending.restore()
    }
  },
}

/** Removes unfinished files on a signal, and then lets the signal end the process as it would have. */
function endOnSignals(): { readonly signal: AbortSignal; readonly restore: () => void } {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (name: NodeJS.Signals): void => {
    controller.abort()
    restore()
    process.kill(process.pid, name)
  }
  const restore = (): void => {
    for (const name of signals) process.off(name, end)
  }
  for (const name of signals) process.on(name, end)
  return { signal: controller.signal, restore }
}

function isClosedPipe(error: unknown): boolean {
  const cause: unknown = error instanceof PassliftError ? error.cause : undefined
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'
}

function describeWarnings({ formulas, leftovers }: Conversion): readonly string[] {
  return [
    ...(formulas === 0
      ? []
      : [
          `passlift convert: a spreadsheet would take ${format(formulas)} values for formulas: see --spreadsheet.`,
        ]),
    ...leftovers.map(
      (name) => `passlift convert: a run that was killed, or still runs, left ${name} beside the output.`,
    ),
  ]
}

function describe(from: string, done: Conversion): readonly string[] {
  const line = (label: string, count: number): string => `  ${label.padEnd(28)} ${format(count).padStart(12)}`
  return [
    `read as ${from}, written for ${done.to}`,
    line('rows', done.rows),
    line('written', done.written),
    line('rejected', done.rejected),
    line('without a password', done.withoutPassword),
    line('in another spelling', done.rewritten),
    ...section(
      'rejected',
      done.reasons.flatMap(({ reason, count, lines }) => [
        `  ${format(count).padStart(12)}  ${reason}, as in row ${lines.join(', ')}`,
      ]),
    ),
    ...section(
      'files',
      done.files.map((name) => `  ${name}`),
    ),
    ...section(
      'to import',
      done.commands.map((command) => `  ${command}`),
    ),
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function format(count: number): string {
  return count.toLocaleString('en')
}
