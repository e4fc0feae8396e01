// npm run check:stores: the stores of passlift/stores on real data bases, and the recipes of Drizzle and Knex. PostgreSQL and
// MariaDB are Debian's; SQLite is better-sqlite3's and that of Node 24. What is missing is an error that says how to get it.
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { createMysqlStore, createPostgresStore, createSqliteStore } from '../dist/stores/index.js'
import { recipesFor } from './stores/recipes.mjs'
import { findMissing, withServers } from './stores/servers.mjs'
import { casesFor } from './stores/suite.mjs'

const NODE = '.ci/runtimes/node_modules/node24/bin/node'
const [major] = process.versions.node.split('.').map(Number)

if (major < 22) {
  // better-sqlite3 and node:sqlite need a newer Node than the package does.
  if (!existsSync(NODE)) fail('npm ci --prefix .ci/runtimes')
  const { status } = spawnSync(NODE, ['--no-warnings', import.meta.filename], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
const missing = findMissing()
if (missing !== undefined) fail(missing)
if (!existsSync('.ci/stores/node_modules/better-sqlite3')) fail('npm ci --prefix .ci/stores')

let passed = 0
let failed = 0
await withServers(async ({ postgres, mariadb }) => {
  await checkPostgres(postgres)
  await checkMariadb(mariadb)
})
await checkSqlite()
console.log(`${passed} cases of stores are right, ${failed} are wrong.`)
if (failed > 0) process.exitCode = 1

async function checkPostgres(address) {
  const settings = { ...address, user: 'passlift', database: 'postgres' }
  const pool = new pg.Pool(settings)
  const run = (sql) => pool.query(sql)
  await waitFor(() => run('SELECT 1'))
  const { rows } = await run('SHOW server_version')
  await run('CREATE EXTENSION IF NOT EXISTS citext')
  await run("CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)")
  const db = {
    create: (options) => createPostgresStore(pool, options),
    run,
    read: async (sql) => (await run(sql)).rows,
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    types: ['VARCHAR(255)', 'TEXT', 'CHAR(100)', 'BYTEA', 'CITEXT', 'VARCHAR(255) COLLATE nocase'],
    narrow: ['VARCHAR(60)', 'CHAR(32)'],
    cuts: [],
    composed:
      'CREATE TABLE gitea (name TEXT, passwd VARCHAR(255), salt CHAR(40), passwd_hash_algo TEXT, rounds INT)',
  }
  await runCases(`PostgreSQL ${rows[0].server_version}`, [...casesFor(db), ...schemaCase(db)])
  await runCases('recipes', await recipesFor(settings, run))
  await pool.end()
}

async function checkMariadb(address) {
  const root = { ...address, user: 'root' }
  const first = await waitFor(() => mysql.createConnection(root))
  await first.query('CREATE DATABASE passlift CHARACTER SET utf8mb4')
  const [[{ version }]] = await first.query('SELECT VERSION() AS version')
  await first.end()
  // A server that is not strict cuts what does not fit.
  for (const [mode, flags] of [
    ['STRICT_ALL_TABLES', []],
    ['', ['-FOUND_ROWS']],
  ]) {
    const pool = mysql.createPool({ ...root, database: 'passlift', flags })
    pool.on('connection', (connection) => connection.query(`SET sql_mode = '${mode}'`))
    const run = (sql) => pool.query(sql)
    const db = {
      create: (options) => createMysqlStore(pool, options),
      run,
      read: async (sql) => (await run(sql))[0],
      quote: (name) => `\`${name.replaceAll('`', '``')}\``,
      types: [
        'VARCHAR(255)',
        'VARCHAR(255) CHARACTER SET latin1',
        'CHAR(100)',
        'TEXT',
        'VARBINARY(255)',
        'BLOB',
        'VARCHAR(255) COLLATE utf8mb4_bin',
      ],
      narrow: ['VARCHAR(60)', 'CHAR(32)', 'BINARY(100)'],
      cuts: mode === '' ? ['VARCHAR(50)', 'CHAR(50)', 'VARBINARY(50)'] : [],
      composed:
        'CREATE TABLE gitea (name VARCHAR(99), passwd VARCHAR(255), salt CHAR(40), passwd_hash_algo TEXT, rounds INT)',
    }
    await runCases(`MariaDB ${version}, mode "${mode}"`, [...casesFor(db), ...schemaCase(db)])
    await pool.end()
  }
}

async function checkSqlite() {
  const Database = createRequire(new URL('stores/package.json', import.meta.url))('better-sqlite3')
  const { DatabaseSync } = await import('node:sqlite')
  for (const [name, database] of [
    ['better-sqlite3', new Database(':memory:')],
    ['node:sqlite', new DatabaseSync(':memory:')],
  ]) {
    const db = {
      create: (options) => createSqliteStore(database, options),
      run: (sql) => database.exec(sql),
      read: (sql) => database.prepare(sql).all(),
      quote: (part) => `"${part.replaceAll('"', '""')}"`,
      types: ['TEXT', 'TEXT COLLATE NOCASE', 'VARCHAR(20)', 'BLOB', ''],
      narrow: [],
      cuts: [],
      composed: 'CREATE TABLE gitea (name TEXT, passwd TEXT, salt TEXT, passwd_hash_algo TEXT, rounds INT)',
    }
    const [{ version }] = db.read('SELECT sqlite_version() AS version')
    await runCases(`${name}, SQLite ${version}`, casesFor(db))
    database.close()
  }
}

/** A table in a schema, of the same name as one that the search path finds. */
function schemaCase({ create, run, quote }) {
  return [
    [
      'a table of another schema is read, and not its namesake',
      async () => {
        await run(`CREATE SCHEMA ${quote('au th')}`)
        await run('DROP TABLE IF EXISTS people')
        await run('CREATE TABLE people (login VARCHAR(9), password VARCHAR(9))')
        await run(`CREATE TABLE ${quote('au th')}.people (login VARCHAR(99), password VARCHAR(255))`)
        await run(`INSERT INTO ${quote('au th')}.people VALUES ('ada', 'x')`)
        const { store, checkColumns } = create({
          table: 'au th.people',
          login: 'login',
          digest: 'password',
          account: ['login'],
        })
        await checkColumns({ hash: () => Promise.resolve('x'.repeat(100)) })
        const found = await store.find('ada')
        if (!(await store.replaceDigest(found, { digest: 'new', hasher: 'bcrypt', replaces: 'x' })))
          throw new Error('replaceDigest answered false')
        await run(`DROP TABLE ${quote('au th')}.people`)
        await run(`DROP SCHEMA ${quote('au th')}`)
      },
    ],
  ]
}

async function runCases(name, cases) {
  console.log(name)
  for (const [title, check] of cases) {
    try {
      await check()
      passed++
    } catch (error) {
      failed++
      console.log(`  WRONG  ${title}\n${error.stack}`)
    }
  }
  console.log(`  ${cases.length} cases`)
}

/** Tries until a server that is starting answers. */
async function waitFor(connect) {
  for (let tries = 0; ; tries++) {
    try {
      return await connect()
    } catch (error) {
      if (tries === 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function fail(command) {
  console.error(`check:stores: something is missing. Install it with: ${command}`)
  process.exit(1)
}
