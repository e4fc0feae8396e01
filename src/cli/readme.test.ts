import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { MAIN } from './run-built.js'

const [, section = ''] = readFileSync('README.md', 'utf8').split('\n## Command line\n')
const [, block = ''] = /^```sh\n([\s\S]*?)^```$/m.exec(section) ?? []
const lines = block.trimEnd().split('\n')

// `npx` finds what was built here, not a package of that name.
const folder = mkdtempSync(join(tmpdir(), 'passlift-readme-'))
writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${MAIN}" "$@"\n`, {
  mode: 0o755,
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test.each(lines)('%s', (line) => {
  const [command = '', code = '0'] = line.split(/ +# exit code /)
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) },
    // Whoever sits at a terminal is asked for it.
    input: 'password\n',
  })
  expect({ status, stderr }).toEqual({ status: Number(code), stderr: '' })
})

test('the README shows every command', () => {
  for (const name of ['verify', 'identify', 'hashers', 'engines', 'hash']) {
    expect(section).toContain(`| \`passlift ${name}`)
  }
})
