// Starts Debian's PostgreSQL and MariaDB on loopback, with their files in a temporary folder, as a user without rights.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const POSTGRES = '/usr/lib/postgresql'
const MARIADB = '/usr/sbin/mariadbd'
const HOST = '127.0.0.1'
const PORTS = { postgres: 54_333, mariadb: 54_334 }
const SECONDS = 60
/** The user `nobody` of Debian: neither server starts as root. */
const NOBODY = 65_534
const own = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** What to install, or undefined where both servers are there. */
export function findMissing() {
  const names = []
  if (!existsSync(POSTGRES)) names.push('postgresql')
  if (!existsSync(MARIADB)) names.push('mariadb-server')
  return names.length === 0 ? undefined : `apt-get install --no-install-recommends ${names.join(' ')}`
}

/** Runs `use` with the host and port of each server, and ends the servers. */
export async function withServers(use) {
  const folder = await mkdtemp(join(tmpdir(), 'passlift-stores-'))
  const started = []
  try {
    for (const name of ['', 'postgres', 'mariadb', 'mariadb-tmp']) {
      await mkdir(join(folder, name), { recursive: true })
      if (own.uid !== undefined) await chown(join(folder, name), own.uid, own.gid)
    }
    started.push(await startPostgres(join(folder, 'postgres')))
    started.push(await startMariadb(join(folder, 'mariadb'), join(folder, 'mariadb-tmp')))
    const addressOf = (name) => ({ host: HOST, port: PORTS[name] })
    return await use({ postgres: addressOf('postgres'), mariadb: addressOf('mariadb') })
  } finally {
    for (const server of started) {
      if (server.exitCode !== null) continue
      const closed = once(server, 'close')
      // PostgreSQL's word for "end all sessions now"; MariaDB takes SIGTERM.
      server.kill(server.spawnfile.startsWith(POSTGRES) ? 'SIGINT' : 'SIGTERM')
      await closed
    }
    await rm(folder, { recursive: true, force: true })
  }
}

async function startPostgres(folder) {
  const versions = (await readdir(POSTGRES)).toSorted()
  const bin = join(POSTGRES, versions.at(-1), 'bin')
  const cluster = join(folder, 'cluster')
  await run(join(bin, 'initdb'), [
    '-D',
    cluster,
    '-A',
    'trust',
    '-U',
    'passlift',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ])
  return start(
    join(bin, 'postgres'),
    ['-D', cluster, '-k', folder, '-h', HOST, '-p', String(PORTS.postgres), '-c', 'fsync=off'],
    join(folder, `.s.PGSQL.${PORTS.postgres}`),
  )
}

async function startMariadb(folder, temporary) {
  const common = ['--no-defaults', `--datadir=${join(folder, 'rows')}`, `--tmpdir=${temporary}`]
  await run('mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db'])
  const socket = join(folder, 'socket')
  return start(
    MARIADB,
    [
      ...common,
      `--socket=${socket}`,
      `--bind-address=${HOST}`,
      `--port=${PORTS.mariadb}`,
      `--pid-file=${join(folder, 'pid')}`,
    ],
    socket,
  )
}

async function run(command, given) {
  const child = spawn(command, given, { ...own, cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}.\n${output()}`)
}

async function start(command, given, socket) {
  const child = spawn(command, given, { ...own, cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  for (let tries = 0; tries < SECONDS * 10; tries++) {
    if (child.exitCode !== null) break
    // Its socket is there a moment before a server answers; the drivers' first connections wait for that.
    if (existsSync(socket)) return child
    await setTimeout(100)
  }
  child.kill('SIGKILL')
  throw new Error(`${command} did not start.\n${output()}`)
}

function collect(child) {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => {
      text = (text + part).slice(-4_000)
    })
  return () => text
}
