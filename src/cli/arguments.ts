import { parseArgs } from 'node:util'
import { DIGEST_PLACE, looksLikeDigest } from './misplaced-digest.js'
import { MisuseError } from './misuse-error.js'
import { describeUnknownOption } from './unknown-names.js'

/** The arguments of a command, after readArguments has checked them. */
export interface Arguments {
  readonly values: ReadonlyMap<string, string>
  /** The values of the options that may stand more than once. */
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly flags: ReadonlySet<string>
  /** The file that a command is about; undefined for the commands without one. */
  readonly file?: string
}

const OPTIONS = {
  algorithm: { type: 'string' },
  column: { type: 'string' },
  cost: { type: 'string' },
  digest: { type: 'string' },
  'digest-file': { type: 'string' },
  'dry-run': { type: 'boolean' },
  from: { type: 'string' },
  hasher: { type: 'string' },
  'hash-config': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  html: { type: 'string' },
  json: { type: 'boolean' },
  large: { type: 'boolean' },
  logins: { type: 'boolean' },
  out: { type: 'string' },
  quiet: { type: 'boolean' },
  spreadsheet: { type: 'boolean' },
  to: { type: 'string' },
  username: { type: 'string' },
} as const

export type OptionName = keyof typeof OPTIONS

// Options that may stand more than once.
const REPEATED: ReadonlySet<string> = new Set(['column'])

interface Accepted {
  readonly options: readonly OptionName[]
  readonly takesFile?: boolean
}

type Token = NonNullable<ReturnType<typeof tokenize>>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/**
 * Reads the arguments of a command. The message of an error repeats only the words that unknown-names.ts allows; an error of
 * parseArgs would repeat every word.
 *
 * @throws MisuseError
 */
export function readArguments(args: readonly string[], accepted: Accepted): Arguments {
  const known = new Set<string>([...accepted.options, 'json'])
  const values = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const flags = new Set<string>()
  const operands: string[] = []
  for (const token of tokenize(args)) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const { name } = token
    if (name === 'help') throw misuse('--help stands alone.')
    if (!known.has(name)) throw misuse(describeUnknownOption(nameAsTyped(args, token), [...known, 'help']))
    if (values.has(name) || flags.has(name)) throw misuse(`--${name} stands twice.`)
    const value = readValue(token)
    if (value === undefined) flags.add(name)
    else if (REPEATED.has(name)) lists.set(name, [...(lists.get(name) ?? []), value])
    else values.set(name, value)
  }
  const file = accepted.takesFile === true ? operands.shift() : undefined
  if (accepted.takesFile === true && file === undefined)
    throw misuse('The name of a file comes first, or - for standard input.')
  if (operands.length > 0) throw misuse(describeOperands(accepted, operands))
  if (looksLikeDigest(values.get('hasher') ?? '')) {
    throw misuse(
      `The value of --hasher looks like a digest; it should be the name of a hasher. ${DIGEST_PLACE}`,
    )
  }
  return { values, lists, flags, ...(file !== undefined && { file }) }
}

/**
 * Whether the arguments ask for help and for nothing else. Help ends with exit code 0, which means a match after `verify`:
 * a stray -h must not turn a check into a match.
 */
export function asksForHelp(args: readonly string[]): boolean {
  const [first, ...others] = args
  return others.length === 0 && (first === '--help' || first === '-h')
}

/** Whether the arguments hold --json, even where other arguments are wrong. */
export function asksForJson(args: readonly string[]): boolean {
  return tokenize(args).some((token) => token.kind === 'option' && token.name === 'json')
}

/** Whether an argument is an option of some command. */
export function isOption(arg: string): boolean {
  return arg.startsWith('--') && isOptionName(arg.slice(2))
}

/** An option as it was typed, dashes included: behind one dash, the whole cluster of letters that the option is part of. */
function nameAsTyped(args: readonly string[], { index, rawName }: OptionToken): string {
  return rawName.startsWith('--') ? rawName : (args[index] ?? rawName)
}

// parseArgs is not strict here: it would throw an error that repeats what was typed.
function tokenize(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true }).tokens
}

function readValue(token: OptionToken): string | undefined {
  const { name, value, inlineValue } = token
  const takesValue = isOptionName(name) && OPTIONS[name].type === 'string'
  if (!takesValue) {
    if (value !== undefined) throw misuse(`--${name} takes no value.`)
    return undefined
  }
  if (value === undefined) throw misuse(`--${name} needs a value.`)
  // `--hasher --json` lacks a value, and `--digest=-x` has one.
  if (!inlineValue && value.startsWith('-') && value !== '-') {
    throw misuse(`--${name} needs a value. One that begins with a dash is written --${name}=VALUE.`)
  }
  return value
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name)
}

function describeOperands({ options, takesFile }: Accepted, operands: readonly string[]): string {
  const sentences = [
    takesFile === true ? 'This command takes one file.' : 'This command takes nothing but its options.',
  ]
  if (operands.some(looksLikeDigest)) sentences.push(`An argument looks like a digest: ${DIGEST_PLACE}`)
  if (options.length > 0 && takesFile !== true) {
    sentences.push('A password is never an argument: it comes from standard input, or is asked for.')
  }
  return sentences.join(' ')
}

function misuse(message: string): MisuseError {
  return new MisuseError(message, { needsHelp: true })
}
