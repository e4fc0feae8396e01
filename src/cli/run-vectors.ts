import { createRegistry } from '../index.js'
import { checkVectorFile } from './vector-checks.js'
import { readVectorFolder } from './vector-files.js'

// npm run vectors -- [FOLDER] [--full]
const { argv } = process
const folder = argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'vectors'
const full = argv.includes('--full')

// The vectors ask what a digest says, not how long an answer takes.
const registry = createRegistry({ equalize: false })

for (const file of await readVectorFolder(folder)) {
  const report = await checkVectorFile(registry, file, { full })
  console.log(
    `${report.hasher.padEnd(22)} ${report.valid} valid, ${report.invalid} invalid, ${report.malformed} malformed, ` +
      `${report.derived} derived checks, ${report.failures.length} failures`,
  )
  for (const failure of report.failures.slice(0, 20)) console.log(`  ${failure}`)
  if (report.failures.length > 0) process.exitCode = 1
}
