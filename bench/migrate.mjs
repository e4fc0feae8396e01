// How fast are audit and convert of an export beside the parser of its form alone? With --rows N: how much memory do N rows take?
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Readable, Writable } from 'node:stream'
import { parse as parseCsv } from 'csv-parse'
import { streamArray } from 'stream-json/streamers/stream-array.js'
import { audit, convert, openInput, readAccounts } from 'passlift/migrate'
import { alternate, formatSpread, median, ratios } from './support/measure.mjs'
import { printNote, printTable } from './support/table.mjs'
import { piecesOf } from './support/migrate-rows.mjs'

const COUNT = 200_000
const ROUNDS = 5
const AIM = 1 / 3
const TARGETS = ['ndjson', 'csv', 'clerk', 'supabase', 'kratos']

const asked = process.argv.indexOf('--rows')
if (asked < 0) await compareRates()
else await measureMemory(Number(process.argv[asked + 1]))

async function compareRates() {
  const csv = [...piecesOf('csv', COUNT)]
  const json = [...piecesOf('json', COUNT)]
  const contenders = {
    'csv-parse': () => readCsv(csv),
    'audit of CSV': () => auditAll(csv),
    ...Object.fromEntries(TARGETS.map((to) => [`convert of CSV to ${to}`, () => convertAll(csv, to)])),
    'stream-json': () => readJson(json),
    'audit of JSON': () => auditAll(json),
  }
  const times = await alternate(contenders, { rounds: ROUNDS })
  const rate = (name) => Math.round(COUNT / median(times[name])).toString()
  const row = (name, parser) => [
    name,
    parser,
    formatSpread(ratios(times[parser], times[name])),
    rate(name),
    rate(parser),
  ]
  printTable(
    `${COUNT} rows of four hashers, ${ROUNDS} rounds`,
    ['what', 'parser alone', "its rate over the parser's (min-max)", 'thousand rows a second', 'parser'],
    [
      row('audit of CSV', 'csv-parse'),
      ...TARGETS.map((to) => row(`convert of CSV to ${to}`, 'csv-parse')),
      row('audit of JSON', 'stream-json'),
    ],
  )
  printNote(`The aim is ${AIM.toFixed(2)} at the least.`)
}

async function auditAll(pieces) {
  const { text } = await openInput(Readable.from(pieces))
  const { batches } = await readAccounts(text)
  requireAll((await audit(batches)).verifiable)
}

async function convertAll(pieces, to) {
  const { text } = await openInput(Readable.from(pieces))
  const { batches } = await readAccounts(text)
  const out = new Writable({ write: (_, encoding, done) => done() })
  requireAll((await convert(batches, { to, out })).rows)
}

async function readCsv(pieces) {
  let count = -1
  const parser = parseCsv()
  parser.on('data', () => count++)
  Readable.from(pieces).pipe(parser)
  await once(parser, 'end')
  requireAll(count)
}

async function readJson(pieces) {
  let count = 0
  const members = Readable.from(pieces).pipe(streamArray.withParserAsStream())
  members.on('data', () => count++)
  await once(members, 'end')
  requireAll(count)
}

function requireAll(count) {
  if (count !== COUNT) throw new Error('Every row of this benchmark must be read.')
}

/** Audits and converts rows that a process makes on the fly, each in a process of its own. */
async function measureMemory(rows) {
  const table = []
  for (const [form, ...to] of [['csv'], ['json'], ['ndjson'], ['csv', 'clerk'], ['csv', 'kratos']]) {
    const maker = start('migrate-rows.mjs', [form, rows], 'ignore')
    const worker = start('migrate-run.mjs', to, maker.stdout)
    let text = ''
    worker.stdout.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    await once(worker, 'close')
    const { rows: count, mebibytes, seconds } = JSON.parse(text)
    if (count !== rows) throw new Error('Every row of this benchmark must be read.')
    const what = to.length === 0 ? 'audit' : `convert to ${to[0]}`
    table.push([what, form, mebibytes.toFixed(0), Math.round(rows / seconds / 1_000).toString()])
  }
  printTable(`${rows} rows`, ['what', 'form', 'memory at the most, MiB', 'thousand rows a second'], table)
}

function start(name, args, input) {
  const path = fileURLToPath(new URL(`support/${name}`, import.meta.url))
  return spawn(process.execPath, [path, ...args], { stdio: [input, 'pipe', 'inherit'] })
}
