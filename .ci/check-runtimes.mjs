// npm run runtimes [-- NAME[=PROGRAM] ...] [--every N] runs the built package on each runtime, from the binaries that
// `npm ci --prefix .ci/runtimes` installs, or from PROGRAM: every test vector, the checks derived from every Nth valid one,
// changed at every Nth place (default 16; 1 leaves nothing out), and a sign-in, with kernels and without. Exit code: 0 every
// check holds; 1 one does not; 2 the call is wrong, or a binary is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const INSTALL = 'npm ci --prefix .ci/runtimes'
const USAGE = 'Usage: npm run runtimes [-- NAME[=PROGRAM] ...] [--every N]'
const SIGN_IN = '.ci/runtimes-sign-in.mjs'
const DEFAULT_EVERY = '16'
const PATIENCE_MILLISECONDS = 600_000
const MAX_OUTPUT_BYTES = 2 ** 24
const MAX_FAULTS_SHOWN = 5

// The loader of the argon2 package reads these. Each flag is needed, as `withoutAddon` checks.
const ADDON_FLAGS = [
  '--allow-ffi=node_modules',
  '--allow-read=node_modules,/etc/alpine-release',
  '--allow-env=PREBUILDS_ONLY,npm_config_arch,npm_config_platform,LIBC,ARM_VERSION,ARGON2_PREBUILD,ELECTRON_RUN_AS_NODE',
]
const NODE = { path: 'bin/node', version: ['-p', '`Node ${process.version.slice(1)}`'] }
const DENO = ['run', '--no-prompt']

/** The words in front of the file. Deno's are for the vectors and the addon; passlift itself needs none. */
const RUNTIMES = {
  node20: NODE,
  node22: NODE,
  node24: NODE,
  node26: NODE,
  bun: { path: 'bin/bun', version: ['-p', '`Bun ${Bun.version}`'] },
  deno: {
    path: 'deno',
    version: ['eval', 'console.log(`Deno ${Deno.version.deno}`)'],
    signIn: DENO,
    vectors: [...DENO, '--allow-read=vectors'],
    withAddon: [...DENO, ...ADDON_FLAGS],
    withoutAddon: ADDON_FLAGS.map((flag) => [...DENO, ...ADDON_FLAGS.filter((other) => other !== flag)]),
  },
}

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'passlift-runtimes-'))
// The caches of Deno and Bun are in a folder that is removed.
const env = {
  ...process.env,
  NO_COLOR: '1',
  DENO_DIR: join(folder, 'deno'),
  DENO_NO_UPDATE_CHECK: '1',
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: join(folder, 'bun'),
}

