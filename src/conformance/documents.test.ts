import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import * as builders from '../builders/index.js'
import * as entry from '../index.js'
import { POLICIES } from '../registry/policy.js'
import { compileModules, findExpectedLines, findModules, runModule } from './documents-code.fixture.js'
import { findBlocks, findRows, listPages, open, read, ROOT } from './documents.fixture.js'
import { shareOf } from './share.fixture.js'

const readme = open('README.md')
const contributing = open('CONTRIBUTING.md')
const pages = listPages()
const all = [readme, ...pages]
const manifest: unknown = JSON.parse(read('package.json'))

const modules = all.flatMap(findModules).map((module, place) => ({
  ...module,
  title: `${module.title} (${place + 1})`,
}))
const { emit, diagnostics } = compileModules(modules)

// Within the package, where `passlift` is the package itself; blocks write files here.
const folder = mkdtempSync(join(ROOT, 'dist/conformance/documents-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('code blocks print what their comments say:', () => {
  test.each(shareOf(modules, 3).map((module) => [module.title, module] as const))(
    '%s',
    async (_, { path, code }) => {
      const { stdout, stderr } = await runModule(emit(path), folder)
      expect(stderr).toBe('')
      expect(stdout.split('\n').slice(0, -1)).toEqual(findExpectedLines(code))
    },
  )
})

