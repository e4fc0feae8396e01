import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { builtinHashers } from './builtin.js'
import * as exportedHashers from './hashers/index.js'

const root = import.meta.dirname

interface Source {
  /** Relative to src/. */
  readonly path: string
  readonly text: string
  /** Modules of ours relative to src/, others as they are named. */
  readonly imports: readonly string[]
}

const sources = readSources()
const shipped = sources.filter(({ path }) => !path.endsWith('.test.ts'))

const CRYPTOGRAPHY = ['node:crypto', 'crypto', 'bcryptjs', 'argon2', 'scrypt-js']
const ENTRIES = ['index.ts', 'core.ts', 'hashers/index.ts', 'targets/index.ts']

describe('imports', () => {
  test('formats import nothing of ours but formats', () => {
    expect(importsOf('formats/').filter(([, to]) => isOurs(to) && !to.startsWith('formats/'))).toEqual([])
  })

  test('primitives import nothing of ours but primitives and errors', () => {
    const foreign = importsOf('primitives/').filter(
      ([, to]) => isOurs(to) && !to.startsWith('primitives/') && to !== 'errors.ts',
    )
    expect(foreign).toEqual([])
  })

  test('only primitives import cryptography', () => {
    const outside = edges().filter(([, to]) => CRYPTOGRAPHY.includes(to))
    expect(outside.filter(([from]) => !from.startsWith('primitives/'))).toEqual([])
    const asked = shipped.filter(({ text }) => /getBuiltinModule\('(?:node:)?crypto'\)/.test(text))
    expect(asked.map(({ path }) => path)).toEqual(['primitives/node-crypto.ts'])
  })

  test('only primitives import kernels, and kernels import only each other, errors and node:crypto', () => {
    const isKernel = (path: string): boolean => path.startsWith('primitives/kernels/')
    const outside = edges().filter(([from, to]) => isKernel(to) && !from.startsWith('primitives/'))
    const foreign = edges().filter(
      ([from, to]) => isKernel(from) && !isKernel(to) && !['node:crypto', 'errors.ts'].includes(to),
    )
    expect([...outside, ...foreign]).toEqual([])
  })

  test('hints import formats and each other', () => {
    const foreign = [...importsOf('hints.ts'), ...importsOf('hints/')].filter(
      ([, to]) => !/^(formats|hints)\//.test(to),
    )
    expect(foreign).toEqual([])
  })

  test('the contract and its checks import formats, primitives and errors', () => {
    const contract = [...importsOf('hasher.ts'), ...importsOf('hasher-checks.ts')]
    const foreign = contract.filter(
      ([, to]) => !/^(formats|primitives)\/|^(?:errors|hasher-checks)\.ts$/.test(to),
    )
    expect(foreign).toEqual([])
  })

  test('a hasher imports formats, primitives, the contract and errors, and no other hasher', () => {
    const foreign = importsOf('hashers/').filter(
      ([from, to]) =>
        from !== 'hashers/index.ts' &&
        !/^(formats|primitives)\/|^(hasher|errors|options)\.ts$|^node:buffer$/.test(to),
    )
    expect(foreign).toEqual([])
  })

  test('only the list of built-in hashers and the targets know concrete ones', () => {
    const concrete = edges().filter(([, to]) => /^(hashers|targets)\/|^builtin/.test(to))
    const may = /^(?:builtin|index)\.ts$|^(?:hashers|targets)\//
    expect(concrete.filter(([from]) => !may.test(from))).toEqual([])
  })

  test('nothing imports an entry but the command line', () => {
    const found = edges().filter(([from, to]) => ENTRIES.includes(to) && !from.startsWith('cli/'))
    expect(found).toEqual([])
  })

  test('the command line uses only what index.ts exports', () => {
    const inside = importsOf('cli/').filter(
      ([, to]) => isOurs(to) && !to.startsWith('cli/') && to !== 'index.ts',
    )
    expect(inside.filter(([, to]) => to !== '../vectors/schema.json')).toEqual([])
  })

  test('there are no cycles', () => {
    expect(findCycle()).toBeUndefined()
  })
})

describe('what the sources may hold', () => {
  test.each([
    ['timingSafeEqual', /\btimingSafeEqual\b/, ['primitives/compare.ts']],
    ['Math.random', /\bMath\.random\b/, []],
    ['parseInt', /\bparseInt\b/, []],
    ['a default export', /^export default\b/m, []],
    ['any', /: any\b|<any\b|\bas any\b/, []],
    ['a type assertion', /\bas (?!const\b)[A-Z{(]\w*[^'"\n]*$/m, []],
    ['a switched-off type check', /@ts-(?:ignore|expect-error|nocheck)/, []],
    ['a class that is no error', /^(?:export )?(?:abstract )?class (?!\w*Error\b)/m, []],
    ['a mutable binding of the module', /^(?:export )?(?:let|var)\b/m, []],
    [
      'a collection of the module that is not read-only',
      /^(?:export )?const \w+(?:: (?!Readonly)[^=]+)? =\s*new (?:Weak)?(?:Map|Set)\b/m,
      [],
    ],
  ])('%s stands only where it may', (_, pattern, allowed) => {
    // A comment may name what the code must not hold.
    const found = shipped.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path)
    expect(found).toEqual(allowed)
  })

  test('files have one idea: none is over 250 lines', () => {
    const kernels = readPaths()
      .filter((path) => path.endsWith('.as.ts'))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    const long = [...shipped, ...kernels].filter(({ text }) => text.split('\n').length > 251)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('asynchronous functions of the contracts are properties, so that they can be handed on unbound', () => {
    const methods = shipped.filter(({ path, text }) => !path.endsWith('.d.ts') && hasMethodSignature(text))
    expect(methods.map(({ path }) => path)).toEqual([])
  })
})

test('a hasher has a file, an export, vectors, a line in builtin.ts and a row in the README', () => {
  const files = shipped.filter(({ path }) => path.startsWith('hashers/') && path !== 'hashers/index.ts')
  const exported = Object.values(exportedHashers).flatMap((value) =>
    typeof value === 'function' ? [] : [value.name],
  )
  const vectors = readdirSync(join(root, '../vectors'))
    .filter((name) => name.endsWith('.json') && name !== 'schema.json')
    .map((name) => name.slice(0, -'.json'.length))
  const readme = readFileSync(join(root, '../README.md'), 'utf8')
  const names = builtinHashers.map(({ name }) => name).toSorted()
  expect(exported.toSorted()).toEqual(names)
  expect(vectors.toSorted()).toEqual(names)
  for (const name of names) {
    expect(
      files.some(({ text }) => text.includes(`'${name}'`)),
      `src/hashers: ${name}`,
    ).toBe(true)
    expect(readme, `README.md: ${name}`).toContain(`| \`${name}\``)
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
  // What follows the ending says what the build makes of the module: './worker.js?embedded'.
  return relative(root, join(root, dirname(from), name)).replace(/\.js(?:\?\w+)?$/, '.ts')
}

function edges(): readonly (readonly [from: string, to: string])[] {
  return shipped.flatMap(({ path, imports }) => imports.map((to) => [path, to] as const))
}

function importsOf(prefix: string): readonly (readonly [from: string, to: string])[] {
  return edges().filter(([from]) => from.startsWith(prefix))
}

function isOurs(name: string): boolean {
  return name.endsWith('.ts') || name.endsWith('.json')
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
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
