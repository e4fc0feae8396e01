// How fast is verify beside the functions that an application would use instead?
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createRegistry, nodeRsArgon2 } from 'passlift'
import { describeParams } from './support/cases.mjs'
import { formatNumber, formatSpread } from './support/measure.mjs'
import { compared, crowds, large, MEMORY_AIM } from './support/peers-cases.mjs'
import { compareThroughput, compareTimes, requireRight, timedHere } from './support/peers-compare.mjs'
import { describePeers, INSTALL } from './support/peers-installed.mjs'
import { startPrograms } from './support/peers-programs.mjs'
import { printNote, printTable } from './support/table.mjs'

const ROUNDS = { budget: 1_200, minRounds: 3, maxRounds: 15 }
// There are more rounds where a case has an aim.
const AIMED_ROUNDS = { budget: 3_000, minRounds: 9, maxRounds: 21 }
const MEMORY_RUNS = 3
// The kinds whose throughput is measured.
const CROWD = ['bcrypt', 'bcryptjs', '@node-rs/bcrypt', 'argon2', '@node-rs/argon2']

const installed = describePeers()
if (installed === undefined) {
  console.error(`What this compares with is not installed: ${INSTALL}`)
  process.exitCode = 1
} else {
  // Memory is measured first, since Linux counts the peak of a process into that of one that it starts.
  const memory = measureMemory()
  const peers = await import('./support/peers/index.mjs')
  const { listPackages, questionFor } = await import('./support/peers-contenders.mjs')
  const programs = await startPrograms()
  try {
    const { verify } = createRegistry({ equalize: false })
    const engines = { argon2: nodeRsArgon2(peers.nodeRsArgon2) }
    const other = createRegistry({ equalize: false, engines })
    const all = { verify, verifyNodeRs: other.verify, listPackages, questionFor, programs }
    const versions = await Promise.all(Object.values(programs.found).map((program) => program.describe()))
    printNote([installed, ...versions].join('; '))
    for (const name of programs.absent) printNote(`Absent: ${name}.`)
    await printTimes(all)
    await printThroughput(all)
    printMemory(memory)
  } finally {
    for (const program of Object.values(programs.found)) program.stop()
  }
}

async function printTimes(all) {
  const rows = []
  for (const { one, aims, isNodeRs } of compared) {
    const { kind, hasher, digest, password } = one
    const run = isNodeRs ? all.verifyNodeRs : all.verify
    const passlift = timedHere((text) => run(text, digest, { hasher }))
    await requireRight('passlift', passlift, password)
    for (const [name, contender] of listContenders(all, one)) {
      const aim = aims[name]
      // The other engine is measured only in the cases that have an aim for it.
      if (isNodeRs && aim === undefined) continue
      await requireRight(`${name}, ${hasher}`, contender, password)
      const rounds = aim === undefined ? ROUNDS : AIMED_ROUNDS
      const { ratio, milliseconds } = await compareTimes(passlift, contender, { password, ...rounds })
      rows.push([
        kind,
        isNodeRs ? `\`${hasher}\`, engine \`@node-rs/argon2\`` : `\`${hasher}\``,
        describeParams(one),
        name,
        formatSpread(ratio),
        aim === undefined ? '' : `≤ ${aim}`,
        ...milliseconds.map((median) => median.toFixed(median < 1 ? 4 : 1)),
      ])
    }
  }
  printTable(
    "One check at a time: `verify`'s time over the contender's",
    ['kind', 'hasher', 'parameters', 'contender', 'ratio (min-max)', 'aim', 'verify, ms', 'contender, ms'],
    rows,
  )
}

async function printThroughput({ verify, verifyNodeRs, listPackages }) {
  const rows = []
  for (const { one, aims, inFlight, calls, rounds } of crowds) {
    const { kind, hasher, digest, password } = one
    const packages = listPackages(one)
    const contenders = {
      passlift: (text) => verify(text, digest, { hasher }),
      ...Object.fromEntries(Object.entries(packages).filter(([name]) => CROWD.includes(name))),
      ...(kind === 'argon2'
        ? { 'passlift, engine `@node-rs/argon2`': (text) => verifyNodeRs(text, digest, { hasher }) }
        : {}),
    }
    const seen = await compareThroughput(contenders, { password, inFlight, calls, rounds })
    for (const { name, ratio, rates } of seen) {
      rows.push([
        kind,
        `\`${hasher}\``,
        describeParams(one),
        inFlight,
        name,
        formatSpread(ratio),
        aims[name] === undefined ? '' : `≥ ${aims[name]}`,
        ...rates.map((rate) => formatNumber(rate)),
      ])
    }
  }
  printTable(
    "Many in flight: `verify`'s throughput over the contender's",
    [
      'kind',
      'hasher',
      'parameters',
      'in flight',
      'contender',
      'ratio (min-max)',
      'aim',
      'verify, 1/s',
      'contender, 1/s',
    ],
    rows,
  )
}

/** The peak memory of processes of their own: name -> MiB of each. */
function measureMemory() {
  const file = fileURLToPath(new URL('support/peers-memory.mjs', import.meta.url))
  const run = (...words) => execFileSync(process.execPath, [file, ...words], { encoding: 'utf8' }).trim()
  const names = run().split('\n')
  const ask = (name) => Number(run(name, large.digest, large.password))
  return names.map((name) => [name, Array.from({ length: MEMORY_RUNS }, () => ask(name))])
}

function printMemory(memory) {
  printTable(
    'Peak memory of a process, 16 checks, 8 in flight',
    ['hasher', 'parameters', 'what', 'MiB (min-max)', 'aim'],
    memory.map(([name, mebibytes]) => [
      `\`${large.hasher}\``,
      describeParams(large),
      name,
      formatSpread(mebibytes, 0),
      name === 'passlift' ? `≤ ${MEMORY_AIM}` : '',
    ]),
  )
}

function listContenders({ listPackages, questionFor, programs }, one) {
  const here = Object.entries(listPackages(one)).map(([name, check]) => [name, timedHere(check)])
  const there = Object.entries(programs.found).map(([name, { ask }]) => {
    const question = questionFor(name, one)
    return [name, question && ((calls, password) => ask(calls, question(password)))]
  })
  return [...here, ...there.filter(([, contender]) => contender !== undefined)]
}