try {
  process.exitCode = main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function main() {
  const call = readCall()
  if (call === undefined) return refuse(USAGE)
  const missing = call.chosen.filter(({ program }) => !existsSync(program)).map(({ name }) => name)
  if (missing.length > 0) return refuse(explainMissing(missing))
  const runs = call.chosen.map((runtime) => check(runtime, call.every))
  return runs.every((isRight) => isRight) ? 0 : 1
}

function readCall() {
  try {
    const options = { every: { type: 'string', default: DEFAULT_EVERY } }
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (!/^[1-9]\d{0,3}$/.test(values.every)) return undefined
    const asked = positionals.length === 0 ? Object.keys(RUNTIMES) : positionals
    return { every: values.every, chosen: asked.map(choose) }
  } catch {
    return undefined
  }
}

function choose(word) {
  const [name, program] = word.split('=')
  if (!Object.hasOwn(RUNTIMES, name)) throw new Error(USAGE)
  const runtime = RUNTIMES[name]
  return {
    ...runtime,
    name,
    program: program ?? join(root, '.ci/runtimes/node_modules', name, runtime.path),
  }
}

function explainMissing(names) {
  if (process.platform === 'linux' && process.arch === 'x64')
    return `Not installed: ${names.join(', ')}. Run: ${INSTALL}`
  return (
    `The binaries of .ci/runtimes are for Linux on x64, and this is ${process.platform} on ${process.arch}. ` +
    `Name those that you have: npm run runtimes -- ${names[0]}=/path/to/it`
  )
}

/** Whether every check holds on a runtime. Prints a line of counts, one of engines, and what is wrong. */
function check(runtime, every) {
  const start = performance.now()
  const faults = []
  const attempt = (what, step) => {
    try {
      return step()
    } catch (error) {
      faults.push(`${what}: ${error.message}`)
      return undefined
    }
  }
  const version = attempt('version', () => readVersion(runtime))
  const vectors = attempt('vectors', () => checkVectors(runtime, every))
  const signInBy = (words, ...modes) => {
    const what = ['sign-in', ...modes].join(' ')
    return attempt(what, () => signIn(runtime.program, words, { what, modes }))
  }
  const kernels = signInBy(runtime.signIn)
  const standIns = signInBy(runtime.withAddon, 'no-kernels')
  const denied = (runtime.withoutAddon ?? []).map((words) => signInBy(words, 'no-kernels', 'no-addon'))
  const signIns = [kernels, standIns, ...denied].filter((report) => report !== undefined)
  faults.push(...(vectors?.faults ?? []), ...signIns.flatMap((report) => report.faults))
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  const count = signIns.reduce((sum, { checks }) => sum + checks, 0)
  console.log(
    [
      (version ?? runtime.name).padEnd(14),
      vectors?.summary ?? 'no vectors',
      `${signIns.length} sign-in runs of ${count} checks`,
      `${faults.length} failures`,
      `${seconds} s`,
    ].join('; '),
  )
  if (kernels !== undefined) console.log(`  ${describeEngines(kernels)}`)
  if (standIns !== undefined) console.log(`  without kernels: ${describeEngines(standIns)}`)
  for (const fault of faults.slice(0, MAX_FAULTS_SHOWN)) console.log(`  FAILED ${fault}`)
  return faults.length === 0
}

/** Whether a binary is the runtime that its name says: node24 is Node 24, and so on. */
function readVersion({ name, program, version }) {
  const text = run(program, version).trim()
  const [, kind, major = ''] = /^([a-z]+)(\d*)$/.exec(name)
  if (!new RegExp(`^${kind} ${major}\\b`, 'i').test(text)) throw new Error(`${name} is ${text}.`)
  return text
}

function checkVectors({ program, vectors: words = [] }, every) {
  const { files } = JSON.parse(
    run(program, [...words, 'dist/conformance/main.js', '--json', '--every', every], [0, 1]),
  )
  const sum = (field) => files.reduce((total, file) => total + file[field], 0)
  const [valid, derived, sources] = ['valid', 'derived', 'sources'].map(sum)
  const all = valid + sum('invalid') + sum('malformed')
  const expected = countVectors()
  const faults = files.flatMap(({ hasher, failures }) => failures.map((failure) => `${hasher}: ${failure}`))
  if (all !== expected) faults.push(`vectors: ${all} in place of ${expected}`)
  const sample =
    every === '1'
      ? `all ${valid} valid ones`
      : `${sources} of the ${valid} valid ones, at one place in ${every}`
  return { faults, summary: `${all} vectors, ${derived} checks derived from ${sample}` }
}

function countVectors() {
  const names = readdirSync(join(root, 'vectors')).filter((name) => name.endsWith('.json'))
  const files = names.filter((name) => name !== 'schema.json').map((name) => join(root, 'vectors', name))
  return files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).groups).flatMap(({ tests }) => tests)
    .length
}

function signIn(program, words = [], { what, modes }) {
  const report = JSON.parse(run(program, [...words, SIGN_IN, ...modes]))
  if (report.checks === 0) throw new Error('nothing was checked')
  return { ...report, faults: report.faults.map((fault) => `${what}: ${fault}`) }
}

function describeEngines({ engines }) {
  return Object.entries(engines)
    .map(([engine, hashers]) => `${engine}: ${hashers.join(', ')}`)
    .join('; ')
}

/** The output of a program. A warning is a failure too, since passlift writes nothing to standard error. */
function run(program, words, codes = [0]) {
  const { status, error, signal, stdout, stderr } = spawnSync(program, words, {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: PATIENCE_MILLISECONDS,
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (codes.includes(status) && stderr === '') return stdout
  const why = error?.message ?? `it ended with ${status ?? signal}`
  throw new Error(`${why}: ${(stderr === '' ? stdout : stderr).trim().slice(0, 500)}`)
}

function refuse(message) {
  console.error(`runtimes: ${message}`)
  return 2
}
