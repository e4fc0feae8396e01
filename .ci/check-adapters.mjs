// npm run check:adapters signs users in to an application of better-auth over SQLite and PostgreSQL, as they come from Django,
// WordPress and Firebase: by e-mail and by user name, many at once, and while their passwords are reset. It prints how long a
// wrong password and a missing user take. Then it signs users in to the examples of NestJS, AdonisJS and Next over HTTP. Install
// first what it needs:
//
//     npm ci --prefix .ci/adapters && npm ci --prefix .ci/runtimes
//     apt-get install postgresql
//
// SQLite is that of Node 22, since Node 20 has none. PostgreSQL listens on loopback, with its files in a temporary folder, and
// not as root. Exit code: 0 all holds; 1 something does not; 2 something is missing.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const NODE = '.ci/runtimes/node_modules/node22/bin/node'
const DEBIAN = '/usr/lib/postgresql'
const BUNDLE = 'node_modules/.cache/passlift/better-auth.mjs'
const MODULES = '.ci/adapters/node_modules'
const PORT = 54_329
const ADONIS_PORT = 54_331
const NEXT_PORT = 54_332
const START_ATTEMPTS = 100
const ROUNDS = 15

const PASSWORD = 'correct horse battery staple'
const MD5_OF_PASSWORD = '9cc2ae8a1ba7a93da39b46fc1019c481'
/** Digests that the systems wrote: they are vectors of their hashers. */
const USERS = {
  django: [PASSWORD, 'pbkdf2_sha256$100$T5hYcJ9pBn3Ds7Gf1VaEuK$Ya0EWre1tlM5wWlkfC2DjeugnF2DxkudTcs78M06Jec='],
  wordpress: ['test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  firebase: [
    'user1password',
    'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14',
  ],
}

if (process.argv[2] === 'run') await checkAll()
else process.exitCode = await main()

