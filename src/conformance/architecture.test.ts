import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../default.js'
import * as exportedHashers from '../hashers/index.js'

const root = join(import.meta.dirname, '..')

interface Source {
  /** The path of the file, relative to src/. */
  readonly path: string
  readonly text: string
  /** The imported modules: those of this package relative to src/, all others by their names. */
  readonly imports: readonly string[]
}

const sources = readSources()
const shipped = sources.filter(({ path }) => !path.endsWith('.test.ts'))

/**
 * The rooms, and what each room may import beside itself and the ground floor: whole rooms, or single files of a room. No room
 * may import files of the command line or the suite.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'platform/': [],
  'formats/': [],
  'builders/': ['formats/'],
  'compute/kernels/': ['platform/'],
  'compute/': ['platform/', 'formats/', 'compute/kernels/'],
  'runtime/': ['compute/', 'platform/'],
  'hasher/': ['compute/', 'platform/', 'formats/'],
  'hashers/': ['hasher/', 'formats/', 'compute/', 'platform/'],
  'targets/': ['hashers/', 'hasher/', 'formats/', 'compute/', 'platform/'],
  'registry/hints/': ['formats/'],
  'registry/': ['registry/hints/', 'hasher/', 'formats/', 'runtime/', 'compute/', 'platform/'],
  'sign-in/': ['registry/', 'hasher/', 'platform/'],
  'default.ts': ['sign-in/', 'targets/', 'hashers/', 'registry/', 'hasher/'],
  'core.ts': [
    'sign-in/',
    'registry/',
    'hasher/',
    'runtime/',
    'compute/',
    'formats/problem.ts',
    'formats/fields.ts',
  ],
  'index.ts': ['default.ts', 'core.ts', 'targets/'],
  // Types of the core alone: an adapter is handed a registry or a sign-in.
  'adapters/': ['core.ts'],
  'stores/': ['core.ts', 'platform/'],
  'migrate/': ['index.ts', 'builders/', 'hasher/contract.ts'],
  'cli/': ['index.ts', 'migrate/index.ts'],
  'demo/': ['index.ts', 'migrate/index.ts', 'cli/printable.ts'],
  'conformance/': ['index.ts', 'cli/misuse-error.ts', 'cli/output.ts', 'cli/printable.ts'],
}
const GROUND_FLOOR = ['errors.ts', 'options.ts', 'once.ts', 'argument-error.ts']
/** The files and rooms that may name modules of Node: the platform, the threads, and all that is no part of the library. */
const NAMES_NODE = ['platform/node.ts', 'runtime/threads/', 'migrate/', 'cli/', 'demo/', 'conformance/']
const CRYPTOGRAPHY = ['bcryptjs', 'argon2', 'scrypt-js']

