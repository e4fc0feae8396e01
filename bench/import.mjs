// What does importing passlift cost a process, against one that imports nothing?
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alternate, formatRatio, printTable, ratios, summarise } from './measure.mjs'

const ROUNDS = 31

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'passlift-bench-'))
  try {
    const write = (name, text) => {
      writeFileSync(join(folder, name), text)
      return () => execFileSync(process.execPath, [join(folder, name)])
    }
    const times = await alternate(
      {
        'node empty.cjs': write('empty.cjs', ''),
        'node empty.mjs': write('empty.mjs', ''),
        "import 'passlift'": write('import.mjs', `import '${import.meta.resolve('passlift')}'`),
        "import 'passlift/core'": write('core.mjs', `import '${import.meta.resolve('passlift/core')}'`),
      },
      ROUNDS,
    )
    const rows = Object.keys(times).map((name) => [
      `\`${name}\``,
      summarise(times[name]).median.toFixed(1),
      formatRatio(ratios(times, name, 'node empty.cjs')),
    ])
    printTable(`Importing, whole process, ${ROUNDS} rounds`, ['command', 'ms', 'ratio'], rows)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
