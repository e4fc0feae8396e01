import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { listPacked, ROOT, unpackEngine } from './packed.fixture.js'

// TEXTS and BUILT name the published files beside their types, so that a file is added to the package only on purpose.

// Every page is published, and an example beside its recipe.
const PAGES = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((path) => `docs/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.md$|^docs\/examples\/[\w/[\]-]+(?:\.config)?\.m?[jt]s$/.test(path))
const TEXTS = [...PAGES, ...['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json']]
const ADAPTERS = ['adonis', 'auth-js', 'better-auth', 'passport'].map((name) => `adapters/${name}`)
const LIBRARY = [
  ...ADAPTERS.map((path) => `dist/${path}.js`),
  'dist/builders/index.js',
  'dist/core.js',
  'dist/hashers/index.js',
  'dist/index.js',
  'dist/shared/core.js',
  'dist/shared/hashers.js',
  'dist/stores/index.js',
  'dist/targets/index.js',
]
// The entry `migrate` holds packages too, which follow other rules.
const BUILT = [...LIBRARY, 'dist/migrate/index.js', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/cli/main.js']
// A text of the built files with more characters is a program for a thread, and a shorter text is a sentence.
const MIN_PROGRAM_LENGTH = 410
const MAX_LINE_LENGTH = 400
const ENTRIES = [
  'index.ts',
  'core.ts',
  'hashers/index.ts',
  'targets/index.ts',
  'builders/index.ts',
  'stores/index.ts',
]

let packed: Awaited<ReturnType<typeof listPacked>> = []

beforeAll(async () => {
  packed = await listPacked()
})

const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

describe('the published package', () => {
  test('holds the built entries and command line, their types, and the documents', () => {
    const entries = [...ENTRIES, 'migrate/index.ts', ...ADAPTERS.map((path) => `${path}.ts`)]
    const types = findModules(entries).map((path) => `dist/${path.replace(/\.ts$/, '.d.ts')}`)
    const paths = packed.map(({ path }) => path)
    expect(paths.toSorted()).toEqual([...TEXTS, ...BUILT, ...types].toSorted())
  })

  test('holds every file that its exports and commands name, and only the commands are executable', () => {
    const exported = textsOf(readMember(manifest, 'exports')).map(cutDot)
    const commands = textsOf(readMember(manifest, 'bin')).map(cutDot)
    expect(exported.length).toBeGreaterThan(ENTRIES.length)
    expect(commands).toEqual(['dist/cli/main.js'])
    const paths = packed.map(({ path }) => path)
    expect([...exported, ...commands].filter((path) => !paths.includes(path))).toEqual([])
    const executable = packed.filter(({ mode }) => (mode & 0o111) !== 0)
    expect(executable.map(({ path }) => path)).toEqual(commands)
  })

  test('imports only its dependencies, its optional peer, modules of Node, and files that are in it', () => {
    const installed = ['dependencies', 'peerDependencies'].flatMap((field) =>
      namesOf(readMember(manifest, field)),
    )
    const paths = packed.map(({ path }) => path)
    const isThere = (from: string, name: string): boolean => {
      if (!name.startsWith('.')) return isBuiltin(name) || installed.includes(name)
      const path = posix.join(posix.dirname(from), name)
      return paths.includes(from.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path)
    }
    // The examples import their frameworks.
    const built = packed.filter(({ path }) => path.startsWith('dist/'))
    const imports = built.flatMap(({ path }) => importsOf(path).map((name) => [path, name] as const))
    expect(imports.length).toBeGreaterThan(built.length)
    expect(imports.filter(([from, name]) => !isThere(from, name))).toEqual([])
  })

  test('requires only modules of Node in the texts that its threads run', () => {
    const texts = LIBRARY.flatMap((path) => findLongTexts(readPacked(path)))
    const names = texts.flatMap((text) => importsOf('thread.js', programOf(text)))
    expect(names).toContain('node:worker_threads')
    // An engine that is sent to a thread gets the classes of errors from the thread, under this name.
    expect(names).toContain('passlift:errors')
    expect(names.filter((name) => !isBuiltin(name) && name !== 'passlift:errors')).toEqual([])
  })

  test('is readable except for the texts that its threads run', () => {
    const lines = LIBRARY.flatMap((path) => readPacked(path).split('\n'))
    const texts = LIBRARY.flatMap((path) => findLongTexts(readPacked(path)))
    expect(lines.filter(({ length }) => length > MAX_LINE_LENGTH)).toHaveLength(texts.length)
    expect(lines).toContain('function findHint(digest) {')
  })

  test('lets bundlers drop every call that the sources let them drop', () => {
    const sources = findModules(ENTRIES).map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'))
    const calls = sources.flatMap(findDroppable)
    const kept = LIBRARY.flatMap((path) => findDroppable(readPacked(path)))
    expect(calls.length).toBeGreaterThan(20)
    expect(kept).toHaveLength(calls.length)
  })

  test('has no source maps, and no paths of the machine that built it', () => {
    const found = packed.filter(({ path }) =>
      [ROOT, 'file:///', 'sourceMappingURL'].some((mark) => readPacked(path).includes(mark)),
    )
    expect(found.map(({ path }) => path)).toEqual([])
  })
})

/** The paths, relative to src/, of the given modules and of all modules that are imported from there, directly or not. */
function findModules(entries: readonly string[]): readonly string[] {
  const found = new Set(entries)
  // The loop over the set also reaches modules that are added meanwhile.
  for (const path of found) {
    for (const name of importsOf(path, readFileSync(join(ROOT, 'src', path), 'utf8'))) {
      // An import with `?embedded` or `?wasm` is a text or bytes in the importing module.
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

/** The names of the modules that a file imports or requires. */
function importsOf(path: string, text = readPacked(path)): readonly string[] {
  if (!/\.[jt]s$/.test(path)) return []
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The calls that are marked as pure. Symbols, `new Map()` and the like are left out, since esbuild marks them by itself. */
function findDroppable(code: string): readonly string[] {
  return code.match(/\/\* @__PURE__ \*\/ (?!new |Symbol\b)/g) ?? []
}

function programOf(text: string): string {
  return /^[\w+/=]+$/.test(text) ? unpackEngine(text).code : text
}

/** The texts in code that are as long as a program. */
function findLongTexts(code: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text.length > MIN_PROGRAM_LENGTH) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('packed.js', code, ts.ScriptTarget.Latest))
  return found
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
