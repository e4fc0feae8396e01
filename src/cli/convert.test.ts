import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { WRITERS } from '../migrate/index.js'
import { MAIN, run } from './run-built.js'

const root = mkdtempSync(join(tmpdir(), 'passlift-convert-command-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})
let folder = root
let count = 0
beforeEach(() => {
  folder = join(root, String(++count))
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'users.csv'),
    `id,email,password\n1,a@example.com,${MD5}\n2,b@example.com,hunter2\n`,
  )
})

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const names = (): readonly string[] => readdirSync(folder).filter((name) => name !== 'users.csv')

describe('convert', () => {
  test('writes a file, and says what it wrote and what it rejected', async () => {
    const { code, stdout, stderr } = await run(['convert', 'users.csv', '--to', 'clerk', '--out', 'c.csv'], {
      cwd: folder,
    })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^read as csv, written for clerk\n {2}rows +2\n {2}written +1\n {2}rejected +1\n/)
    expect(stdout).toContain('1  no hasher reads the digest, as in row 3\n')
    expect(stdout).toContain('files\n  c.csv\n  c.csv.rejected.ndjson\n')
    expect(stdout).not.toMatch(/hunter2|example|5f4dcc3b5aa7/)
    expect(readFileSync(join(folder, 'c.csv'), 'utf8')).toContain(`"${MD5}","md5"\n`)
  })

  test('writes to standard output, and its counts to standard error', async () => {
    const { code, stdout, stderr } = await run(['convert', 'users.csv', '--to', 'ndjson'], { cwd: folder })
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe(`{"id":"1","login":"a@example.com","digest":"${MD5}","hasher":null}`)
    expect(stderr).toMatch(/^read as csv, written for ndjson\n/)
    expect(names()).toEqual([])
  })

  test('writes nothing with --dry-run, and counts the same', async () => {
    const args = ['convert', 'users.csv', '--to', 'clerk', '--out', 'c.csv', '--dry-run', '--json']
    const { code, stdout } = await run(args, { cwd: folder })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ outcome: 'converted', from: 'csv', to: 'clerk', rows: 2, written: 1, rejected: 1, files: [] },
    })
    expect(names()).toEqual([])
  })

  test('leaves nothing and answers 2 where the disk is full', async () => {
    const preload = `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      fs.write = (...args) => args.at(-1)(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      syncBuiltinESMExports()`
    const args = ['convert', 'users.csv', '--to', 'ndjson', '--out', 'o']
    const { code, stderr } = await run(args, { cwd: folder, preload })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'passlift convert: The output could not be written (ENOSPC). Nothing was written.\n',
    })
    expect(names()).toEqual([])
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing where %s ends it', async (signal) => {
    const child = spawn(
      process.execPath,
      [MAIN, 'convert', '-', '--from', 'csv', '--to', 'ndjson', '--out', 'o'],
      {
        cwd: folder,
      },
    )
    child.stdin.on('error', () => undefined)
    child.stdin.write(`id,email,password\n${`1,a@example.com,${MD5}\n`.repeat(20_000)}`)
    await expect.poll(names, { timeout: 20_000 }).toHaveLength(1)
    expect(names()[0]).toMatch(/^\.o\.[\da-f]+\.passlift-part$/)
    child.kill(signal)
    const ended = await new Promise((resolve) => {
      child.on('close', (_code, by) => {
        resolve(by)
      })
    })
    expect({ ended, names: names() }).toEqual({ ended: signal, names: [] })
  })

  test('ends quietly, and not with 0, where the reader of its output has gone', async () => {
    const rows = `1,a@example.com,${MD5}\n`.repeat(100_000)
    writeFileSync(join(folder, 'many.csv'), `id,email,password\n${rows}`)
    const child = spawn(process.execPath, [MAIN, 'convert', 'many.csv', '--to', 'ndjson'], { cwd: folder })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
  })

  test('names every writer in its help', async () => {
    const { stdout } = await run(['help', 'convert'])
    expect(WRITERS.filter(({ name }) => !new RegExp(`[\\s,]${name}[,;\\s.]`).test(stdout))).toEqual([])
  })

  test.each([
    [['users.csv'], '--to NAME says for which system.'],
    [['users.csv', '--to', 'acme'], 'There is no such writer. There are: '],
    [['users.csv', '--to', 'auth0'], 'auth0 may need several files'],
    [['users.csv', '--to', 'ndjson', '--json'], '--json needs --out FILE or --dry-run'],
    [['users.csv', '--to', 'ndjson', '--spreadsheet'], 'Only CSV is opened by spreadsheets'],
    [['users.csv', '--to', 'ndjson', '--out', 'users.csv'], 'A file of the name of the output'],
    [
      ['users.csv', '--to', 'ndjson', '--out', 'none/o'],
      'The folder of the output could not be opened (ENOENT)',
    ],
  ])('refuses a call without an answer: %j', async (args, message) => {
    const { code, stderr } = await run(['convert', ...args], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
