import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readJson, run as runBuilt } from '../cli/run-built.js'
import type { Run, RunOptions } from '../cli/run-built.js'
import { shareOf } from './share.fixture.js'
import { readVectorFolder } from './vector-files.js'
import type { VectorTest } from './vector-files.js'

const MAIN = join(import.meta.dirname, '../../dist/conformance/main.js')
const run = (args: readonly string[], options: RunOptions = {}): Promise<Run> =>
  runBuilt(args, { ...options, main: MAIN })

// This digest is MD5 of `password`.
const PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'passlift-vectors-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const [md5] = (await readVectorFolder('vectors')).filter(({ hasher }) => hasher === 'md5')

function writeMd5(...tests: readonly Partial<VectorTest>[]): string {
  const numbered = tests.map((changes, index) => ({ ...VECTOR, ...changes, tcId: index + 1 }))
  return JSON.stringify({ ...md5, groups: [{ ...md5?.groups[0], tests: numbered }] })
}

const VECTOR = { comment: 'a word', flags: [], password: 'password', digest: PASSWORD, result: 'valid' }
const right = writeMd5({}, { password: 'wrong', result: 'invalid' })
const wrong = writeMd5({}, { password: 'wrong' })

describe.concurrent('npm run vectors', () => {
  test('has exit code 0 where all vectors hold', async () => {
    const cwd = makeFolder({})
    const folder = makeFolder({ 'md5.json': right })
    const { code, stdout, stderr } = await run([folder], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^md5 +1 valid, 1 invalid, 0 malformed, \d{4,} derived checks, 0 failures\n$/)
  })

  test('derives checks from one vector in N with --every N, and prints from how many', async () => {
    const folder = makeFolder({ 'md5.json': writeMd5({}, {}, {}, {}, {}) })
    const { code, stdout } = await run([folder, '--every', '2'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^md5 +5 valid, .* \d{4,} derived checks from 3 of the valid, 0 failures\n$/)
  })

  test('has exit code 1 where a vector does not hold, and names it without its digest', async () => {
    const { code, stdout } = await run([makeFolder({ 'md5.json': wrong })])
    expect(code).toBe(1)
    expect(stdout).toMatch(/ [1-9]\d* failures\n {2}tcId 2: expected match, got mismatch\n/)
    expect(stdout).not.toContain(PASSWORD.slice(0, 8))
  })

  test.each([
    ['passed', 0, right],
    ['failed', 1, wrong],
  ])('prints one object with --json: %s', async (outcome, code, content) => {
    const ran = await run([makeFolder({ 'md5.json': content }), '--json'])
    expect(ran.code).toBe(code)
    expect(readJson(ran)).toMatchObject({ outcome, files: [{ hasher: 'md5' }] })
  })

  test('derives more checks with --full', async () => {
    const folder = makeFolder({ 'md5.json': right })
    const counts = await Promise.all(
      [[], ['--full']].map(async (options) => {
        const { stdout } = await run([folder, ...options])
        return Number(/(\d+) derived/.exec(stdout)?.[1])
      }),
    )
    expect(counts[1]).toBeGreaterThan(counts[0] ?? Infinity)
  })

  test.each([
    ['that does not exist', join(tmpdir(), 'passlift-no-such-folder'), 'ENOENT'],
    ['that holds no vectors', makeFolder({ 'schema.json': '{}' }), 'holds no vector files'],
    ['with a file that is not JSON', makeFolder({ 'md5.json': PASSWORD }), 'md5.json: that is not JSON.'],
    ['with a file against the schema', makeFolder({ 'md5.json': `{"hasher":"${PASSWORD}"}` }), 'md5.json: '],
    ['with a misnamed file', makeFolder({ 'sha256.json': right }), 'a file is named after its hasher'],
  ])('explains a folder %s', async (_, folder, explanation) => {
    const { code, stdout, stderr } = await run([folder])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(explanation)
    expect(stderr).not.toContain(PASSWORD)
  })

  // This name holds movements of the cursor, a title, an override of the direction and line separators.
  const odd = 'a\x1b[2Kb\x9b1Ac\x9d0;title\x07d\u202ee\u2028f\ng'
  const oddFolder = (files: Readonly<Record<string, string>>): string => {
    const folder = makeFolder({})
    const path = join(folder, odd)
    mkdirSync(path)
    for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content)
    return path
  }

  const oddNames = [
    ['a folder', oddFolder({}), 'holds no vector files'],
    ['a file that is not JSON', oddFolder({ [`${odd}.json`]: '' }), 'that is not JSON'],
    ['a file that is misnamed', oddFolder({ [`${odd}.json`]: right }), 'is named after its hasher'],
    ['a file against the schema', oddFolder({ 'md5.json': JSON.stringify({ [odd]: 1 }) }), 'md5.json: '],
  ] as const

  test.each(shareOf(oddNames, 3))(
    'prints control characters in the name of %s as escapes',
    async (_, folder, explanation) => {
      const forPeople = await run([folder])
      const forPrograms = await run([folder, '--json'])
      expect(forPeople).toMatchObject({ code: 2, stdout: '' })
      expect(forPeople.stderr).toContain(explanation)
      for (const printed of [forPeople.stderr, forPrograms.stderr, forPrograms.stdout]) {
        expect(printed).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\n$/u)
      }
      const message: unknown = expect.stringContaining(explanation)
      expect(readJson(forPrograms)).toEqual({ outcome: 'misuse', message })
    },
  )

  const misuses: readonly (readonly [args: readonly string[]])[] = [
    [['--nonsense']],
    [['vectors', 'more-vectors']],
    [['--full=yes']],
    [['--every', '0']],
    [['--every', 'x']],
  ]

  test.each(shareOf(misuses, 2))('answers a call with wrong arguments with its usage: %j', async (args) => {
    const [forPeople, forPrograms] = await Promise.all([run(args), run([...args, '--json'])])
    expect(forPeople).toMatchObject({ code: 2, stdout: '' })
    expect(forPeople.stderr).toMatch(/^vectors: Usage: npm run vectors /)
    expect(forPrograms.code).toBe(2)
    const message: unknown = expect.stringMatching(/^Usage: /)
    expect(readJson(forPrograms)).toEqual({ outcome: 'misuse', message })
  })

  test('reads ./vectors by default', async () => {
    const { code, stderr } = await run([], { cwd: makeFolder({}) })
    expect(code).toBe(2)
    expect(stderr).toContain('ENOENT')
  })
})
