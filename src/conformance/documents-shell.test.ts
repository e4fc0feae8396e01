import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { MAIN } from '../cli/run-built.js'
import { findBlocks, open } from './documents.fixture.js'

const page = open('docs/command-line.md')
const blocks = [open('README.md'), page]
  .flatMap((document) => findBlocks(document, 'sh'))
  .filter(({ code }) => code.includes('npx passlift'))

// This folder has an `npx` that runs the built package, and not the package of that name in the registry.
const folder = mkdtempSync(join(tmpdir(), 'passlift-documents-'))
writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${MAIN}" "$@"\n`, {
  mode: 0o755,
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe.each(blocks)('$path, $heading', ({ code }) => {
  test.each(code.trimEnd().split('\n'))('line %# works in a shell', (line) => {
    const [command = '', exitCode = '0'] = line.split(/ +# exit code /)
    const { status, stderr } = run(command)
    expect({ status, stderr }).toEqual({ status: Number(exitCode), stderr: '' })
  })
})

test('the README shows the output of its shell commands', () => {
  const [block = expect.fail()] = blocks
  const [, shown] = /^\n\n```text\n([\s\S]*?)^```$/m.exec(block.after) ?? []
  expect(run(block.code).stdout).toBe(shown)
})

test('the page on the command line shows every command', () => {
  expect(blocks.map(({ path }) => path)).toEqual(['README.md', page.path])
  for (const name of ['verify', 'identify', 'audit', 'hashers', 'engines', 'doctor', 'hash']) {
    expect(page.text).toContain(`\n- \`passlift ${name}`)
  }
})

function run(command: string): { readonly status: number | null; stdout: string; stderr: string } {
  return spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) },
    // A user at a terminal is asked for the password.
    input: 'password\n',
  })
}
