import { readFile } from 'node:fs/promises'
import {
  audit as auditAccounts,
  createFirebaseReader,
  openInput,
  readAccounts,
  renderHtml,
  renderText,
} from '../migrate/index.js'
import type { FirebaseConfig, Part, Reader } from '../migrate/index.js'
import type { Arguments } from './arguments.js'
import type { Answer, Command } from './command.js'
import { AUDIT_HELP } from './help.js'
import { describeSystemError, MisuseError } from './misuse-error.js'
import { createProgress } from './progress.js'
import { expectReport, writeReport } from './write-report.js'

const PARTS: readonly Part[] = ['digest', 'id', 'login', 'hasher']

export const audit: Command = {
  name: 'audit',
  help: AUDIT_HELP,
  options: ['from', 'hasher', 'column', 'hash-config', 'html', 'large', 'logins', 'quiet'],
  takesFile: true,
  run: async (given): Promise<Answer> => {
    const { file = '-', values, lists, flags } = given
    const hasher = values.get('hasher')
    const columns = readColumns(lists.get('column') ?? [])
    const reader = await readFrom(given)
    const page = values.get('html')
    if (page !== undefined) await expectReport(page)
    const progress = createProgress({ isQuiet: flags.has('quiet') })
    const { text, size } = await openInput(file === '-' ? process.stdin : file, {
      large: flags.has('large'),
      onBytes: progress.onBytes,
    })
    const { from, batches } = await readAccounts(text, {
      ...(reader !== undefined && { from: reader }),
      ...(hasher !== undefined && { hasher }),
      columns,
    })
    const found = await auditAccounts(progress.follow(batches, size), { logins: flags.has('logins') })
    const said = { from, columns }
    if (page !== undefined) await writeReport(page, renderHtml(found, { ...said, date: new Date() }))
    const isWhole = found.unknown + found.malformed + found.tooCostly === 0
    return {
      exitCode: isWhole ? 0 : 1,
      lines: renderText(found, said),
      json: { outcome: 'audited', from, ...found },
    }
  },
}

/** The reader that the options of a command name. */
export async function readFrom({ values }: Arguments): Promise<string | Reader | undefined> {
  const from = values.get('from')
  const path = values.get('hash-config')
  if (from === 'firebase' && path === undefined) {
    throw new MisuseError('Firebase needs --hash-config FILE: the password hash parameters of the project.')
  }
  if (path === undefined) return from
  if (from !== undefined && from !== 'firebase')
    throw new MisuseError('--hash-config goes with --from firebase.')
  return createFirebaseReader(await readHashConfig(path))
}

/** Reads the block that the console of Firebase shows: `hash_config { base64_signer_key: …, … }`. */
async function readHashConfig(path: string): Promise<FirebaseConfig> {
  let text
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new MisuseError(`The file of --hash-config could not be read (${describeSystemError(error)}).`)
  }
  const find = (name: string): string => {
    const value = new RegExp(`\\b${name}"?\\s*[:=]\\s*"?([\\w+/=-]+)`).exec(text)?.[1]
    if (value === undefined) throw new MisuseError(`The file of --hash-config lacks ${name}.`)
    return value
  }
  return {
    signerKey: find('base64_signer_key'),
    saltSeparator: find('base64_salt_separator'),
    rounds: Number(find('rounds')),
    memoryCost: Number(find('mem_cost')),
  }
}

/** The columns that `--column` names. */
export function readColumns(given: readonly string[]): Partial<Record<Part, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [part = '', ...name] = text.split('=')
      if (!isPart(part) || name.join('=') === '') {
        throw new MisuseError('--column takes PART=NAME, where PART is digest, id, login or hasher.', {
          needsHelp: true,
        })
      }
      return [part, name.join('=')]
    }),
  )
}

function isPart(text: string): text is Part {
  return PARTS.some((part) => part === text)
}
