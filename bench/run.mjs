// npm run bench [-- NAME ...] [--write] [--rows N]: one benchmark a file, all of them without a name, each in a process of its own.
// --rows N is for migrate.
// --write puts what they print into README.md, where it has a place for this version of Node, there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from './support/machine.mjs'

const folder = import.meta.dirname
const readme = join(folder, 'README.md')
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs') && name !== 'run.mjs')
  .map((name) => name.slice(0, -'.mjs'.length))
const rowsAt = process.argv.indexOf('--rows')
const rows = rowsAt < 0 ? [] : process.argv.splice(rowsAt, 2)
const asked = process.argv.slice(2).filter((argument) => argument !== '--write')
const isWriting = process.argv.includes('--write')
const unknown = asked.find((name) => !known.includes(name))

if (unknown !== undefined) {
  console.error(`There is no benchmark of that name. There are: ${known.join(', ')}.`)
  process.exitCode = 2
} else {
  for (const name of asked.length === 0 ? known : asked) {
    // The load of the machine is read before the benchmark runs.
    const machine = describeMachine()
    console.log(`\n${machine}`)
    const tables = await runBenchmark(name)
    if (tables === undefined) process.exitCode = 1
    else if (isWriting) writeTables(name, `${machine}\n\n${tables.trim()}`)
  }
}

/** The output of a benchmark; undefined where it failed. */
async function runBenchmark(name) {
  const child = spawn(process.execPath, [join(folder, `${name}.mjs`), ...rows], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part
    process.stdout.write(part)
  })
  const [code] = await once(child, 'close')
  return code === 0 ? text : undefined
}

function writeTables(name, text) {
  const before = readFileSync(readme, 'utf8')
  const [major = ''] = process.versions.node.split('.')
  const own = `<!-- table: ${name}, Node ${major} -->`
  const start = before.includes(own) ? own : `<!-- table: ${name} -->`
  const end = '<!-- /table -->'
  const from = before.indexOf(start)
  const to = before.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`README.md has no place for the tables of ${name}.`)
  writeFileSync(readme, `${before.slice(0, from)}${start}\n\n${text}\n\n${before.slice(to)}`)
}
