import { readFile } from 'node:fs/promises'
import { PassliftError, PasswordError } from '../index.js'
import { audit } from './audit.js'
import { asksForHelp, asksForJson, isOption, readArguments } from './arguments.js'
import type { Command, ExitCode } from './command.js'
import { convert } from './convert.js'
import { doctor } from './doctor.js'
import { hash } from './hash.js'
import { PROGRAM_HELP } from './help.js'
import { identify } from './identify.js'
import { listEngines } from './list-engines.js'
import { listHashers } from './list-hashers.js'
import { DIGEST_PLACE, looksLikeDigest } from './misplaced-digest.js'
import { MisuseError } from './misuse-error.js'
import { complain, complainAndExit, expectOutputErrors, OutputError, print } from './output.js'
import { toPrintableJson } from './printable.js'
import { describeUnknownCommand, findNearest } from './unknown-names.js'
import { verify } from './verify.js'

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [verify, identify, audit, convert, listHashers, listEngines, doctor, hash].map((command) => [
    command.name,
    command,
  ]),
)

/** Runs one call of `passlift`. It never rejects: every failure has an exit code other than 0. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  expectOutputErrors()
  const [first = '', ...others] = args
  const command = COMMANDS.get(first)
  try {
    if (command !== undefined) return await runCommand(command, others)
    await print(await answerWithoutCommand(args))
    return 0
  } catch (error) {
    return await report(error, { command, isForProgram: asksForJson(args) })
  }
}

/** Ends the process on an uncaught error, without printing its text. */
export function reportCrash(error: unknown): void {
  complainAndExit(`passlift: ${describeInternalError(error)}`, 3)
}

async function runCommand(command: Command, args: readonly string[]): Promise<ExitCode> {
  if (asksForHelp(args)) {
    await print(linesOf(command.help))
    return 0
  }
  const given = readArguments(args, command)
  const { exitCode, lines, json } = await command.run(given)
  await print(given.flags.has('json') ? [toPrintableJson(json)] : lines)
  return exitCode
}

/** The answer for `--help`, `--version` (`-h`, `-v`), `help` and `help COMMAND`. */
async function answerWithoutCommand(args: readonly string[]): Promise<readonly string[]> {
  const [first, name, ...others] = args
  if (args.length === 1) {
    if (first === '--version' || first === '-v') return [await readVersion()]
    if (first === 'help' || asksForHelp(args)) return linesOf(PROGRAM_HELP)
  }
  if (first === 'help' && name !== undefined && others.length === 0) {
    const command = COMMANDS.get(name)
    if (command !== undefined) return linesOf(command.help)
  }
  throw new MisuseError(describeMissingCommand(args), { needsHelp: true })
}

function describeMissingCommand(args: readonly string[]): string {
  const [first, name, ...others] = args
  const word = first === 'help' ? name : first
  if (word !== undefined && looksLikeDigest(word)) {
    return `A command comes first, and that looks like a digest. ${DIGEST_PLACE}`
  }
  if (first === 'help') {
    return others.length > 0 || name === undefined
      ? 'help explains one command at a time.'
      : describeUnknownCommand(name, [...COMMANDS.keys()])
  }
  if (first === undefined || first === '--version' || isOption(first)) return 'A command comes first.'
  const names = [...COMMANDS.keys(), 'help', '--version']
  if (first.startsWith('-') && findNearest(first, names).length === 0) return 'A command comes first.'
  return describeUnknownCommand(first, names)
}

function linesOf(help: string): readonly string[] {
  return help.split('\n')
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  return 'unknown'
}

interface Circumstances {
  readonly command: Command | undefined
  readonly isForProgram: boolean
}

async function report(error: unknown, { command, isForProgram }: Circumstances): Promise<ExitCode> {
  const { exitCode, message, json } = explain(error)
  const name = command === undefined ? 'passlift' : `passlift ${command.name}`
  // The help is not printed here: it is longer than many terminals, and the message would scroll out of sight.
  const help =
    command === undefined ? 'passlift help lists the commands.' : `passlift help ${command.name} explains it.`
  const needsHelp = error instanceof MisuseError && error.needsHelp
  await complain([`${name}: ${message}`, ...(needsHelp ? [help] : [])])
  // Standard output has failed, so nothing is printed on it.
  if (!isForProgram || error instanceof OutputError) return exitCode
  try {
    await print([toPrintableJson(json)])
  } catch {
    return 3
  }
  return exitCode
}

interface Explanation {
  readonly exitCode: ExitCode
  readonly message: string
  readonly json: object
}

function explain(error: unknown): Explanation {
  if (error instanceof MisuseError) {
    const { message } = error
    return { exitCode: 2, message, json: { outcome: 'misuse', message } }
  }
  if (isPassliftError(error)) {
    const { code, message } = error
    const isMisuse = error instanceof PasswordError || code.startsWith('ERR_MIGRATE_')
    const exitCode = isMisuse ? 2 : 3
    return { exitCode, message, json: { outcome: 'error', code, message } }
  }
  const message = error instanceof OutputError ? error.message : describeInternalError(error)
  return { exitCode: 3, message, json: { outcome: 'error', code: 'ERR_INTERNAL', message } }
}

function isPassliftError(error: unknown): error is PassliftError {
  return error instanceof PassliftError
}

/** Describes an error by its name alone: the text of the error could hold a password or a digest. */
function describeInternalError(error: unknown): string {
  return `An internal error (${error instanceof Error ? error.name : typeof error}). There is no answer.`
}
