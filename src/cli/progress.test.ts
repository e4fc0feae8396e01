import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { describeProgress } from './progress.js'
import { run } from './run-built.js'
import { hasTerminal, onTerminal, runOnTerminal } from './run-on-terminal.js'

const folder = mkdtempSync(join(tmpdir(), 'passlift-progress-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const ROWS = '1,5f4dcc3b5aa765d61d8327deb882cf99\n'.repeat(3_000)

/** A pipe with a name, which holds rows for as long as a line of progress takes to come. */
function makePipe(name: string): { readonly path: string; readonly fed: Promise<void> } {
  const path = join(folder, name)
  execFileSync('mkfifo', [path])
  const feed = async (): Promise<void> => {
    const pipe = await open(path, 'w')
    try {
      await pipe.write(`id,password\n${ROWS}`)
      for (let times = 0; times < 3; times++) {
        await wait(1_100)
        await pipe.write(ROWS)
      }
    } finally {
      await pipe.close()
    }
  }
  // The command may have ended before.
  return { path, fed: feed().catch(() => undefined) }
}

describe.skipIf(!hasTerminal).concurrent(`${onTerminal} shows the progress of an audit`, () => {
  test('in a line without text of the file, which is cleared before the report', async () => {
    const { path, fed } = makePipe('whole')
    const seen = await runOnTerminal(['audit', path], ['a second'])
    await fed
    expect(seen).toMatchObject({ code: 0 })
    expect(seen.stdout).toMatch(/^read as csv\n {2}rows +12,000 /)
    expect(seen.shown).toMatch(/^(?:\r[\d,]+ rows, [\d,]+ a second, \d MB *)+\r +\r$/)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'until %s, which clears the line and ends the process',
    async (signal) => {
      const { path, fed } = makePipe(signal)
      const seen = await runOnTerminal(['audit', path], ['a second', { signal }])
      await fed
      expect(seen).toMatchObject({ code: -constants.signals[signal], stdout: '' })
      expect(seen.shown).toMatch(/\r +\r$/)
    },
  )

  test('not with --quiet', async () => {
    const { path, fed } = makePipe('quiet')
    const seen = await runOnTerminal(['audit', path, '--quiet'], [])
    await fed
    expect(seen).toMatchObject({ code: 0, shown: '' })
  })
})

test('no progress is shown where standard error is no terminal', async () => {
  const { path, fed } = makePipe('plain')
  expect(await run(['audit', path])).toMatchObject({ code: 0, stderr: '' })
  await fed
})

test.each([
  [
    { rows: 1_500_000, bytes: 50_000_000, size: 200_000_000, seconds: 5 },
    '1,500,000 rows, 300,000 a second, 50 of 200 MB (25%), 15 s left',
  ],
  [
    { rows: 10, bytes: 1_000_000, size: 1_000_000_000, seconds: 3 },
    '10 rows, 3 a second, 1 of 1,000 MB (0%), 49 min left',
  ],
  [
    { rows: 10, bytes: 2_000_000, size: 1_000_000, seconds: 3 },
    '10 rows, 3 a second, 2 of 1 MB (100%), 0 s left',
  ],
  [{ rows: 10, bytes: 0, size: 5_000_000, seconds: 3 }, '10 rows, 3 a second, 0 of 5 MB (0%)'],
  [{ rows: 10, bytes: 2_000_000, size: undefined, seconds: 3 }, '10 rows, 3 a second, 2 MB'],
])('progress says rows, pace, part of the file and time left: %j', (state, line) => {
  expect(describeProgress(state)).toBe(line)
})
