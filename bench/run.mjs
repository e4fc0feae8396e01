// npm run bench [-- NAME ...]: one benchmark a file, all of them without a name.
import { readdirSync } from 'node:fs'
import os from 'node:os'

const helpers = ['run.mjs', 'measure.mjs']
const known = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.mjs') && !helpers.includes(name))
  .map((name) => name.slice(0, -'.mjs'.length))
const asked = process.argv.slice(2)
const unknown = asked.find((name) => !known.includes(name))

if (unknown !== undefined) {
  console.error(`There is no benchmark of that name. There are: ${known.join(', ')}.`)
  process.exitCode = 2
} else {
  const [{ model }] = os.cpus()
  const memory = (os.totalmem() / 2 ** 30).toFixed(0)
  console.log(
    `${model}, ${os.availableParallelism()} cores, ${memory} GiB, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
  )
  for (const name of asked.length === 0 ? known : asked) {
    const { run } = await import(`./${name}.mjs`)
    await run()
  }
}
