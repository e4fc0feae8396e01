import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { listPacked, ROOT } from './packed.fixture.js'

// What is published: all of it, and nothing else. A file that is new in the package is added here, on purpose.

const TEXTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json']
const BUILT = [
  'dist/THIRD-PARTY-LICENSES.txt',
  'dist/cli/chunk-chunk-HASH.js',
  'dist/cli/chunk-chunk-HASH.js',
  'dist/cli/chunk-vector-run-HASH.js',
  'dist/cli/main.js',
  'dist/core.js',
  'dist/hashers/index.js',
  'dist/index.js',
  'dist/passlift.js',
  'dist/targets/index.js',
]
const ENTRIES = ['index.ts', 'core.ts', 'hashers/index.ts', 'targets/index.ts']

let packed: Awaited<ReturnType<typeof listPacked>> = []

beforeAll(async () => {
  packed = await listPacked()
})

const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

describe('the package', () => {
  test('holds what was built of the entries and the command line, their types, and the texts', () => {
    const types = findModules(ENTRIES).map((path) => `dist/${path.replace(/\.ts$/, '.d.ts')}`)
    const paths = packed.map(({ path }) => path.replace(/-[0-9A-Z]{8}\.js$/, '-HASH.js'))
    expect(paths.toSorted()).toEqual([...TEXTS, ...BUILT, ...types].toSorted())
  })

  test('holds every file that its exports and its commands name, and the commands can be run', () => {
    const exported = textsOf(readMember(manifest, 'exports')).map(cutDot)
    const commands = textsOf(readMember(manifest, 'bin')).map(cutDot)
    expect(exported.length).toBeGreaterThan(ENTRIES.length)
    expect(commands).toEqual(['dist/cli/main.js'])
    const paths = packed.map(({ path }) => path)
    expect([...exported, ...commands].filter((path) => !paths.includes(path))).toEqual([])
    const executable = packed.filter(({ mode }) => (mode & 0o111) !== 0)
    expect(executable.map(({ path }) => path)).toEqual(commands)
  })

  test('imports its dependencies, its optional peer and what Node has, and no file that is not in it', () => {
    const installed = ['dependencies', 'peerDependencies'].flatMap((field) =>
      namesOf(readMember(manifest, field)),
    )
    const paths = packed.map(({ path }) => path)
    const isThere = (from: string, name: string): boolean => {
      if (!name.startsWith('.')) return isBuiltin(name) || installed.includes(name)
      const path = posix.join(posix.dirname(from), name)
      return paths.includes(from.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path)
    }
    const imports = packed.flatMap(({ path }) => importsOf(path).map((name) => [path, name] as const))
    expect(imports.length).toBeGreaterThan(packed.length)
    expect(imports.filter(([from, name]) => !isThere(from, name))).toEqual([])
  })

  test('the worker, which is a text in it, requires only what Node has', () => {
    const names = importsOf('dist/passlift.js', findLongestText(readPacked('dist/passlift.js')))
    expect(names).toContain('node:worker_threads')
    expect(names.filter((name) => !isBuiltin(name))).toEqual([])
  })

  test('has no source maps, and no paths of the machine that built it', () => {
    const found = packed.filter(({ path }) =>
      [ROOT, 'file:///', 'sourceMappingURL'].some((mark) => readPacked(path).includes(mark)),
    )
    expect(found.map(({ path }) => path)).toEqual([])
  })
})

/** The modules that these import, directly or not, and themselves; relative to src/. */
function findModules(entries: readonly string[]): readonly string[] {
  const found = new Set(entries)
  // A set hands out what is added while it is walked.
  for (const path of found) {
    for (const name of importsOf(path, readFileSync(join(ROOT, 'src', path), 'utf8'))) {
      // What `?embedded` and `?wasm` name is a text or bytes in the importing module.
      if (name.startsWith('.') && !name.includes('?')) {
        found.add(posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts'))
      }
    }
  }
  return [...found]
}

function readPacked(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** What a module imports or requires, as it names it. */
function importsOf(path: string, text = readPacked(path)): readonly string[] {
  if (!/\.[jt]s$/.test(path)) return []
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

function findLongestText(code: string): string {
  let longest = ''
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text.length > longest.length) longest = node.text
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('packed.js', code, ts.ScriptTarget.Latest))
  return longest
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Every text inside a value, however deep. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function namesOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function cutDot(path: string): string {
  return path.replace(/^\.\//, '')
}
