import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import * as entry from '../index.js'
import { POLICIES } from '../registry/policy.js'

const root = join(import.meta.dirname, '../..')
const readme = read('README.md')
const contributing = read('CONTRIBUTING.md')
const manifest: unknown = JSON.parse(read('package.json'))

interface Block {
  readonly title: string
  readonly code: string
}

const blocks = findBlocks(readme, 'ts')
const program = createProgram(blocks)

describe('code blocks', () => {
  test('type-check against the types of the package', () => {
    const diagnostics = ts.getPreEmitDiagnostics(program)
    expect(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({}))).toBe('')
  })

  test.each(blocks)('$title prints what its comments say', async ({ title, code }) => {
    const { stdout, stderr } = await runModule(emit(title))
    expect(stderr).toBe('')
    expect(stdout.split('\n').slice(0, -1)).toEqual(findExpectedLines(code))
  })

  test('every printed line has its comment', () => {
    for (const { title, code } of blocks) {
      expect(code.split('console.log(').length - 1, title).toBe(findExpectedLines(code).length)
    }
  })

  test.each([
    ['README.md', readme],
    ['CONTRIBUTING.md', contributing],
  ])('commands of %s exist', (_, text) => {
    const inline = [...text.matchAll(/`(npm [^`\n]+)`/g)].map(([, command = '']) => command)
    const lines = findBlocks(text, 'sh').flatMap(({ code }) => code.trim().split('\n'))
    const commands = [...lines, ...inline].flatMap((line) => line.split(' && '))
    expect(commands).not.toEqual([])
    expect(commands.filter((command) => !isKnownCommand(command))).toEqual([])
  })
})

describe('the README names', () => {
  test('every hasher once, with its standing', () => {
    const rows = [
      ...findSection('Hashers').matchAll(/^\| `([a-z0-9_]+)` +\|.*\| (sound|dated|insecure) +\|$/gm),
    ]
    const named = rows.map(([, name = '', standing = '']) => `${name} ${standing}`)
    const known = entry.hashers.map(({ name, standing }) => `${name} ${standing}`)
    expect(named.toSorted()).toEqual(known.toSorted())
  })

  test.each([
    ['error code', literals('src/errors.ts', /'(ERR_[A-Z_]+)'/g)],
    ['outcome', literals('src/registry/verdict.ts', /readonly outcome: '([a-z-]+)'/g)],
    ['reason to rehash', literals('src/registry/policy.ts', /reasons\.push\('([a-z-]+)'\)/g)],
    ['policy', POLICIES.map((policy) => `'${policy}'`)],
    ['problem of a password', literals('src/registry/password.ts', /return '([a-z-]+)'/g)],
  ])('every %s', (_, names) => {
    expect(names).not.toEqual([])
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })

  test('everything that the package exports', () => {
    const inCode = [...readme.matchAll(/`[^`\n]+`/g)].join(' ')
    const missing = Object.keys(entry).filter((name) => !new RegExp(`\\b${name}\\b`).test(inCode))
    expect(missing).toEqual([])
  })

  test('what a clone is run with, which the gate runs too', () => {
    const commands = findBlocks(readme, 'sh').flatMap(({ code }) =>
      [...code.matchAll(/^npm run .*$/gm)].flat(),
    )
    expect(commands).toEqual(['npm run demo', 'npm run vectors'])
    const gate = read('.ci/run').split('\n')
    expect(commands.filter((command) => !gate.includes(command))).toEqual([])
  })

  test('what shows the main job, and what passes the tests', () => {
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(
      'on a fresh machine `npm ci && npm run demo` shows the main job and `npm ci && npm test` passes the tests',
    )
  })
})

test('CONTRIBUTING.md has a line for every dependency', () => {
  const names = ['dependencies', 'peerDependencies', 'devDependencies'].flatMap(keysOf)
  expect(names.filter((name) => !contributing.includes(`| \`${name}\` `))).toEqual([])
})

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The fenced blocks of a language, each titled by its heading and its place under all of them. */
function findBlocks(text: string, language: string): readonly Block[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...text.matchAll(pattern)].map(({ 1: code = '', index }, place) => {
    const heading = [...text.slice(0, index).matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? ''
    return { title: `${heading} (${place + 1})`, code }
  })
}

/** What stands after `// ` on each line that prints. */
function findExpectedLines(code: string): readonly string[] {
  return [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, expected = '']) => expected)
}

function findSection(heading: string): string {
  return readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
}

function literals(path: string, pattern: RegExp): readonly string[] {
  return [...new Set([...read(path).matchAll(pattern)].map(([, name = '']) => name))]
}

/** The blocks as modules at the package's root, where `passlift` is the package itself; they are never written. */
function createProgram(modules: readonly Block[]): ts.Program {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const compilerOptions = { ...options, noEmit: false, skipLibCheck: true }
  const files = new Map(modules.map(({ title, code }) => [modulePath(title), code]))
  const disk = ts.createCompilerHost(compilerOptions)
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (path, language, ...rest) => {
      const code = files.get(path)
      if (code === undefined) return disk.getSourceFile(path, language, ...rest)
      return ts.createSourceFile(path, code, language)
    },
    fileExists: (path) => files.has(path) || disk.fileExists(path),
  }
  return ts.createProgram([...files.keys()], compilerOptions, host)
}

function modulePath(title: string): string {
  return join(root, `${title}.ts`)
}

function emit(title: string): string {
  let code = ''
  program.emit(program.getSourceFile(modulePath(title)), (_, text) => {
    code = text
  })
  return code
}

/** Runs a module in a process of its own, in the package's folder: `passlift` is what was built. */
function runModule(code: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = promisify(execFile)
  return run(process.execPath, ['--input-type=module', '--eval', code], { cwd: root })
}

function isKnownCommand(command: string): boolean {
  if (/^npm (?:install (?:passlift|argon2(?:@~0\.44\.0)?)|ci)$/.test(command)) return true
  // src/cli/readme.test.ts runs these.
  if (/^printf |^npx passlift /.test(command)) return true
  const script = /^npm (?:run )?(?<name>[a-z:]+)(?: -- .+)?$/.exec(command)?.groups?.['name']
  if (script === undefined || !keysOf('scripts').includes(script)) return false
  return script === 'test' || command.startsWith('npm run ')
}

function keysOf(field: string): readonly string[] {
  if (typeof manifest !== 'object' || manifest === null) return []
  const value: unknown = Reflect.get(manifest, field)
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
