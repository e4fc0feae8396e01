// This check installs the package as it would be published with every package manager. Each must end with exit code 0 and
// no warning, and an application must check passwords afterwards. Managers and dependencies come from the registry.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const TOOLS = ['npm@11.19.1', 'pnpm@12.21.0', '@yarnpkg/cli-dist@4.18.1', 'bun@1.4.5']

const APPLICATION = `import { createRegistry } from 'passlift'
// Yarn's own loader needs WebAssembly, so that it cannot be switched off for the whole process.
if (process.argv.includes('no-kernels')) WebAssembly.validate = () => false
const { engines, verify } = createRegistry({ equalize: false })
console.log(
  (await engines()).find(({ hasher }) => hasher === 'argon2id').engine,
  await verify('password', '5f4dcc3b5aa765d61d8327deb882cf99'),
  await verify('a', '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'),
  await verify('password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'),
)`

// Yarn warns that its own loader of ES modules is experimental.
const YARN_SETTINGS = 'logFilters: [{ code: YN0092, level: discard }]\n'

// Caches are in a folder of this run, since a package of the same name and version may have been installed before.
const folder = mkdtempSync(join(tmpdir(), 'passlift-installs-'))
const STORE = `--store-dir=${join(folder, 'cache/pnpm')}`

/** `add` installs a package, `addAddon` one whose install script is not to run, `node` runs Node in the application. */
const MANAGERS = [
  { name: 'npm', add: ['install'], addAddon: ['install', '--ignore-scripts'] },
  { name: 'pnpm', add: ['add', STORE], addAddon: ['add', STORE, '--ignore-scripts'] },
  {
    name: 'yarn',
    add: ['add'],
    addAddon: ['add', '--mode=skip-build'],
    node: ['node'],
    // An empty lock file says that this folder is a project.
    files: { '.yarnrc.yml': YARN_SETTINGS, 'yarn.lock': '' },
  },
  { name: 'bun', add: ['add'], addAddon: ['add', '--ignore-scripts'] },
]

const root = join(import.meta.dirname, '..')
const env = {
  ...process.env,
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_loglevel: 'notice',
  npm_config_update_notifier: 'false',
  BUN_INSTALL_CACHE_DIR: join(folder, 'cache/bun'),
  YARN_ENABLE_TELEMETRY: '0',
  YARN_GLOBAL_FOLDER: join(folder, 'cache/yarn'),
}

try {
  const { filename } = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], root).stdout,
  ).at(0)
  const tarball = join(folder, filename)
  env.YARN_NPM_REGISTRY_SERVER = run('npm', ['config', 'get', 'registry'], folder)
    .stdout.trim()
    .replace(/\/$/, '')
  const tools = makeFolder('tools')
  run('npm', ['install', '--ignore-scripts=false', ...TOOLS], tools)
  for (const manager of MANAGERS) check(manager, { tarball, bin: join(tools, 'node_modules/.bin') })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function check({ name, add, addAddon, node, files = {} }, { tarball, bin }) {
  const place = makeFolder(name, { ...files, 'application.js': APPLICATION })
  const manager = join(bin, name)
  const runApplication = (expected, ...argv) => {
    const [command, args] = node === undefined ? [process.execPath, []] : [manager, node]
    const { stdout } = run(command, [...args, 'application.js', ...argv], place)
    if (stdout !== `${expected} true true true\n`)
      throw new Error(`${name}: the application printed ${JSON.stringify(stdout)}.`)
  }

  const { stdout, stderr } = run(manager, [...add, `passlift@file:${tarball}`], place)
  // A user's setting that npm does not know is no fault of the package.
  const output = (stdout + stderr).replaceAll(/^npm warn Unknown .*$/gm, '')
  if (/warn|error|deprecat|ignored|blocked|peer|approve/i.test(output)) throw new Error(`${name}:\n${output}`)
  runApplication('WebAssembly kernel')

  // The optional peer must be found where the application installed it: without kernels it is the only engine of argon2.
  run(manager, [...addAddon, 'argon2@~0.44.0'], place)
  runApplication('argon2', 'no-kernels')
  console.log(
    `${name} ${run(manager, ['--version'], place).stdout.trim()}: installed without a warning, and works`,
  )
}

function makeFolder(name, files = {}) {
  const place = join(folder, name)
  mkdirSync(place)
  const manifest = JSON.stringify({ name: `application-of-${name}`, private: true, type: 'module' })
  for (const [path, text] of Object.entries({ 'package.json': manifest, ...files })) {
    writeFileSync(join(place, path), text)
  }
  return place
}

function run(command, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  if (status === 0) return { stdout, stderr }
  throw new Error(`${command} ${args.join(' ')} ended with ${status ?? error}:\n${stdout}${stderr}`)
}
