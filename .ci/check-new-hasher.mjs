// This check adds a toy hasher to a copy of the sources, in four places and no more: its family's file (with its line in
// src/hashers/index.ts), its vectors, its line in src/default.ts and its row in docs/hashers.md. The static checks and every
// test of all hashers must then pass. It does not use the network.
import { spawnSync } from 'node:child_process'
import { scryptSync } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const FAMILY = `import { scryptJob } from '../compute/kinds/scrypt.js'
import { sharesHmacKey } from '../compute/hmac-key.js'
import { writeOver } from '../formats/blank.js'
import { lengthOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeLowerHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'

interface Params {
  readonly N: number
  readonly r: number
  readonly p: number
}

const CHECKSUM_BYTES = 32

/** scrypt with r and p of 1: \`$toy$<N>$<salt>$<hex>\`. */
export const toyScrypt: Hasher = /* @__PURE__ */ defineHasher<Params>({
  name: 'toy_scrypt',
  standing: 'sound',
  why: 'hard on memory',
  writtenBy: 'nobody',
  example: 'EXAMPLE',
  prefixes: ['$toy$'],
  parse,
  describe: ({ N }) => ({ N }),
  job: (password, { params, salt }) => scryptJob({ password, salt, ...params, length: CHECKSUM_BYTES }),
  truncates: (password) => sharesHmacKey(password, 'sha256'),
  blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '0'),
})

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [fieldN, saltField, checksumField] = fields
  const N = readInteger(fieldN, { min: 2, max: 2 ** 15 })
  if (typeof N === 'string') return malformed(N, 'N')
  if ((N & (N - 1)) !== 0) return malformed('range', 'N')
  const salt = readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (lengthOf(checksumField) !== CHECKSUM_BYTES * 2) return malformed('length', 'checksum')
  const checksum = decodeLowerHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { N, r: 1, p: 1 }, salt, checksum }]
}
`

const checksumOf = (password, salt, N) => scryptSync(password, salt, 32, { N, r: 1, p: 1 }).toString('hex')
const digestOf = (password, salt = 'seasalt', N = 16) => `$toy$${N}$${salt}$${checksumOf(password, salt, N)}`
const EXAMPLE = digestOf('correct horse', 'seasalt', 16_384)
const CHECKSUM = EXAMPLE.slice(-64)

const MALFORMED = [
  ...['$toy$', '$toy$16', '$toy$16$seasalt', `${EXAMPLE}$`].map((digest) => [digest, 'shape', 'digest']),
  ...['', '016', '+16', '-16', ' 16', '16 ', '0x10', '1e1'].map((N) => [N, 'number', 'N']),
  ...['0', '1', '3', '17', '65536'].map((N) => [N, 'range', 'N']),
  ...['sea\nsalt', 'sea\0salt'].map((salt) => [salt, 'alphabet', 'salt']),
  ...[CHECKSUM.slice(2), `${CHECKSUM}00`, ''].map((checksum) => [checksum, 'length', 'checksum']),
  ...[`g${CHECKSUM.slice(1)}`, `F${CHECKSUM.slice(1)}`].map((checksum) => [checksum, 'alphabet', 'checksum']),
].map(([text, problem, field]) => {
  const places = { digest: text, N: `$toy$${text}$seasalt$${CHECKSUM}`, salt: `$toy$16$${text}$${CHECKSUM}` }
  const digest = places[field] ?? `$toy$16$seasalt$${text}`
  return { password: 'correct horse', digest, result: 'malformed', problem, field }
})

const passwords = Array.from({ length: 15 }, (_, number) => `password-${number}`)
const GROUPS = [
  ['one toy', 'generated', passwords.map((password) => valid(password, digestOf(password)))],
  ['another toy', 'generated', passwords.map((password) => valid(password, digestOf(password, 'salt2', 32)))],
  [
    'one toy',
    'mutated',
    [
      ...passwords.map((password) => ({ ...valid(`${password}?`, digestOf(password)), result: 'invalid' })),
      ...passwords.map((password) => ({ ...valid(`${password}!`, digestOf(password)), result: 'invalid' })),
      ...MALFORMED,
    ],
  ],
]

const root = join(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'passlift-new-hasher-'))
try {
  copySources()
  addToy()
  check('prettier', '--check', 'src')
  check('eslint', '--max-warnings', '0', 'src/hashers', 'src/default.ts')
  check('tsc', '--noEmit')
  // This builds what tests of the package and the command line run, and writes the row.
  run('npm', ['run', '--silent', 'hashers'])
  check('prettier', '--check', 'docs')
  const tests = listTests()
  check('vitest', 'run', '--mode', 'all', ...tests)
  // The vectors of the others are no news.
  const titles = 'toy_scrypt|has a vector file|other engines serve|does not exist is unknown'
  check('vitest', 'run', '--mode', 'all', 'src/conformance/conformance.test.ts', '-t', titles)
  console.log(`A new hasher takes four places: ${tests.length + 1} files of tests look at all hashers.`)
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function copySources() {
  const left = new Set(['.git', 'node_modules', 'dist', 'coverage'])
  cpSync(root, copy, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
}

function addToy() {
  write('src/hashers/toy.ts', FAMILY.replace('EXAMPLE', EXAMPLE))
  edit('src/hashers/index.ts', /$/, "export { toyScrypt } from './toy.js'\n")
  let tcId = 0
  const groups = GROUPS.map(([name, how, tests]) => ({
    source: { name, version: '1', how, command: 'none' },
    tests: tests.map((test) => ({ tcId: ++tcId, comment: 'A toy.', flags: [], ...test })),
  }))
  const file = {
    hasher: 'toy_scrypt',
    description: 'A toy.',
    spellings: [],
    siblings: [],
    cuts: [],
    notes: {},
  }
  const texts = groups.map(({ source, tests }) => {
    const lines = tests.map((test) => JSON.stringify(test)).join(',\n')
    return `{"source":${JSON.stringify(source)},"tests":[\n${lines}\n]}`
  })
  const header = JSON.stringify(file).slice(0, -1)
  write('vectors/toy_scrypt.json', `${header},"groups":[${texts.join(',')}]}`)
  run('node', ['vectors/table.mjs'])
  edit('src/default.ts', /^/, "import { toyScrypt } from './hashers/toy.js'\n")
  edit('src/default.ts', /(?<=const builtinHashers.*(?:\n .*)+\n)(?=\]\))/, '  toyScrypt,\n')
}

/** The tests of all hashers or all vectors, and those of the sources, the package and the documents. */
function listTests() {
  const looks = /builtinHashers|readVectorFolder|registry\.hashers|\bengines\(\)/
  const others = ['architecture', 'package', 'documents'].map((name) => `src/conformance/${name}.test.ts`)
  const found = readdirSync(join(copy, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && looks.test(readFileSync(join(copy, 'src', path), 'utf8')))
    .map((path) => `src/${path}`)
  const named = new Set([...found, ...others])
  named.delete('src/conformance/conformance.test.ts')
  return [...named]
}

function valid(password, digest) {
  return { password, digest, result: 'valid' }
}

function write(path, text) {
  writeFileSync(join(copy, path), text)
}

function edit(path, place, text) {
  const before = readFileSync(join(copy, path), 'utf8')
  const after = before.replace(place, () => text)
  if (after === before) throw new Error(`${path} has no place for a new hasher.`)
  write(path, after)
}

function check(tool, ...args) {
  run(join(copy, 'node_modules/.bin', tool), args)
}

function run(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ended with ${status ?? error}:\n${stdout}${stderr}`)
}
