// How much is the rest of the process delayed while 64 slow checks are in flight?
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRegistry } from 'passlift'
import { slowCases } from './support/cases.mjs'
import { check, readJob } from './support/kinds.mjs'
import { formatSpread, keepInFlight, median, quantile, ratios, requireTrue } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const ROUNDS = 5
const WINDOW_MILLISECONDS = 2_500
const IN_FLIGHT = 64
// The histogram does not hold a stall that has not ended yet.
const DRAIN_MILLISECONDS = 50

const { verify } = createRegistry({ equalize: false })
const jobs = slowCases.map(readJob)
const folder = mkdtempSync(join(tmpdir(), 'passlift-bench-'))
const file = join(folder, 'file')
writeFileSync(file, 'x'.repeat(1_024))

const loads = {
  idle: async () => 0,
  [`passlift, ${IN_FLIGHT} in flight`]: (end) =>
    keepBusy(end, (turn) => {
      const { hasher, digest, password } = slowCases[turn % slowCases.length]
      return verify(password, digest, { hasher })
    }),
  [`the packages alone, ${IN_FLIGHT} in flight`]: (end) =>
    keepBusy(end, (turn) => check(jobs[turn % jobs.length])),
}

const names = Object.keys(loads)
const seen = Object.fromEntries(names.map((name) => [name, []]))
try {
  // Threads start and code is compiled before the measurement.
  for (const name of names) await loads[name](performance.now() + 100)
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) seen[name].push(await observe(loads[name]))
  }
} finally {
  rmSync(folder, { recursive: true })
}

const column = (name, key) => seen[name].map((round) => round[key])
const milliseconds = (name, key) => median(column(name, key)).toFixed(2)
printTable(
  `Every slow kind in turn, ${ROUNDS} rounds of ${WINDOW_MILLISECONDS / 1_000} s`,
  [
    'load',
    'loop delay p99, ms (min-max)',
    'loop delay max, ms',
    'readFile p50, ms',
    'to idle (min-max)',
    'readFile p99, ms',
    'checks a second',
  ],
  names.map((name) => [
    name,
    formatSpread(column(name, 'delayP99'), 1),
    Math.max(...column(name, 'delayMax')).toFixed(1),
    milliseconds(name, 'readP50'),
    formatSpread(ratios(column(name, 'readP50'), column('idle', 'readP50'))),
    milliseconds(name, 'readP99'),
    median(column(name, 'rate')).toFixed(1),
  ]),
)

async function observe(load) {
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  histogram.enable()
  const start = performance.now()
  const end = start + WINDOW_MILLISECONDS
  const [reads, checks] = await Promise.all([sampleReads(end), load(end)])
  const rate = (checks / (performance.now() - start)) * 1_000
  await sleep(DRAIN_MILLISECONDS)
  histogram.disable()
  return {
    delayP99: histogram.percentile(99) / 1e6,
    delayMax: histogram.max / 1e6,
    readP50: median(reads),
    readP99: quantile(reads, 0.99),
    rate,
  }
}

/** The milliseconds of small reads, one after another with pauses. */
async function sampleReads(end) {
  const reads = []
  while (performance.now() < end) {
    const start = performance.now()
    await readFile(file)
    reads.push(performance.now() - start)
    await sleep(2)
  }
  return reads
}

/** Keeps checks in flight until `end`, and waits for the last of them. */
async function keepBusy(end, start) {
  let turn = 0
  await keepInFlight(IN_FLIGHT, () => (performance.now() < end ? start(turn++).then(requireTrue) : undefined))
  return turn
}
