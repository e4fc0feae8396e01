import { readFile } from 'node:fs/promises'
import { createFirebaseReader, openInput, readAccounts } from '../migrate/index.js'
import type { Accounts, FirebaseConfig, Part, Reader } from '../migrate/index.js'
import type { Arguments, OptionName } from './arguments.js'
import { describeSystemError, MisuseError } from './misuse-error.js'
import { createProgress } from './progress.js'

const PARTS: readonly Part[] = ['digest', 'id', 'login', 'hasher', 'salt']

/** The options that say how an export is read. */
export const EXPORT_OPTIONS: readonly OptionName[] = [
  ...(['from', 'hasher', 'column', 'algorithm', 'hash-config', 'large', 'quiet'] as const),
]

/** The accounts of an export, and the columns that were named for it. */
export interface Export extends Accounts {
  readonly columns: Partial<Record<Part, string>>
}

/** Opens the export that a command was given. A line on the terminal says how far its reading has come. */
export async function openExport(given: Arguments): Promise<Export> {
  const { file = '-', values, lists, flags } = given
  const hasher = values.get('hasher')
  const algorithm = values.get('algorithm')
  const columns = readColumns(lists.get('column') ?? [])
  const reader = await readFrom(given)
  const progress = createProgress({ isQuiet: flags.has('quiet') })
  const { text, size } = await openInput(file === '-' ? process.stdin : file, {
    large: flags.has('large'),
    onBytes: progress.onBytes,
  })
  const { from, batches } = await readAccounts(text, {
    ...(reader !== undefined && { from: reader }),
    ...(hasher !== undefined && { hasher }),
    ...(algorithm !== undefined && { algorithm }),
    columns,
  })
  return { from, batches: progress.follow(batches, size), columns }
}

/** The reader that the options of a command name. */
async function readFrom({ values }: Arguments): Promise<string | Reader | undefined> {
  const named = values.get('from')
  const from = named === 'auto' ? undefined : named
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
    const value = findSetting(text, name)
    if (value === undefined) throw new MisuseError(`The file of --hash-config lacks ${name}.`)
    return value
  }
  // Firebase exports no digests of the algorithms that it imports.
  if ((findSetting(text, 'algorithm') ?? 'SCRYPT') !== 'SCRYPT')
    throw new MisuseError(
      'The algorithm of --hash-config is not SCRYPT, the only one that Firebase exports digests of.',
    )
  return {
    signerKey: find('base64_signer_key'),
    saltSeparator: find('base64_salt_separator'),
    rounds: Number(find('rounds')),
    memoryCost: Number(find('mem_cost')),
  }
}

function findSetting(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}"?[ \\t]*[:=][ \\t]*"?([\\w+/=-]*)`).exec(text)?.[1]
}

/** The columns that `--column` names. */
function readColumns(given: readonly string[]): Partial<Record<Part, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [part = '', ...name] = text.split('=')
      if (!isPart(part) || name.join('=') === '') {
        throw new MisuseError('--column takes PART=NAME, where PART is digest, id, login, hasher or salt.', {
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
