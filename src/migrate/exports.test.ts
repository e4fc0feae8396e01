import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { sayShare, stepOf } from '../conformance/share.fixture.js'
import { createRegistry } from '../index.js'
import type { Account, FirebaseConfig } from './index.js'
import { createFirebaseReader, openInput, readAccounts, READERS } from './index.js'

const FOLDER = 'vectors/exports'
const TABLE = '.rows.json'
// Which of the costly rows are checked, and which of all rows with a wrong password too.
const STEP = 4
const COSTLY_MILLISECONDS = 50
const TEXT = { type: 'string' }
const OUTCOMES = ['match', 'mismatch', 'malformed', 'unknown', 'unusable', 'problem'] as const

/** What `<file>.rows.json` says of a sample; vectors/exports/README.md has the meaning of the outcomes. */
interface Sample {
  readonly reader: string
  /** The settings of a Firebase project. */
  readonly config?: FirebaseConfig
  /** What the reader has to be told of the system. */
  readonly options?: { readonly algorithm: string }
  /** Why no reader reads the sample yet. */
  readonly rows: readonly Row[]
}

interface Row {
  readonly id: string
  readonly note: string
  readonly outcome: (typeof OUTCOMES)[number]
  readonly password?: string
}

const isSample = new Ajv2020().compile<Sample>({
  type: 'object',
  required: ['reader', 'system', 'command', 'rows'],
  additionalProperties: false,
  properties: {
    ...{ reader: TEXT, system: TEXT, command: TEXT },
    ...{ config: { type: 'object' }, options: { type: 'object' } },
    rows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'note', 'outcome'],
        additionalProperties: false,
        properties: { id: TEXT, note: TEXT, password: TEXT, outcome: { enum: OUTCOMES } },
      },
    },
  },
})

function readSample(file: string): Sample {
  const found: unknown = JSON.parse(readFileSync(`${FOLDER}/${file}${TABLE}`, 'utf8'))
  if (!isSample(found)) throw new Error(`${file}${TABLE} is not as README.md of its folder says.`)
  return found
}

// The settings of the Firebase project stand beside its export.
const CONFIG = 'hash-config.txt'
// Every check of an equal class would take as long as a new digest.
const registry = createRegistry({ equalize: false })
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter(
    (entry) =>
      entry.isFile() && entry.parentPath !== FOLDER && !entry.name.endsWith(TABLE) && entry.name !== CONFIG,
  )
  .map((entry) => `${entry.parentPath.slice(FOLDER.length + 1)}/${entry.name}`)
  .toSorted()
const samples = files.map((file) => ({ file, sample: readSample(file) }))

/** Reads a sample as a file that nothing is known of; Firebase's needs the settings of its project. */
async function read(
  file: string,
  { config, options }: Sample,
): Promise<{ from: string; accounts: Account[] }> {
  const { text } = await openInput(`${FOLDER}/${file}`)
  const from = config === undefined ? {} : { from: createFirebaseReader(config) }
  const { batches, ...found } = await readAccounts(text, { ...from, ...options })
  const accounts: Account[] = []
  for await (const batch of batches) accounts.push(...batch)
  return { ...found, accounts }
}

/** The answer for a row's password, as the row's outcome is written. */
async function check({ problem, digest, hasher, context }: Account, password = ''): Promise<string> {
  if (problem !== undefined) return 'problem'
  return (await registry.evaluate(password, digest, { hasher: hasher ?? null, context })).outcome
}

/** Whether this run checks an account: all cheap ones, and a share of the costly ones. */
function isTaken({ digest, hasher }: Account, index: number): boolean {
  const parsed = registry.parse(digest, { hasher: hasher ?? null })
  const isCostly = parsed.outcome === 'parsed' && parsed.cost.milliseconds > COSTLY_MILLISECONDS
  return !isCostly || index % stepOf(STEP) === 0
}

const FIREBASE = 'firebase'

test('every reader has a sample', () => {
  const read = new Set(samples.map(({ sample }) => sample.reader))
  expect([...READERS.map(({ name }) => name), FIREBASE].filter((name) => !read.has(name))).toEqual([])
})

test('every sample lies in the folder of its reader', () => {
  expect(samples.map(({ file, sample }) => [file.split('/')[0], sample.reader])).toEqual(
    samples.map(({ sample }) => [sample.reader, sample.reader]),
  )
})

test('the README has a line for every sample, with the outcomes of its rows', () => {
  const lines = readFileSync('vectors/exports/README.md', 'utf8').split('\n')
  for (const { file, sample } of samples) {
    const cells = lines.find((line) => line.startsWith(`| \`${file}\``))?.split('|') ?? []
    const counts = Array.from(new Set(sample.rows.map(({ outcome }) => outcome)), (outcome) => {
      const count = sample.rows.filter((row) => row.outcome === outcome).length
      return `${count} ${outcome}`
    })
    expect(cells[4]?.trim().split(', ').toSorted(), file).toEqual(counts.toSorted())
  }
})

/** What is expected of a sample, and what it gives: each row with what a check with its password answers. */
async function compare({
  file,
  sample,
}: (typeof samples)[number]): Promise<{ given: unknown; expected: unknown }> {
  const { from, accounts } = await read(file, sample)
  const given: { readonly id: string; readonly note: string; readonly outcome: string }[] = []
  for (const [index, account] of accounts.entries()) {
    const { note = '', password = '', outcome = '' } = sample.rows[index] ?? {}
    const row = { id: account.id, note, outcome }
    given.push(isTaken(account, index) ? { ...row, outcome: await answer(account, password, index) } : row)
  }
  const rows = sample.rows.map(({ id, note, outcome }) => ({ id, note, outcome }))
  return { given: { from, rows: given }, expected: { from: sample.reader, rows } }
}

/** The answer for a row's password; for some of the rows that match, another password is tried too. */
async function answer(account: Account, password: string, index: number): Promise<string> {
  const found = await check(account, password)
  if (found !== 'match' || index % stepOf(STEP) > 0) return found
  const other = await check(account, `?${password}`)
  return other === 'mismatch' ? found : `${found}, and ${other} with another password`
}

test.each(samples)(
  `$file is known by its beginning, and each row is read and answers for its password (costly ones: ${sayShare(STEP)})`,
  async (one) => {
    const { given, expected } = await compare(one)
    expect(given).toEqual(expected)
  },
)