describe('the code blocks of the documents', () => {
  test('are on every page except two', () => {
    const without = all.filter((document) => findBlocks(document, 'ts').length === 0)
    expect(without.map(({ path }) => path)).toEqual(['docs/command-line.md', 'docs/hashers.md'])
  })

  test('compile with the types of the package', () => {
    expect(diagnostics).toBe('')
  })

  test('print nothing without a comment that says it', () => {
    for (const { title, code } of modules) {
      expect(code.split('console.log(').length - 1, title).toBe(findExpectedLines(code).length)
    }
  })

  test('name commands that exist', () => {
    const commands = [...all, contributing].flatMap((document) => {
      const inline = [...document.text.matchAll(/`(npm [^`\n]+)`/g)].map(([, command = '']) => command)
      const lines = findBlocks(document, 'sh').flatMap(({ code }) => code.trim().split('\n'))
      return [...lines, ...inline].flatMap((line) => line.split(' && '))
    })
    expect(commands).not.toEqual([])
    expect(commands.filter((command) => !isKnownCommand(command))).toEqual([])
  })
})

test("the require of the README's prose loads the package", async () => {
  expect(readme.text).toContain("`require('passlift')` works too")
  const code = `require('passlift').verify('password', '5f4dcc3b5aa765d61d8327deb882cf99').then(console.log)`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=commonjs', '--no-warnings', '--eval', code],
    { cwd: ROOT },
  )
  expect(stdout).toBe('true\n')
})

describe('the hashers in the tables of documents', () => {
  test('stand under their names in at most one row of the table of coverage', () => {
    const rows = findRows(open('docs/hashers.md'), '<!-- table: coverage -->')
    const named = rows.flatMap(([, own = '']) => Array.from(own.matchAll(/`([^`]+)`/g), ([, name]) => name))
    const known = entry.builtinHashers.map(({ name }) => name)
    expect(named.filter((name) => name === undefined || !known.includes(name))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([12]))
    expect(rows.filter(([, own]) => own === '–').length).toBeGreaterThan(0)
  })

  test('are all in the table of docs/hashers.md, with the facts of the list', () => {
    const rows = findRows(open('docs/hashers.md'), '<!-- table: hashers -->')
    expect(rows).toEqual(entry.builtinHashers.toSorted(byName).map(describeHasher))
  })

  test("exist for every row of the README's table, with the standing and the prefixes of the row", () => {
    const rows = findRows(readme, '\n## Is my digest read?\n')
    const known = entry.builtinHashers.map(({ name, standing }) => `${name} ${standing}`)
    const named = rows.map(([, , name = '', standing = '']) => `${name.replaceAll('`', '')} ${standing}`)
    expect(new Set(named).size).toBeGreaterThan(10)
    expect(named.filter((row) => !known.includes(row))).toEqual([])
    const starts = rows.flatMap(([digests = '', , name = '']) =>
      [...digests.matchAll(/`([^`…]+)…`/g)].map(([, start = '']) => ({ start, name: name.slice(1, -1) })),
    )
    expect(starts).not.toEqual([])
    const foreign = starts.filter(
      ({ start, name }) =>
        !entry.builtinHashers.some(
          (hasher) => hasher.name === name && hasher.prefixes.some((prefix) => start.startsWith(prefix)),
        ),
    )
    expect(foreign).toEqual([])
  })
})

describe('the documentation names', () => {
  test.each([
    ['error code', literals('src/errors.ts', /'(ERR_[A-Z_]+)'/g)],
    ['outcome', literals('src/registry/verdict.ts', /readonly outcome: '([a-z-]+)'/g)],
    ['reason to rehash', literals('src/registry/policy.ts', /reasons\.push\('([a-z-]+)'\)/g)],
    ['policy', POLICIES.map((policy) => `'${policy}'`)],
    ['problem of a password', literals('src/registry/password.ts', /return '([a-z-]+)'/g)],
  ])('every %s', (_, names) => {
    const text = all.map((document) => document.text).join('\n')
    expect(names).not.toEqual([])
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })

  test('everything that the package exports, and all builders', () => {
    const inCode = [...open('docs/api.md').text.matchAll(/`[^`\n]+`/g)].join(' ')
    const missing = Object.keys({ ...entry, ...builders }).filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(inCode),
    )
    expect(missing).toEqual([])
  })

  test('the commands for a clone, which the gate runs too', () => {
    const commands = findBlocks(readme, 'sh').flatMap(({ code }) =>
      [...code.matchAll(/^npm run .*$/gm)].flat(),
    )
    expect(commands).toEqual(['npm run demo', 'npm run vectors'])
    const gate = read('.ci/run').split('\n')
    const isRun = (command: string): boolean =>
      gate.some((line) => line === command || line.startsWith(`${command} -- `))
    expect(commands.filter((command) => !isRun(command))).toEqual([])
  })

  test('the commands that show the main job and that pass the tests', () => {
    expect(readme.text.replaceAll(/\s+/g, ' ')).toContain(
      'on a fresh machine `npm ci && npm run demo` shows the main job and `npm ci && npm test` passes the tests',
    )
  })
})

test('CONTRIBUTING.md has a line for every dependency', () => {
  const names = ['dependencies', 'peerDependencies', 'devDependencies'].flatMap(keysOf)
  expect(names).not.toEqual([])
  expect(names.filter((name) => !contributing.text.includes(`\n- \`${name}\``))).toEqual([])
})

type Hasher = (typeof entry.builtinHashers)[number]

function byName(first: Hasher, second: Hasher): number {
  return first.name < second.name ? -1 : 1
}

/** The cells of a hasher's row in docs/hashers.md. */
function describeHasher(hasher: Hasher): readonly string[] {
  const { name, aliases, onlyNamed, standing, varies, prefixes, example, writtenBy = '', why = '' } = hasher
  const also = aliases.length > 0 ? `, also ${aliases.map((alias) => `\`${alias}\``).join(', ')}` : ''
  const shown = example.length > 48 ? `${example.slice(0, 48)}…` : example
  return [
    `\`${name}\`${also}${onlyNamed ? ', where a row names it' : ''}`,
    `${standing}${varies ? ', varies' : ''}`,
    prefixes.length > 0 ? prefixes.map((prefix) => `\`${prefix}\``).join(' ') : 'no prefix',
    shown === '' ? 'any' : `\`${shown}\``,
    writtenBy,
    why,
  ]
}

function literals(path: string, pattern: RegExp): readonly string[] {
  return [...new Set([...read(path).matchAll(pattern)].map(([, name = '']) => name))]
}

function isKnownCommand(command: string): boolean {
  if (/^npm (?:install (?:passlift|argon2(?:@~0\.44\.0)?)|ci(?: --prefix \.ci\/runtimes)?)$/.test(command))
    return true
  // Shell blocks are run by documents-shell.test.ts.
  if (/^printf |^npx passlift /.test(command)) return true
  const script = /^npm (?:run )?(?<name>[a-z:-]+)(?: -- .+)?$/.exec(command)?.groups?.['name']
  if (script === undefined || !keysOf('scripts').includes(script)) return false
  return script === 'test' || command.startsWith('npm run ')
}

function keysOf(field: string): readonly string[] {
  if (typeof manifest !== 'object' || manifest === null) return []
  const value: unknown = Reflect.get(manifest, field)
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
