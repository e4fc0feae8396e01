import { readFile } from 'node:fs/promises'
import { audit as auditAccounts, createFirebaseReader, openInput, readAccounts } from '../migrate/index.js'
import type { Audit, FirebaseConfig, Part, Reader } from '../migrate/index.js'
import type { Arguments } from './arguments.js'
import type { Answer, Command } from './command.js'
import { AUDIT_HELP } from './help.js'
import { describeSystemError, MisuseError } from './misuse-error.js'

const PARTS: readonly Part[] = ['digest', 'id', 'login', 'hasher', 'salt']

export const audit: Command = {
  name: 'audit',
  help: AUDIT_HELP,
  options: ['from', 'hasher', 'column', 'algorithm', 'hash-config', 'large'],
  takesFile: true,
  run: async (given): Promise<Answer> => {
    const { file = '-', values, lists, flags } = given
    const hasher = values.get('hasher')
    const algorithm = values.get('algorithm')
    const columns = readColumns(lists.get('column') ?? [])
    const reader = await readFrom(given)
    const { text } = await openInput(file === '-' ? process.stdin : file, { large: flags.has('large') })
    const { from, batches } = await readAccounts(text, {
      ...(reader !== undefined && { from: reader }),
      ...(hasher !== undefined && { hasher }),
      ...(algorithm !== undefined && { algorithm }),
      columns,
    })
    const found = await auditAccounts(batches)
    const isWhole = found.unknown + found.malformed + found.tooCostly === 0
    return {
      exitCode: isWhole ? 0 : 1,
      lines: describe(from, found),
      json: { outcome: 'audited', from, ...found },
    }
  },
}

async function readFrom({ values }: Arguments): Promise<string | Reader | undefined> {
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
  return new RegExp(`\\b${name}"?\\s*[:=]\\s*"?([\\w+/=-]+)`).exec(text)?.[1]
}

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

function describe(from: string, found: Audit): readonly string[] {
  const { rows, withoutPassword, verifiable, unknown, malformed, tooCostly } = found
  const share = (count: number): string => `${((100 * count) / Math.max(rows, 1)).toFixed(1)}%`.padStart(7)
  const line = (label: string, count: number): string =>
    `  ${label.padEnd(28)} ${format(count).padStart(12)} ${share(count)}`
  const { equalDigests, repeatedSalts, coreHours } = found
  return [
    `read as ${from}`,
    line('rows', rows),
    line('without a password', withoutPassword),
    line('can be verified', verifiable),
    line('unknown', unknown),
    line('malformed', malformed),
    line('over the limits', tooCostly),
    ...section('hashers', [
      ...found.hashers.map(
        ({ name, standing, count, line: row, cheapest, dearest }) =>
          `${line(name, count)}  ${standing}${describeRange(cheapest, dearest)}, as in row ${row}`,
      ),
    ]),
    ...section('cannot be read', [
      ...found.damage.flatMap(({ kind, count, lines, advice }) => [
        `${line(kind, count)}  as in row ${lines.join(', ')}`,
        ...(advice === undefined ? [] : [`    ${advice}`]),
      ]),
    ]),
    ...section('names in the rows', [
      ...(found.names.other > 0 ? [line('no hasher has', found.names.other)] : []),
      ...(found.names.denied > 0 ? [line('their digest denies', found.names.denied)] : []),
    ]),
    ...section('replaced at sign-in', [
      line("by the policy 'insecure'", found.rehash.insecure),
      line("by 'dated'", found.rehash.dated),
      line("by 'converge'", found.rehash.converge),
    ]),
    ...section('shared', [
      `  equal digests: ${describeRepeats(equalDigests)}`,
      `  repeated salts: ${describeRepeats(repeatedSalts)}`,
    ]),
    ...section('hours of one core, estimated', [
      `  to sign everybody in once    ${coreHours.signIn.toFixed(2).padStart(12)}`,
      `  to replace what is insecure  ${coreHours.harden.toFixed(2).padStart(12)}`,
    ]),
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function format(count: number): string {
  return count.toLocaleString('en')
}

function describeRange(cheapest: object, dearest: object): string {
  const [first, last] = [cheapest, dearest].map((params) =>
    Object.entries(params)
      .map(([name, value]) => `${name} ${value}`)
      .join(' '),
  )
  if (first === '' || first === undefined) return ''
  return first === last ? `, ${first}` : `, ${first} to ${last}`
}

function describeRepeats({ accounts, groups, about }: Audit['equalDigests']): string {
  if (accounts === 0) return 'under 10 accounts'
  const many = groups === 0 ? 'under 10 groups' : `${format(groups)} groups`
  return `${about ? 'about ' : ''}${format(accounts)} accounts, in ${many}`
}
