// How much time does verify add to its primitive on the same kind of thread? How near are the estimates where Argon2 takes
// much memory?
import argon2 from 'argon2'
import { createRegistry, createRuntime } from 'passlift'
import { startBareThread } from './support/bare-thread.mjs'
import { complete, describeParams, fastCases, slowCases } from './support/cases.mjs'
import { check, checkSync, kinds, readJob } from './support/kinds.mjs'
import { alternate, formatSpread, median, ratios, repeat, time } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

// Threads are new in every block, since one may compute PBKDF2 a fifth slower than another for as long as it lives.
const BLOCKS = 3
const ROUNDS = 7
const ROUND_MILLISECONDS = 40
const FAST_ROUNDS = 21
const FAST_CALLS = 5_000
const MEMORY_ROUNDS = 7
const MEMORY_CALLS = 3
// The others are compared with the ratio of measured to estimated at the first.
const MEBIBYTES = [32, 64, 128, 256, 512]

const seen = new Map(slowCases.map((one) => [one, { passlift: [], bare: [] }]))
for (let block = 0; block < BLOCKS; block++) {
  // Equal time is off: it makes a digest beside a check.
  const { verify } = createRegistry({ equalize: false, runtime: createRuntime() })
  const thread = startBareThread()
  for (const [one, all] of seen) {
    const { kind, hasher, digest, password } = one
    const job = readJob(one)
    // The argon2 package is called on this thread, since it computes on libuv's pool wherever it is called.
    const bare = kinds[kind].checkSync === undefined ? check : thread.check
    const calls = callsOf(one)
    const times = await alternate(
      {
        passlift: () => repeat(calls, () => verify(password, digest, { hasher })),
        bare: () => repeat(calls, () => bare(job)),
      },
      { rounds: ROUNDS, warmUps: 2 },
    )
    for (const name of Object.keys(all)) all[name].push(...times[name])
  }
  await thread.stop()
}
const slowRows = [...seen].map(([one, { passlift, bare }]) => [
  one.kind,
  `\`${one.hasher}\``,
  describeParams(one),
  formatSpread(ratios(passlift, bare)),
  ...[passlift, bare].map((times) => (median(times) / callsOf(one)).toFixed(1)),
  one.milliseconds.toFixed(1),
])
printTable(
  `\`verify\` against the bare primitive, ${BLOCKS * ROUNDS} rounds`,
  ['kind', 'hasher', 'parameters', 'ratio (min-max)', 'verify, ms', 'bare, ms', 'estimate, ms'],
  slowRows,
)

const { verify } = createRegistry({ equalize: false })
const fastRows = []
// An expression of one MD5 has the primitive of `md5`.
const ofMd5 = fastCases
  .filter(({ hasher }) => hasher === 'md5')
  .map((one) => ({ ...one, hasher: 'expr', expression: `expr$hex(md5(p))$$${one.digest}` }))
for (const one of [...fastCases, ...ofMd5]) {
  const { kind, hasher, password } = one
  const digest = one.expression ?? one.digest
  const job = readJob(one)
  const times = await alternate(
    {
      passlift: () => repeat(FAST_CALLS, () => verify(password, digest, { hasher })),
      bare: () => repeat(FAST_CALLS, () => checkSync(job)),
    },
    { rounds: FAST_ROUNDS, warmUps: 2 },
  )
  const microseconds = (name) => times[name].map((total) => (total / FAST_CALLS) * 1_000)
  const added = microseconds('passlift').map((each, round) => each - microseconds('bare')[round])
  fastRows.push([
    kind,
    `\`${hasher}\``,
    formatSpread(added, 1),
    median(microseconds('passlift')).toFixed(1),
    median(microseconds('bare')).toFixed(1),
  ])
}
printTable(
  `What \`verify\` adds to fast hashers, ${FAST_ROUNDS} rounds of ${FAST_CALLS} calls`,
  ['kind', 'hasher', 'added, µs (min-max)', 'verify, µs', 'bare, µs'],
  fastRows,
)

const memoryRows = []
const byMemory = await Promise.all(
  MEBIBYTES.map(async (mebibytes) => {
    const [password, hasher] = ['correct horse', 'argon2id']
    const options = { type: argon2[hasher], memoryCost: mebibytes * 1_024, timeCost: 3, parallelism: 1 }
    const sample = complete({ hasher, password, digest: await argon2.hash(password, options) })
    return { sample, fresh: [], warm: [] }
  }),
)
for (let round = 0; round < MEMORY_ROUNDS; round++) {
  for (const { sample, fresh, warm } of round % 2 === 0 ? byMemory : byMemory.toReversed()) {
    const { verify } = createRegistry({ equalize: false, runtime: createRuntime() })
    const check = () => verify(sample.password, sample.digest, { hasher: sample.hasher })
    fresh.push((await time(() => repeat(1, check))) / sample.milliseconds)
    warm.push((await time(() => repeat(MEMORY_CALLS, check))) / MEMORY_CALLS / sample.milliseconds)
  }
}
const [reference] = byMemory
for (const { sample, fresh, warm } of byMemory) {
  memoryRows.push([
    describeParams(sample),
    sample.milliseconds.toFixed(1),
    formatSpread(warm),
    (median(warm) / median(reference.warm)).toFixed(2),
    formatSpread(fresh),
    (median(fresh) / median(reference.fresh)).toFixed(2),
  ])
}
printTable(
  `\`argon2id\` by memory: measured over estimated, ${MEMORY_ROUNDS} rounds`,
  [
    'parameters',
    'estimate, ms',
    'next checks (min-max)',
    `to ${MEBIBYTES[0]} MiB`,
    'first check of a thread (min-max)',
    `to ${MEBIBYTES[0]} MiB`,
  ],
  memoryRows,
)

/** The calls of a round, which is long enough for the clock and for other work of the process. */
function callsOf({ milliseconds }) {
  return Math.ceil(ROUND_MILLISECONDS / milliseconds)
}