describe('imports', () => {
  test('every file is in a room, and every room has files', () => {
    const rooms = new Set(shipped.map(({ path }) => roomOf(path)))
    expect([...rooms].toSorted()).toEqual([...Object.keys(ARROWS), ...GROUND_FLOOR].toSorted())
  })

  test.each(Object.entries(ARROWS))('from %s go only where the table of rooms says', (room, allowed) => {
    const foreign = edges().filter(
      ([from, to]) =>
        roomOf(from) === room &&
        isOurs(to) &&
        to.endsWith('.ts') &&
        roomOf(to) !== room &&
        !GROUND_FLOOR.includes(to) &&
        !allowed.some((name) => name === to || name === roomOf(to)),
    )
    expect(foreign).toEqual([])
  })

  test('the ground floor imports itself and the platform', () => {
    const foreign = edges().filter(
      ([from, to]) =>
        GROUND_FLOOR.includes(from) && isOurs(to) && !GROUND_FLOOR.includes(to) && roomOf(to) !== 'platform/',
    )
    expect(foreign).toEqual([])
  })

  test('between hashers stay in one folder, or lead from a wrap to the hasher that it wraps', () => {
    const crossing = edges().filter(
      ([from, to]) => from.startsWith('hashers/') && to.startsWith('hashers/') && from !== 'hashers/index.ts',
    )
    const isWrap = (path: string): boolean =>
      shipped.some((source) => source.path === path && /\bmake(?:Wrap|Pre)\(/.test(source.text))
    const foreign = crossing.filter(
      ([from, to]) => !isWrap(from) && (dirname(from) === 'hashers' || dirname(from) !== dirname(to)),
    )
    expect(crossing).not.toEqual([])
    expect(foreign).toEqual([])
  })

  test("of Node's modules are in the platform and the threads alone", () => {
    const naming = shipped.filter(({ text }) =>
      /getBuiltinModule\(|(?:from|import\() ?'node:/.test(withoutTypeImports(withoutComments(text))),
    )
    const outside = naming
      .map(({ path }) => path)
      .filter((path) => !NAMES_NODE.some((name) => path.startsWith(name)))
    expect(outside.filter((path) => !path.endsWith('.fixture.ts'))).toEqual([])
  })

  test('of cryptography are in compute alone', () => {
    const outside = edges().filter(([, to]) => CRYPTOGRAPHY.includes(to))
    expect(outside.filter(([from]) => !from.startsWith('compute/'))).toEqual([])
  })

  test('form no cycles', () => {
    expect(findCycle()).toBeUndefined()
  })
})

describe('what the sources may hold', () => {
  test.each([
    ['timingSafeEqual', /\btimingSafeEqual\b/, ['platform/node.ts']],
    ['a switched-off type check', /@ts-(?:ignore|expect-error|nocheck)/, []],
    // Objects of the three classes are made by the dozen at import, or by the million in an audit.
    [
      'a class that is no error',
      /^(?:export )?(?:abstract )?class (?!\w*Error\b)/m,
      ['hasher/made-hasher.ts', 'hasher/reading.ts', 'hasher/wrapped-reading.ts'],
    ],
    ['a mutable binding of the module', /^(?:export )?(?:let|var)\b/m, []],
    [
      'a collection of the module that is not read-only',
      /^(?:export )?const \w+(?:: (?!Readonly)[^=]+)? =\s*new (?:Weak)?(?:Map|Set)\b/m,
      [],
    ],
  ])('is limited to its files: %s', (_, pattern, allowed) => {
    // Comments are removed, since they may name what the code must not hold.
    const found = shipped.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path)
    expect(found).toEqual(allowed)
  })

  test('is at most 250 lines in one file', () => {
    const kernels = readPaths()
      .filter((path) => path.endsWith('.as.ts'))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    const long = [...shipped, ...kernels].filter(({ text }) => text.split('\n').length > 251)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('is a method signature in hasher/contract.ts alone: functions of other types are properties, which work unbound', () => {
    const methods = shipped.filter(({ path, text }) => !path.endsWith('.d.ts') && hasMethodSignature(text))
    expect(methods.map(({ path }) => path)).toEqual(['hasher/contract.ts'])
  })
})

test('a hasher has a file, an export, vectors, a line in default.ts and a row in docs/hashers.md', () => {
  const files = shipped.filter(({ path }) => path.startsWith('hashers/') && path !== 'hashers/index.ts')
  const exported = Object.values(exportedHashers).flatMap((value) =>
    typeof value === 'object' && 'standing' in value ? [value.name] : [],
  )
  const vectors = readdirSync(join(root, '../vectors'))
    .filter((name) => name.endsWith('.json') && name !== 'schema.json')
    .map((name) => name.slice(0, -'.json'.length))
  const page = readFileSync(join(root, '../docs/hashers.md'), 'utf8')
  const names = builtinHashers.map(({ name }) => name).toSorted()
  expect(exported.toSorted()).toEqual(names)
  expect(vectors.toSorted()).toEqual(names)
  for (const name of names) {
    expect(
      files.some(({ text }) => text.includes(`'${name}'`)),
      `src/hashers: ${name}`,
    ).toBe(true)
    expect(page, `docs/hashers.md: ${name}`).toContain(`\n| \`${name}\``)
  }
})

function readSources(): readonly Source[] {
  return readPaths()
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.as.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const { importedFiles } = ts.preProcessFile(text, true, true)
      return { path, text, imports: importedFiles.map(({ fileName }) => resolve(path, fileName)) }
    })
}

function readPaths(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
}

function resolve(from: string, name: string): string {
  if (!name.startsWith('.')) return name
  // The text behind a question mark tells the build how to embed the module: './worker.js?embedded'.
  return relative(root, join(root, dirname(from), name)).replace(/\.js(?:\?\w+)?$/, '.ts')
}

function edges(): readonly (readonly [from: string, to: string])[] {
  return shipped.flatMap(({ path, imports }) => imports.map((to) => [path, to] as const))
}

/** The room of a path: the longest name of a room that the path begins with. A file outside all rooms is its own room. */
function roomOf(path: string): string {
  const rooms = Object.keys(ARROWS).filter((room) => path.startsWith(room))
  return rooms.toSorted((first, second) => second.length - first.length)[0] ?? path
}

function isOurs(name: string): boolean {
  return name.endsWith('.ts') || name.endsWith('.json')
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}

function withoutTypeImports(text: string): string {
  return text.replaceAll(/^import type .*$/gm, '')
}

function hasMethodSignature(text: string): boolean {
  const file = ts.createSourceFile('contract.ts', text, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): boolean =>
    ts.isMethodSignature(node) || (ts.forEachChild(node, visit) ?? false)
  return visit(file)
}

function findCycle(): readonly string[] | undefined {
  const done = new Set<string>()
  const visit = (path: string, above: readonly string[]): readonly string[] | undefined => {
    if (above.includes(path)) return [...above, path]
    if (done.has(path)) return undefined
    done.add(path)
    const next = shipped.find((source) => source.path === path)?.imports ?? []
    for (const to of next) {
      const cycle = visit(to, [...above, path])
      if (cycle !== undefined) return cycle
    }
    return undefined
  }
  for (const { path } of shipped) {
    const cycle = visit(path, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
