// npm run vectors [-- FOLDER] [--full] [--every N] [--json] checks every test vector of a folder, by default ./vectors, and
// derives further checks from the vectors. --full derives all checks; --every N derives only from every Nth vector and from
// the cheapest of each file, at every Nth place; --json prints one object for programs. Exit code: 0 every check holds; 1 a
// check failed; 2 the folder cannot be read, a file does not follow the schema, or the call is wrong.
import { parseArgs } from 'node:util'
import { describeSystemError } from '../cli/misuse-error.js'
import { complain, expectOutputErrors, print } from '../cli/output.js'
import { toPrintableJson } from '../cli/printable.js'
import { createRegistry } from '../index.js'
import { checkVectorFile } from './vector-checks.js'
import type { VectorReport } from './vector-checks.js'
import { readVectorFolder } from './vector-files.js'
import type { VectorFile } from './vector-files.js'

const USAGE = 'Usage: npm run vectors [-- FOLDER] [--full] [--every N] [--json]'
const MAX_FAILURES_SHOWN = 20

interface Call {
  readonly folder: string
  readonly full: boolean
  readonly every: number
  readonly json: boolean
}

expectOutputErrors()
process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<0 | 1 | 2> {
  const call = readCall(args)
  if (call === undefined) return refuse(USAGE, args.includes('--json'))
  const files = await readFiles(call.folder)
  return typeof files === 'string' ? refuse(files, call.json) : check(files, call)
}

function readCall(args: readonly string[]): Call | undefined {
  const options = {
    full: { type: 'boolean' },
    every: { type: 'string', default: '1' },
    json: { type: 'boolean' },
  } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [folder = 'vectors', ...others] = positionals
    if (others.length > 0 || !/^[1-9]\d{0,3}$/.test(values.every)) return undefined
    const every = Number(values.every)
    return { folder, full: values.full === true, every, json: values.json === true }
  } catch {
    return undefined
  }
}

/** The vector files of a folder, or a sentence that says why there are none. */
async function readFiles(folder: string): Promise<readonly VectorFile[] | string> {
  try {
    return await readVectorFolder(folder)
  } catch (error) {
    const isOwn = error instanceof Error && !('code' in error)
    return isOwn ? error.message : `The folder could not be read (${describeSystemError(error)}).`
  }
}

async function check(files: readonly VectorFile[], { full, every, json }: Call): Promise<0 | 1> {
  // Equal time is off, since the vectors do not test how long an answer takes.
  const registry = createRegistry({ equalize: false })
  const reports: VectorReport[] = []
  for (const file of files) {
    const report = await checkVectorFile(registry, file, { full, every })
    reports.push(report)
    // A run takes a minute or more, so the lines of a file are printed as soon as its checks have ended.
    if (!json) await print(describe(report))
  }
  const hasFailed = reports.some(({ failures }) => failures.length > 0)
  if (json) await print([toPrintableJson({ outcome: hasFailed ? 'failed' : 'passed', files: reports })])
  return hasFailed ? 1 : 0
}

async function refuse(message: string, json: boolean): Promise<2> {
  await complain([`vectors: ${message}`])
  if (json) await print([toPrintableJson({ outcome: 'misuse', message })])
  return 2
}

function describe(report: VectorReport): readonly string[] {
  const { hasher, valid, invalid, malformed, derived, sources, failures } = report
  const sampled = sources < valid ? ` from ${sources} of the valid` : ''
  const counts = `${valid} valid, ${invalid} invalid, ${malformed} malformed, ${derived} derived checks${sampled}`
  const shown = failures.slice(0, MAX_FAILURES_SHOWN).map((failure) => `  ${failure}`)
  if (failures.length > shown.length) shown.push(`  and ${failures.length - shown.length} more`)
  return [`${hasher.padEnd(22)} ${counts}, ${failures.length} failures`, ...shown]
}
