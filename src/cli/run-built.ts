import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { builtinHashers } from '../index.js'

/** The result of a run of the built command line, for tests. */
export interface Run {
  /** The exit code; null where a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly cwd?: string
  /** The file to run, by default that of the command line. */
  readonly main?: string
  /** The code of a module that is loaded before the command line and breaks something that a command needs. */
  readonly preload?: string
  /** A signal and the milliseconds after which it is sent, so that the command has begun its work. */
  readonly kill?: { readonly signal: NodeJS.Signals; readonly after: number }
}

export const MAIN = join(import.meta.dirname, '../../dist/cli/main.js')

/** Runs `passlift` as it was built, in a process of its own. */
export function run(
  args: readonly string[],
  { input = '', cwd, main = MAIN, preload, kill }: RunOptions = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const imports =
      preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`]
    const child = spawn(process.execPath, [...imports, main, ...args], { cwd })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    // A command that does not read its input closes the pipe, which is no error.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    if (kill !== undefined) setTimeout(() => child.kill(kill.signal), kill.after)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({
        code,
        signal,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      })
    })
  })
}

/** The one line of JSON on standard output. */
export function readJson({ stdout }: Run): unknown {
  const [line = '', rest] = stdout.split('\n')
  if (rest !== '') throw new Error('Standard output is not one line.')
  return JSON.parse(line)
}

/** The first and last eight characters of each salt, key and checksum in a digest. Prefixes and numbers are left out. */
export function secretsOf(digest: string): readonly string[] {
  const fields = digest.split(/[$:]/).filter((field) => field.length >= 8)
  const known = builtinHashers.flatMap(({ prefixes }) => prefixes.flatMap((prefix) => prefix.split(/[$:]/)))
  // Parameters are no secrets: `m=64,t=3`, the numbers of Magento's versions, and expressions.
  const isNumbers = (field: string): boolean =>
    /^(?:\w+=\d+,?)+$/.test(field) || /^\d+(?:_\d+)+$/.test(field) || field.includes('(')
  const secrets = fields.filter((field) => !known.includes(field) && !isNumbers(field))
  return secrets.flatMap((field) => [field.slice(0, 8), field.slice(-8)])
}
