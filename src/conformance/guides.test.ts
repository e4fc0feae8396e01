import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, describe, expect, test } from 'vitest'
import { MAIN } from '../cli/run-built.js'
import { compileModules, findExpectedLines, findModules, runModule } from './documents-code.fixture.js'
import { open, ROOT } from './documents.fixture.js'
import type { Document } from './documents.fixture.js'
import { shareOf } from './share.fixture.js'

// Each guide is worked through in a folder of its own, which holds the sample exports of its system. The blocks run in their
// order: `sh` by a shell, `ts` as a module, `sql` on the data base that the modules write. A `text` block is the output of the
// block before it.

const guides = readdirSync(join(ROOT, 'docs/guides'))
  .filter((name) => name.endsWith('.md'))
  .toSorted()
  .map((name) => open(`docs/guides/${name}`))
// The folders of samples that are not named like the guide.
const SAMPLES: ReadonlyMap<string, string> = new Map([
  ['flask', 'csv'],
  ['laravel-and-php', 'csv'],
  ['ldap', 'ldif'],
  ['rails', 'csv'],
])
const modules = guides.flatMap(findModules)
const { emit, diagnostics } = compileModules(modules)
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

test('the code blocks of the guides compile with the types of the package', () => {
  expect(diagnostics).toBe('')
})

test('every guide has the questions of the week', () => {
  const questions = [
    ...['Export', 'What do I have?', 'How does it get over?', 'How do users sign in?'],
    ...['What of those who never return?', 'How do I see that it is over?', 'How do I undo it?'],
  ]
  for (const { path, text } of guides) {
    const headings = Array.from(text.matchAll(/^## (.+)$/gm), ([, heading]) => heading)
    expect(headings, path).toEqual(questions)
  }
})

describe('the blocks of a guide work one after another:', () => {
  test.each(shareOf(guides, 11).map((guide) => [guide.path, guide] as const))(
    '%s',
    { timeout: 120_000 },
    async (path, guide) => {
      const folder = createFolder(path)
      let output = ''
      let isShown = true
      for (const { language, code, place } of findSteps(guide)) {
        if (language === 'text') {
          expect(output, `block ${place}`).toBe(code)
          isShown = true
          continue
        }
        output = await work(language, { code, place, path, folder })
        isShown = output === ''
      }
      expect(isShown).toBe(true)
    },
  )
})

interface Step {
  readonly language: string
  readonly code: string
  readonly place: number
}

function findSteps({ text }: Document): readonly Step[] {
  return Array.from(text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm), ([, language = '', code = ''], place) => ({
    language,
    code,
    place: place + 1,
  }))
}

interface Work extends Omit<Step, 'language'> {
  readonly path: string
  readonly folder: string
}

/** Runs a block, and gives what it prints. */
async function work(language: string, { code, place, path, folder }: Work): Promise<string> {
  switch (language) {
    case 'sh':
      return runShell(code, folder)
    case 'sql':
      return await runSql(code, folder)
    case 'ts': {
      const module = modules.find((one) => one.code === code && one.title.startsWith(path))
      const { stdout, stderr } = await runModule(emit(module?.path ?? ''), folder)
      expect(stderr, `block ${place}`).toBe('')
      expect(stdout.split('\n').slice(0, -1), `block ${place}`).toEqual(findExpectedLines(code))
      return ''
    }
    default:
      throw new Error(`Block ${place} is in no language that the guides run.`)
  }
}

/** A folder with the sample exports, `passlift`, and the data base's package. */
function createFolder(path: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'passlift-guide-'))
  folders.push(folder)
  const [, name = ''] = /([^/]+)\.md$/.exec(path) ?? []
  cpSync(join(ROOT, 'vectors/exports', SAMPLES.get(name) ?? name), folder, { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/passlift'))
  symlinkSync(join(ROOT, 'node_modules/@electric-sql'), join(folder, 'node_modules/@electric-sql'))
  writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${MAIN}" "$@"\n`, {
    mode: 0o755,
  })
  return folder
}

/** Runs each line, which may end with the exit code that it is to have. */
function runShell(code: string, folder: string): string {
  return code
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [command = '', exitCode = '0'] = line.split(/ +# exit code /)
      const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) },
      })
      expect(status, `${command}\n${stderr}`).toBe(Number(exitCode))
      return stderr + stdout
    })
    .join('')
}

/** Runs statements, and gives the rows of the last one as psql prints them unaligned, the names of the columns first. */
async function runSql(code: string, folder: string): Promise<string> {
  const path = join(folder, 'database')
  expect(existsSync(path)).toBe(true)
  const database = new PGlite(path)
  try {
    const last = (await database.exec(code)).at(-1)
    if (last === undefined || last.fields.length === 0) return ''
    const names = last.fields.map(({ name }) => name)
    const rows = last.rows.map((row) => names.map((name) => String(row[name])))
    return [names, ...rows].map((cells) => `${cells.join(' | ')}\n`).join('')
  } finally {
    await database.close()
  }
}
