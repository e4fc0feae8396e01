// Does the time of an answer tell what kind of digest an account has, or whether there is one?
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createRegistry, createRuntime } from 'passlift'
import { formatNumber, formatSpread, median, quantile, ratios, time } from './support/measure.mjs'
import { makeCases, signIn } from './support/timing-cases.mjs'
import { printNote, printTable } from './support/table.mjs'

const EQUAL_WITHIN_PERCENT = 5

const cases = await makeCases()
const warm = createRegistry()

// The queue takes this many new digests ahead of a check. A short queue shows differences between the checks themselves.
const AHEAD = 4
const crowded = createRegistry({
  runtime: createRuntime({ concurrency: 2, maxQueue: AHEAD + 1 }),
})

await measure('Warm, idle', { rounds: 9, warmUps: 1 }, (one) => time(() => signIn(warm, one)))
await measure('Warm, the last place in the queue', { rounds: 5, warmUps: 0 }, async (one) => {
  const ahead = Array.from({ length: AHEAD }, () => crowded.hash('somebody else'))
  const milliseconds = await time(() => signIn(crowded, one))
  await Promise.all(ahead)
  return milliseconds
})
await measure('Cold: the first check of a process', { rounds: 11, warmUps: 0 }, async (one) => {
  const file = fileURLToPath(new URL('support/timing-cold.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(one)])
  return Number(stdout)
})

/** Times every case once a round, in a new order each round. */
async function measure(title, { rounds, warmUps }, timeOne) {
  const times = new Map(cases.map((one) => [one, []]))
  for (let round = -warmUps; round < rounds; round++) {
    for (const one of shuffle(cases)) {
      const milliseconds = await timeOne(one)
      if (round >= 0) times.get(one).push(milliseconds)
    }
  }
  const nobody = times.get(cases[0])
  printTable(
    `${title}, ${rounds} rounds`,
    ['account', 'equal', 'p10, ms', 'median, ms', 'p90, ms', 'to no account (min-max)'],
    [...times].map(([{ name, isEqual }, milliseconds]) => [
      name,
      isEqual ? 'yes' : 'no',
      ...[0.1, 0.5, 0.9].map((share) => formatNumber(quantile(milliseconds, share))),
      formatSpread(ratios(milliseconds, nobody)),
    ]),
  )
  const equal = [...times].flatMap(([{ isEqual }, milliseconds]) => (isEqual ? [milliseconds] : []))
  const medians = percentApart(equal.map(median))
  const fastest = percentApart(equal.map((milliseconds) => Math.min(...milliseconds)))
  const verdict = medians <= EQUAL_WITHIN_PERCENT ? 'within' : 'not within'
  printNote(
    `The medians of the equal ones lie ${medians.toFixed(1)}% apart, ${verdict} ${EQUAL_WITHIN_PERCENT}%; their fastest rounds ${fastest.toFixed(1)}%.`,
  )
}

/** The distance between the largest and the smallest of some numbers. */
function percentApart(numbers) {
  return (Math.max(...numbers) / Math.min(...numbers) - 1) * 100
}

function shuffle(list) {
  const left = [...list]
  return list.map(() => left.splice(randomInt(left.length), 1)[0])
}