async function main() {
  const [newest] = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((first, second) => second - first) : []
  const missing = [
    [existsSync(NODE), 'npm ci --prefix .ci/runtimes'],
    [existsSync(`${MODULES}/@nestjs/core`), 'npm ci --prefix .ci/adapters'],
    [newest !== undefined, 'apt-get install postgresql'],
  ].filter(([isThere]) => !isThere)
  for (const [, command] of missing) console.error(`check:adapters: run ${command}`)
  if (missing.length > 0) return 2

  await bundleFixture()
  const folder = mkdtempSync(join(tmpdir(), 'passlift-adapters-'))
  const server = await startPostgres(join(DEBIAN, newest, 'bin'), folder)
  try {
    const args = ['--disable-warning=ExperimentalWarning', import.meta.filename, 'run', folder]
    const status = spawnSync(NODE, args, { stdio: 'inherit' }).status ?? 1
    if (status !== 0) return status
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    installPasslift(folder)
    await checkNest()
    await checkAdonis()
    await checkNext()
    return 0
  } finally {
    // An interrupt ends the server at once, and its open connections with it.
    server.kill('SIGINT')
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Bundles the application of the tests to a place from where it finds the frameworks. */
async function bundleFixture() {
  const { build } = await import('esbuild')
  await build({
    stdin: {
      contents: `export * from './src/adapters/better-auth.fixture.ts'
        export * from './src/adapters/framework.fixture.ts'`,
      resolveDir: '.',
    },
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
}

/** Starts PostgreSQL as another user where this one is root, whom it refuses. */
async function startPostgres(programs, folder) {
  const data = join(folder, 'postgres')
  mkdirSync(data)
  const user = process.getuid() === 0 ? idsOf('postgres') : {}
  if (user.uid !== undefined) for (const path of [folder, data]) chownSync(path, user.uid, user.gid)
  const options = { ...user, cwd: data, stdio: 'ignore' }
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'passlift', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    options,
  )
  return spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(PORT), '-h', '127.0.0.1', '-k', data, '-c', 'fsync=off'],
    options,
  )
}

/** Starts an example, and signs in to it where it listens. */
async function checkExample(title, { node = process.execPath, args, cwd, env = {}, open }) {
  const child = spawn(node, args, {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  /** The groups of the first line that fits; the end of the output is an error. */
  const readLine = async (pattern) => {
    for (;;) {
      const { done, value = '' } = await lines.next()
      assert.equal(done ?? false, false, `${title}: it ended`)
      const found = pattern.exec(value)
      if (found !== null) return found.groups
    }
  }
  try {
    await signInTo(title, await open(readLine))
  } finally {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

/** The address of an example that prints it with the token of a reset. */
async function openPrinted(readLine) {
  const { url, token } = await readLine(/^(?<url>http:\S+) (?<token>\S+)$/)
  return { post: postTo(url), readToken: () => token }
}

function postTo(url) {
  return (path, body) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
}

async function signInTo(title, { post, readToken }) {
  const right = { email: 'ada@example.com', password: 'password' }
  const wrong = [
    {},
    { email: right.email },
    { ...right, password: ['password'] },
    { ...right, password: 'x' },
  ]
  for (const body of wrong) assert.equal((await post('/sign-in', body)).status, 401, JSON.stringify(body))
  for (const answer of [await post('/sign-in', right), await post('/sign-in', right)]) {
    assert.deepEqual([answer.status, await answer.json()], [200, { id: 7, name: 'Ada' }], 'signed in')
  }
  assert.ok((await post('/reset-password')).status < 500, 'a reset without a body')
  const reset = { token: await readToken(), password: 'a new password' }
  assert.equal((await post('/reset-password', { ...reset, password: '\ud83d'.repeat(8) })).status, 400)
  assert.equal((await post('/reset-password', reset)).status, 204, 'a reset')
  assert.equal((await post('/reset-password', reset)).status, 400, 'a token that is spent')
  assert.equal((await post('/sign-in', right)).status, 401, 'the old password')
  const again = { ...right, password: 'a new password' }
  const flood = await Promise.all(Array.from({ length: 12 }, () => post('/sign-in', again)))
  assert.deepEqual([...new Set(flood.map(({ status }) => status))].toSorted(), [200, 503], 'a full queue')
  assert.equal(flood.find(({ status }) => status === 503).headers.get('retry-after'), '1', 'Retry-After')
  const rest = await Promise.all(Array.from({ length: 20 }, () => post('/sign-in', {})))
  assert.equal(rest.at(-1).status, 429, 'the rate limit')
  console.log(`${title}: signs in, resets, and answers 401, 429 and 503`)
}

async function checkNest() {
  const folder = `${MODULES}/.cache`
  await writeNest(folder)
  await checkExample('NestJS', {
    args: [join(folder, 'nest.mjs')],
    env: { PORT: '0' },
    open: openPrinted,
  })
}

/** AdonisJS 7 needs Node 24. */
async function checkAdonis() {
  const cwd = copyExample('adonis')
  await checkExample('AdonisJS', {
    node: join(import.meta.dirname, 'runtimes/node_modules/node24/bin/node'),
    args: ['server.js'],
    cwd,
    env: { HOST: '127.0.0.1', PORT: String(ADONIS_PORT), APP_KEY: 'abcdefghij'.repeat(4) },
    open: openPrinted,
  })
  rmSync(cwd, { recursive: true })
}

async function checkNext() {
  const cwd = copyExample('next')
  const program = join(import.meta.dirname, 'adapters/node_modules/next/dist/bin/next')
  const env = { PATH: process.env.PATH, NEXT_TELEMETRY_DISABLED: '1' }
  execFileSync(process.execPath, [program, 'build'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
  await checkExample('Next', {
    args: [program, 'start', '-H', '127.0.0.1', '-p', String(NEXT_PORT)],
    cwd,
    env,
    open: async (readLine) => {
      await readLine(/Ready/)
      const url = `http://127.0.0.1:${NEXT_PORT}`
      const post = postTo(url)
      // A body in pieces does not say its length.
      const body = new Blob(['{}']).stream()
      const unmeasured = await fetch(`${url}/sign-in`, { method: 'POST', body, duplex: 'half' })
      assert.equal(unmeasured.status, 413, 'a body without its length')
      const readToken = async () => {
        await post('/request-reset', { email: 'ada@example.com' })
        return (await readLine(/^token (?<token>\S+)$/)).token
      }
      return { post, readToken }
    },
  })
  rmSync(cwd, { recursive: true })
}

/** Copies the files of an example, with the users, to a place from where they find their framework and passlift. */
function copyExample(name) {
  const folder = join(import.meta.dirname, `adapters/${name}-example`)
  rmSync(folder, { recursive: true, force: true })
  cpSync(`docs/examples/${name}`, folder, { recursive: true })
  copyFileSync('docs/examples/users.mjs', join(folder, 'users.mjs'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

/** Installs passlift beside the frameworks as it is published: a link would hide how they treat a package. */
function installPasslift(folder) {
  const [name] = readdirSync(folder).filter((entry) => entry.endsWith('.tgz'))
  for (const there of ['passlift', 'bcryptjs', 'scrypt-js']) {
    rmSync(`${MODULES}/${there}`, { recursive: true, force: true })
  }
  mkdirSync(`${MODULES}/passlift`)
  execFileSync('tar', ['-xzf', join(folder, name), '--strip-components=1', '-C', `${MODULES}/passlift`])
  for (const dependency of ['bcryptjs', 'scrypt-js']) {
    cpSync(`node_modules/${dependency}`, `${MODULES}/${dependency}`, { recursive: true })
  }
}

/** Compiles the example, with the metadata of its decorators, to a place from where it finds NestJS and passlift. */
async function writeNest(folder) {
  const { default: ts } = await import('typescript')
  const { outputText } = ts.transpileModule(readFileSync('docs/examples/nest.mts', 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'nest.mjs'), outputText)
  copyFileSync('docs/examples/users.mjs', join(folder, 'users.mjs'))
}

function idsOf(name) {
  const idOf = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function checkAll() {
  const { DatabaseSync } = await import('node:sqlite')
  const { Pool } = await import('pg')
  const pool = new Pool({ host: '127.0.0.1', port: PORT, user: 'passlift', database: 'postgres' })
  try {
    await check('SQLite', new DatabaseSync(join(process.argv[3], 'application.sqlite')))
    await waitFor(pool)
    await check('PostgreSQL', pool)
  } finally {
    await pool.end()
  }
}

async function waitFor(pool) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await pool.query('SELECT 1')
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error
      await sleep(100)
    }
  }
}

async function check(name, database) {
  const { bcryptTarget, createRegistry } = await import(pathToFileURL('dist/index.js'))
  const { startApplication } = await import(pathToFileURL(BUNDLE))
  const registry = createRegistry({ target: bcryptTarget({ cost: 10 }), policy: 'converge' })
  const first = await startApplication({ database, registry })
  await first.context.runMigrations()

  for (const [user, [password, digest]] of Object.entries(USERS)) {
    await first.importUser(user, digest)
    assert.equal(await first.signIn(user, 'a wrong password'), 401, `${user}: a wrong password`)
    assert.equal(await first.readDigest(user), digest, `${user}: after a wrong password`)
    const byName = await first.send('/sign-in/username', { username: user, password })
    assert.equal(byName.status, 200, `${user}: by user name`)
    assert.match(await first.readDigest(user), /^\$2b\$10\$/, `${user}: the new digest`)
    assert.equal(await first.signIn(user, password), 200, `${user}: by e-mail`)
  }

  await first.importUser('ada', MD5_OF_PASSWORD)
  await first.importUser('bob', MD5_OF_PASSWORD)
  const atOnce = await Promise.all(['ada', 'ada', 'ada', 'ada'].map((user) => first.signIn(user, PASSWORD)))
  assert.deepEqual(atOnce, [200, 200, 200, 200], 'sign-ins of one account at once')
  assert.equal(await first.readDigest('bob'), MD5_OF_PASSWORD, 'the other account of one md5')
  assert.equal(await first.signIn('bob', PASSWORD), 200, 'the other account of one md5')
  assert.notEqual(await first.readDigest('ada'), await first.readDigest('bob'), 'two accounts of one md5')

  const resetting = await startApplication({
    database,
    registry: duringEachCheck(registry, 'eve', () => first),
  })
  await first.importUser('eve', MD5_OF_PASSWORD)
  assert.equal(await resetting.signIn('eve', PASSWORD), 401, 'the old password, reset during the sign-in')
  assert.equal(await first.signIn('eve', PASSWORD), 401, 'the old password, after the reset')
  assert.equal(await first.signIn('eve', 'a new password'), 200, 'the new password')

  await first.importUser('mal', MD5_OF_PASSWORD)
  const [there, missing] = [await measure(first, 'mal'), await measure(first, 'nobody')]
  console.log(
    `${name}: a wrong password takes ${there} ms, a missing user ${missing} ms (medians of ${ROUNDS})`,
  )
}

/** A registry during whose checks the password of a user is reset. */
function duringEachCheck(registry, user, applicationOf) {
  const evaluate = (password, digest, { rehash, ...options } = {}) =>
    registry.evaluate(password, digest, {
      ...options,
      rehash: async (next) => {
        await applicationOf().reset(user, 'a new password')
        return rehash(next)
      },
    })
  return { ...registry, evaluate }
}

async function measure({ signIn }, user) {
  const times = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    assert.equal(await signIn(user, 'a wrong password'), 401)
    times.push(performance.now() - start)
  }
  return Math.round(times.toSorted((first, second) => first - second)[Math.floor(ROUNDS / 2)])
}
