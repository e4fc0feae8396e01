// What does importing passlift cost a process, against one that runs an empty ES module?
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alternate, formatSpread, median, ratios } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const ROUNDS = 101
const EMPTY = 'node empty.mjs'

const folder = mkdtempSync(join(tmpdir(), 'passlift-bench-'))
try {
  const write = (name, text) => {
    writeFileSync(join(folder, name), text)
    return () => execFileSync(process.execPath, [join(folder, name)])
  }
  const times = await alternate(
    {
      [EMPTY]: write('empty.mjs', ''),
      "import 'passlift'": write('import.mjs', `import '${import.meta.resolve('passlift')}'`),
      "import 'passlift/core'": write('core.mjs', `import '${import.meta.resolve('passlift/core')}'`),
    },
    { rounds: ROUNDS },
  )
  const rows = Object.keys(times).map((name) => [
    `\`${name}\``,
    formatSpread(ratios(times[name], times[EMPTY]), 3),
    median(times[name]).toFixed(1),
  ])
  printTable(
    `Importing, whole process, ${ROUNDS} rounds`,
    ['command', 'of an empty ES module (min-max)', 'ms'],
    rows,
  )
} finally {
  rmSync(folder, { recursive: true })
}
