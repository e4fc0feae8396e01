// The recipes that run: each code block, in a process of its own, prints what its comments say.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const RECIPES = ['drizzle', 'knex', 'progress']

/** @param settings what the recipes' driver reads from the environment */
export async function recipesFor({ host, port, user, database }, query) {
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database }
  const cases = []
  for (const name of RECIPES) {
    const text = await readFile(`docs/recipes/${name}.md`, 'utf8')
    for (const [, code] of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
      cases.push([`the recipe ${name}`, () => runCode(code, env)])
    }
    for (const [, sql] of text.matchAll(/^```sql\n([\s\S]*?)^```$/gm)) {
      cases.push([`a query of the recipe ${name}`, () => runQuery(sql, query)])
    }
  }
  return cases
}

async function runCode(code, env) {
  const given = ['--no-warnings', '--input-type=module-typescript', '--eval', code]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, given, { env })
  const expected = [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, line]) => line)
  assert.ok(expected.length > 0)
  assert.equal(stderr, '')
  assert.deepEqual(stdout.trimEnd().split('\n'), expected)
}

/** A query that counts two digests of which one was replaced gives a row for each. */
async function runQuery(sql, query) {
  await query('DROP TABLE IF EXISTS users')
  await query('CREATE TABLE users (password text, hasher text)')
  await query(`INSERT INTO users VALUES ('x', NULL), ('$2b$12$x', 'bcrypt'), (NULL, NULL)`)
  const { rows } = await query(sql)
  assert.deepEqual(
    rows.map(({ accounts }) => accounts),
    ['1', '1'],
  )
}
